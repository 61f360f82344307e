// Tools that take lines apart and put them together by fields and characters.
import type { Command } from '../../command.ts';
import { byteText, byteWord, defineTool, fromByteText, linesOf, misuse, ToolEnd, tryInput } from '../tool.ts';
import { allLines } from './all-lines.ts';
import { cat } from './cat.ts';
import { column } from './column.ts';
import { fmt } from './fmt.ts';
import { nl } from './nl.ts';
import { paste } from './paste.ts';

type Range = readonly [from: number, to: number];

function rangesOf(list: string, kind: string): readonly Range[] {
  const wrong = (text: string): never => {
    throw misuse(kind === 'field' ? `invalid field value ‘${text}’` : `invalid byte/character position ‘${text}’`);
  };
  return list.split(/[, ]/).map((text) => {
    const [whole, from = '', dash, to = ''] = /^(\d*)(-?)(\d*)$/.exec(text) ?? [];
    if (/^\d*-\d*-/.test(text))
      throw misuse(kind === 'field' ? 'invalid field range' : 'invalid byte or character range');
    if (whole === undefined) return wrong(text.replace(/^\d+-?/, '') || text);
    if (from === '' && to === '')
      throw misuse(
        dash
          ? 'invalid range with no endpoint: -'
          : kind === 'field'
            ? 'fields are numbered from 1'
            : 'byte/character positions are numbered from 1',
      );
    if (from === '0' || (dash && to === '0'))
      throw misuse(kind === 'field' ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1');
    const range: Range = [
      from === '' ? 1 : Number(from),
      dash ? (to === '' ? Number.POSITIVE_INFINITY : Number(to)) : Number(from),
    ];
    if (range[1] < range[0]) throw misuse('invalid decreasing range');
    return range;
  });
}

const cut = defineTool({
  name: 'cut',
  summary: { es: 'recorta campos o caracteres de cada línea', en: 'cuts fields or characters out of each line' },
  synopsis: 'OPTION... [FILE]...',
  options:
    'b|bytes= c|characters= d|delimiter= f|fields= n complement s|only-delimited output-delimiter= z|zero-terminated',
  run(given, io) {
    const modes = ['b', 'c', 'f'].filter((key) => given.has(key));
    if (modes.length === 0) throw misuse('you must specify a list of bytes, characters, or fields');
    if (modes.length > 1) throw misuse('only one list may be specified');
    const byFields = given.has('f');
    if (given.has('d') && !byFields) throw misuse('an input delimiter may be specified only when operating on fields');
    if (given.has('s') && !byFields)
      throw misuse('suppressing non-delimited lines makes sense\n\tonly when operating on fields');
    const delimiter = given.has('d') ? byteWord(given.value('d') || '\0') : '\t';
    if (delimiter.length > 1) throw misuse('the delimiter must be a single character');
    const ranges = rangesOf(given.value(modes[0] as string) ?? '', byFields ? 'field' : 'byte');
    const chosen = (number: number): boolean =>
      ranges.some(([from, to]) => number >= from && number <= to) !== given.has('complement');
    const between = given.has('output-delimiter')
      ? byteWord(given.value('output-delimiter') ?? '')
      : byFields
        ? delimiter
        : '';
    const { lines, failed } = allLines('cut', given.operands, io);
    const out: string[] = [];
    for (const line of lines) {
      if (byFields) {
        if (!line.includes(delimiter)) {
          if (!given.has('s')) out.push(line);
          continue;
        }
        out.push(
          line
            .split(delimiter)
            .filter((_, index) => chosen(index + 1))
            .join(between),
        );
      } else if (between === '') out.push([...line].filter((_, index) => chosen(index + 1)).join(''));
      else
        out.push(
          ranges
            .map(([from, to]) => line.slice(from - 1, to))
            .filter((piece) => piece !== '')
            .join(between),
        );
    }
    io.stdout(fromByteText(out.map((line) => `${line}\n`).join('')));
    return failed ? 1 : 0;
  },
});

const join = defineTool({
  name: 'join',
  summary: { es: 'une dos archivos ordenados por un campo', en: 'joins two sorted files by a field' },
  synopsis: '[OPTION]... FILE1 FILE2',
  options: '1= 2= j= t= a= v= e= o= i|ignore-case check-order nocheck-order header',
  run(given, io) {
    const [one, other, extra] = given.operands;
    if (one === undefined) throw misuse('missing operand');
    if (other === undefined) throw misuse(`missing operand after ‘${one}’`);
    if (extra !== undefined) throw misuse(`extra operand ‘${extra}’`);
    const separator = given.value('t');
    const split = (line: string): readonly string[] =>
      separator === undefined ? line.trim().split(/[ \t]+/) : line.split(separator);
    const bytes = [tryInput('join', one, io), tryInput('join', other, io)];
    if (bytes[0] === undefined || bytes[1] === undefined) return 1;
    const keys = [
      Number(given.value('1') ?? given.value('j') ?? 1) - 1,
      Number(given.value('2') ?? given.value('j') ?? 1) - 1,
    ] as const;
    const [left = [], right = []] = bytes.map((file) => linesOf(byteText(file as Uint8Array)).lines.map(split));
    const fold = (text: string): string => (given.has('i') ? text.toLowerCase() : text);
    const keyOf = (side: 0 | 1, fields: readonly string[]): string => fold(fields[keys[side]] ?? '');
    const between = separator ?? ' ';
    const empty = given.value('e') ?? '';
    const out: string[] = [];
    const layout = given
      .all('o')
      .flatMap((text) => text.split(/[, ]/))
      .filter(Boolean);
    const put = (a: readonly string[] | undefined, b: readonly string[] | undefined): void => {
      const key = a?.[keys[0]] ?? b?.[keys[1]] ?? '';
      if (layout[0] === 'auto') {
        const side = (fields: readonly string[] | undefined, of: 0 | 1): readonly string[] =>
          Array.from({ length: widths[of] }, (_, index) => fields?.[index] ?? '').filter(
            (_, index) => index !== keys[of],
          );
        out.push(`${[key, ...side(a, 0), ...side(b, 1)].map((field) => field || empty).join(between)}\n`);
        return;
      }
      if (layout.length > 0) {
        const fields = layout.map((name) => {
          if (name === '0') return key;
          const [side, field] = name.split('.');
          return (side === '1' ? a : b)?.[Number(field) - 1] || empty;
        });
        out.push(`${fields.join(between)}\n`);
        return;
      }
      const rest = (fields: readonly string[] | undefined, side: 0 | 1): readonly string[] =>
        (fields ?? []).filter((_, index) => index !== keys[side]);
      out.push(`${[key, ...rest(a, 0), ...rest(b, 1)].map((field) => field || empty).join(between)}\n`);
    };
    const widths = [left[0]?.length ?? 0, right[0]?.length ?? 0] as const;
    const only = given.all('v');
    const also = [...given.all('a'), ...only];
    let at = 0;
    let to = 0;
    let hadUnpaired = false;
    const unsorted = [false, false];
    const read = (side: 0 | 1, index: number): void => {
      const lines = side === 0 ? left : right;
      const [line, before] = [lines[index], lines[index - 1]];
      const isFirst = index <= (given.has('header') ? 1 : 0);
      if (line === undefined || before === undefined || isFirst || unsorted[side]) return;
      if (!hadUnpaired && !given.has('check-order')) return;
      if (given.has('nocheck-order') || keyOf(side, line) >= keyOf(side, before)) return;
      unsorted[side] = true;
      const place = `${side === 0 ? one : other}:${index + 1}: is not sorted: ${line.join(between)}`;
      if (given.has('check-order')) {
        io.stdout(fromByteText(out.join('')));
        throw new ToolEnd(place);
      }
      io.stderr(`join: ${place}\n`);
    };
    if (given.has('header')) put(left[at++], right[to++]);
    while (at < left.length || to < right.length) {
      const [a, b] = [left[at], right[to]];
      const [keyA, keyB] = [a === undefined ? undefined : keyOf(0, a), b === undefined ? undefined : keyOf(1, b)];
      if (keyA !== undefined && (keyB === undefined || keyA < keyB)) {
        if (also.includes('1')) put(a, undefined);
        read(0, ++at);
        hadUnpaired ||= keyB !== undefined;
      } else if (keyB !== undefined && (keyA === undefined || keyB < keyA)) {
        if (also.includes('2')) put(undefined, b);
        read(1, ++to);
        hadUnpaired ||= keyA !== undefined;
      } else {
        let endA = at;
        let endB = to;
        while (endA < left.length && keyOf(0, left[endA] ?? []) === keyA) endA++;
        while (endB < right.length && keyOf(1, right[endB] ?? []) === keyB) endB++;
        const [all, others] = [left.slice(at, endA), right.slice(to, endB)];
        while (at < endA) read(0, ++at);
        while (to < endB) read(1, ++to);
        if (only.length === 0) for (const l of all) for (const r of others) put(l, r);
      }
    }
    io.stdout(fromByteText(out.join('')));
    if (!unsorted.includes(true)) return 0;
    io.stderr('join: input is not in sorted order\n');
    return 1;
  },
});

export const fieldTools: readonly Command[] = [cut, join, nl, fmt, column, paste, cat];
