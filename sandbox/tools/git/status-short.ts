// The forms of git status with a line for each file.
import { readText, renamed } from '../../forge/git/index.ts';
import { readIndexFile } from './index-file.ts';
import { painter } from './options.ts';
import { quotedPath, shownPath } from './pathspec.ts';
import { headTree, resolve } from './revisions.ts';
import { ignoredPaths, type Status } from './status-read.ts';
import { distance, upstreamOf } from './upstream.ts';
import { currentBranch, type Work } from './work.ts';
import { knownFiles, readWorkTree } from './work-tree.ts';

export async function shortForm(work: Work, found: Status, flags: ReadonlySet<string>): Promise<string> {
  const paint = flags.has('porcelain') ? (_: string, text: string) => text : painter(work.io);
  const paths = [...new Set([...found.staged.keys(), ...found.unstaged.keys(), ...found.conflicts.keys()])].sort(
    (a, b) => (a < b ? -1 : 1),
  );
  const show = (path: string): string => quotedPath(flags.has('porcelain') ? path : shownPath(work, path), true);
  const lines = paths.map((path) => {
    const letters = found.conflicts.get(path);
    if (letters !== undefined) return `${paint('31', letters)} ${show(path)}\n`;
    const x = found.staged.get(path) ?? ' ';
    const y = found.unstaged.get(path) ?? ' ';
    const old = found.renamed.get(path);
    return `${paint('32', x)}${paint('31', y)} ${old === undefined ? '' : `${show(old)} -> `}${show(path)}\n`;
  });
  const untracked = found.untracked.map((path) => `${paint('31', '??')} ${show(path)}\n`);
  const branch = flags.has('branch') ? `${await branchLine(work)}\n` : '';
  return branch + lines.join('') + untracked.join('');
}

/** `-z`: the short form with NULs, names as they are, and the old name of a renamed file behind the new one. */
export async function withNuls(work: Work, found: Status, flags: ReadonlySet<string>): Promise<string> {
  const letters = new Map(found.conflicts);
  for (const path of [...found.staged.keys(), ...found.unstaged.keys()])
    if (!letters.has(path)) letters.set(path, (found.staged.get(path) ?? ' ') + (found.unstaged.get(path) ?? ' '));
  const rows = [...letters]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, two]) => {
      const old = found.renamed.get(path);
      return `${two} ${path}\0${old === undefined ? '' : `${old}\0`}`;
    });
  const branch = flags.has('branch') ? `${await branchLine(work)}\0` : '';
  return branch + rows.join('') + found.untracked.map((path) => `?? ${path}\0`).join('');
}

/** `--porcelain=v2` ("Porcelain Format Version 2" of git-status). */
export async function secondForm(work: Work, found: Status, flags: ReadonlySet<string>): Promise<string> {
  const [head, { files: index, conflicts }] = [await headTree(work), readIndexFile(work)];
  const tree = await readWorkTree(work, knownFiles(work));
  const none = { mode: '000000', oid: '0'.repeat(40) };
  const out: string[] = [];
  if (flags.has('branch')) {
    const [branch, oid] = [await currentBranch(work), await resolve(work, 'HEAD')];
    out.push(`# branch.oid ${oid ?? '(initial)'}`, `# branch.head ${branch ?? '(detached)'}`);
    const upstream = branch === undefined ? undefined : await upstreamOf(work, branch);
    const apart = upstream === undefined ? undefined : await distance(work, upstream);
    if (upstream !== undefined) out.push(`# branch.upstream ${upstream.name}`);
    if (apart !== undefined) out.push(`# branch.ab +${apart.ahead} -${apart.behind}`);
  }
  const paths = [...new Set([...found.staged.keys(), ...found.unstaged.keys()])].sort((a, b) => (a < b ? -1 : 1));
  for (const path of paths) {
    const [x, y, old] = [found.staged.get(path) ?? '.', found.unstaged.get(path) ?? '.', found.renamed.get(path)];
    const [was, is] = [head.get(old ?? path) ?? none, index.get(path) ?? none];
    const now = tree.get(path)?.mode ?? none.mode;
    const facts = `${x}${y} N... ${was.mode} ${is.mode} ${is === none && y !== 'A' ? none.mode : now} ${was.oid} ${is.oid}`;
    const score = old === undefined ? 0 : (await renamed(head, index, (file) => readText(work, file))).get(path)?.score;
    out.push(
      old === undefined
        ? `1 ${facts} ${quotedPath(path)}`
        : `2 ${facts} R${Math.floor(((score ?? 0) * 100) / 60_000)} ${quotedPath(path)}\t${quotedPath(old)}`,
    );
  }
  for (const [path, letters] of found.conflicts) {
    const stages = ([1, 2, 3] as const).map((stage) => conflicts.get(path)?.[stage] ?? none);
    const now = tree.get(path)?.mode ?? none.mode;
    out.push(
      `u ${letters} N... ${stages.map(({ mode }) => mode).join(' ')} ${now} ${stages.map(({ oid }) => oid).join(' ')} ${quotedPath(path)}`,
    );
  }
  for (const path of found.untracked) out.push(`? ${quotedPath(path)}`);
  if (flags.has('ignored')) for (const path of await ignoredPaths(work)) out.push(`! ${quotedPath(path)}`);
  return out.map((line) => `${line}\n`).join('');
}

async function branchLine(work: Work): Promise<string> {
  const branch = await currentBranch(work);
  if (branch === undefined) return '## HEAD (no branch)';
  if ((await resolve(work, 'HEAD')) === undefined) return `## No commits yet on ${branch}`;
  const upstream = await upstreamOf(work, branch);
  if (upstream === undefined) return `## ${branch}`;
  const apart = await distance(work, upstream);
  const counts =
    apart === undefined
      ? ['gone']
      : [apart.ahead > 0 ? `ahead ${apart.ahead}` : '', apart.behind > 0 ? `behind ${apart.behind}` : ''].filter(
          Boolean,
        );
  return `## ${branch}...${upstream.name}${counts.length === 0 ? '' : ` [${counts.join(', ')}]`}`;
}
