// The actions that the days use, with the inputs and outputs of the real ones.
import { type Place, placeOn, writeCheckOut } from '../forge/index.ts';
import { nodeVersionOn } from '../machine/index.ts';
import { digestOf, zipOf } from './archive.ts';
import { textOf } from './expression.ts';
import { selects } from './filter.ts';
import type { StepEnd, Use } from './frame.ts';
import { githubScript } from './github-script.ts';
import { filesBelow } from './hash-files.ts';
import { nodeVersionFor, versionIn } from './node-versions.ts';
import { type JobSession, place } from './session.ts';
import { findRef, sourceOf } from './source.ts';

type Action = (use: Use) => StepEnd | Promise<StepEnd>;

const fail = (why: string): StepEnd => ({ ok: false, why });

function warn(session: JobSession, why: string): void {
  session.log(`##[warning]${why}`);
  session.annotate({ level: 'warning', message: why });
}

/** What moving bytes over the network costs: ms for each MiB, beside a second to begin. */
const MS_PER_MIB = 50;
function transfer({ session }: Use, files: Readonly<Record<string, Uint8Array>>): void {
  const bytes = Object.values(files).reduce((sum, { length }) => sum + length, 0);
  session.machine.kernel.advance(1000 + Math.ceil((bytes / 2 ** 20) * MS_PER_MIB));
}

const within = ({ workspace }: JobSession, path: string): string =>
  path.startsWith('/') ? path.replace(/\/+$/, '') : `${workspace}/${path}`.replace(/\/\.?$/, '');

export const builtInActions: Readonly<Record<string, Action>> = {
  'actions/checkout': async (use) => {
    const { session, request, inputs, scope } = use;
    const { files } = session.machine;
    const folder = within(session, inputs.path ?? '.');
    const { ref = '', sha = '', repository = '' } = scope.contexts.github as { readonly [key: string]: string };
    const asked = { ref: inputs.ref ?? '', repository: inputs.repository || repository };
    const at = placeFor(use, asked.repository);
    if (at === undefined && asked.repository !== repository)
      return fail('Not Found - https://docs.github.com/rest/repos/repos#get-a-repository');
    const found = at === undefined || asked.ref === '' ? undefined : await findRef(at, asked.ref);
    if (at !== undefined && asked.ref !== '' && found === undefined)
      return fail(`A branch or tag with the name '${asked.ref}' could not be found`);
    const { commit = sha, ref: full = ref } = found ?? {};
    const source = at === undefined || found === undefined ? request.source : await sourceOf(at, commit);
    for (const { path, bytes, mode } of source) place(session.machine, `${folder}/${path}`, bytes, mode);
    transfer(use, Object.fromEntries(source.map(({ path, bytes }) => [path, bytes])));
    // Without git it downloads the files alone.
    if (at !== undefined && !session.lacks.includes('git')) {
      const url = `https://git.ventarela.test/${asked.repository.replace(/^ventarela\//, '')}.git`;
      // As the real action reads it: what is no number, or negative, is 0.
      const depth = Math.floor(Number(inputs['fetch-depth'] || '1'));
      await writeCheckOut(at, files, folder, {
        commit,
        ref: full,
        depth: Number.isNaN(depth) || depth < 0 ? 0 : depth,
        url,
        isTrusted: inputs['persist-credentials'] !== 'false',
      });
    }
    session.log(`HEAD is now at ${commit.slice(0, 7)} (${full})`);
    return { ok: true, outputs: { ref: full, commit } };
  },

  'actions/setup-node': ({ inputs, session }) => {
    const { files, kernel } = session.machine;
    const { 'node-version': asked = '', 'node-version-file': file = '' } = inputs;
    let version = asked;
    if (asked !== '' && file !== '')
      warn(session, 'Both node-version and node-version-file inputs are specified, only node-version will be used');
    else if (file !== '') {
      const path = within(session, file);
      if (!files.exists(path)) return fail(`The specified node version file at: ${path} does not exist`);
      version = versionIn(files.readText(path));
      if (version === '') warn(session, `Could not determine node version from ${path}. Falling back`);
      session.log(`Resolved ${file} as ${version}`);
    }
    if (inputs.cache !== undefined && !['npm', 'yarn', 'pnpm'].includes(inputs.cache))
      return fail(`Caching for '${inputs.cache}' is not supported`);
    if (
      inputs.cache === 'npm' &&
      !['package-lock.json', 'npm-shrinkwrap.json'].some((lock) =>
        filesBelow(files, session.workspace).some((one) => one.endsWith(`/${lock}`)),
      )
    )
      return fail(
        `Dependencies lock file is not found in ${session.workspace}. Supported file patterns: package-lock.json,npm-shrinkwrap.json,yarn.lock`,
      );
    kernel.advance(3000);
    // With no version it leaves the PATH as it is.
    if (version === '') {
      const found = nodeVersionOn([...session.path].reverse().join(':'));
      session.log(`node: ${found}`);
      return { ok: true, outputs: { 'node-version': found } };
    }
    const set = nodeVersionFor(version);
    if (set === undefined)
      return fail(`Unable to find Node version '${version}' for platform linux and architecture x64.`);
    const folder = `/opt/hostedtoolcache/node/${set}/x64`;
    session.path.push(`${folder}/bin`);
    session.log(`Found in cache @ ${folder}`);
    return { ok: true, outputs: { 'node-version': `v${set}`, 'cache-hit': 'false' } };
  },

  'actions/cache': (use) => {
    const restored = restore(use);
    if (!restored.ok || restored.outputs?.['cache-hit'] === 'true') return restored;
    use.session.post.push({ name: use.name, run: () => save(use) });
    return restored;
  },
  'actions/cache/restore': restore,
  'actions/cache/save': (use) => {
    save(use);
    return { ok: true };
  },

  'actions/github-script': githubScript,

  'actions/upload-artifact': (use) => {
    const { inputs, session, request } = use;
    const { name = 'artifact', path = '', 'if-no-files-found': missing = 'warn', overwrite } = inputs;
    if (path.trim() === '') return fail('Input required and not supplied: path');
    if (!['warn', 'error', 'ignore'].includes(missing))
      return fail(`Unrecognized if-no-files-found input. Provided: ${missing}. Available options: warn,error,ignore`);
    if (/["<>|*?:\\/\r\n]/.test(name))
      return fail(
        `The artifact name is not valid: ${name}. Contains one of the following characters: " : < > | * ? \\ / CR LF`,
      );
    const refused = relativeIn(path);
    if (refused !== undefined) return fail(refused);
    const files = chosen(session, path, inputs['include-hidden-files'] === 'true');
    if (Object.keys(files).length === 0) {
      const why = `No files were found with the provided path: ${path.trim()}. No artifacts will be uploaded.`;
      if (missing === 'error') return fail(why);
      if (missing === 'warn') warn(session, why);
      return { ok: true };
    }
    const taken = [...request.artifacts, ...session.uploads].some((one) => one.name === name);
    if (taken && overwrite !== 'true')
      return fail(
        'Failed to CreateArtifact: Received non-retryable error: Failed request: (409) Conflict: an artifact with this name already exists on the workflow run',
      );
    transfer(use, files);
    session.uploads.push({ name, files, uploadedAt: session.machine.kernel.now() });
    const digest = digestOf(zipOf(files));
    session.log(`SHA256 digest of uploaded artifact zip is ${digest}`);
    session.log(`Artifact ${name} has been successfully uploaded! ${Object.keys(files).length} file(s).`);
    const id = String(request.artifacts.length + session.uploads.length);
    return { ok: true, outputs: { 'artifact-id': id, 'artifact-digest': digest } };
  },

  'actions/download-artifact': (use) => {
    const { inputs, session, request } = use;
    const { name, path = '.', pattern, 'merge-multiple': merge } = inputs;
    const now = session.machine.kernel.now();
    const there = [...request.artifacts, ...session.uploads].filter(({ uploadedAt }) => uploadedAt <= now);
    const wanted =
      name !== undefined
        ? there.filter((one) => one.name === name)
        : there.filter((one) => pattern === undefined || selects([pattern], one.name));
    if (name !== undefined && wanted.length === 0)
      return fail(`Unable to download artifact(s): Artifact not found for name: ${name}`);
    const folder = within(session, path);
    for (const one of wanted) {
      const into = name !== undefined || merge === 'true' ? folder : `${folder}/${one.name}`;
      for (const [file, bytes] of Object.entries(one.files)) place(session.machine, `${into}/${file}`, bytes);
      transfer(use, one.files);
    }
    session.log(`Total of ${wanted.length} artifact(s) downloaded`);
    return { ok: true, outputs: { 'download-path': folder } };
  },
};

/** A repository of the forge as the job sees it; one that is not there, or that its token does not open, is undefined. */
function placeFor({ session: { machine }, request }: Use, repository: string): Place | undefined {
  const gitdir = `/srv/git/${repository.replace(/^ventarela\//, '')}.git`;
  if (machine.far.exists(`${gitdir}/HEAD`)) return placeOn(machine, gitdir);
  return repository === request.repository ? request.origin : undefined;
}

/** The real actions take no way out of a folder, wherever it stands in a pattern. */
function relativeIn(paths: string): string | undefined {
  const bad = paths
    .split('\n')
    .map((one) => one.trim())
    .find((one) => one.split('/').some((part, index) => part === '..' || (part === '.' && index > 0)));
  return bad === undefined ? undefined : `Invalid pattern '${bad}'. Relative pathing '.' and '..' is not allowed.`;
}

/**
 * Files of a list of paths and patterns, named from their least common folder as the real action does.
 * Hidden ones, and what lies in hidden folders, stay out unless they are wanted (`include-hidden-files`).
 */
function chosen(session: JobSession, path: string, hidden: boolean): Record<string, Uint8Array> {
  const { files } = session.machine;
  const patterns = path
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const found = new Set<string>();
  const bases: string[] = [];
  const isShown = (base: string, one: string): boolean => hidden || !one.slice(base.length).includes('/.');
  for (const pattern of patterns.filter((one) => !one.startsWith('!'))) {
    const absolute = within(session, pattern);
    if (files.exists(absolute)) {
      const isFolder = files.stat(absolute).type === 'directory';
      const base = isFolder ? absolute : absolute.slice(0, absolute.lastIndexOf('/'));
      bases.push(base);
      for (const one of isFolder ? filesBelow(files, absolute) : [absolute]) if (isShown(base, one)) found.add(one);
      continue;
    }
    const base = absolute.slice(0, absolute.search(/[*?[]/)).replace(/\/[^/]*$/, '');
    if (!/[*?[]/.test(absolute)) continue;
    bases.push(base);
    for (const one of filesBelow(files, base)) if (isShown(base, one) && selects([absolute], one)) found.add(one);
  }
  const left = patterns.filter((one) => one.startsWith('!')).map((one) => within(session, one.slice(1)));
  const kept = [...found]
    .filter((one) => !left.some((pattern) => selects([pattern], one) || one.startsWith(`${pattern}/`)))
    .sort();
  const root = commonFolder(bases);
  return Object.fromEntries(kept.map((one) => [one.slice(root.length + 1), files.readFile(one)]));
}

function commonFolder(folders: readonly string[]): string {
  const [first = '', ...others] = folders.map((folder) => folder.split('/'));
  const parts = first === '' ? [] : [...first];
  let length = parts.length;
  for (const other of others) {
    let same = 0;
    while (same < length && parts[same] === other[same]) same += 1;
    length = same;
  }
  return parts.slice(0, length).join('/');
}

function restore(use: Use): StepEnd {
  const { inputs, session, request } = use;
  const { key, path, 'restore-keys': others = '' } = inputs;
  if (key === undefined || path === undefined)
    return fail(`Input required and not supplied: ${key === undefined ? 'key' : 'path'}`);
  const refused = relativeIn(path);
  if (refused !== undefined) return fail(refused);
  const keys = [...request.caches.keys()].reverse();
  const hit =
    keys.find((one) => one === key) ??
    others
      .split('\n')
      .map((prefix) => prefix.trim())
      .filter((prefix) => prefix !== '')
      .flatMap((prefix) => keys.find((one) => one.startsWith(prefix)) ?? [])[0];
  if (hit === undefined) {
    session.log(`Cache not found for input keys: ${key}`);
    return inputs['fail-on-cache-miss'] === 'true'
      ? fail(`Failed to restore cache entry. Exiting as fail-on-cache-miss is set. Input key: ${key}`)
      : { ok: true, outputs: { 'cache-hit': '', 'cache-primary-key': key } };
  }
  const files = request.caches.get(hit) ?? {};
  for (const [file, bytes] of Object.entries(files)) place(session.machine, file, bytes);
  transfer(use, files);
  session.log(`Cache restored from key: ${hit}`);
  return {
    ok: true,
    outputs: { 'cache-hit': String(hit === key), 'cache-primary-key': key, 'cache-matched-key': hit },
  };
}

function save(use: Use): undefined {
  const { inputs, session, request } = use;
  const { key = '', path = '' } = inputs;
  if (session.cancelled || key === '' || request.caches.has(key)) return undefined;
  const { files } = session.machine;
  const places = path
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => within(session, one.replace(/^~/, session.machine.home)));
  const found = places.flatMap((one) =>
    !files.exists(one) ? [] : files.stat(one).type === 'directory' ? filesBelow(files, one) : [one],
  );
  const kept = Object.fromEntries(found.map((one) => [one, files.readFile(one)]));
  transfer(use, kept);
  request.caches.set(key, kept);
  session.log(`Cache saved with key: ${textOf(key)}`);
  return undefined;
}
