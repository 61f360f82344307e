// GNU tr: bytes into others, away, or once in a row.
import type { Command } from '../../command.ts';
import { defineTool, misuse, ToolEnd } from '../tool.ts';

const bytes = Array.from({ length: 256 }, (_, byte) => byte);
const between = (from: number, to: number): number[] => bytes.slice(from, to + 1);
const [digits, upper, lower] = [between(48, 57), between(65, 90), between(97, 122)];
const punctuation = [...between(33, 47), ...between(58, 64), ...between(91, 96), ...between(123, 126)];

/** POSIX's classes in the C locale. */
const classes: Readonly<Record<string, readonly number[]>> = {
  alnum: [...digits, ...upper, ...lower],
  alpha: [...upper, ...lower],
  blank: [9, 32],
  cntrl: [...between(0, 31), 127],
  digit: digits,
  graph: between(33, 126),
  lower,
  print: between(32, 126),
  punct: punctuation,
  space: [...between(9, 13), 32],
  upper,
  xdigit: [...digits, ...between(65, 70), ...between(97, 102)],
};

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };

type Part =
  | { readonly kind: 'bytes'; readonly bytes: readonly number[]; readonly name?: string }
  | { readonly kind: 'repeat'; readonly byte: number; readonly count: number };

/** The parts of a set: characters, ranges, classes, and repetitions where they may stand. */
function partsOf(text: string, isSecond: boolean): readonly Part[] {
  const source = [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join('');
  const parts: Part[] = [];
  let at = 0;
  function character(): number {
    if (source[at] !== '\\' || at + 1 === source.length) return source.charCodeAt(at++);
    const [octal] = /^[0-7]{1,3}/.exec(source.slice(at + 1)) ?? [];
    if (octal !== undefined) {
      const kept = Number.parseInt(octal, 8) > 255 ? octal.slice(0, 2) : octal;
      at += 1 + kept.length;
      return Number.parseInt(kept, 8);
    }
    const letter = source[at + 1] ?? '';
    at += 2;
    return escapes[letter] ?? letter.charCodeAt(0);
  }
  while (at < source.length) {
    const rest = source.slice(at);
    const [named, name = ''] = /^\[:(\w*):\]/.exec(rest) ?? [];
    const [equal, same = ''] = /^\[=(.)=\]/s.exec(rest) ?? [];
    const [repeat, byte = '', count = ''] = isSecond ? (/^\[(.)\*(\d*)\]/s.exec(rest) ?? []) : [];
    if (named !== undefined) {
      const found = classes[name];
      if (found === undefined) throw new ToolEnd(`invalid character class ‘${name}’`);
      parts.push({ kind: 'bytes', bytes: found, name });
      at += named.length;
    } else if (equal !== undefined) {
      parts.push({ kind: 'bytes', bytes: [same.charCodeAt(0)] });
      at += equal.length;
    } else if (repeat !== undefined) {
      const times = count === '' ? 0 : Number.parseInt(count, count.startsWith('0') ? 8 : 10);
      parts.push({ kind: 'repeat', byte: byte.charCodeAt(0), count: times });
      at += repeat.length;
    } else {
      const begin = at;
      const from = character();
      if (source[at] !== '-' || at + 1 >= source.length) {
        parts.push({ kind: 'bytes', bytes: [from] });
        continue;
      }
      at++;
      const to = character();
      if (to < from)
        throw new ToolEnd(`range-endpoints of '${source.slice(begin, at)}' are in reverse collating sequence order`);
      parts.push({ kind: 'bytes', bytes: between(from, to) });
    }
  }
  return parts;
}

/** @param length what `[c*]` fills up to. */
function expand(parts: readonly Part[], length = 0): readonly number[] {
  const fixed = parts.reduce((sum, part) => sum + (part.kind === 'bytes' ? part.bytes.length : part.count), 0);
  return parts.flatMap((part) => {
    if (part.kind === 'bytes') return part.bytes;
    return Array.from({ length: part.count === 0 ? Math.max(0, length - fixed) : part.count }, () => part.byte);
  });
}

export const tr: Command = defineTool({
  name: 'tr',
  inOrder: true,
  summary: { es: 'cambia, borra o junta caracteres', en: 'translates, deletes or squeezes characters' },
  synopsis: '[OPTION]... SET1 [SET2]',
  options: 'c|complement C d|delete s|squeeze-repeats t|truncate-set1',
  run(given, io) {
    const [first, second, extra] = given.operands;
    const deletes = given.has('d');
    const squeezes = given.has('s');
    if (first === undefined) throw misuse('missing operand');
    const wanted = deletes === squeezes ? 2 : 1;
    if (second === undefined && wanted === 2)
      throw misuse(
        `missing operand after ‘${first}’\nTwo strings must be given when ${deletes ? 'both deleting and squeezing repeats' : 'translating'}.`,
      );
    if (second !== undefined && deletes && !squeezes)
      throw misuse(`extra operand ‘${second}’\nOnly one string may be given when deleting without squeezing repeats.`);
    if (extra !== undefined) throw misuse(`extra operand ‘${extra}’`);

    const named = expand(partsOf(first, false));
    const inverse = (set: readonly number[]): readonly number[] => bytes.filter((byte) => !set.includes(byte));
    const set1 = given.has('c', 'C') ? inverse(named) : named;
    const parts2 = partsOf(second ?? '', true);
    const translates = !deletes && second !== undefined;
    let set2 = expand(parts2, set1.length);
    const map = Uint8Array.from(bytes);
    if (translates) {
      if (set2.length === 0 && !given.has('t'))
        throw new ToolEnd('when not truncating set1, string2 must be non-empty');
      const strange = parts2.find((part) => part.kind === 'bytes' && !/^(|upper|lower)$/.test(part.name ?? ''));
      if (strange !== undefined)
        throw new ToolEnd(
          "when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'",
        );
      const last = set2.at(-1) ?? 0;
      const pairs = given.has('t') ? set1.slice(0, set2.length) : set1;
      for (const [index, byte] of pairs.entries()) map[byte] = set2[index] ?? last;
    }
    if (second === undefined) set2 = set1;
    const gone = new Set(deletes ? set1 : []);
    const once = new Set(squeezes ? (deletes || translates ? set2 : set1) : []);
    const out: number[] = [];
    for (const byte of io.stdin) {
      if (gone.has(byte)) continue;
      const put = map[byte] ?? byte;
      if (once.has(put) && out.at(-1) === put) continue;
      out.push(put);
    }
    io.stdout(Uint8Array.from(out));
    return 0;
  },
});
