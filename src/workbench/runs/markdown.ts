// The part of Markdown in which jobs write their summaries, as data: HTML in it stays text. Pure.

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'em' | 'del'; readonly inner: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly inner: readonly Inline[] };

export interface Item {
  /** Of a task list. */
  readonly done: boolean | undefined;
  readonly inner: readonly Inline[];
  readonly below: readonly Block[];
}

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly inner: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly inner: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'rule' }
  | { readonly kind: 'list'; readonly start: number | undefined; readonly items: readonly Item[] }
  | {
      readonly kind: 'table';
      readonly head: readonly (readonly Inline[])[];
      readonly rows: readonly (readonly (readonly Inline[])[])[];
    };

/** Deeper nesting stays text. */
const DEEPEST = 8;

const fence = /^ {0,3}(`{3,}|~{3,})/;
const heading = /^ {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$/;
const rule = /^ {0,3}([-*_])(?:\s*\1){2,}\s*$/;
const bullet = /^( *)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const divider = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

export function parseMarkdown(text: string, depth = 0): readonly Block[] {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', inner: parseInline(paragraph.join('\n')) });
    paragraph = [];
  };
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    const block = blockAt(lines, at, depth);
    if (block !== undefined && !(paragraph.length > 0 && block.needsBlank)) {
      flush();
      blocks.push(block.block);
      at = block.next;
      continue;
    }
    if (line.trim() === '') flush();
    else paragraph.push(line.trim());
    at += 1;
  }
  flush();
  return blocks;
}

interface Taken {
  readonly block: Block;
  readonly next: number;
  /** It does not begin in the middle of a paragraph. */
  readonly needsBlank?: boolean;
}

function blockAt(lines: readonly string[], at: number, depth: number): Taken | undefined {
  const line = lines[at] ?? '';
  const [, marks] = fence.exec(line) ?? [];
  if (marks !== undefined) return takeCode(lines, at, marks);
  const [, sharps, title = ''] = heading.exec(line) ?? [];
  if (sharps !== undefined)
    return { block: { kind: 'heading', level: sharps.length, inner: parseInline(title) }, next: at + 1 };
  if (rule.test(line)) return { block: { kind: 'rule' }, next: at + 1 };
  if (line.includes('|') && divider.test(lines[at + 1] ?? '') && (lines[at + 1] ?? '').includes('-'))
    return takeTable(lines, at);
  if (depth >= DEEPEST) return undefined;
  if (/^ {0,3}>/.test(line)) {
    const end = endOf(lines, at, (one) => /^ {0,3}>/.test(one));
    const inner = lines.slice(at, end).map((one) => one.replace(/^ {0,3}> ?/, ''));
    return { block: { kind: 'quote', blocks: parseMarkdown(inner.join('\n'), depth + 1) }, next: end };
  }
  return bullet.test(line) ? takeList(lines, at, depth) : undefined;
}

function takeCode(lines: readonly string[], at: number, marks: string): Taken {
  const close = (one: string): boolean =>
    one.trim().startsWith(marks) && one.trim().replaceAll(marks[0] ?? '', '') === '';
  const end = endOf(lines, at + 1, (one) => !close(one));
  return { block: { kind: 'code', text: lines.slice(at + 1, end).join('\n') }, next: end + 1 };
}

function takeTable(lines: readonly string[], at: number): Taken {
  const cells = (line: string): readonly (readonly Inline[])[] =>
    line
      .trim()
      .replace(/^\||(?<!\\)\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => parseInline(cell.trim().replaceAll('\\|', '|')));
  const end = endOf(lines, at + 2, (one) => one.includes('|'));
  const head = cells(lines[at] ?? '');
  const rows = lines.slice(at + 2, end).map((line) => head.map((_, index) => cells(line)[index] ?? []));
  return { block: { kind: 'table', head, rows }, next: end };
}

function takeList(lines: readonly string[], at: number, depth: number): Taken {
  const [, first = '', mark = ''] = bullet.exec(lines[at] ?? '') ?? [];
  const numbered = /^\d/.test(mark);
  const items: Item[] = [];
  let next = at;
  for (;;) {
    const [, indent = '', own = '', text = ''] = bullet.exec(lines[next] ?? '') ?? [];
    if (own === '' || indent.length !== first.length || /^\d/.test(own) !== numbered) break;
    const inside = first.length + 2;
    const end = endOf(lines, next + 1, (one) => one.trim() !== '' && one.search(/\S/) >= inside);
    const below = lines
      .slice(next + 1, end)
      .map((one) => one.slice(Math.min(one.search(/\S/), first.length + own.length + 1)));
    const [, box, rest = text] = /^\[([ xX])\]\s+(.*)$/.exec(text) ?? [];
    items.push({
      done: box === undefined ? undefined : box !== ' ',
      inner: parseInline(rest),
      below: parseMarkdown(below.join('\n'), depth + 1),
    });
    next = end;
  }
  const start = numbered ? Number.parseInt(mark, 10) : undefined;
  return { block: { kind: 'list', start, items }, next, needsBlank: numbered && start !== 1 };
}

function endOf(lines: readonly string[], from: number, holds: (line: string) => boolean): number {
  let at = from;
  while (at < lines.length && holds(lines[at] ?? '')) at += 1;
  return at;
}

const inlines: readonly (readonly [RegExp, (found: RegExpExecArray, depth: number) => Inline])[] = [
  [/(`+)(?!`)(.+?)(?<!`)\1(?!`)/s, ([, , text = '']) => ({ kind: 'code', text: text.trim() })],
  [/!?\[([^\]\n]*)\]\(\s*([^\s)]+)[^)\n]*\)/, ([, text = '', href = ''], depth) => linkOf(text, href, depth)],
  [/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/s, ([, , text = ''], depth) => ({ kind: 'strong', inner: parseInline(text, depth) })],
  [/~~(?=\S)(.+?)(?<=\S)~~/s, ([, text = ''], depth) => ({ kind: 'del', inner: parseInline(text, depth) })],
  [
    /\*(?=[^\s*])([^*]+?)(?<=\S)\*|(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)/s,
    ([, a, b], depth) => ({ kind: 'em', inner: parseInline(a ?? b ?? '', depth) }),
  ],
];

/** Only what leads to the web is a link; of all else its words are shown. */
function linkOf(text: string, href: string, depth: number): Inline {
  const inner = parseInline(text, depth);
  return /^https?:\/\//i.test(href) ? { kind: 'link', href, inner } : { kind: 'text', text };
}

export function parseInline(text: string, depth = 0): readonly Inline[] {
  if (text === '') return [];
  if (depth > DEEPEST) return [{ kind: 'text', text }];
  const found = inlines
    .flatMap(([pattern, make]) => {
      const match = pattern.exec(text);
      return match === null ? [] : [{ match, make }];
    })
    .sort((a, b) => a.match.index - b.match.index)[0];
  if (found === undefined) return [{ kind: 'text', text }];
  const { match, make } = found;
  const before = text.slice(0, match.index);
  const made = make(match, depth + 1);
  return [
    ...(before === '' ? [] : [{ kind: 'text', text: before } as const]),
    made,
    ...parseInline(text.slice(match.index + match[0].length), depth),
  ];
}
