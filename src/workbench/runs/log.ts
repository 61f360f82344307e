// A step's log as it is shown: groups that fold, lines with their numbers, cut into chunks that the browser lays out when seen. Pure.

export type LineKind = 'plain' | 'error' | 'warning' | 'notice' | 'command';

export interface LogLine {
  readonly kind: LineKind;
  readonly text: string;
}

export interface Chunk {
  /** Number of its first line, from 1. */
  readonly from: number;
  readonly lines: readonly LogLine[];
}

export type LogPart =
  | { readonly kind: 'lines'; readonly chunks: readonly Chunk[] }
  | { readonly kind: 'group'; readonly title: string; readonly at: number; readonly chunks: readonly Chunk[] };

/** Lines that the browser lays out together. */
const CHUNK = 200;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the colours of a terminal are what is taken out
const colours = /\u001b\[[0-9;]*[A-Za-z]/g;
const marked = /^##\[(error|warning|notice|command|section|debug)\](.*)$/s;
/** Whatever the reader's language: so the product writes them. */
const prefixes: Readonly<Record<string, string>> = { error: 'Error: ', warning: 'Warning: ', notice: 'Notice: ' };

export function logParts(log: readonly string[]): readonly LogPart[] {
  const parts: LogPart[] = [];
  let lines: LogLine[] = [];
  let group: { readonly title: string; readonly at: number } | undefined;
  let from = 1;

  function end(next: number): void {
    const chunks = chunksOf(lines, from);
    if (group !== undefined) parts.push({ kind: 'group', ...group, chunks });
    else if (chunks.length > 0) parts.push({ kind: 'lines', chunks });
    lines = [];
    group = undefined;
    from = next;
  }

  for (const [index, raw] of log.entries()) {
    const number = index + 1;
    const text = raw.replace(colours, '');
    if (text.startsWith('##[group]')) {
      end(number + 1);
      group = { title: text.slice('##[group]'.length), at: number };
    } else if (text.startsWith('##[endgroup]')) end(number + 1);
    else lines.push(lineOf(text));
  }
  end(log.length + 1);
  return parts;
}

/** A text that is no log: nothing in it has a meaning. */
export function textChunks(text: string): readonly Chunk[] {
  const lines = text.replace(/\n$/, '').split('\n');
  return chunksOf(
    lines.map((line) => ({ kind: 'plain', text: line })),
    1,
  );
}

function lineOf(text: string): LogLine {
  const [, name = '', rest = ''] = marked.exec(text) ?? [];
  if (name === '') return { kind: 'plain', text };
  const kind = name === 'error' || name === 'warning' || name === 'notice' || name === 'command' ? name : 'plain';
  return { kind, text: `${prefixes[name] ?? ''}${rest}` };
}

function chunksOf(lines: readonly LogLine[], from: number): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 0; at < lines.length; at += CHUNK) chunks.push({ from: from + at, lines: lines.slice(at, at + CHUNK) });
  return chunks;
}

/** Lines of one kind that follow one another, joined: the fewer pieces, the faster a long log. */
export function piecesOf({ lines }: Chunk): readonly LogLine[] {
  const pieces: { kind: LineKind; text: string }[] = [];
  for (const { kind, text } of lines) {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += `${text}\n`;
    else pieces.push({ kind, text: `${text}\n` });
  }
  return pieces;
}

/** `1\n2\n3`: the column beside a chunk. */
export function numbersOf({ from, lines }: Chunk): string {
  return Array.from(lines, (_, index) => from + index).join('\n');
}
