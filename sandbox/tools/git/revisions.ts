// How commits are named on the command line ("SPECIFYING REVISIONS" of gitrevisions).
import * as git from 'isomorphic-git';
import { readCommit } from '../../forge/git/index.ts';
import { type Place, readTree, type TreeFiles } from '../../forge/index.ts';
import { fatal, type GitStop } from './options.ts';
import { fromTop } from './pathspec.ts';
import { formerHead, readLog } from './reflog-file.ts';
import { config } from './sources.ts';
import { currentBranch, type Work } from './work.ts';

/** The commit of a ref, an abbreviated id, `HEAD~2`, `main^`; undefined when there is none. */
export async function resolve(work: Place, name: string): Promise<string | undefined> {
  const [, from, said] = /^(.+)\^\{\/(.+)\}$/.exec(name) ?? [];
  if (from !== undefined && said !== undefined) {
    const start = await resolve(work, from);
    const wanted = new RegExp(said);
    const history = start === undefined ? [] : await git.log({ ...work, ref: start });
    return history.find(({ commit }) => wanted.test(commit.message))?.oid;
  }
  const [, base = '', steps = ''] = /^(.*?)((?:[~^]\d*)*)$/.exec(name.replaceAll(/\^\{(commit)?\}/g, '')) ?? [];
  let oid = await resolveName(work, base === '@' ? 'HEAD' : base);
  for (const [, mark, count = ''] of steps.matchAll(/([~^])(\d*)/g)) {
    const times = mark === '~' ? Number(count || 1) : 1;
    const parent = mark === '^' ? Number(count || 1) : 1;
    for (let step = 0; step < times && oid !== undefined && parent > 0; step++) {
      oid = (await readCommit(work, oid)).commit.parent[parent - 1];
    }
  }
  return oid;
}

async function resolveName(work: Place, name: string): Promise<string | undefined> {
  const [, text] = /^:\/(?!!)(.+)$/.exec(name) ?? [];
  if (text !== undefined) return newestThatSays(work, text);
  const [, ref = '', at] = /^(.*?)@\{(.*)\}$/.exec(name) ?? [];
  if (at !== undefined) return 'io' in work ? resolveAt(work as Work, ref, at) : undefined;
  // A path of a folder, whatever branch is called like it.
  if (name.endsWith('/')) return undefined;
  const fetched = name === 'FETCH_HEAD' ? await fetchHead(work) : undefined;
  if (fetched !== undefined) return fetched;
  for (const full of fullNames(name)) {
    const oid = await git.resolveRef({ ...work, ref: full }).catch(() => undefined);
    if (oid !== undefined) return peel(work, oid);
    if (full.startsWith('refs/')) warnOfBroken(work, full);
  }
  if (!/^[0-9a-f]{4,40}$/.test(name)) return undefined;
  const oid = await git.expandOid({ ...work, oid: name }).catch(() => undefined);
  return oid === undefined ? undefined : peel(work, oid);
}

/** A ref's file that names nothing is passed over. */
function warnOfBroken(work: Place, ref: string): void {
  if (!('io' in work)) return;
  const { io, gitdir } = work as Work;
  const path = `${gitdir}/${ref}`;
  const { files } = io.machine;
  if (files.exists(path) && files.stat(path).type === 'file' && !files.readText(path).startsWith('ref: '))
    io.stderr(`warning: ignoring broken ref ${ref}\n`);
}

/** What the last fetch of a single ref brought. */
async function fetchHead({ fs, gitdir }: Place): Promise<string | undefined> {
  if (!('promises' in fs)) return undefined;
  const text = await fs.promises.readFile(`${gitdir}/FETCH_HEAD`, 'utf8').catch(() => '');
  return /^[0-9a-f]{40}/.exec(String(text))?.[0];
}

/** `:/words`: the newest commit reached from any ref whose message they match. */
async function newestThatSays(work: Place, text: string): Promise<string | undefined> {
  const starts = ['HEAD'];
  for (const kind of ['heads', 'remotes', 'tags'])
    for (const name of await git.listRefs({ ...work, filepath: `refs/${kind}` })) starts.push(`refs/${kind}/${name}`);
  const wanted = new RegExp(text);
  let best: { readonly oid: string; readonly time: number } | undefined;
  for (const start of starts) {
    const oid = await resolveName(work, start);
    if (oid === undefined) continue;
    const found = (await git.log({ ...work, ref: oid })).find(({ commit }) => wanted.test(commit.message));
    const time = found?.commit.committer.timestamp ?? 0;
    if (found !== undefined && (best === undefined || time > best.time)) best = { oid: found.oid, time };
  }
  return best?.oid;
}

const fullNames = (name: string): readonly string[] => [
  name,
  `refs/${name}`,
  `refs/tags/${name}`,
  `refs/heads/${name}`,
  `refs/remotes/${name}`,
];

/** `HEAD@{1}`, `main@{2}`, `@{-1}`, `@{u}`. @throws GitStop when the log is shorter. */
async function resolveAt(work: Work, ref: string, at: string): Promise<string | undefined> {
  if (/^-\d+$/.test(at)) {
    const former = ref === '' ? formerHead(work, -Number(at)) : undefined;
    return former === undefined ? undefined : resolve(work, former);
  }
  // `@{u}` of a folder of refs is none.
  if (ref.endsWith('/')) return undefined;
  const branch = ref === '' || ref === '@' || ref === 'HEAD' ? await currentBranch(work) : ref;
  if (/^(u|upstream|push)$/i.test(at)) {
    const [remote, merge] = [config(work, `branch.${branch}.remote`), config(work, `branch.${branch}.merge`)];
    if (merge === undefined) {
      if (branch === undefined) throw fatal('HEAD does not point to a branch');
      const isThere = (await resolve(work, `refs/heads/${branch}`)) !== undefined;
      throw fatal(isThere ? `no upstream configured for branch '${branch}'` : `no such branch: '${branch}'`);
    }
    return resolve(work, remote === '.' ? merge : merge.replace('refs/heads/', `refs/remotes/${remote}/`));
  }
  if (!/^\d+$/.test(at)) return undefined;
  const named = ref === '' ? (branch ?? 'HEAD') : ref === '@' ? 'HEAD' : ref;
  const log = fullNames(named).map((full) => readLog(work, full));
  const entries = log.find((one) => one.length > 0);
  const now = entries === undefined ? await resolveName(work, named) : undefined;
  if (now !== undefined && Number(at) > 0) throw fatal(`log for ${named} is empty`);
  if (now !== undefined) return now;
  if (entries === undefined) return undefined;
  const count = Number(at);
  const entry = entries[count];
  if (entry !== undefined) return entry.to;
  const oldest = entries.at(-1);
  if (count === entries.length && oldest !== undefined && !/^0+$/.test(oldest.from)) return oldest.from;
  throw fatal(`log for '${named}' only has ${entries.length} entries`);
}

/** The commit behind an annotated tag. */
async function peel(work: Place, oid: string): Promise<string> {
  const read = await git.readObject({ ...work, oid, format: 'parsed' }).catch(() => undefined);
  return read?.type === 'tag' ? (read.object as unknown as { object: string }).object : oid;
}

/** Like `resolve`. @param whole the word of the command line in which the name stands. @throws GitStop in git's words. */
export async function mustResolve(work: Place, name: string, whole = name): Promise<string> {
  const oid = await resolve(work, name);
  if (oid === undefined) throw await misspelt(work, whole);
  return oid;
}

export const ambiguous = (word: string, what: string): GitStop =>
  fatal(
    `ambiguous argument '${word}': ${what}\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`,
  );

/** What is said of a word that names nothing (maybe_die_on_misspelt_object_name in git's object-name.c). */
export async function misspelt(work: Place, word: string): Promise<GitStop> {
  const [, ref, path = ''] = /^([^:]+):(.*)$/s.exec(word) ?? [];
  if (ref === undefined) return ambiguous(word, 'unknown revision or path not in the working tree.');
  const oid = await resolve(work, ref);
  if (oid === undefined) return fatal(`invalid object name '${ref}'.`);
  const none = (name: string): GitStop => fatal(`path '${name}' does not exist in '${ref}'`);
  if (!('io' in work)) return none(path);
  const { io, dir } = work as Work;
  const name = fromTop(work as Work, path);
  if (io.machine.files.exists(`${dir}/${name}`)) return fatal(`path '${name}' exists on disk, but not in '${ref}'`);
  const whole = `${io.cwd}/${name}`.slice(dir.length + 1);
  if (!(await readTree(work, oid)).has(whole)) return none(name);
  return fatal(
    `path '${whole}' exists, but not '${name}'\nhint: Did you mean '${ref}:${whole}' aka '${ref}:./${name}'?`,
  );
}

/** The tree of HEAD; empty when there is no commit yet. */
export async function headTree(work: Place): Promise<TreeFiles> {
  return readTree(work, await resolve(work, 'HEAD'));
}
