// What can stand at a place of a PromQL expression, for the field that completes it. Pure; whether it is right, the engine says.

export interface Names {
  readonly metrics: readonly string[];
  readonly labels: readonly string[];
  readonly functions: readonly string[];
}

export interface Offer {
  readonly text: string;
  readonly kind: 'metric' | 'function' | 'aggregation' | 'label' | 'keyword';
}

export interface Offers {
  /** What is replaced, from this place of the text to that one. */
  readonly from: number;
  readonly to: number;
  readonly offers: readonly Offer[];
}

const aggregations = 'sum avg min max count quantile topk bottomk stddev stdvar group count_values'.split(' ');
const keywords = 'by without on ignoring group_left group_right offset bool and or unless'.split(' ');
const most = 12;

export function complete(text: string, caret: number, names: Names): Offers {
  const before = text.slice(0, caret);
  const typed = /[a-zA-Z_:][\w:]*$/.exec(before)?.[0] ?? '';
  const from = caret - typed.length;
  const to = caret + (/^[\w:]*/.exec(text.slice(caret))?.[0].length ?? 0);
  const none = { from, to, offers: [] };
  if (isInText(before)) return none;
  const head = before.slice(0, from);
  // Nothing is offered in the middle of a number or a duration.
  if (/[\d.]$/.test(head)) return none;
  const labels = names.labels.map((label): Offer => ({ text: label, kind: 'label' }));
  const all = isAtLabel(head)
    ? labels
    : [
        ...names.metrics.map((metric): Offer => ({ text: metric, kind: 'metric' })),
        ...names.functions.map((name): Offer => ({ text: name, kind: 'function' })),
        ...aggregations.map((name): Offer => ({ text: name, kind: 'aggregation' })),
        ...(head.trim() === '' ? [] : keywords.map((name): Offer => ({ text: name, kind: 'keyword' }))),
      ];
  const low = typed.toLowerCase();
  const rank = ({ text: offer, kind }: Offer): number => {
    const at = offer.toLowerCase().indexOf(low);
    return at < 0 || (kind === 'keyword' && at > 0) ? 2 : Math.min(1, at);
  };
  const offers = all
    .filter((offer) => rank(offer) < 2 && offer.text !== typed)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, most);
  return { from, to, offers: typed === '' && !isAtLabel(head) ? [] : offers };
}

/** Whether a quoted text is open at the end. */
function isInText(before: string): boolean {
  let quote = '';
  for (let at = 0; at < before.length; at++) {
    const char = before[at] as string;
    if (quote === '') quote = `"'\``.includes(char) ? char : '';
    else if (char === '\\' && quote !== '`') at++;
    else if (char === quote) quote = '';
  }
  return quote !== '';
}

/** Within `{…}` before `=`, or within the brackets of by, without, on, ignoring, group_left and group_right. */
function isAtLabel(head: string): boolean {
  const bare = head.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`/g, '""');
  return (
    /\{\s*(?:[^{}]*,\s*)?$/.test(bare) ||
    /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(\s*(?:[\w:\s]*,\s*)*$/.test(bare)
  );
}

/** The text with an offer taken, and where the caret stands then. */
export function take(
  text: string,
  { from, to }: Offers,
  { text: offer, kind }: Offer,
): { text: string; caret: number } {
  const opens = kind === 'function' || kind === 'aggregation';
  const follows = text.slice(to);
  const put = opens && !follows.startsWith('(') ? `${offer}(` : offer;
  return { text: `${text.slice(0, from)}${put}${follows}`, caret: from + put.length };
}
