// `git fsck`: whether all objects are there and whole, and which nobody needs (builtin/fsck.c).

import * as git from 'isomorphic-git';
import { type OptionTable, readOptions } from '../options.ts';
import { readLog } from '../reflog-file.ts';
import { resolve } from '../revisions.ts';
import { currentBranch, ownFile, type Work } from '../work.ts';
import { allObjects, type Kind, reachedFrom, readLinks, roots } from './store.ts';

const options: OptionTable = {
  '--full': { as: 'full' },
  '--no-full': { as: 'no-full' },
  '--strict': { as: 'strict' },
  '--unreachable': { as: 'unreachable' },
  '--dangling': { as: 'dangling' },
  '--no-dangling': { as: 'no-dangling' },
  '--no-reflogs': { as: 'no-reflogs' },
  '--lost-found': { as: 'lost-found' },
  '--connectivity-only': { as: 'connectivity-only' },
  '--no-progress': { as: 'no-progress' },
  '--progress': { as: 'progress' },
  '--name-objects': { as: 'name-objects' },
};

export async function fsck(work: Work, args: readonly string[]): Promise<number> {
  const { flags } = readOptions('fsck', args, options);
  const { io } = work;
  const there = allObjects(work);
  const kinds = new Map<string, Kind>();
  const wanted = new Set<string>();
  let exitCode = 0;
  const broken: string[] = [];
  const whole = new Set<string>();
  for (const oid of there) {
    try {
      const { type, links } = await readLinks(work, oid);
      kinds.set(oid, type);
      for (const link of links) wanted.add(link.oid);
      whole.add(oid);
    } catch {
      const path = `.git/objects/${oid.slice(0, 2)}/${oid.slice(2)}`;
      broken.push(
        work.io.machine.files.stat(`${work.gitdir}${path.slice(4)}`).size === 0
          ? `error: object file ${path} is empty\nerror: unable to mmap ${path}: No such file or directory\n`
          : `error: inflate: data stream error (incorrect header check)\nerror: unable to unpack header of ${path}\n`,
        `error: ${oid}: object corrupt or missing: ${path}\n`,
      );
      exitCode = 1;
    }
  }
  io.stderr(broken.join(''));
  io.stderr(await refTrouble(work, whole, !flags.has('no-reflogs')));
  const branch = await currentBranch(work);
  const starts = await roots(work, !flags.has('no-reflogs') && !flags.has('lost-found'));
  if (branch !== undefined && (await resolve(work, 'HEAD')) === undefined)
    io.stderr(`notice: HEAD points to an unborn branch (${branch})\n`);
  if (starts.length === 0) io.stderr('notice: No default references\n');
  const missing = new Map<string, Kind>();
  const reached = await reachedFrom(work, starts, {
    there: whole,
    missing(link, from) {
      missing.set(link.oid, link.type);
      // What is damaged has been told of.
      if (there.has(link.oid)) return;
      io.stdout(
        `broken link from ${from.type.padStart(7)} ${from.oid}\n              to ${link.type.padStart(7)} ${link.oid}\n`,
      );
    },
  });
  const lines = [...missing].map(([oid, type]): readonly [string, string] => [oid, `missing ${type} ${oid}\n`]);
  if (missing.size > 0) exitCode |= 2;
  for (const oid of whole) {
    if (reached.has(oid)) continue;
    const kind = kinds.get(oid) ?? 'blob';
    if (flags.has('unreachable')) lines.push([oid, `unreachable ${kind} ${oid}\n`]);
    else if (!wanted.has(oid) && (!flags.has('no-dangling') || flags.has('lost-found')))
      lines.push([oid, `dangling ${kind} ${oid}\n`]);
    if (flags.has('lost-found') && !wanted.has(oid)) await keep(work, kind, oid);
  }
  io.stdout(inTable(lines, there.size + missing.size).join(''));
  return exitCode;
}

/** Refs that name what is not there, and entries of their logs that do. */
async function refTrouble(work: Work, whole: ReadonlySet<string>, hasLogs: boolean): Promise<string> {
  const told: string[] = [];
  const refs: string[] = [];
  for (const kind of ['heads', 'remotes', 'tags'])
    for (const name of await git.listRefs({ ...work, filepath: `refs/${kind}` })) {
      const ref = `refs/${kind}/${name}`;
      if (name.endsWith('^{}') || name.endsWith('/HEAD')) continue;
      refs.push(ref);
      const oid = await git.resolveRef({ ...work, ref }).catch(() => '0'.repeat(40));
      if (!whole.has(oid)) told.push(`error: ${ref}: invalid sha1 pointer ${oid}\n`);
    }
  for (const ref of hasLogs ? [...refs, 'HEAD'] : [])
    for (const { from, to } of [...readLog(work, ref)].reverse())
      for (const oid of [from, to])
        if (!/^0+$/.test(oid) && !whole.has(oid)) told.push(`error: ${ref}: invalid reflog entry ${oid}\n`);
  return told.join('');
}

/** Git goes through its table of objects, in which their ids say where they stand (object.c). */
function inTable(lines: readonly (readonly [string, string])[], objects: number): readonly string[] {
  let size = 32;
  while (size - 1 <= (objects - 1) * 2) size *= 2;
  const place = (oid: string): number =>
    Number.parseInt((oid.slice(0, 8).match(/../g) ?? []).reverse().join(''), 16) % size;
  return [...lines].sort(([a], [b]) => place(a) - place(b)).map(([, line]) => line);
}

/** `--lost-found`: a name for what nobody needs, in `.git/lost-found`. */
async function keep(work: Work, kind: Kind, oid: string): Promise<void> {
  const { files } = work.io.machine;
  const folder = ownFile(work, `lost-found/${kind === 'commit' ? 'commit' : 'other'}`);
  files.mkdir(folder, { recursive: true });
  files.writeFile(`${folder}/${oid}`, `${oid}\n`);
}
