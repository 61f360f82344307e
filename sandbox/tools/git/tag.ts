import * as git from 'isomorphic-git';
import { isValidName } from './branch.ts';
import { identity } from './commit.ts';
import { failed, fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import { resolve, short, type Work } from './work.ts';

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
      message,
      tagger: await identity(work, 'COMMITTER'),
      force: true,
    });
  else if (flags.has('annotate'))
    throw failed('Terminal is dumb, but EDITOR unset\nPlease supply the message using either -m or -F option.');
  else await git.tag({ ...work, ref: name, object: oid, force: true });
  return 0;
}
