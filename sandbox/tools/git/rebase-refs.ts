// Branches that go along with a rebase (`--update-refs`).
import { moveRef } from './refs.ts';
import { mustResolve, resolve } from './revisions.ts';
import { stateText, writeState } from './state.ts';
import type { Work } from './work.ts';

const FILE = 'rebase-merge/update-refs';

/** Writes down where a ref is to be when the rebase is over: its name, what it holds, what it will hold. */
export async function noteRef(work: Work, ref: string): Promise<void> {
  const head = await mustResolve(work, 'HEAD');
  const lines = (stateText(work, FILE) ?? '').split('\n').filter(Boolean);
  const before = (await resolve(work, ref)) ?? '0'.repeat(40);
  writeState(work, FILE, `${[...lines, ref, before, head].join('\n')}\n`);
}

/** Moves the refs that lay on commits which were made again (`--update-refs`). @returns what git says of it. */
export async function updateRefs(work: Work): Promise<string> {
  const lines = (stateText(work, FILE) ?? '').split('\n').filter(Boolean);
  const refs: string[] = [];
  for (let at = 0; at < lines.length; at += 3) {
    const [ref = '', , value = ''] = lines.slice(at, at + 3);
    await moveRef(work, ref, value, 'rewritten during rebase');
    refs.push(`\t${ref}\n`);
  }
  return refs.length === 0 ? '' : `Updated the following refs with --update-refs:\n${refs.sort().join('')}`;
}
