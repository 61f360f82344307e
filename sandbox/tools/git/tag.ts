import * as git from 'isomorphic-git';
import { isRefName, short } from '../../forge/git/index.ts';
import { cleaned, edit } from './editor.ts';
import { filled, sortedRefs } from './for-each-ref.ts';
import { identity } from './identity.ts';
import { namedText } from './named-text.ts';
import { resolveObject } from './objects.ts';
import { failed, fatal, lastValue, type OptionTable, type Parsed, readOptions, UsageStop } from './options.ts';
import { isFiltered, isKept, refFilters, withHead } from './ref-filter.ts';
import { resolve } from './revisions.ts';
import { config } from './sources.ts';
import { dropState } from './state.ts';
import { wildcard } from './wildcard.ts';
import type { Work } from './work.ts';

const tagOptions: OptionTable = {
  '-a': { as: 'annotate' },
  '-m': { as: 'message', value: true },
  '-d': { as: 'delete' },
  '-v': { as: 'verify' },
  '--verify': { as: 'verify' },
  '-l': { as: 'list' },
  '--list': { as: 'list' },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '--delete': { as: 'delete' },
  '--annotate': { as: 'annotate' },
  '--message': { as: 'message', value: true },
  '--sort': { as: 'sort', value: true },
  '--format': { as: 'format', value: true },
  '-F': { as: 'file', value: true },
  '--file': { as: 'file', value: true },
  '-i': { as: 'ignore-case' },
  '--ignore-case': { as: 'ignore-case' },
  '--color': { as: 'color', value: 'optional' },
  '--column': { as: 'column', value: 'optional' },
  '--no-column': { as: 'no-column' },
  '--create-reflog': { as: 'create-reflog' },
  '--cleanup': { as: 'cleanup', value: true },
  '-s': { as: 'sign' },
  '-n': { as: 'subjects' },
  '--lines': { as: 'lines', value: true },
};

/** `git tag`: lists, makes and removes tags. */
export async function tag(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions(
    'tag',
    withHead(args).map((arg) => arg.replace(/^-n(?=\d)/, '--lines=')),
    { ...tagOptions, ...refFilters },
  );
  const { flags } = parsed;
  const words = [...parsed.words, ...(parsed.paths ?? [])];
  const [name, target = 'HEAD'] = words;
  const creates =
    ['annotate', 'sign', 'force'].some((flag) => flags.has(flag)) ||
    parsed.values.has('message') ||
    parsed.values.has('file');
  if (name === undefined && creates) throw new UsageStop('tag');
  if (name === undefined && (flags.has('delete') || flags.has('verify'))) return 0;
  if (
    name === undefined ||
    flags.has('list') ||
    flags.has('subjects') ||
    parsed.values.has('lines') ||
    isFiltered(parsed)
  )
    return list(work, parsed);
  if (flags.has('delete')) return remove(work, words);
  if (flags.has('verify')) return verify(work, words);
  const old = await git.resolveRef({ ...work, ref: `refs/tags/${name}` }).catch(() => undefined);
  if (old !== undefined && !flags.has('force')) throw fatal(`tag '${name}' already exists`);
  if (name.startsWith('-') || !isRefName(`tags/${name}`)) throw fatal(`'${name}' is not a valid tag name.`);
  const oid = await resolve(work, target);
  if (oid === undefined) throw fatal(`Failed to resolve '${target}' as a valid ref.`);
  if (flags.has('sign')) throw failed('gpg failed to sign the data\nerror: unable to sign the tag');
  const file = lastValue(parsed, 'file');
  const given =
    parsed.values.get('message')?.join('\n\n') ?? (file === undefined ? undefined : namedText(work.io, file));
  if (file !== undefined && given === undefined)
    throw fatal(`could not open or read '${file}': No such file or directory`);
  const message = given ?? (flags.has('annotate') ? await askMessage(work, name) : undefined);
  if (message !== undefined)
    await git.annotatedTag({
      ...work,
      ref: name,
      object: oid,
      message,
      tagger: await identity(work, 'COMMITTER'),
      force: true,
    });
  else await git.tag({ ...work, ref: name, object: (await resolveObject(work, target)) ?? oid, force: true });
  if (old !== undefined) {
    const now = await git.resolveRef({ ...work, ref: `refs/tags/${name}` });
    if (now !== old) work.io.stdout(`Updated tag '${name}' (was ${short(work, old)})\n`);
  }
  return 0;
}

/** @throws GitStop when the person writes none. */
async function askMessage(work: Work, name: string): Promise<string> {
  const form = `\n#\n# Write a message for tag:\n#   ${name}\n# Lines starting with '#' will be ignored.\n`;
  const message = cleaned(await edit(work, 'TAG_EDITMSG', form), true);
  if (message === '') throw fatal('no tag message?');
  dropState(work, 'TAG_EDITMSG');
  return message;
}

/** Nothing is signed here: what a tag says is shown, and that it has no signature. */
export async function verify(work: Work, names: readonly string[], isShown = true): Promise<number> {
  for (const name of names) {
    const oid = await git.resolveRef({ ...work, ref: `refs/tags/${name}` }).catch(() => undefined);
    if (oid === undefined) {
      work.io.stderr(`error: tag '${name}' not found.\n`);
      continue;
    }
    const { type, object } = await git.readObject({ ...work, oid, format: 'content' });
    if (type === 'tag' && isShown) work.io.stdout(object as Uint8Array);
    work.io.stderr(
      type === 'tag'
        ? 'error: no signature found\n'
        : `error: ${name}: cannot verify a non-tag object of type ${type}.\n`,
    );
  }
  return 1;
}

async function remove(work: Work, names: readonly string[]): Promise<number> {
  let exitCode = 0;
  for (const name of names) {
    const old = await git.resolveRef({ ...work, ref: `refs/tags/${name}` }).catch(() => undefined);
    if (old === undefined) {
      work.io.stderr(`error: tag '${name}' not found.\n`);
      exitCode = 1;
      continue;
    }
    await git.deleteTag({ ...work, ref: name });
    work.io.stdout(`Deleted tag '${name}' (was ${short(work, old)})\n`);
  }
  return exitCode;
}

async function list(work: Work, parsed: Parsed): Promise<number> {
  const patterns = parsed.words;
  const names = [...(await git.listTags(work))].sort((a, b) => (a < b ? -1 : 1));
  const refs = await Promise.all(
    names.map(async (name) => ({
      name,
      ref: `refs/tags/${name}`,
      oid: await git.resolveRef({ ...work, ref: `refs/tags/${name}` }),
    })),
  );
  const keys = parsed.values.get('sort') ?? [config(work, 'tag.sort') ?? 'refname'];
  const format = lastValue(parsed, 'format');
  for (const { name, ref, oid } of await sortedRefs(work, refs, keys)) {
    if (patterns.length > 0 && !patterns.some((one) => wildcard(one).test(name))) continue;
    if (!(await isKept(work, parsed, ref))) continue;
    if (format !== undefined) {
      work.io.stdout(`${await filled(work, format, { ref, oid })}\n`);
      continue;
    }
    const lines = Number(lastValue(parsed, 'lines') ?? (parsed.flags.has('subjects') ? 1 : 0));
    work.io.stdout(lines > 0 ? `${name.padEnd(15)} ${await firstLines(work, name, lines)}\n` : `${name}\n`);
  }
  return 0;
}

/** The first lines of a tag's message, or of the commit behind a light one. */
async function firstLines(work: Work, name: string, count: number): Promise<string> {
  const oid = await git.resolveRef({ ...work, ref: `refs/tags/${name}` });
  const { type } = await git.readObject({ ...work, oid, format: 'content' });
  const message =
    type === 'tag'
      ? (await git.readTag({ ...work, oid })).tag.message
      : (await git.readCommit({ ...work, oid })).commit.message;
  return message.trimEnd().split('\n').slice(0, count).join('\n    ');
}
