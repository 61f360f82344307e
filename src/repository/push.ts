// Takes the course repository to a git host through its REST API, with a token that stays in memory.
import type { Committed, Repository } from './build.ts';
import { objectOf } from './objects.ts';

/** `github`: GitHub's git data API. `forgejo`: the API that Forgejo and Gitea share. */
export interface Target {
  readonly kind: 'github' | 'forgejo';
  /** Where the API begins: `https://api.github.com`, `https://codeberg.org/api/v1`. */
  readonly api: string;
  readonly owner: string;
  readonly name: string;
  readonly token: string;
}

export type PushAnswer =
  | { readonly ok: true; readonly commits: number; readonly head: string }
  /** `foreign`: the branch has commits that are not of this course, and they are left alone. `differs`: the host made another commit. */
  | { readonly ok: false; readonly reason: 'refused' | 'unreachable' | 'foreign' | 'differs'; readonly detail: string };

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The last commit of `main` on the host. */
interface Head {
  readonly id: string;
  readonly tree: string;
}

/**
 * Pushes what the host lacks of `main`, and the tags of days. Never overwrites anything. Commits are known by their trees, each of
 * which holds other records: a host that signs what it makes gives it an id of its own.
 * @param onCommit how many of how many.
 */
export async function push(
  repository: Repository,
  target: Target,
  onCommit: (done: number, of: number) => void = () => {},
  send: Fetch = (url, init) => fetch(url, init),
): Promise<PushAnswer> {
  const host = target.kind === 'github' ? gitHub(target, send) : forgejo(target, send);
  const { history } = repository;
  try {
    let head = await host.head();
    const from = head === undefined ? 0 : history.findIndex(({ tree }) => tree === head?.tree) + 1;
    if (head !== undefined && from === 0) return { ok: false, reason: 'foreign', detail: head.id };
    for (let index = from; index < history.length; index++) {
      head = await host.commit(repository, index, head);
      const expected = history[index]?.tree ?? '';
      if (head.tree !== expected) return { ok: false, reason: 'differs', detail: `${head.tree} ≠ ${expected}` };
      onCommit(index + 1 - from, history.length - from);
    }
    if (head?.tree === history.at(-1)?.tree) await host.tag(tagsOf(repository), head?.id ?? '');
    return { ok: true, commits: history.length - from, head: head?.id ?? '' };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: 'refused', detail: `${error.status} ${error.message}` };
    return { ok: false, reason: 'unreachable', detail: error instanceof Error ? error.message : String(error) };
  }
}

interface Host {
  /** Undefined when there is no `main` yet. */
  head(): Promise<Head | undefined>;
  /** Makes one commit on top of `main`. */
  commit(repository: Repository, index: number, parent: Head | undefined): Promise<Head>;
  /** Makes the tags that are not there yet. A commit that the host keeps under another id is found by what follows it on `main`. */
  tag(tags: readonly DayTag[], head: string): Promise<void>;
}

interface DayTag {
  readonly name: string;
  readonly message: string;
  readonly at: number;
  /** How many commits before the last one of `main`. */
  readonly back: number;
}

function tagsOf({ history, objects, refs }: Repository): readonly DayTag[] {
  return [...refs].flatMap(([ref, id]) => {
    const name = /^refs\/tags\/(.+)$/.exec(ref)?.[1];
    const tag = new TextDecoder().decode(objects.find((object) => object.id === id)?.content);
    const at = history.findIndex((commit) => tag.startsWith(`object ${commit.id}\n`));
    const commit = history[at];
    if (name === undefined || commit === undefined) return [];
    return [{ name, message: commit.message, at: commit.at, back: history.length - 1 - at }];
  });
}

function caller({ api, owner, name, token }: Target, send: Fetch) {
  const root = `${api.replace(/\/+$/, '')}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
  return async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const answer = await send(`${root}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, Accept: 'application/json', 'Content-Type': 'application/json' },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const said = parsed(text);
    if (!answer.ok) throw new Refused(answer.status, String(said.message ?? text).slice(0, 300));
    return said;
  };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** What a call gives, or undefined when the host says one of these. */
async function unless<T>(statuses: readonly number[], call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Refused && statuses.includes(error.status)) return undefined;
    throw error;
  }
}

const field = (value: unknown, name: string): unknown => (value as Record<string, unknown> | undefined)?.[name];

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8190) text += String.fromCharCode(...bytes.subarray(at, at + 8190));
  return btoa(text);
}

/** GitHub keeps seconds and the offset of the date that it is given. */
const moment = (at: number): string => new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000Z', 'Z');

/** https://docs.github.com/en/rest/git: blobs, trees and commits as objects, then the ref. */
function gitHub(target: Target, send: Fetch): Host {
  const call = caller(target, send);

  async function commitAt(sha: string): Promise<Head & { readonly parent: string }> {
    const { tree, parents } = await call('GET', `/git/commits/${sha}`);
    const parent = Array.isArray(parents) ? field(parents[0], 'sha') : undefined;
    return { id: sha, tree: String(field(tree, 'sha')), parent: String(parent ?? '') };
  }

  async function mainOf(): Promise<string | undefined> {
    // 404: no such branch; 409: the repository is empty.
    const ref = await unless([404, 409], call('GET', '/git/ref/heads/main'));
    return ref === undefined ? undefined : String(field(ref.object, 'sha'));
  }

  /** An empty repository takes no objects: it is begun with a commit that the first one of ours replaces. */
  async function begin(content: Uint8Array): Promise<void> {
    await call('PUT', '/contents/README.md', { message: 'Begin', content: base64(content), branch: 'main' });
  }

  return {
    async head() {
      const sha = await mainOf();
      return sha === undefined ? undefined : commitAt(sha);
    },
    async commit({ history, author }, index, parent) {
      const { files, message, at } = history[index] as Committed;
      if (parent === undefined) await begin(files.get('README.md') ?? new Uint8Array());
      const entries = [];
      for (const { path, content } of await changes(history[index - 1]?.files, files)) {
        const blob = content && (await call('POST', '/git/blobs', { content: base64(content), encoding: 'base64' }));
        entries.push({ path, mode: '100644', type: 'blob', sha: blob?.sha ?? null });
      }
      const tree = await call('POST', '/git/trees', {
        tree: entries,
        ...(parent !== undefined && { base_tree: parent.tree }),
      });
      const who = { ...author, date: moment(at) };
      const parents = parent === undefined ? [] : [parent.id];
      const made = await call('POST', '/git/commits', {
        message,
        tree: tree.sha,
        parents,
        author: who,
        committer: who,
      });
      const head = { id: String(made.sha), tree: String(tree.sha) };
      // Forced only over the commit that was made a moment ago to begin with.
      if (head.tree === history[index]?.tree)
        await call('PATCH', '/git/refs/heads/main', { sha: head.id, force: parent === undefined });
      return head;
    },
    async tag(tags, head) {
      let [id, steps] = [head, 0];
      for (const { name, message, at, back } of tags.toSorted((a, b) => a.back - b.back)) {
        if ((await unless([404], call('GET', `/git/ref/tags/${name}`))) !== undefined) continue;
        for (; steps < back; steps++) id = (await commitAt(id)).parent;
        const tagger = { name: 'Noventa', email: 'noventa@localhost', date: moment(at) };
        const { sha } = await call('POST', '/git/tags', { tag: name, message, object: id, type: 'commit', tagger });
        await call('POST', '/git/refs', { ref: `refs/tags/${name}`, sha });
      }
    },
  };
}

/** https://codeberg.org/api/swagger: `POST /contents` makes one commit of many changes; an empty repository is begun with it. */
function forgejo(target: Target, send: Fetch): Host {
  const call = caller(target, send);

  async function commitAt(sha: string): Promise<Head & { readonly parent: string }> {
    const { commit, parents } = await call('GET', `/git/commits/${sha}`);
    const parent = Array.isArray(parents) ? field(parents[0], 'sha') : undefined;
    return { id: sha, tree: String(field(field(commit, 'tree'), 'sha')), parent: String(parent ?? '') };
  }

  return {
    async head() {
      const branch = await unless([404], call('GET', '/branches/main'));
      return branch === undefined ? undefined : commitAt(String(field(branch.commit, 'id')));
    },
    async commit({ history, author }, index) {
      const { files, message, at } = history[index] as Committed;
      const changed = await changes(history[index - 1]?.files, files);
      const dates = { author: moment(at), committer: moment(at) };
      const { commit } = await call('POST', '/contents', {
        branch: 'main',
        message,
        author,
        committer: author,
        dates,
        files: changed.map(({ path, was, content }) => ({
          operation: content === undefined ? 'delete' : was === undefined ? 'create' : 'update',
          path,
          ...(content !== undefined && { content: base64(content) }),
          ...(was !== undefined && { sha: was }),
        })),
      });
      return commitAt(String(field(commit, 'sha')));
    },
    async tag(tags, head) {
      let [id, steps] = [head, 0];
      for (const { name, message, back } of tags.toSorted((a, b) => a.back - b.back)) {
        if ((await unless([404], call('GET', `/tags/${name}`))) !== undefined) continue;
        for (; steps < back; steps++) id = (await commitAt(id)).parent;
        await call('POST', '/tags', { tag_name: name, target: id, message });
      }
    },
  };
}

interface Change {
  readonly path: string;
  /** The id of the blob that stood there. */
  readonly was?: string;
  /** Absent when the file is gone. */
  readonly content?: Uint8Array;
}

async function changes(
  before: ReadonlyMap<string, Uint8Array> = new Map(),
  after: ReadonlyMap<string, Uint8Array>,
): Promise<readonly Change[]> {
  const idOf = async (content: Uint8Array): Promise<string> => (await objectOf('blob', content)).id;
  const all: Change[] = [];
  for (const [path, content] of after) {
    const stood = before.get(path);
    const was = stood && (await idOf(stood));
    if (was !== (await idOf(content))) all.push({ path, content, ...(was !== undefined && { was }) });
  }
  for (const [path, content] of before) if (!after.has(path)) all.push({ path, was: await idOf(content) });
  return all;
}
