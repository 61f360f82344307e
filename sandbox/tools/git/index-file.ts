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
  /** Files of which git believes that they are as the index has them (`update-index --assume-unchanged`). */
  readonly assumed?: ReadonlySet<string>;
  /** Files whose working tree is nobody's business (`update-index --skip-worktree`). */
  readonly skipped?: ReadonlySet<string>;
}

/** The id of a file without contents, which stands for one that is to be added later. */
export const EMPTY = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391';

/** Of an entry's flags: it is assumed to be unchanged, there are more flags; and of those, that it is skipped, or added later. */
const [ASSUMED, EXTENDED, SKIPPED, INTENT] = [0x8000, 0x4000, 0x4000, 0x2000];

/** `DIRC` */
const SIGNATURE = 0x44495243;

type Stage = 0 | 1 | 2 | 3;

interface Row {
  readonly name: Uint8Array;
  readonly flags: number;
  /** The flags of a longer entry; 0 where there are none. */
  readonly more: number;
  readonly file: TreeFile;
  readonly key: string;
}

const byPath = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

/** The whole index; empty when there is none. */
export function readIndexFile({ io, gitdir, own = gitdir }: Repository): Index {
  const path = `${own}/index`;
  const files = new Map<string, TreeFile>();
  const conflicts = new Map<string, Partial<Record<1 | 2 | 3, TreeFile>>>();
  const [intents, assumed, skipped] = [new Set<string>(), new Set<string>(), new Set<string>()];
  if (!io.machine.files.exists(path)) return { files, conflicts, intents, assumed, skipped };
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
    const more = flags & EXTENDED ? view.getUint16(at + 62) : 0;
    const start = at + 62 + (flags & EXTENDED ? 2 : 0);
    const end = bytes.indexOf(0, start);
    const name = new TextDecoder().decode(bytes.subarray(start, end));
    const stage = ((flags >> 12) & 3) as Stage;
    if (flags & ASSUMED) assumed.add(name);
    if (more & SKIPPED) skipped.add(name);
    if (more & INTENT) intents.add(name);
    else if (stage === 0) files.set(name, { oid, mode });
    else conflicts.set(name, { ...conflicts.get(name), [stage]: { oid, mode } });
    at += (end - at + 8) & ~7;
  }
  const sorted = { files: new Map([...files].sort(byPath)), conflicts: new Map([...conflicts].sort(byPath)) };
  return { ...sorted, intents, assumed, skipped };
}

/**
 * Writes the whole index. What was assumed or skipped stays so as long as its entry does, unless it is said anew. Times and sizes are
 * left at zero: whoever reads it has to look at the contents. @throws GitStop while another git holds it.
 */
export function writeIndexFile(repository: Repository, index: Index): void {
  const { io, gitdir, own = gitdir } = repository;
  refuseLocked({ io, gitdir, own }, 'index');
  const { files, conflicts, intents = new Set() } = index;
  const { assumed, skipped } = index.assumed === undefined ? marksLeft(repository, files) : index;
  const rows: Row[] = [];
  const put = (path: string, stage: Stage, file: TreeFile | undefined, isLater = false): void => {
    const name = new TextEncoder().encode(path);
    const flags = (stage << 12) | (assumed?.has(path) && stage === 0 ? ASSUMED : 0);
    const more = (isLater ? INTENT : 0) | (skipped?.has(path) && stage === 0 ? SKIPPED : 0);
    const key = `${[...name].map(letter).join('')}\0${stage}`;
    if (file !== undefined) rows.push({ name, flags, more, file, key });
  };
  for (const [path, file] of files) put(path, 0, file);
  for (const path of intents) if (!files.has(path)) put(path, 0, { oid: EMPTY, mode: '100644' }, true);
  for (const [path, stages] of conflicts) for (const stage of [1, 2, 3] as const) put(path, stage, stages[stage]);
  rows.sort((a, b) => (a.key < b.key ? -1 : 1));
  const sizes = rows.map(({ name, more }) => (62 + (more ? 2 : 0) + name.length + 8) & ~7);
  const body = new Uint8Array(12 + sizes.reduce((sum, size) => sum + size, 0));
  const view = new DataView(body.buffer);
  view.setUint32(0, SIGNATURE);
  view.setUint32(4, rows.some(({ more }) => more > 0) ? 3 : 2);
  view.setUint32(8, rows.length);
  let at = 12;
  for (const [number, { name, flags, more, file }] of rows.entries()) {
    view.setUint32(at + 24, Number.parseInt(file.mode, 8));
    for (let byte = 0; byte < 20; byte++)
      body[at + 40 + byte] = Number.parseInt(file.oid.slice(byte * 2, byte * 2 + 2), 16);
    view.setUint16(at + 60, (more ? EXTENDED : 0) | flags | Math.min(name.length, 0xfff));
    if (more) view.setUint16(at + 62, more);
    body.set(name, at + (more ? 64 : 62));
    at += sizes[number] ?? 0;
  }
  const whole = new Uint8Array(body.length + 20);
  whole.set(body);
  whole.set(sha1(body), body.length);
  io.machine.files.writeFile(`${own}/index`, whole);
}

/** What is assumed or skipped of files whose entries are as they were. */
function marksLeft(repository: Repository, files: TreeFiles): Pick<Index, 'assumed' | 'skipped'> {
  const before = readIndexFile(repository);
  const left = (marks: ReadonlySet<string> = new Set()): ReadonlySet<string> =>
    new Set([...marks].filter((path) => files.get(path)?.oid === before.files.get(path)?.oid));
  return { assumed: left(before.assumed), skipped: left(before.skipped) };
}

const letter = (byte: number): string => String.fromCharCode(byte);
const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
