import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordOf, type StoredRecord } from '../progress/record.ts';
import { buildRepository, type Repository } from './build.ts';
import { planOf } from './plan.ts';
import { push, type Target } from './push.ts';

// Hosts that speak the requests of the real ones, over a bare repository of the real git.

interface Asked {
  readonly method: string;
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the client sent
  readonly body: any;
}
type Said = readonly [status: number, body: unknown];

let folder: string;
let server: Server;
let asked: Asked[];
const token = 'secret-token';

function git(
  args: readonly string[],
  options: { readonly input?: Buffer | string; readonly env?: Record<string, string> } = {},
): string {
  const env = { ...process.env, GIT_INDEX_FILE: join(folder, 'scratch-index'), ...options.env };
  return execFileSync('git', ['--git-dir', folder, '--work-tree', folder, ...args], {
    input: options.input ?? '',
    env,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  }).trim();
}

const tried = (args: readonly string[]): string | undefined => {
  try {
    return git(args);
  } catch {
    return undefined;
  }
};
const refOf = (name: string): string | undefined => tried(['rev-parse', '-q', '--verify', `refs/${name}`]);
const who = ({ name, email }: { name: string; email: string }, date: string, role: string): Record<string, string> => ({
  [`GIT_${role}_NAME`]: name,
  [`GIT_${role}_EMAIL`]: email,
  [`GIT_${role}_DATE`]: date,
});

function writeTree(base: string | undefined, changes: readonly { path: string; sha: string | null }[]): string {
  git(base === undefined ? ['read-tree', '--empty'] : ['read-tree', base]);
  for (const { path, sha } of changes)
    git(
      sha === null
        ? ['update-index', '--force-remove', path]
        : ['update-index', '--add', '--cacheinfo', `100644,${sha},${path}`],
    );
  return git(['write-tree']);
}

const blob = (content: string): string =>
  git(['hash-object', '-w', '--stdin'], { input: Buffer.from(content, 'base64') });

function likeGitHub({ method, path, body }: Asked): Said {
  const isEmpty = tried(['rev-parse', '-q', '--verify', 'refs/heads/main']) === undefined;
  const [, ref] = /^\/git\/refs?\/(.+)$/.exec(path) ?? [];
  if (method === 'GET' && ref !== undefined) {
    const sha = refOf(ref);
    if (isEmpty) return [409, { message: 'Git Repository is empty.' }];
    return sha === undefined ? [404, { message: 'Not Found' }] : [200, { ref: `refs/${ref}`, object: { sha } }];
  }
  if (method === 'GET' && path.startsWith('/git/commits/')) {
    const sha = path.split('/').at(-1) ?? '';
    const parents = git(['show', '-s', '--format=%P', sha]).split(' ').filter(Boolean);
    return [
      200,
      { sha, tree: { sha: git(['rev-parse', `${sha}^{tree}`]) }, parents: parents.map((one) => ({ sha: one })) },
    ];
  }
  if (method === 'PUT' && path === '/contents/README.md') {
    const tree = writeTree(undefined, [{ path: 'README.md', sha: blob(body.content) }]);
    const sha = git(['commit-tree', tree, '-m', body.message], {
      env: {
        ...who({ name: 'host', email: 'h@h' }, '1700000000 +0000', 'AUTHOR'),
        ...who({ name: 'host', email: 'h@h' }, '1700000000 +0000', 'COMMITTER'),
      },
    });
    git(['update-ref', `refs/heads/${body.branch}`, sha]);
    return [201, { commit: { sha } }];
  }
  if (isEmpty) return [409, { message: 'Git Repository is empty.' }];
  if (path === '/git/blobs') return [201, { sha: blob(body.content) }];
  if (path === '/git/trees') return [201, { sha: writeTree(body.base_tree, body.tree) }];
  if (path === '/git/commits') {
    const env = {
      ...who(body.author, body.author.date, 'AUTHOR'),
      ...who(body.committer, body.committer.date, 'COMMITTER'),
    };
    const parents = body.parents.flatMap((parent: string) => ['-p', parent]);
    return [201, { sha: git(['commit-tree', body.tree, ...parents], { input: body.message, env }) }];
  }
  if (path === '/git/tags') {
    const { tag, object, message, tagger } = body;
    const at = Date.parse(tagger.date) / 1000;
    const text = `object ${object}\ntype commit\ntag ${tag}\ntagger ${tagger.name} <${tagger.email}> ${at} +0000\n\n${message}`;
    return [201, { sha: git(['mktag'], { input: text }) }];
  }
  if (method === 'POST' && path === '/git/refs') {
    git(['update-ref', body.ref, body.sha, '0'.repeat(40)]);
    return [201, {}];
  }
  if (method === 'PATCH' && ref !== undefined) {
    const isForward = tried(['merge-base', '--is-ancestor', refOf(ref) ?? '', body.sha]) !== undefined;
    if (!isForward && !body.force) return [422, { message: 'Update is not a fast forward' }];
    git(['update-ref', `refs/${ref}`, body.sha]);
    return [200, {}];
  }
  return [404, { message: `Not Found: ${method} ${path}` }];
}

function likeForgejo({ method, path, body }: Asked): Said {
  if (method === 'GET' && path === '/branches/main') {
    const id = refOf('heads/main');
    return id === undefined ? [404, { message: 'branch does not exist' }] : [200, { name: 'main', commit: { id } }];
  }
  if (method === 'GET' && path.startsWith('/git/commits/')) {
    const sha = path.split('/').at(-1) ?? '';
    const parents = git(['show', '-s', '--format=%P', sha]).split(' ').filter(Boolean);
    return [
      200,
      {
        sha,
        commit: { tree: { sha: git(['rev-parse', `${sha}^{tree}`]) } },
        parents: parents.map((one) => ({ sha: one })),
      },
    ];
  }
  if (method === 'POST' && path === '/contents') {
    const parent = refOf('heads/main');
    const changes = [];
    for (const { operation, path: file, content, sha } of body.files) {
      const there = parent === undefined ? undefined : tried(['rev-parse', '-q', '--verify', `${parent}:${file}`]);
      if (operation === 'create' ? there !== undefined : there !== sha)
        return [422, { message: `${operation} ${file}: sha does not match` }];
      changes.push({ path: file, sha: operation === 'delete' ? null : blob(content) });
    }
    const env = {
      ...who(body.author, body.dates.author, 'AUTHOR'),
      ...who(body.committer, body.dates.committer, 'COMMITTER'),
    };
    const input = `${body.message.trim()}\n`;
    const sha = git(['commit-tree', writeTree(parent, changes), ...(parent === undefined ? [] : ['-p', parent])], {
      input,
      env,
    });
    git(['update-ref', 'refs/heads/main', sha]);
    return [201, { commit: { sha } }];
  }
  if (method === 'GET' && path.startsWith('/tags/'))
    return refOf(path.slice(1)) === undefined ? [404, { message: 'no such tag' }] : [200, {}];
  if (method === 'POST' && path === '/tags') {
    git(['-c', 'user.name=host', '-c', 'user.email=h@h', 'tag', '-a', '-m', body.message, body.tag_name, body.target]);
    return [201, {}];
  }
  return [404, { message: `Not Found: ${method} ${path}` }];
}

const hosts = { github: likeGitHub, forgejo: likeForgejo };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'noventa-push-'));
  execFileSync('git', ['init', '-q', '--bare', folder]);
  asked = [];
});
afterEach(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(kind: keyof typeof hosts): Promise<Target> {
  server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const path = (request.url ?? '').replace('/api/repos/ana/noventa', '');
    const one = { method: request.method ?? '', path, body: text === '' ? undefined : JSON.parse(text) };
    asked.push(one);
    const [status, body] =
      request.headers.authorization === `Bearer ${token}` ? hosts[kind](one) : [401, { message: 'Bad credentials' }];
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { kind, api: `http://127.0.0.1:${port}/api/`, owner: 'ana', name: 'noventa', token };
}

const start = Date.UTC(2026, 2, 2, 18);
function kept(day: string, step: string, minutes: number, files: Readonly<Record<string, string>>): StoredRecord {
  const work = { now: 0, files, gone: [], left: [], passed: [] };
  return recordOf({ type: 'WorkKept', day, step, work: JSON.stringify(work) }, start + minutes * 60_000);
}
const first = [
  kept('d01', 'd01-s1', 0, { 'a.txt': 'a\n', 'b/ñ.txt': 'b\n' }),
  kept('d01', 'd01-s2', 5, { 'a.txt': 'a2\n' }),
];
const later = [
  ...first,
  recordOf({ type: 'DayPassed', day: 'd01' }, start + 400_000),
  kept('d02', 'd02-s1', 60, { 'x.mjs': '1\n' }),
];
const repositoryOf = (records: readonly StoredRecord[]): Promise<Repository> =>
  buildRepository(planOf(records, []), { name: 'Ana', email: 'ana@ventarela.test' }, '# Mine\n');

describe.each(['github', 'forgejo'] as const)('a host like %s', (kind) => {
  test('an empty repository gets the whole history, the very commits, and later only what is new', async () => {
    const target = await open(kind);
    const once = await repositoryOf(first);
    expect(await push(once, target)).toMatchObject({ ok: true, commits: 2 });
    expect(refOf('heads/main')).toBe(once.history.at(-1)?.id);

    const grown = await repositoryOf(later);
    asked = [];
    expect(await push(grown, target)).toMatchObject({ ok: true, commits: 1, head: grown.history.at(-1)?.id });
    expect(git(['rev-list', '--reverse', 'main']).split('\n')).toEqual(grown.history.map(({ id }) => id));
    expect(git(['rev-parse', 'day-01^{commit}'])).toBe(grown.history[1]?.id);
    expect(asked.filter(({ path }) => path === '/git/commits' || path === '/contents')).toHaveLength(1);
    expect(git(['fsck', '--strict', '--full'])).not.toMatch(/error|missing/);

    asked = [];
    expect(await push(grown, target)).toMatchObject({ ok: true, commits: 0 });
    expect(asked.every(({ method }) => method === 'GET')).toBe(true);
  });

  test('commits of somebody else are left alone', async () => {
    const target = await open(kind);
    const tree = writeTree(undefined, [{ path: 'theirs.txt', sha: blob(btoa('theirs')) }]);
    const identity = { name: 'x', email: 'x@x' };
    const theirs = git(['commit-tree', tree, '-m', 'theirs'], {
      env: { ...who(identity, '1700000000 +0000', 'AUTHOR'), ...who(identity, '1700000000 +0000', 'COMMITTER') },
    });
    git(['update-ref', 'refs/heads/main', theirs]);
    expect(await push(await repositoryOf(first), target)).toEqual({ ok: false, reason: 'foreign', detail: theirs });
    expect(refOf('heads/main')).toBe(theirs);
  });

  test('a wrong token is told in the host’s words, and the token is in no address', async () => {
    const target = await open(kind);
    const answer = await push(await repositoryOf(first), { ...target, token: 'wrong' });
    expect(answer).toEqual({ ok: false, reason: 'refused', detail: '401 Bad credentials' });
    expect(asked.every(({ path }) => !path.includes('wrong'))).toBe(true);
  });

  test('a host that does not answer is told as such', async () => {
    const target = await open(kind);
    const answer = await push(await repositoryOf(first), { ...target, api: 'http://127.0.0.1:1' });
    expect(answer).toMatchObject({ ok: false, reason: 'unreachable' });
  });
});
