import * as git from 'isomorphic-git';
import { isAncestor } from '../../forge/index.ts';
import { resolvePath } from '../../machine/index.ts';
import { isValidName } from './branch.ts';
import { identity } from './commit.ts';
import { cleaned, edit } from './editor.ts';
import { commitData } from './history.ts';
import { filled, sortedRefs } from './listing.ts';
import { failed, fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import { resolve, short, type Work } from './work.ts';

const tagOptions: OptionTable = {
  '-a': { as: 'annotate' },
  '-m': { as: 'message', value: true },
  '-d': { as: 'delete' },
  '-l': { as: 'list' },
  '--list': { as: 'list' },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '--annotate': { as: 'annotate' },
  '--message': { as: 'message', value: true },
  '-F': { as: 'file', value: true },
  '--delete': { as: 'delete' },
  '--sort': { as: 'sort', value: true },
  '--format': { as: 'format', value: true },
  '--contains': { as: 'contains', value: true },
  '--points-at': { as: 'points-at', value: true },
  '--merged': { as: 'merged' },
};

/** `git tag`: lists, makes and removes tags. */
export async function tag(work: Work, args: readonly string[]): Promise<number> {
  const lines = args.flatMap((arg) => /^-n(\d*)$/.exec(arg)?.slice(1) ?? []).at(-1);
  const parsed = readOptions(
    'tag',
    args.filter((arg) => !/^-n\d*$/.test(arg)),
    tagOptions,
  );
  const { flags, words } = parsed;
  const [name, target = 'HEAD'] = words;
  const listing = ['sort', 'format', 'contains', 'points-at'].some((option) => parsed.values.has(option));
  if (name === undefined || flags.has('list') || flags.has('merged') || lines !== undefined || listing) {
    work.io.stdout(await listed(work, parsed, lines === undefined ? undefined : Number(lines || 1)));
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
  const file = lastValue(parsed, 'file');
  const message =
    parsed.values.get('message')?.join('\n\n') ??
    (file === undefined
      ? undefined
      : file === '-'
        ? new TextDecoder().decode(work.io.stdin)
        : work.io.machine.files.readText(resolvePath(work.io.cwd, file)));
  if (message !== undefined)
    await git.annotatedTag({
      ...work,
      ref: name,
      object: oid,
      message,
      tagger: await identity(work, 'COMMITTER'),
      force: true,
    });
  else if (flags.has('annotate')) {
    const written = cleaned(
      await edit(
        work,
        'TAG_EDITMSG',
        `\n#\n# Write a message for tag:\n#   ${name}\n# Lines starting with '#' will be ignored.\n`,
      ),
      true,
    );
    if (written === '') throw fatal('no tag message?');
    await git.annotatedTag({
      ...work,
      ref: name,
      object: oid,
      message: written,
      tagger: await identity(work, 'COMMITTER'),
      force: true,
    });
  } else await git.tag({ ...work, ref: name, object: oid, force: true });
  if (old !== undefined && old !== oid) work.io.stdout(`Updated tag '${name}' (was ${short(old)})\n`);
  return 0;
}

/** The tags that are asked for, in order. @param lines how many lines of its message to show behind each. */
async function listed(work: Work, parsed: ReturnType<typeof readOptions>, lines: number | undefined): Promise<string> {
  const patterns = parsed.words.map(
    (word) =>
      new RegExp(
        `^${word
          .replaceAll(/[.+^${}()|\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
      ),
  );
  const target = lastValue(parsed, 'contains') ?? lastValue(parsed, 'points-at');
  const wanted = target === undefined ? undefined : await resolve(work, target);
  const head = await resolve(work, 'HEAD');
  const refs: { readonly ref: string; readonly oid: string }[] = [];
  for (const name of await git.listTags(work)) {
    if (patterns.length > 0 && !parsed.flags.has('merged') && !patterns.some((one) => one.test(name))) continue;
    const ref = `refs/tags/${name}`;
    const commit = await resolve(work, ref);
    if (commit === undefined) continue;
    if (parsed.values.has('contains') && (wanted === undefined || !(await isAncestor(work, wanted, commit)))) continue;
    if (parsed.values.has('points-at') && commit !== wanted) continue;
    if (parsed.flags.has('merged') && (head === undefined || !(await isAncestor(work, commit, head)))) continue;
    refs.push({ ref, oid: await git.resolveRef({ ...work, ref }) });
  }
  const format = lastValue(parsed, 'format');
  const rows: string[] = [];
  for (const row of await sortedRefs(work, refs, parsed.values.get('sort') ?? [])) {
    const name = row.ref.slice('refs/tags/'.length);
    if (format !== undefined) rows.push(await filled(work, format, row));
    else if (lines === undefined) rows.push(name);
    else {
      const commit = await resolve(work, row.ref);
      const message =
        row.oid === commit
          ? (await commitData(work, commit)).message
          : (await git.readTag({ ...work, oid: row.oid })).tag.message;
      const shown = message.trimEnd().split('\n').slice(0, lines);
      rows.push(
        `${name.padEnd(15)} ${shown.map((line, at) => (at === 0 || line === '' ? line : `    ${line}`)).join('\n')}`,
      );
    }
  }
  return rows.map((row) => `${row}\n`).join('');
}
