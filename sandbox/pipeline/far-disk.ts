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
export function followChanges({ far: files, kernel }: Machine, before: FarDisk): () => Effect | undefined {
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
export function readFarDisk({ far: files }: Pick<Machine, 'far'>, repository: string): Map<string, Uint8Array> {
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
export function applyEffect({ far: files, kernel }: Machine, { changes, events }: Effect): boolean {
  const now = (path: string): string | undefined => (files.exists(path) ? hex(files.readFile(path)) : undefined);
  const wanted = changes.map(({ path, before, after }) => {
    const there = now(path);
    if (there === before || there === after) return { path, after };
    const merged = path.endsWith('.json') ? mergedText(before, after, there) : undefined;
    return merged === undefined ? undefined : { path, after: merged };
  });
  if (wanted.includes(undefined)) return false;
  for (const one of wanted) {
    if (one === undefined) continue;
    const { path, after } = one;
    if (after === undefined) files.remove(path, { force: true });
    else {
      files.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
      files.writeFile(path, bytesOf(after));
    }
  }
  for (const event of events) kernel.record(event);
  return true;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A document that two have changed, where the job changed other parts of it or added to a list. */
function mergedText(before?: string, after?: string, there?: string): string | undefined {
  if (before === undefined || after === undefined || there === undefined) return undefined;
  const [base, mine, theirs] = [before, after, there].map((text) =>
    JSON.parse(new TextDecoder().decode(bytesOf(text))),
  );
  const merged = mergedJson(base, mine, theirs);
  return merged === undefined ? undefined : hex(new TextEncoder().encode(`${JSON.stringify(merged, null, 1)}\n`));
}

function mergedJson(base: Json | undefined, mine: Json | undefined, theirs: Json | undefined): Json | undefined {
  const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);
  if (same(base, mine)) return theirs;
  if (same(base, theirs) || same(mine, theirs)) return mine;
  // What was added to a list is added to it, whatever it has become.
  if (Array.isArray(base) && Array.isArray(mine) && Array.isArray(theirs))
    return same(base, mine.slice(0, base.length)) ? [...theirs, ...mine.slice(base.length)] : undefined;
  // The later of two moments.
  if (typeof mine === 'number' && typeof theirs === 'number') return Math.max(mine, theirs);
  if (!isMap(base) || !isMap(mine) || !isMap(theirs)) return undefined;
  const merged: Record<string, Json> = {};
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const one = mergedJson(base[key], mine[key], theirs[key]);
    if (one !== undefined) merged[key] = one;
    else if (mine[key] !== undefined && theirs[key] !== undefined) return undefined;
  }
  return merged;
}

const isMap = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function bytesOf(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16));
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return (
    a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((one, at) => one === b[at]))
  );
}
