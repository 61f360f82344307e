import type { Pattern } from '../../pattern.ts';

/** A text as records. The separator may change between two of them. */
export interface Records {
  next(): string | undefined;
  /** How many characters have not been read. */
  left(): number;
}

export function recordsOf(text: string, separator: () => string, patternOf: (source: string) => Pattern): Records {
  let at = 0;
  return {
    left: () => text.length - at,
    next() {
      if (at >= text.length) return undefined;
      const rs = separator();
      if (rs === '') {
        while (text[at] === '\n') at++;
        if (at >= text.length) return undefined;
        const found = /\n\n+/g;
        found.lastIndex = at;
        const end = found.exec(text);
        const record = text.slice(at, end?.index).replace(/\n$/, '');
        at = end === null ? text.length : found.lastIndex;
        return record;
      }
      if (rs.length === 1) {
        const end = text.indexOf(rs, at);
        const record = text.slice(at, end < 0 ? undefined : end);
        at = end < 0 ? text.length : end + 1;
        return end < 0 && rs !== '\n' ? record.replace(/\n$/, '\n') : record;
      }
      const match = patternOf(rs).find(text, at);
      const record = text.slice(at, match?.start);
      at = match === undefined ? text.length : match.end;
      return record;
    },
  };
}

/** Fields: by blanks, by one character, or by a regular expression. In paragraphs a newline parts them too. */
export function fieldsOf(
  record: string,
  separator: string,
  paragraphs: boolean,
  patternOf: (source: string) => Pattern,
): string[] {
  if (separator === ' ') return record.match(/[^ \t\n]+/g) ?? [];
  if (record === '') return [];
  if (separator === '') return [...record];
  const single = separator.length === 1 && !'\\|.*+?^$[](){}'.includes(separator);
  if (single && !paragraphs) return record.split(separator);
  if (separator.length === 1 && separator !== '\\' && !paragraphs) return record.split(separator);
  const source = separator.length === 1 ? separator.replace(/[\\|.*+?^$[\](){}]/, '\\$&') : separator;
  const pattern = patternOf(paragraphs ? `(${source})|\n` : source);
  const fields: string[] = [];
  let from = 0;
  let search = 0;
  for (;;) {
    const match = pattern.find(record, search);
    if (match === undefined) break;
    if (match.end === match.start) {
      search = match.end + 1;
      if (search > record.length) break;
      continue;
    }
    fields.push(record.slice(from, match.start));
    from = match.end;
    search = from;
  }
  return [...fields, record.slice(from)];
}
