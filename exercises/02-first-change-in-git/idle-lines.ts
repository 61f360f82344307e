// Lines of the fix's commit that change nothing: spaces alone, code that was left as a comment, a stop for a debugger.
import type { Commit, Desk, Repository, Words } from '../../sandbox/checks/index.ts';
import { BESIDE } from './origin.ts';

export interface Idle {
  readonly path: string;
  readonly found: Words;
}

const bare = (lines: readonly string[]): string => lines.join('').replace(/\s+/g, '');

/** The first stretch of lines that a commit of the fix rewrites with other spaces, or the first comment that is code. */
export async function idleLineOf(desk: Desk, origin: Repository, { id, changed }: Commit): Promise<Idle | undefined> {
  for (const path of changed) {
    if (BESIDE.test(path)) continue;
    const found = (await respaced(desk, id, path)) ?? (await leftOver(origin, id, path));
    if (found !== undefined) return { path, found };
  }
  return undefined;
}

/** Told where the file has it: a stretch that `git diff -w` would not show. A line of real change beside it makes it a part of that. */
async function respaced(desk: Desk, commit: string, path: string): Promise<Words | undefined> {
  const { stdout } = await desk.run(`git diff -U0 main ${commit} -- '${path}'`, { cwd: '/srv/git/seats.git' });
  for (const hunk of stdout.split(/^@@ /m).slice(1)) {
    const [head = '', ...lines] = hunk.split('\n');
    const [old, now] = ['-', '+'].map((sign) =>
      bare(lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1))),
    );
    if (old === '' || old !== now) continue;
    const [, from = '', count = '1'] = /\+(\d+)(?:,(\d+))?/.exec(head) ?? [];
    return {
      es: `${count} renglones desde el ${from}: solo cambian los espacios`,
      en: `${count} lines from ${from} on: only their spaces change`,
    };
  }
  return undefined;
}

const COMMENT = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g;

/** A stop for a debugger; a comment with a line that ends as a statement does, or that `main` has as code. */
async function leftOver(origin: Repository, commit: string, path: string): Promise<Words | undefined> {
  const before = (await origin.read('refs/heads/main', path)) ?? '';
  const after = (await origin.read(commit, path)) ?? '';
  if (/^\s*debugger\b/m.test(after)) return { es: 'un `debugger`', en: 'a `debugger`' };
  const code = new Set(before.split('\n').map((line) => line.trim()));
  for (const [comment] of after.matchAll(COMMENT)) {
    if (before.includes(comment)) continue;
    const lines = comment.split('\n').map((line) => line.replace(/^\s*(\/\/|\/?\*+)|\*\/$/g, '').trim());
    const line = lines.find((one) => /[;{]$/.test(one) || (one.length > 3 && code.has(one)));
    if (line === undefined) continue;
    const shown = line.slice(0, 50);
    return { es: `un comentario que es código: \`${shown}\``, en: `a comment that is code: \`${shown}\`` };
  }
  return undefined;
}
