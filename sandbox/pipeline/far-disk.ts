// What a job sees of the forge and of the registries, and what it changes there. Its machine has a copy of their disks; each step's
// changes are kept with their moment, and reach the real ones when the clock gets there.
import type { SandboxEvent } from '../kernel/index.ts';
import type { Machine } from '../machine/index.ts';

/** The far disks as they are at a moment: path → bytes. */
export type FarDisk = ReadonlyMap<string, Uint8Array>;

/** What a step changed. `before` and `after` are hexadecimal; absent where there is no such file. */
export interface Effect {
  /** Simulated time, ms since 1970. */
  readonly at: number;
  readonly changes: readonly { readonly path: string; readonly before?: string; readonly after?: string }[];
  /** What the forge logs of it. */
  readonly events: readonly SandboxEvent[];
}

const roots = ['/srv/git/', '/srv/forge/', '/srv/npm/', '/srv/registry/'];
/** What a job's machine keeps for itself, and what no job changes. */
const own = /^\/srv\/forge\/(?:token|seen|stale)\.json$|^\/srv\/forge\/[^/]+\/(?:runs|caches)\//;

/** Events of a machine by itself: its processes, ports and prompts. */
const local = /^(?:DayOpened|Command|Process|Port|RequestAnswered|Cleanroom)/;

/** Follows what is changed from now on. @returns a function that gives what was changed since it was last asked, if anything. */
export function followChanges({ files, kernel }: Machine, before: FarDisk): () => Effect | undefined {
  const known = new Map(before);
  let touched = new Set<string>();
  let events: SandboxEvent[] = [];
  files.watch((change) => {
    for (const path of 'from' in change ? [change.from, change.path] : [change.path])
      if (roots.some((root) => path.startsWith(root)) && !own.test(path)) touched.add(path);
  });
  kernel.log.subscribe(({ at: _, seq: __, ...event }) => {
    if (!local.test(event.type)) events.push(event as SandboxEvent);
  });
  return () => {
    const changes = [...touched].sort().flatMap((path) => {
      const was = known.get(path);
      const is = files.exists(path) && files.stat(path).type === 'file' ? files.readFile(path) : undefined;
      if (sameBytes(was, is)) return [];
      if (is === undefined) known.delete(path);
      else known.set(path, is);
      return [{ path, ...(was && { before: hex(was) }), ...(is && { after: hex(is) }) }];
    });
    const effect = { at: kernel.now(), changes, events };
    touched = new Set();
    events = [];
    return effect.changes.length + effect.events.length === 0 ? undefined : effect;
  };
}

export function withEffect(disk: Map<string, Uint8Array>, { changes }: Effect): void {
  for (const { path, after } of changes)
    if (after === undefined) disk.delete(path);
    else disk.set(path, bytesOf(after));
}

export function withoutEffect(disk: Map<string, Uint8Array>, { changes }: Effect): void {
  for (const { path, before } of changes)
    if (before === undefined) disk.delete(path);
    else disk.set(path, bytesOf(before));
}

/** Everything on the far disks that a job of a repository may see. */
export function readFarDisk({ files }: Pick<Machine, 'files'>, repository: string): Map<string, Uint8Array> {
  const disk = new Map<string, Uint8Array>();
  const add = (path: string): void => {
    if (path.endsWith('/caches') || !files.exists(path)) return;
    if (files.stat(path).type === 'file') disk.set(path, files.readFile(path));
    else for (const name of files.list(path)) add(`${path}/${name}`);
  };
  for (const path of [`git/${repository}.git`, `forge/${repository}`, 'forge/people.json', 'npm', 'registry'])
    add(`/srv/${path}`);
  // Forks can be read by all.
  for (const owner of files.exists('/srv/git') ? files.list('/srv/git') : [])
    if (!owner.endsWith('.git')) add(`/srv/git/${owner}/${repository}.git`);
  return disk;
}

/** Makes a change on the real disks. @returns false, and changes nothing, when something else was there than the job saw. */
export function applyEffect({ files, kernel }: Machine, { changes, events }: Effect): boolean {
  const now = (path: string): string | undefined => (files.exists(path) ? hex(files.readFile(path)) : undefined);
  if (changes.some(({ path, before, after }) => ![before, after].includes(now(path)))) return false;
  for (const { path, after } of changes)
    if (after === undefined) files.remove(path, { force: true });
    else {
      files.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
      files.writeFile(path, bytesOf(after));
    }
  for (const event of events) kernel.record(event);
  return true;
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return (
    a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((one, at) => one === b[at]))
  );
}
