// The course repository: objects and refs, made from the plan alone.
import { zipSync } from 'fflate';
import {
  asGitTakes,
  bundleOf,
  type GitObject,
  indexOf,
  looseFile,
  objectOf,
  type Person,
  signature,
  type TreeEntry,
  treeContent,
} from './objects.ts';
import type { Plan } from './plan.ts';
import { PROGRESS_FILE } from './progress-file.ts';

export interface Repository {
  readonly objects: readonly GitObject[];
  /** Full name → id; `refs/heads/main` is there as soon as there is a commit. */
  readonly refs: ReadonlyMap<string, string>;
  /** The commits of `main`, the oldest first. */
  readonly history: readonly Committed[];
  readonly author: Person;
}

/** One commit with all that stands in it. */
export interface Committed {
  readonly id: string;
  readonly tree: string;
  readonly message: string;
  readonly at: number;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * @param person in whose name. @param readme the text of README.md.
 * @param progress the export of everything, as a last commit; left out where the repository is to grow by further commits.
 */
export async function buildRepository(
  plan: Plan,
  person: Person,
  readme: string,
  progress?: Uint8Array,
): Promise<Repository> {
  const author = asGitTakes(person);
  const objects = new Map<string, GitObject>();
  const add = async (object: Promise<GitObject>): Promise<string> => {
    const made = await object;
    objects.set(made.id, made);
    return made.id;
  };
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const worktree = new Map<string, Uint8Array>([['README.md', encode(readme)]]);
  const history: Committed[] = [];

  async function commit(message: string, at: number): Promise<void> {
    const tree = await writeTree(worktree, add);
    const parent = history.at(-1)?.id;
    const who = signature(author, at);
    const lines = [
      `tree ${tree}`,
      ...(parent === undefined ? [] : [`parent ${parent}`]),
      `author ${who}`,
      `committer ${who}`,
    ];
    const id = await add(objectOf('commit', `${lines.join('\n')}\n\n${message}`));
    history.push({ id, tree, message, at, files: new Map(worktree) });
  }

  for (const { folder, files, records, message, at } of plan.commits) {
    for (const path of worktree.keys()) if (path.startsWith(`${folder}/`)) worktree.delete(path);
    for (const [path, text] of Object.entries(files)) worktree.set(`${folder}/${path}`, encode(text));
    worktree.set(records[0], encode(records[1]));
    await commit(message, at);
  }
  const last = plan.commits.at(-1)?.at ?? 0;
  if (progress !== undefined) {
    worktree.set(PROGRESS_FILE, progress);
    await commit('Keep the records of progress\n', last);
  }

  const refs = new Map(history.slice(-1).map(({ id }) => ['refs/heads/main', id]));
  for (const [name, index] of plan.tags) {
    const target = history[index]?.id ?? '';
    const at = plan.commits[index]?.at ?? 0;
    const text = `object ${target}\ntype commit\ntag ${name}\ntagger ${signature(author, at)}\n\n${plan.commits[index]?.message ?? ''}`;
    refs.set(`refs/tags/${name}`, await add(objectOf('tag', text)));
  }
  if (plan.commits.length > 0) {
    const entries = await Promise.all(
      plan.commits.map(
        async ({ note }, index): Promise<TreeEntry> => ({
          mode: '100644',
          name: history[index]?.id ?? '',
          id: await add(objectOf('blob', note)),
        }),
      ),
    );
    const tree = await add(objectOf('tree', treeContent(entries)));
    const who = signature(author, last);
    refs.set(
      'refs/notes/commits',
      await add(objectOf('commit', `tree ${tree}\nauthor ${who}\ncommitter ${who}\n\nNote what was checked\n`)),
    );
  }
  return { objects: [...objects.values()], refs, history, author };
}

async function writeTree(
  files: ReadonlyMap<string, Uint8Array>,
  add: (object: Promise<GitObject>) => Promise<string>,
): Promise<string> {
  const entries: TreeEntry[] = [];
  const below = new Map<string, Map<string, Uint8Array>>();
  for (const [path, content] of files) {
    const at = path.indexOf('/');
    if (at < 0) entries.push({ mode: '100644', name: path, id: await add(objectOf('blob', content)) });
    else {
      const folder = path.slice(0, at);
      const inside = below.get(folder) ?? new Map<string, Uint8Array>();
      inside.set(path.slice(at + 1), content);
      below.set(folder, inside);
    }
  }
  for (const [name, inside] of below) entries.push({ mode: '40000', name, id: await writeTree(inside, add) });
  return add(objectOf('tree', treeContent(entries)));
}

/** What `git clone` takes. */
export function asBundle({ objects, refs }: Repository): Promise<Uint8Array<ArrayBuffer>> {
  return bundleOf(new Map([['HEAD', refs.get('refs/heads/main') ?? ''], ...refs]), objects);
}

/** A working clone as files: the work tree and its `.git`, ready for `git status`. Path → bytes. */
async function asClone({ objects, refs, history, author }: Repository): Promise<Readonly<Record<string, Uint8Array>>> {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  const worktree = history.at(-1)?.files ?? new Map<string, Uint8Array>();
  const index = await Promise.all(
    [...worktree].map(async ([path, content]) => ({
      path,
      size: content.length,
      id: (await objectOf('blob', content)).id,
    })),
  );
  return {
    ...Object.fromEntries(worktree),
    '.git/index': await indexOf(index),
    ...Object.fromEntries(objects.map(looseFile).map(([path, bytes]) => [`.git/${path}`, bytes])),
    ...Object.fromEntries([...refs].map(([name, id]) => [`.git/${name}`, encode(`${id}\n`)])),
    '.git/HEAD': encode('ref: refs/heads/main\n'),
    '.git/config': encode(
      `[core]\n\trepositoryformatversion = 0\n\tfilemode = false\n\tbare = false\n[user]\n\tname = ${JSON.stringify(author.name)}\n\temail = ${JSON.stringify(author.email)}\n`,
    ),
  };
}

/** The same as one archive. Its entries carry one date, so that the same repository gives the same bytes. */
export async function asZip(repository: Repository): Promise<Uint8Array<ArrayBuffer>> {
  const files = Object.entries(await asClone(repository)).map(([path, bytes]) => [`noventa/${path}`, bytes]);
  return zipSync(Object.fromEntries(files), { level: 6, mtime: '2026-01-01' });
}
