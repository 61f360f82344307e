import { commitData, short, subjectOf } from '../../forge/git/index.ts';
import { allRefs } from './decorations.ts';
import { fatal, GitStop, lastValue, type OptionTable, painter, readOptions } from './options.ts';
import { dateForm } from './pretty.ts';
import { type LogEntry, readLog, writeLog } from './reflog-file.ts';
import { resolve } from './revisions.ts';
import { currentBranch, type Work } from './work.ts';

const options: OptionTable = {
  '-n': { as: 'count', value: true },
  '-#': { as: 'count', value: true },
  '--max-count': { as: 'count', value: true },
  '--oneline': { as: 'oneline' },
  '--date': { as: 'date', value: true },
  '--no-abbrev': { as: 'no-abbrev' },
  '--all': { as: 'all' },
  '--expire': { as: 'expire', value: true },
  '--format': { as: 'format', value: true },
  '--pretty': { as: 'format', value: true },
};

/** `git reflog`: where a ref was before, newest first. */
export async function reflog(work: Work, args: readonly string[]): Promise<number> {
  const { words, flags, values } = readOptions('reflog', args, options);
  const [first, ...more] = words;
  if (first === 'expire' || first === 'delete') return forget(work, first, more, flags.has('all'));
  if (first === 'exists') return readLog(work, (await fullName(work, more[0] ?? 'HEAD')) ?? '').length > 0 ? 0 : 1;
  const name = (first === 'show' ? more[0] : first) ?? 'HEAD';
  const ref = await fullName(work, name);
  if (ref === undefined && (await resolve(work, name)) !== undefined) return 0;
  if (ref === undefined || (await resolve(work, ref)) === undefined) {
    throw fatal(
      name === 'HEAD'
        ? `your current branch '${await currentBranch(work)}' does not have any commits yet`
        : `ambiguous argument '${name}': unknown revision or path not in the working tree.\nUse '--' to separate paths from revisions, like this:\n'git <command> [<revision>...] -- [<file>...]'`,
    );
  }
  const count = lastValue({ words, flags, values, paths: undefined }, 'count');
  const entries = readLog(work, ref).slice(0, count === undefined ? undefined : Number(count));
  const date = values.get('date')?.at(-1);
  const format = values.get('format')?.at(-1);
  const paint = painter(work.io);
  const now = Math.floor(work.io.machine.kernel.now() / 1000);
  const names = await namesAt(work);
  for (const [number, entry] of entries.entries()) {
    const shownName = ref.startsWith('refs/remotes/') || ref === 'refs/stash' ? ref : name;
    const at = `${shownName}@{${date === undefined ? number : dateForm(date, now)(entry.who)}}`;
    if (format === undefined) {
      const id = flags.has('no-abbrev') ? entry.to : short(work, entry.to);
      const shown = work.io.isTerminal && names.has(entry.to) ? ` (${names.get(entry.to)})` : '';
      work.io.stdout(`${paint('33', id)}${paint('33', shown)} ${at}: ${entry.message}\n`);
    } else {
      const subject = subjectOf(await commitData(work, entry.to));
      work.io.stdout(`${filled(work, format, { entry, at, subject })}\n`);
    }
  }
  return 0;
}

async function namesAt(work: Work): Promise<ReadonlyMap<string, string>> {
  const [branch, head] = [await currentBranch(work), await resolve(work, 'HEAD')];
  return new Map(head === undefined ? [] : [[head, branch === undefined ? 'HEAD' : `HEAD -> ${branch}`]]);
}

/** The placeholders that tell of an entry. @throws GitStop for others. */
function filled(
  work: Work,
  format: string,
  { entry, at, subject }: { entry: LogEntry; at: string; subject: string },
): string {
  return format.replace(/^t?format:/, '').replaceAll(/%(g[dDs]|[Hhs%n])/g, (_, name: string) => {
    if (name === 'gd' || name === 'gD') return at;
    if (name === 'gs') return entry.message;
    if (name === 'H') return entry.to;
    if (name === 'h') return short(work, entry.to);
    return name === 's' ? subject : name === 'n' ? '\n' : '%';
  });
}

/** The ref that a name means, when it has a log or exists. */
async function fullName(work: Work, name: string): Promise<string | undefined> {
  const plain = name.replace(/@\{0\}$/, '');
  for (const ref of [plain, `refs/${plain}`, `refs/tags/${plain}`, `refs/heads/${plain}`, `refs/remotes/${plain}`])
    if (readLog(work, ref).length > 0) return ref;
  return undefined;
}

async function forget(work: Work, what: string, names: readonly string[], all: boolean): Promise<number> {
  if (what === 'expire' && (all || names.length > 0)) {
    const refs = all ? ['HEAD', ...(await allRefs(work)).map(({ ref }) => ref)] : names;
    for (const name of refs) writeLog(work, (await fullName(work, name)) ?? name, []);
    return 0;
  }
  for (const name of names) {
    const [, ref = '', at = ''] = /^(.*)@\{(\d+)\}$/.exec(name) ?? [];
    const full = await fullName(work, ref);
    if (full === undefined) throw new GitStop(`error: not a reflog: ${name}`, 1);
    const entries = readLog(work, full);
    writeLog(
      work,
      full,
      entries.filter((_, number) => number !== Number(at)),
    );
  }
  return 0;
}
