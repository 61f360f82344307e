// What the forge keeps on its disk, read out of the session's mirror of files. Pure, but for what was read before.
import type { CheckRun, PullRequest, Settings, StoredRun } from '../../../sandbox/hosts/forge-view.ts';
import type { Snapshot } from '../parts.ts';

type Files = Snapshot['files'];

export interface ArtifactFile {
  /** Within the artifact. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface Repository {
  readonly name: string;
  /** The learner's copy of it, where there is one. */
  readonly clone: string | undefined;
  readonly settings: Partial<Settings>;
  /** Newest first, as pulls too. */
  readonly runs: readonly StoredRun[];
  readonly pulls: readonly PullRequest[];
  checks(commit: string): readonly CheckRun[];
  artifact(run: number, name: string): readonly ArtifactFile[];
}

export interface Documents {
  readonly repositories: readonly Repository[];
  /** Paths of what cannot be read. */
  readonly broken: readonly string[];
}

const ROOT = '/srv/forge/';
const document = /^\/srv\/forge\/([\w.-]+(?:\/[\w.-]+)?)\/(?:(runs|pulls|checks)\/([\w.-]+)|(settings))\.json$/;

interface Found {
  readonly runs: StoredRun[];
  readonly pulls: PullRequest[];
  readonly checks: Map<string, readonly CheckRun[]>;
  settings: Partial<Settings>;
}

/** Reads documents; one whose bytes are as they were is not parsed again. */
export function createReader(): (files: Files) => Documents {
  let last: { readonly files: Files; readonly documents: Documents } | undefined;
  let before = new Map<string, { readonly bytes: Uint8Array; readonly value: unknown }>();

  return (files) => {
    if (last?.files === files) return last.documents;
    const parsed: typeof before = new Map();
    const found = new Map<string, Found>();
    const broken: string[] = [];
    for (const [path, entry] of Object.entries(files)) {
      if (!path.startsWith(ROOT) || entry.type !== 'file') continue;
      const [, name, kind, key = ''] = document.exec(path) ?? [];
      if (name === undefined) continue;
      const known = before.get(path);
      const value = known !== undefined && sameBytes(known.bytes, entry.bytes) ? known.value : parse(entry.bytes);
      parsed.set(path, { bytes: entry.bytes, value });
      const into: Found = found.get(name) ?? { runs: [], pulls: [], checks: new Map(), settings: {} };
      found.set(name, into);
      if (kind === 'runs' && isRun(value)) into.runs.push(value);
      else if (kind === 'pulls' && isPull(value)) into.pulls.push(value);
      else if (kind === 'checks' && Array.isArray(value)) into.checks.set(key, value);
      else if (kind === undefined && isObject(value)) into.settings = value;
      else broken.push(path);
    }
    before = parsed;
    const repositories = [...found].map(([name, { runs, pulls, checks, settings }]) => ({
      name,
      clone: cloneOf(files, name),
      settings,
      runs: runs.sort((a, b) => b.number - a.number),
      pulls: pulls.sort((a, b) => b.number - a.number),
      checks: (commit: string) => checks.get(commit) ?? [],
      artifact: (run: number, artifact: string) =>
        filesBelow(files, `${ROOT}${name}/runs/${run}/artifacts/${artifact}/`),
    }));
    last = { files, documents: { repositories, broken } };
    return last.documents;
  };
}

/** The folder of the home in which a repository of the forge was cloned. */
export function cloneOf(files: Files, repository: string): string | undefined {
  const url = new RegExp(`^\\s*url = .*/${repository.replaceAll('.', '\\.')}(\\.git)?/?\\s*$`, 'm');
  for (const [path, entry] of Object.entries(files)) {
    if (!path.startsWith('/home/') || !path.endsWith('/.git/config') || entry.type !== 'file') continue;
    if (url.test(new TextDecoder().decode(entry.bytes))) return path.slice(0, -'/.git/config'.length);
  }
  return undefined;
}

/** Where a file of the repository lies in the learner's copy; undefined when it is not there. */
export function inClone(files: Files, clone: string | undefined, file: string): string | undefined {
  if (clone === undefined) return undefined;
  // As a runner's machine names it: /home/runner/work/seats/seats/app.mjs.
  const path = `${clone}/${file.replace(/^\/home\/runner\/work\/[^/]+\/[^/]+\//, '').replace(/^\.\//, '')}`;
  return files[path]?.type === 'file' ? path : undefined;
}

function filesBelow(files: Files, folder: string): readonly ArtifactFile[] {
  return Object.entries(files).flatMap(([path, entry]) =>
    path.startsWith(folder) && entry.type === 'file' ? [{ path: path.slice(folder.length), bytes: entry.bytes }] : [],
  );
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As far as the view relies on it: learners can write to the forge's disk too. */
function isRun(value: unknown): value is StoredRun {
  if (!isObject(value) || typeof value.number !== 'number' || typeof value.commit !== 'string') return false;
  const { record, problems } = value;
  if (!isObject(record) || !Array.isArray(problems)) return false;
  const { jobs, artifacts, waiting } = record;
  return (
    [artifacts, waiting].every(Array.isArray) &&
    Array.isArray(jobs) &&
    jobs.every(
      (job) =>
        isObject(job) && typeof job.id === 'string' && [job.needs, job.steps, job.annotations].every(Array.isArray),
    )
  );
}

function isPull(value: unknown): value is PullRequest {
  return (
    isObject(value) &&
    typeof value.number === 'number' &&
    typeof value.headCommit === 'string' &&
    Array.isArray(value.reviews)
  );
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
