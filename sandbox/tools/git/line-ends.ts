// Line ends between the working tree and the repository: `text`, `eol`, core.autocrlf, core.eol (git's convert.c).
import type { Attributes } from './attributes.ts';

/** How line ends of a path are treated; undefined when they stay as they are. */
export interface LineEnds {
  /** Whether git looks at the contents to see whether it is text. */
  readonly auto: boolean;
  /** Whether lines end in CRLF in the working tree. */
  readonly crlf: boolean;
}

export interface Settings {
  /** core.autocrlf */
  readonly auto: string | undefined;
  /** core.eol */
  readonly eol: string | undefined;
}

export function lineEndsOf(attributes: Attributes, { auto, eol }: Settings): LineEnds | undefined {
  const text = attributes.get('text');
  if (text === 'unset') return undefined;
  const named = attributes.get('eol');
  const byDefault = auto === 'true' || (auto !== 'input' && eol === 'crlf');
  const crlf = named === 'crlf' || (named !== 'lf' && text !== 'input' && byDefault);
  if (text === 'auto') return { auto: true, crlf };
  if (text === 'set' || text === 'input' || named === 'lf' || named === 'crlf') return { auto: false, crlf };
  if (auto !== 'true' && auto !== 'input') return undefined;
  return { auto: true, crlf: auto === 'true' };
}

export interface Ends {
  readonly crlf: number;
  /** LF without CR before it. */
  readonly lf: number;
  readonly isBinary: boolean;
}

/** Counts line ends, and says whether a content looks like text (gather_stats and convert_is_binary). */
export function endsIn(bytes: Uint8Array): Ends {
  let [crlf, lf, printable, strange] = [0, 0, 0, 0];
  let isBinary = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 13) {
      if (bytes[at + 1] === 10) {
        crlf++;
        at++;
      } else isBinary = true;
    } else if (byte === 10) lf++;
    else if (byte === 0) isBinary = true;
    else if (byte === 127 || (byte < 32 && ![8, 9, 12, 27].includes(byte))) strange++;
    else printable++;
  }
  if (bytes.at(-1) === 26) strange--;
  return { crlf, lf, isBinary: isBinary || printable >> 7 < strange };
}

/** Git's word for the line ends of a content, as `ls-files --eol` shows it. */
export function endsWord(bytes: Uint8Array): string {
  const { crlf, lf, isBinary } = endsIn(bytes);
  if (isBinary) return '-text';
  if (crlf > 0) return lf > 0 ? 'mixed' : 'crlf';
  return lf > 0 ? 'lf' : 'none';
}

/** The content as the repository keeps it. @param keeps whether it has CRLF in the index already, and so stays as it is */
export function toRepository(bytes: Uint8Array, ends: LineEnds | undefined, keeps: boolean): Uint8Array {
  if (ends === undefined) return bytes;
  const found = endsIn(bytes);
  if (found.crlf === 0 || (ends.auto && (found.isBinary || keeps))) return bytes;
  return bytes.filter((byte, at) => !(byte === 13 && bytes[at + 1] === 10));
}

/** The content as the working tree has it. */
export function toWorkTree(bytes: Uint8Array, ends: LineEnds | undefined): Uint8Array {
  if (ends === undefined || !willGetCr(endsIn(bytes), ends)) return bytes;
  const out: number[] = [];
  for (const [at, byte] of bytes.entries()) {
    if (byte === 10 && bytes[at - 1] !== 13) out.push(13);
    out.push(byte);
  }
  return Uint8Array.from(out);
}

const willGetCr = (found: Pick<Ends, 'crlf' | 'lf' | 'isBinary'>, ends: LineEnds): boolean =>
  ends.crlf && found.lf > 0 && !(ends.auto && (found.crlf > 0 || found.isBinary));

/** What git warns of when a content would not come back as it is; undefined when it would. */
export function warningFor(
  path: string,
  bytes: Uint8Array,
  ends: LineEnds | undefined,
  keeps: boolean,
): string | undefined {
  if (ends === undefined) return undefined;
  const old = endsIn(bytes);
  const converts = old.crlf > 0 && !(ends.auto && (old.isBinary || keeps));
  if (ends.auto && old.isBinary) return undefined;
  const kept = converts ? { ...old, lf: old.lf + old.crlf, crlf: 0 } : old;
  const back = willGetCr(kept, ends) ? { crlf: kept.crlf + kept.lf, lf: 0 } : kept;
  const [from, to] =
    old.crlf > 0 && back.crlf === 0 ? ['CRLF', 'LF'] : old.lf > 0 && back.lf === 0 ? ['LF', 'CRLF'] : [];
  if (from === undefined) return undefined;
  return `warning: in the working copy of '${path}', ${from} will be replaced by ${to} the next time Git touches it\n`;
}
