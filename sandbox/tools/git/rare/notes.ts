// `git notes`: words about a commit that are kept beside it, in a history of their own (`refs/notes/commits`).
import * as git from 'isomorphic-git';
import { readText, writeCommit } from '../../../forge/git/index.ts';
import { readTree, type TreeFile } from '../../../forge/index.ts';
import { resolvePath } from '../../../machine/index.ts';
import { cleaned, edit } from '../editor.ts';
import { identity } from '../identity.ts';
import { resolveObject } from '../objects.ts';
import {
  failed,
  fatal,
  GitStop,
  lastValue,
  type OptionTable,
  type Parsed,
  readOptions,
  UsageStop,
} from '../options.ts';
import { moveRef } from '../refs.ts';
import { config } from '../sources.ts';
import type { Work } from '../work.ts';

const options: OptionTable = {
  '-m': { as: 'message', value: true },
  '--message': { as: 'message', value: true },
  '-F': { as: 'file', value: true },
  '--file': { as: 'file', value: true },
  '-C': { as: 'reuse', value: true },
  '--reuse-message': { as: 'reuse', value: true },
  '-f': { as: 'force' },
  '--force': { as: 'force' },
  '--allow-empty': { as: 'allow-empty' },
  '--ignore-missing': { as: 'ignore-missing' },
};

/** The notes of a ref: commit → file. */
interface Notes {
  readonly ref: string;
  readonly parent: string | undefined;
  readonly files: Map<string, TreeFile>;
}

export async function notes(work: Work, args: readonly string[]): Promise<number> {
  const [, named] = /^--ref=(.+)$/.exec(args[0] ?? '') ?? [];
  const ref = named ?? work.io.env.GIT_NOTES_REF ?? config(work, 'core.notesRef') ?? 'refs/notes/commits';
  const full = ref.startsWith('refs/notes/') ? ref : `refs/notes/${ref.replace(/^notes\//, '')}`;
  const [action = 'list', ...rest] = named === undefined ? args : args.slice(1);
  if (action === 'get-ref') {
    work.io.stdout(`${full}\n`);
    return 0;
  }
  if (['merge', 'prune'].includes(action)) throw new GitStop(`git notes: '${action}' is not part of this sandbox`, 129);
  if (!['add', 'append', 'copy', 'edit', 'list', 'remove', 'show'].includes(action))
    throw new UsageStop('notes', { message: `error: unknown subcommand: \`${action}'\n` });
  const parsed = readOptions('notes', rest, options);
  const parent = await git.resolveRef({ ...work, ref: full }).catch(() => undefined);
  const tree = parent === undefined ? [] : [...(await readTree(work, parent))];
  const all: Notes = {
    ref: full,
    parent,
    files: new Map(tree.map(([path, file]) => [path.replaceAll('/', ''), file])),
  };
  if (action === 'list' && parsed.words.length === 0) {
    work.io.stdout([...all.files].map(([oid, file]) => `${file.oid} ${oid}\n`).join(''));
    return 0;
  }
  if (action === 'copy') return copy(work, all, parsed);
  if (action === 'remove') return remove(work, all, parsed);
  const oid = await objectNamed(work, parsed.words[0] ?? 'HEAD');
  const file = all.files.get(oid);
  if (action !== 'list' && action !== 'show') return write(work, all, parsed, oid, action);
  if (file === undefined) throw failed(`no note found for object ${oid}.`);
  work.io.stdout(action === 'list' ? `${file.oid}\n` : await readText(work, file));
  return 0;
}

async function objectNamed(work: Work, name: string): Promise<string> {
  const oid = await resolveObject(work, name);
  if (oid === undefined) throw fatal(`failed to resolve '${name}' as a valid ref.`);
  return oid;
}

/** `add`, `append`, `edit`: the note as options or the editor give it; an empty one is taken away. */
async function write(work: Work, all: Notes, parsed: Parsed, oid: string, action: string): Promise<number> {
  const known = all.files.get(oid);
  const before = known === undefined ? '' : new TextDecoder().decode(await readText(work, known));
  const given = await textGiven(work, parsed);
  if (action === 'add' && known !== undefined && !parsed.flags.has('force') && given !== undefined)
    throw failed(`Cannot add notes. Found existing notes for object ${oid}. Use '-f' to overwrite existing notes`);
  if (action === 'add' && known !== undefined && parsed.flags.has('force'))
    work.io.stderr(`Overwriting existing notes for object ${oid}\n`);
  const kept = action === 'append' && before !== '' ? `${before.trimEnd()}\n\n` : '';
  const form = `\n#\n# Write/edit the notes for the following object:\n#\n# ${oid}\n`;
  const text =
    given ?? (await edit(work, 'NOTES_EDITMSG', (action === 'append' ? '' : before) + form).catch(withoutEditor));
  const body = cleaned(text, given === undefined);
  if (body === '' && kept === '' && !parsed.flags.has('allow-empty')) {
    work.io.stderr(`Removing note for object ${oid}\n`);
    all.files.delete(oid);
  } else {
    const blob = new TextEncoder().encode(`${kept}${body}`);
    all.files.set(oid, { oid: await git.writeBlob({ ...work, blob }), mode: '100644' });
  }
  return keep(work, all, `Notes added by 'git notes ${action}'\n`);
}

function withoutEditor(error: unknown): never {
  if (!(error instanceof GitStop)) throw error;
  throw new GitStop(
    `${error.message.split('\n')[0]}\nfatal: please supply the note contents using either -m or -F option`,
  );
}

/** What `-m`, `-F` and `-C` say, each a paragraph; undefined when none of them is there. */
async function textGiven(work: Work, parsed: Parsed): Promise<string | undefined> {
  const { io } = work;
  const parts = [...(parsed.values.get('message') ?? [])];
  const file = lastValue(parsed, 'file');
  if (file !== undefined) {
    const path = resolvePath(io.cwd, file);
    if (file !== '-' && !io.machine.files.exists(path))
      throw fatal(`could not open or read '${file}': No such file or directory`);
    parts.push(file === '-' ? new TextDecoder().decode(io.stdin) : io.machine.files.readText(path));
  }
  const blob = lastValue(parsed, 'reuse');
  if (blob !== undefined) {
    const oid = await git.expandOid({ ...work, oid: blob }).catch(() => undefined);
    if (oid === undefined) throw fatal(`failed to resolve '${blob}' as a valid ref.`);
    parts.push(new TextDecoder().decode((await git.readBlob({ ...work, oid })).blob));
  }
  return parts.length === 0 ? undefined : parts.map((part) => part.trimEnd()).join('\n\n');
}

async function copy(work: Work, all: Notes, parsed: Parsed): Promise<number> {
  const [from, to = 'HEAD'] = parsed.words;
  if (from === undefined) throw new UsageStop('notes copy', { message: 'error: too few arguments\n' });
  const [source, target] = [await objectNamed(work, from), await objectNamed(work, to)];
  const note = all.files.get(source);
  if (all.files.has(target) && !parsed.flags.has('force'))
    throw failed(`Cannot copy notes. Found existing notes for object ${target}. Use '-f' to overwrite existing notes`);
  if (note === undefined) throw failed(`missing notes on source object ${source}. Cannot copy.`);
  if (all.files.has(target)) work.io.stderr(`Overwriting existing notes for object ${target}\n`);
  all.files.set(target, note);
  return keep(work, all, "Notes added by 'git notes copy'\n");
}

async function remove(work: Work, all: Notes, parsed: Parsed): Promise<number> {
  let exitCode = 0;
  for (const name of parsed.words.length === 0 ? ['HEAD'] : parsed.words) {
    const oid = await resolveObject(work, name);
    if (oid === undefined) throw failed(`Failed to resolve '${name}' as a valid ref.`);
    if (all.files.delete(oid)) work.io.stderr(`Removing note for object ${name}\n`);
    else {
      work.io.stderr(`Object ${name} has no note\n`);
      if (!parsed.flags.has('ignore-missing')) exitCode = 1;
    }
  }
  return exitCode || keep(work, all, "Notes removed by 'git notes remove'\n");
}

async function keep(work: Work, { ref, parent, files }: Notes, message: string): Promise<number> {
  const people = { author: await identity(work, 'AUTHOR'), committer: await identity(work, 'COMMITTER') };
  const parents = parent === undefined ? [] : [parent];
  await moveRef(work, ref, await writeCommit(work, { files, parents, message, ...people }), `notes: ${message.trim()}`);
  return 0;
}
