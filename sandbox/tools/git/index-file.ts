// The index as a file (Documentation/gitformat-index.txt, versions 2 and 3), with the stages of what is in conflict.
import type { Stages } from '../../forge/git/index.ts';
import type { TreeFile, TreeFiles } from '../../forge/index.ts';
import { type CommandIO, sha1 } from '../../machine/index.ts';
import { refuseLocked } from './lock.ts';
import { fatal, GitStop } from './options.ts';

interface Repository {
  readonly io: CommandIO;
  readonly gitdir: string;
  readonly own?: string;
}

export interface Index {
  /** What is not in conflict. */
  readonly files: TreeFiles;
  readonly conflicts: ReadonlyMap<string, Stages>;
  /** Paths whose contents are to be added later (`git add -N`). */
  readonly intents?: ReadonlySet<string>;
}

/** The id of a file without contents, which stands for one that is to be added later. */
export const EMPTY = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';

/** Of an entry's flags: there are more of them; and of those, that its contents are added later. */
const [EXTENDED, INTENT] = [0x4000, 0x2000];

/** `DIRC` */
const SIGNATURE = 0x44495243;

type Stage = 0 | 1 | 2 | 3;

const byPath = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** The whole index; empty when there is none. */
export function readIndexFile({ io, gitdir, own = gitdir }: Repository): Index {
  const path = `${own}/index`;
  const files = new Map<string, TreeFile>();
  const conflicts = new Map<string, Partial<Record<1 | 2 | 3, TreeFile>>>();
  const intents = new Set<string>();
  if (!io.machine.files.exists(path)) return { files, conflicts, intents };
  const bytes = io.machine.files.readFile(path);
  if (bytes.length < 32) throw fatal('.git/index: index file smaller than expected');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== SIGNATURE)
    throw new GitStop(
      `error: bad signature 0x${view.getUint32(0).toString(16).padStart(8, '0')}\nfatal: index file corrupt`,
    );
  const count = view.getUint32(8);
  let at = 12;
  for (let number = 0; number < count; number++) {
    const mode = view.getUint32(at + 24).toString(8);
    const oid = hex(bytes.subarray(at + 40, at + 60));
    const flags = view.getUint16(at + 60);
    const start = at + 62 + (flags & EXTENDED ? 2 : 0);
    const end = bytes.indexOf(0, start);
    const name = new TextDecoder().decode(bytes.subarray(start, end));
    const stage = ((flags >> 12) & 3) as Stage;
    if (flags & EXTENDED && view.getUint16(at + 62) & INTENT) intents.add(name);
    else if (stage === 0) files.set(name, { oid, mode });
    else conflicts.set(name, { ...conflicts.get(name), [stage]: { oid, mode } });
    at += (end - at + 8) & ~7;
  }
  return { files: new Map([...files].sort(byPath)), conflicts: new Map([...conflicts].sort(byPath)), intents };
}

/** Writes the whole index. @throws GitStop while another git holds it. Times and sizes are left at zero: whoever reads it has to look at the contents. */
export function writeIndexFile(
  { io, gitdir, own = gitdir }: Repository,
  { files, conflicts, intents = new Set() }: Index,
): void {
  refuseLocked({ io, gitdir, own }, 'index');
  const rows: { readonly name: Uint8Array; readonly stage: Stage; readonly file: TreeFile; readonly key: string }[] =
    [];
  const put = (path: string, stage: Stage, file: TreeFile | undefined): void => {
    const name = new TextEncoder().encode(path);
    if (file !== undefined) rows.push({ name, stage, file, key: `${[...name].map(letter).join('')}\0${stage}` });
  };
  for (const [path, file] of files) put(path, 0, file);
  const later = new Set<TreeFile>();
  for (const path of intents) {
    const file = { oid: EMPTY, mode: '100644' };
    later.add(file);
    if (!files.has(path)) put(path, 0, file);
  }
  for (const [path, stages] of conflicts) for (const stage of [1, 2, 3] as const) put(path, stage, stages[stage]);
  rows.sort((a, b) => (a.key < b.key ? -1 : 1));
  const sizes = rows.map(({ name, file }) => (62 + (later.has(file) ? 2 : 0) + name.length + 8) & ~7);
  const body = new Uint8Array(12 + sizes.reduce((sum, size) => sum + size, 0));
  const view = new DataView(body.buffer);
  view.setUint32(0, SIGNATURE);
  view.setUint32(4, later.size > 0 ? 3 : 2);
  view.setUint32(8, rows.length);
  let at = 12;
  for (const [number, { name, stage, file }] of rows.entries()) {
    view.setUint32(at + 24, Number.parseInt(file.mode, 8));
    for (let byte = 0; byte < 20; byte++)
      body[at + 40 + byte] = Number.parseInt(file.oid.slice(byte * 2, byte * 2 + 2), 16);
    const isLater = later.has(file);
    view.setUint16(at + 60, (isLater ? EXTENDED : 0) | (stage << 12) | Math.min(name.length, 0xfff));
    if (isLater) view.setUint16(at + 62, INTENT);
    body.set(name, at + (isLater ? 64 : 62));
    at += sizes[number] ?? 0;
  }
  const whole = new Uint8Array(body.length + 20);
  whole.set(body);
  whole.set(sha1(body), body.length);
  io.machine.files.writeFile(`${own}/index`, whole);
}

const letter = (byte: number): string => String.fromCharCode(byte);
const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
