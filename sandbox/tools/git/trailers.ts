// Lines at the end of a message such as `Reviewed-by: Ana` (git-interpret-trailers; the rules are those of git's trailer.c).
import { settingsHere } from './sources.ts';
import type { Work } from './work.ts';

export interface Trailer {
  /** '' for a line that is none, and stands among them. */
  readonly key: string;
  readonly value: string;
}

/** A message, cut before and behind its trailers. */
export interface Cut {
  readonly before: string;
  readonly trailers: readonly Trailer[];
  /** The trailers as they are written. */
  readonly text: string;
  readonly after: string;
}

/** How a trailer is added (`trailer.NAME.where` and the like, or the options of the same names). */
export interface TrailerRule {
  readonly name: string;
  readonly key?: string | undefined;
  readonly where?: string | undefined;
  readonly ifexists?: string | undefined;
  readonly ifmissing?: string | undefined;
}

const GENERATED = /^(Signed-off-by: |\(cherry picked from commit )/;
const isBlank = (line: string): boolean => line.trim() === '';

/** Where the key of a line ends; -1 when it has none (find_separator). */
const keyEnd = (line: string, separators = ':'): number => {
  const [, key] = new RegExp(`^([A-Za-z0-9-]*(?:[A-Za-z0-9-][ \\t]+)?)[${separators}]`).exec(line) ?? [];
  return key === undefined ? -1 : key.length;
};

/** The settings of the repository about trailers, by name. */
export function trailerRules(work: Work): readonly TrailerRule[] {
  const rules = new Map<string, Record<string, string>>();
  for (const { key, value } of settingsHere(work.io, work)) {
    const [, name, what] = /^trailer\.(.+)\.(key|where|ifexists|ifmissing)$/.exec(key) ?? [];
    if (name !== undefined && what !== undefined) rules.set(name, { ...rules.get(name), [what]: value });
  }
  return [...rules].map(([name, rule]) => ({ name, ...rule }));
}

/** @param divided whether a line `---` ends the message, as a patch by mail has it. */
export function cutTrailers(message: string, rules: readonly TrailerRule[] = [], divided = false): Cut {
  const lines = message.split(/(?<=\n)/);
  const divider = divided ? lines.findIndex((line) => /^---(\s|$)/.test(line)) : -1;
  let end = divider < 0 ? lines.length : divider;
  while (end > 0 && /^(#|\n$)/.test(lines[end - 1] ?? '')) end -= 1;
  const start = firstTrailer(lines.slice(0, end), rules) ?? end;
  const block = lines.slice(start, end).join('');
  const trailers = block
    .split(/\n(?![ \t])/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const at = keyEnd(line);
      return at < 1 ? { key: '', value: line } : { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
    });
  return { before: lines.slice(0, start).join(''), trailers, text: block, after: lines.slice(end).join('') };
}

/** The last paragraph behind the title, when its lines are trailers, or one is of git's own or a known one and a quarter of all are (find_trailer_start). */
function firstTrailer(lines: readonly string[], rules: readonly TrailerRule[]): number | undefined {
  const title = lines.findIndex((line) => !line.startsWith('#') && isBlank(line));
  let [isKnown, good, other, continued] = [false, 0, 0, 0];
  for (let at = lines.length - 1; at >= title && title >= 0; at--) {
    const line = lines[at] ?? '';
    if (isBlank(line)) {
      other += continued;
      return (isKnown && good * 3 >= other) || (good > 0 && other === 0) ? at + 1 : undefined;
    }
    const end = keyEnd(line);
    if (GENERATED.test(line) || (end >= 1 && !/^\s/.test(line))) {
      good += 1;
      continued = 0;
      isKnown ||= GENERATED.test(line) || rules.some((rule) => isOf(line.slice(0, end), rule));
    } else if (/^\s/.test(line)) continued += 1;
    else {
      other += 1 + (line.startsWith('#') ? -1 : 0) + continued;
      continued = 0;
    }
  }
  return undefined;
}

const startsAlike = (a: string, b: string): boolean => {
  const [x, y] = [a, b].map((text) => text.replace(/[\s:]+$/, '').toLowerCase()) as [string, string];
  return x.startsWith(y) || y.startsWith(x);
};
const isOf = (word: string, { name, key }: TrailerRule): boolean =>
  [name, key ?? name].some((one) => one.toLowerCase().startsWith(word.trim().toLowerCase()));

/** A trailer of the command line: `KEY=VALUE`, `KEY: VALUE`; undefined without a key. @param said how it is to be added. */
export function readTrailer(
  text: string,
  rules: readonly TrailerRule[],
  said: Partial<TrailerRule> = {},
): { readonly trailer: Trailer; readonly rule: TrailerRule } | undefined {
  const at = keyEnd(text, '=:');
  if (at === 0) return undefined;
  const word = (at < 0 ? text : text.slice(0, at)).trim();
  const rule = rules.find((one) => isOf(word, one)) ?? { name: word };
  return {
    trailer: { key: rule.key ?? word, value: at < 0 ? '' : text.slice(at + 1).trim() },
    rule: { ...rule, ...said },
  };
}

/** The trailers with one more, where its rule has it (apply_arg_if_exists and apply_arg_if_missing). */
export function withTrailer(all: readonly Trailer[], added: Trailer, rule: TrailerRule): readonly Trailer[] {
  const where = rule.where?.toLowerCase() ?? 'end';
  const isBehind = where === 'end' || where === 'after';
  const alike = [...all.keys()].filter((at) => all[at]?.key !== '' && startsAlike(all[at]?.key ?? '', added.key));
  const found = isBehind ? alike.at(-1) : alike[0];
  const isMiddle = (where === 'after' || where === 'before') && found !== undefined;
  const at = isMiddle ? found : isBehind ? all.length - 1 : 0;
  const put = (into: readonly Trailer[], place: number): readonly Trailer[] => [
    ...into.slice(0, place),
    added,
    ...into.slice(place),
  ];
  const place = isBehind ? at + 1 : at;
  if (found === undefined) return rule.ifmissing?.toLowerCase() === 'donothing' ? all : put(all, place);
  const isSame = (one: Trailer | undefined): boolean =>
    one !== undefined && startsAlike(one.key, added.key) && one.value.toLowerCase() === added.value.toLowerCase();
  switch (rule.ifexists?.toLowerCase() ?? 'addifdifferentneighbor') {
    case 'donothing':
      return all;
    case 'replace': {
      const rest = all.filter((_, one) => one !== found);
      return put(rest, found < place ? place - 1 : place);
    }
    case 'add':
      return put(all, place);
    case 'addifdifferent':
      return all.some(isSame) ? all : put(all, place);
    default:
      return isSame(all[at]) ? all : put(all, place);
  }
}

export const trailerLine = ({ key, value }: Trailer): string =>
  key === '' ? `${value}\n` : /:\s*$/.test(key) ? `${key}${value}\n` : `${key}: ${value}\n`;

/** A message with trailers added to it, each as a word of the command line. */
export function addTrailers(message: string, words: readonly string[], rules: readonly TrailerRule[] = []): string {
  if (words.length === 0) return message;
  const whole = message === '' || message.endsWith('\n') ? message : `${message}\n`;
  const cut = cutTrailers(whole, rules);
  const trailers = words.reduce<readonly Trailer[]>((all, word) => {
    const read = readTrailer(word, rules);
    return read === undefined ? all : withTrailer(all, read.trailer, read.rule);
  }, cut.trailers);
  return joined(cut, trailers);
}

/** The message with other trailers, set off by an empty line. */
export const joined = ({ before, after }: Cut, trailers: readonly Trailer[]): string =>
  `${before}${/(^|\n)[ \t]*\n$/.test(before) ? '' : '\n'}${trailers.map(trailerLine).join('')}${after}`;
