import git from 'isomorphic-git';
import { readTree } from '../../forge/index.ts';
import { resolvePath } from '../../machine/index.ts';
import { isValidName } from './branch.ts';
import { identity } from './commit.ts';
import { failed, fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import { currentBranch, mustResolve, resolve, short, type Work } from './work.ts';

const parseOptions: OptionTable = {
  '--short': { as: 'short' },
  '--abbrev-ref': { as: 'abbrev-ref' },
  '--show-toplevel': { as: 'show-toplevel' },
  '--git-dir': { as: 'git-dir' },
  '--is-inside-work-tree': { as: 'inside' },
  '--verify': { as: 'verify' },
  '-q': { as: 'quiet' },
};

/** `git rev-parse`: names to ids. */
export async function revParse(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('rev-parse', args, parseOptions);
  const { io } = work;
  if (flags.has('show-toplevel')) io.stdout(`${work.dir}\n`);
  if (flags.has('git-dir')) io.stdout(io.cwd === work.dir ? '.git\n' : `${work.gitdir}\n`);
  if (flags.has('inside')) io.stdout('true\n');
  for (const word of words) {
    if (flags.has('abbrev-ref')) {
      await mustResolve(work, word);
      io.stdout(`${word === 'HEAD' ? ((await currentBranch(work)) ?? 'HEAD') : word}\n`);
      continue;
    }
    const oid = await resolve(work, word);
    if (oid === undefined && flags.has('verify')) {
      if (flags.has('quiet')) return 1;
      throw fatal('Needed a single revision');
    }
    const found = oid ?? (await mustResolve(work, word));
    io.stdout(`${flags.has('short') ? short(found) : found}\n`);
  }
  return 0;
}

/** `git cat-file`: an object's type, size or contents. */
export async function catFile(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('cat-file', args, {
    '-p': { as: 'print' },
    '-t': { as: 'type' },
    '-s': { as: 'size' },
  });
  const [name = ''] = words;
  const [ref = '', path] = name.split(':');
  let oid = await resolve(work, ref);
  if (oid !== undefined && path !== undefined) oid = (await readTree(work, oid)).get(path)?.oid;
  if (oid === undefined) throw fatal(`Not a valid object name ${name}`);
  const { type, object } = await git.readObject({ ...work, oid, format: 'content' });
  const bytes = object as Uint8Array;
  if (flags.has('type')) work.io.stdout(`${type}\n`);
  else if (flags.has('size')) work.io.stdout(`${bytes.length}\n`);
  else if (type === 'tree') {
    const { tree } = await git.readTree({ ...work, oid });
    work.io.stdout(
      tree.map((entry) => `${entry.mode.padStart(6, '0')} ${entry.type} ${entry.oid}\t${entry.path}\n`).join(''),
    );
  } else work.io.stdout(bytes);
  return 0;
}

/** `git hash-object`: the id that a file would have. */
export async function hashObject(work: Work, args: readonly string[]): Promise<number> {
  const { flags, words } = readOptions('hash-object', args, { '-w': { as: 'write' }, '--stdin': { as: 'stdin' } });
  const { io } = work;
  const contents = flags.has('stdin')
    ? [io.stdin]
    : words.map((word) => io.machine.files.readFile(resolvePath(io.cwd, word)));
  for (const blob of contents) {
    const oid = flags.has('write')
      ? await git.writeBlob({ ...work, blob })
      : (await git.hashBlob({ object: blob })).oid;
    io.stdout(`${oid}\n`);
  }
  return 0;
}

const tagOptions: OptionTable = {
  '-a': { as: 'annotate' },
  '-m': { as: 'message', value: true },
  '-d': { as: 'delete' },
  '-l': { as: 'list' },
  '--list': { as: 'list' },
  '-f': { as: 'force' },
};

/** `git tag`: lists, makes and removes tags. */
export async function tag(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('tag', args, tagOptions);
  const { flags, words } = parsed;
  const [name, target = 'HEAD'] = words;
  if (name === undefined || flags.has('list')) {
    const pattern = new RegExp(`^${(name ?? '*').replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
    work.io.stdout(
      (await git.listTags(work))
        .filter((one) => pattern.test(one))
        .map((one) => `${one}\n`)
        .join(''),
    );
    return 0;
  }
  const old = await git.resolveRef({ ...work, ref: `refs/tags/${name}` }).catch(() => undefined);
  if (flags.has('delete')) {
    if (old === undefined) throw failed(`tag '${name}' not found.`);
    await git.deleteTag({ ...work, ref: name });
    work.io.stdout(`Deleted tag '${name}' (was ${short(old)})\n`);
    return 0;
  }
  if (old !== undefined && !flags.has('force')) throw fatal(`tag '${name}' already exists`);
  if (!isValidName(`tags/${name}`)) throw fatal(`'${name}' is not a valid tag name.`);
  const oid = await resolve(work, target);
  if (oid === undefined) throw fatal(`Failed to resolve '${target}' as a valid ref.`);
  const message = lastValue(parsed, 'message');
  if (message !== undefined)
    await git.annotatedTag({
      ...work,
      ref: name,
      object: oid,
      message: `${message}\n`,
      tagger: await identity(work, 'COMMITTER'),
      force: true,
    });
  else if (flags.has('annotate'))
    throw failed('Terminal is dumb, but EDITOR unset\nPlease supply the message using either -m or -F option.');
  else await git.tag({ ...work, ref: name, object: oid, force: true });
  return 0;
}
