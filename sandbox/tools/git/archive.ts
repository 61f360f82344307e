// `git archive`: the files of a commit as one file, made by the machine's own tar.

import { readCommit, readText } from '../../forge/git/index.ts';
import { readTree } from '../../forge/index.ts';
import { parentOf, resolvePath } from '../../machine/index.ts';
import { resolveObject } from './objects.ts';
import { fatal, GitStop, lastValue, readOptions, UsageStop } from './options.ts';
import { matches, pathInWork } from './pathspec.ts';
import { resolve } from './revisions.ts';
import { wildcard } from './wildcard.ts';
import type { Work } from './work.ts';

export async function archive(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('archive', args, {
    '--prefix': { as: 'prefix', value: true },
    '--format': { as: 'format', value: true },
    '-o': { as: 'output', value: true },
    '--output': { as: 'output', value: true },
    '-v': { as: 'verbose' },
    '--verbose': { as: 'verbose' },
    '-l': { as: 'list' },
    '--list': { as: 'list' },
    '-#': { as: 'level', value: true },
    '--worktree-attributes': { as: 'worktree-attributes' },
  });
  const { io } = work;
  const [name, ...paths] = [...parsed.words, ...(parsed.paths ?? [])];
  if (parsed.flags.has('list')) {
    io.stdout('tar\ntgz\ntar.gz\nzip\n');
    return 0;
  }
  if (name === undefined) throw new UsageStop('archive');
  const commit = name.includes(':') ? await resolveObject(work, name) : await resolve(work, name);
  if (commit === undefined) throw fatal(`not a valid object name: ${name}`);
  const output = lastValue(parsed, 'output');
  const format = lastValue(parsed, 'format') ?? /\.(tar\.gz|tgz|zip)$/.exec(output ?? '')?.[1] ?? 'tar';
  if (!['tar', 'tar.gz', 'tgz'].includes(format))
    throw new GitStop(`git archive: the format '${format}' is not part of this sandbox`, 128);
  if (io.run === undefined) throw fatal('there is no shell here');

  const asked = paths.map((path) => pathInWork(work, path));
  const tree = await readTree(work, commit);
  const attributes = tree.get('.gitattributes');
  const left = new TextDecoder()
    .decode(await readText(work, attributes))
    .split('\n')
    .flatMap((line) => (/\sexport-ignore\b/.test(line) ? [line.split(/\s+/)[0]?.replace(/^\/|\/$/g, '') ?? ''] : []));
  const isLeft = (path: string): boolean =>
    left.some(
      (one) =>
        path === one ||
        path.startsWith(`${one}/`) ||
        wildcard(one).test(path) ||
        wildcard(one).test(path.slice(path.lastIndexOf('/') + 1)),
    );
  const { files, kernel } = io.machine;
  const folder = `/tmp/git-archive-${kernel.now()}`;
  const prefix = lastValue(parsed, 'prefix') ?? '';
  files.mkdir(`${folder}/${prefix}`, { recursive: true, mode: 0o775 });
  const found = [...tree].filter(([path]) => matches(path, asked) && !isLeft(path));
  if (asked.length > 0 && found.length === 0) throw fatal(`pathspec '${paths[0]}' did not match any files`);
  for (const [path, file] of found) {
    const target = `${folder}/${prefix}${path}`;
    files.mkdir(parentOf(target), { recursive: true, mode: 0o775 });
    if (file.mode === '120000') files.symlink(new TextDecoder().decode(await readText(work, file)), target);
    else files.writeFile(target, await readText(work, file), file.mode === '100755' ? 0o775 : 0o664);
    if (parsed.flags.has('verbose')) io.stderr(`${prefix}${path}\n`);
  }
  const top =
    prefix === '' ? [...new Set(found.map(([path]) => path.split('/')[0] ?? ''))] : [prefix.split('/')[0] ?? ''];
  const form = format === 'tar' ? '-c' : '-cz';
  const packed = `${folder}.${format}`;
  // A tree has no time of its own: what it gives is of now.
  const time = await readCommit(work, commit).then(
    (read) => read.commit.committer.timestamp,
    () => undefined,
  );
  const metadata = ['--owner=root', '--group=root', `--mtime=@${time ?? Math.floor(kernel.now() / 1000)}`];
  const { stderr, exitCode } = await io.run({
    words: ['tar', form, '--sort=name', ...metadata, '-f', packed, '-C', folder, ...top],
  });
  const bytes = files.exists(packed) ? files.readFile(packed) : new Uint8Array();
  files.remove(folder, { recursive: true });
  files.remove(packed, { force: true });
  if (stderr !== '') io.stderr(stderr);
  if (output === undefined) io.stdout(bytes);
  else files.writeFile(resolvePath(io.cwd, output), bytes);
  return exitCode;
}
