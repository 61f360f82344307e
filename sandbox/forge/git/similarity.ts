// How alike two files are, and which file that came is one that went under another name: as git's diffcore-delta.c and
// diffcore-rename.c tell it.
import type { TreeFile, TreeFiles } from '../tree.ts';

const WHOLE = 60000;

/** Pieces of a file (a line, or 64 bytes of one) with how many bytes of it they make. */
function pieces(bytes: Uint8Array): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let piece = '';
  const end = (): void => {
    if (piece !== '') found.set(piece, (found.get(piece) ?? 0) + piece.length);
    piece = '';
  };
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 13 && bytes[at + 1] === 10) continue;
    piece += String.fromCharCode(byte);
    if (byte === 10 || piece.length === 64) end();
  }
  end();
  return found;
}

/** Bytes of a file that are in the other too, piece by piece. */
export function copiedBytes(before: Uint8Array, after: Uint8Array): number {
  const [was, is] = [pieces(before), pieces(after)];
  let copied = 0;
  for (const [piece, count] of was) copied += Math.min(count, is.get(piece) ?? 0);
  return copied;
}

/** From 0 (nothing in common) to 60000 (the same). */
export function similarity(before: Uint8Array, after: Uint8Array): number {
  const most = Math.max(before.length, after.length);
  const least = Math.min(before.length, after.length);
  if (most === 0 || least === 0) return 0;
  if (most * (WHOLE / 2) < (most - least) * WHOLE) return 0;
  return Math.floor((copiedBytes(before, after) * WHOLE) / most);
}

/** New name → old name and how alike they are, for files of which at least `share` per cent stayed the same. */
export async function renamed(
  before: TreeFiles,
  after: TreeFiles,
  read: (file: TreeFile) => Promise<Uint8Array>,
  share = 50,
): Promise<ReadonlyMap<string, { readonly from: string; readonly score: number }>> {
  const found = new Map<string, { readonly from: string; readonly score: number }>();
  const gone = new Map([...before].filter(([path]) => !after.has(path)));
  const came = new Map([...after].filter(([path]) => !before.has(path)));
  const name = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const pair = (from: string, to: string, score: number): void => {
    found.set(to, { from, score });
    gone.delete(from);
    came.delete(to);
  };
  for (const [path, { oid }] of [...came]) {
    const same = [...gone].filter(([, file]) => file.oid === oid);
    const from = (same.find(([old]) => name(old) === name(path)) ?? same[0])?.[0];
    if (from !== undefined) pair(from, path, WHOLE);
  }
  const bytes = new Map<string, Uint8Array>();
  const contents = async (file: TreeFile): Promise<Uint8Array> => {
    const known = bytes.get(file.oid) ?? (await read(file));
    bytes.set(file.oid, known);
    return known;
  };
  const candidates: { readonly from: string; readonly to: string; readonly score: number; readonly named: number }[] =
    [];
  for (const [to, file] of came)
    for (const [from, old] of gone) {
      const score = similarity(await contents(old), await contents(file));
      if (score >= (WHOLE * share) / 100) candidates.push({ from, to, score, named: name(from) === name(to) ? 1 : 0 });
    }
  candidates.sort((a, b) => b.score - a.score || b.named - a.named);
  for (const { from, to, score } of candidates) if (gone.has(from) && came.has(to)) pair(from, to, score);
  return found;
}
