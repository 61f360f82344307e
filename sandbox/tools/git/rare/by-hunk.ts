// `-p`: of each file the changes one after another, and what is to become of them (git's add-patch.c).
import * as git from 'isomorphic-git';
import { linesOf } from '../../../forge/git/index.ts';
import type { TreeFile } from '../../../forge/index.ts';
import { readIndexFile } from '../index-file.ts';
import { painter } from '../options.ts';
import { type Change, patchOf } from '../patch.ts';
import type { Work } from '../work.ts';

/** A part of a change that is taken or left as a whole. */
interface Hunk {
  /** `@@ -1,4 +1,4 @@`, and the lines below it with their signs; or the lines that tell of another mode. */
  readonly text: string;
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly string[];
  readonly heading: string;
  readonly kind: 'this hunk' | 'mode change' | 'deletion' | 'addition';
  use?: boolean;
}

/** What is asked of each hunk, and what becomes of those that are taken. */
export interface Mode {
  /** As it is asked: `Stage`, `Discard`. */
  readonly verb: string;
  readonly where: string;
  find(asked: readonly string[]): Promise<readonly Change[]>;
  /** @param side the file as its taken hunks make it: its old state with them, or its new one without them (`isBack`). */
  put(change: Change, side: (isBack: boolean) => Promise<TreeFile | undefined>, answers: Answers): Promise<void>;
}

/** Asks for a line; undefined when no more comes. */
type Answers = (prompt: string) => Promise<string | undefined>;

/** Asks of each change that a mode finds, and lets the mode put what is taken. @returns whether anything was there to be asked. */
export async function ask(work: Work, mode: Mode, asked: readonly string[]): Promise<boolean> {
  const { conflicts } = readIndexFile(work);
  const changes = (await mode.find(asked)).filter(({ path }) => !conflicts.has(path));
  if (changes.length === 0) {
    work.io.stderr('No changes.\n');
    return false;
  }
  const answers = answersOf(work);
  let isBinary = true;
  for (const change of changes) {
    const { head, hunks } = partsOf(work, change);
    if (hunks.length === 0) continue;
    isBinary = false;
    work.io.stdout(head);
    const isOver = await askOf(work, mode, hunks, answers);
    const taken = hunks.filter(({ use }) => use === true);
    const side = async (isBack: boolean) => made(work, isBack, change, taken);
    if (taken.length > 0) await mode.put(change, side, answers);
    work.io.stdout('\n');
    if (isOver) break;
  }
  if (isBinary) work.io.stderr('Only binary files changed.\n');
  return true;
}

/** What is typed, line by line; undefined when no more comes. */
function answersOf({ io }: Work): Answers {
  if (io.tty !== undefined && io.isTyped === true) {
    const { tty } = io;
    return async (prompt) => {
      const line = await tty.readLine({ prompt });
      return line === '' ? undefined : line.trim();
    };
  }
  const lines = new TextDecoder().decode(io.stdin).split('\n');
  return async (prompt) => {
    io.stdout(prompt);
    return lines.length > 1 ? lines.shift()?.trim() : lines.shift()?.trim() || undefined;
  };
}

/** The head of a file's patch, and its hunks. */
function partsOf({ io }: Work, change: Change): { readonly head: string; readonly hunks: Hunk[] } {
  const [first = '', ...rest] = patchOf(change, (_, text) => text).split(/^(?=@@ )/m);
  const modes = /^old mode .*\nnew mode .*\n/m.exec(first)?.[0];
  const isBinary = /^Binary files /m.test(first);
  const paint = painter(io);
  const head = (modes === undefined ? first : first.replace(modes, ''))
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${paint('1', line)}\n`)
    .join('');
  if (isBinary) return { head, hunks: [] };
  const kind = change.kind === 'D' ? 'deletion' : change.kind === 'A' ? 'addition' : 'this hunk';
  const none = { oldStart: 0, newStart: 0, lines: [], heading: '' };
  const whole = rest.length === 0 && modes === undefined ? [{ ...none, text: '', kind } as const] : [];
  const mode = modes === undefined ? [] : [{ ...none, text: modes, kind: 'mode change' } as const];
  return { head, hunks: [...mode, ...whole, ...rest.map((text) => ({ ...hunkOf(text), kind }) satisfies Hunk)] };
}

function hunkOf(text: string): Omit<Hunk, 'kind'> {
  const [title = '', ...lines] = text.replace(/\n$/, '').split('\n');
  const [, oldStart = '', newStart = '', heading = ''] = /^@@ -(\d+)\S* \+(\d+)\S* @@(.*)$/.exec(title) ?? [];
  return { text, oldStart: Number(oldStart), newStart: Number(newStart), lines, heading };
}

/** Asks of each hunk until all is decided. @returns whether nothing more is to be asked at all. */
async function askOf(work: Work, mode: Mode, hunks: Hunk[], answers: Answers): Promise<boolean> {
  const { io } = work;
  let at = 0;
  const open = (from: number, step: 1 | -1): number => {
    for (let one = from + step; one >= 0 && one < hunks.length; one += step)
      if (hunks[one]?.use === undefined) return one;
    return -1;
  };
  for (;;) {
    if (at >= hunks.length) at = 0;
    const hunk = hunks[at];
    if (hunk === undefined) return false;
    const [before, after] = [open(at, -1), open(at, 1)];
    if (before < 0 && after < 0 && hunk.use !== undefined) return false;
    io.stdout(painted(work, hunk.text));
    const parts = splitOf(hunk);
    const more = [
      ...(before >= 0 ? ['k'] : []),
      ...(at > 0 ? ['K'] : []),
      ...(after >= 0 ? ['j'] : []),
      ...(at + 1 < hunks.length ? ['J'] : []),
      ...(hunks.length > 1 ? ['g', '/'] : []),
      ...(parts.length > 1 ? ['s'] : []),
      ...(hunk.kind === 'mode change' || hunk.kind === 'deletion' || hunk.text === '' ? [] : ['e']),
    ];
    const letters = ['y', 'n', 'q', 'a', 'd', ...more, '?'];
    const what = `${mode.verb} ${hunk.kind}${mode.where} [${letters.join(',')}]? `;
    const answer = await answers(`(${at + 1}/${hunks.length}) ${what}`);
    if (answer === undefined) return false;
    const letter = answer.slice(0, 1);
    const decide = (use: boolean, all: boolean): void => {
      const end = all ? hunks.length : at + 1;
      for (const one of hunks.slice(at, end)) if (!all || one.use === undefined) one.use = use;
      at = all || after < 0 ? hunks.length : after;
    };
    if (/^[yn]$/i.test(letter)) decide(/y/i.test(letter), false);
    else if (/^[adq]$/i.test(letter)) {
      decide(/a/i.test(letter), true);
      if (/q/i.test(letter)) return true;
    } else if (letter === 'K' || letter === 'k') {
      const to = letter === 'K' ? at - 1 : before;
      if (to < 0) io.stderr('No previous hunk\n');
      else at = to;
    } else if (letter === 'J' || letter === 'j') {
      const to = letter === 'J' ? (at + 1 < hunks.length ? at + 1 : -1) : after;
      if (to < 0) io.stderr('No next hunk\n');
      else at = to;
    } else if (letter === 's') {
      if (parts.length < 2) io.stderr('Sorry, cannot split this hunk\n');
      else {
        hunks.splice(at, 1, ...parts);
        io.stdout(`${painter(io)('1', `Split into ${parts.length} hunks.`)}\n`);
      }
    } else if (/^[eg/]$/.test(letter) && letters.includes(letter))
      io.stderr(`git: '${letter}' of --patch is not part of this sandbox\n`);
    else if (letter !== '') io.stdout(helpOf(mode, letters));
  }
}

/** Our own words for the letters. */
function helpOf({ verb, where }: Mode, letters: readonly string[]): string {
  const does = `${verb.toLowerCase()}`;
  const words: Readonly<Record<string, string>> = {
    y: `${does} this hunk${where}`,
    n: `leave this hunk`,
    q: `leave this hunk and all that follow`,
    a: `${does} this hunk and all that follow in this file${where}`,
    d: `leave this hunk and all that follow in this file`,
    k: 'go back to the last undecided hunk',
    K: 'go back to the hunk before',
    j: 'go on to the next undecided hunk',
    J: 'go on to the next hunk',
    s: 'split this hunk into smaller ones',
  };
  return letters.map((letter) => (words[letter] === undefined ? '' : `${letter} - ${words[letter]}\n`)).join('');
}

function painted({ io }: Work, text: string): string {
  const paint = painter(io);
  return text
    .split('\n')
    .map((line) =>
      line.startsWith('@@')
        ? line.replace(/^@@.*?@@/, (title) => paint('36', title))
        : line.startsWith('+')
          ? paint('32', line)
          : line.startsWith('-')
            ? paint('31', line)
            : line,
    )
    .join('\n');
}

/** The smaller hunks of one: each run of changed lines, with all the lines around it up to the next ones. */
function splitOf({ lines, oldStart, newStart, heading, kind }: Hunk): Hunk[] {
  const runs: { from: number; to: number }[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.startsWith(' ')) continue;
    const last = runs.at(-1);
    if (last?.to === at) last.to = at + 1;
    else runs.push({ from: at, to: at + 1 });
  }
  return runs.map((_, number): Hunk => {
    const [from, to] = [runs[number - 1]?.to ?? 0, runs[number + 1]?.from ?? lines.length];
    const own = lines.slice(from, to);
    const count = (sign: string, some: readonly string[]): number =>
      some.filter((line) => line.startsWith(' ') || line.startsWith(sign)).length;
    const [old, now] = [oldStart + count('-', lines.slice(0, from)), newStart + count('+', lines.slice(0, from))];
    const range = (start: number, length: number): string => (length === 1 ? `${start}` : `${start},${length}`);
    const title = `@@ -${range(old, count('-', own))} +${range(now, count('+', own))} @@${number === 0 ? heading : ''}`;
    const text = `${[title, ...own].join('\n')}\n`;
    return { text, oldStart: old, newStart: now, lines: own, heading: number === 0 ? heading : '', kind };
  });
}

/** The file as the hunks that are taken make it; undefined when it goes. */
async function made(
  work: Work,
  isBack: boolean,
  change: Change,
  taken: readonly Hunk[],
): Promise<TreeFile | undefined> {
  const { before, after, oldBytes, newBytes } = change;
  const goal = isBack ? before : after;
  if (goal === undefined) return undefined;
  const start = isBack ? (after ?? goal) : (before ?? goal);
  const mode = taken.some(({ kind }) => kind === 'mode change') || before === undefined ? goal.mode : start.mode;
  const [gone, come] = isBack ? (['+', '-'] as const) : (['-', '+'] as const);
  const text = linesOf(new TextDecoder().decode(isBack ? newBytes : oldBytes));
  const removed = new Set<number>();
  const added = new Map<number, string>();
  for (const { lines, oldStart, newStart } of taken) {
    const first = isBack ? newStart : oldStart;
    let at = lines.some((line) => line.startsWith(' ') || line.startsWith(gone)) ? first - 1 : first;
    for (const [number, line] of lines.entries()) {
      if (line.startsWith('\\')) continue;
      const ending = lines[number + 1]?.startsWith('\\') ? '' : '\n';
      if (line.startsWith(come)) added.set(at, `${added.get(at) ?? ''}${line.slice(1)}${ending}`);
      else if (line.startsWith(gone)) removed.add(at++);
      else at++;
    }
  }
  const result = [...text, ''].map((line, at) => (added.get(at) ?? '') + (removed.has(at) ? '' : line)).join('');
  if (taken.every(({ lines }) => lines.length === 0) && change.kind === 'M')
    return { oid: start.oid === '' ? await kept(work, isBack ? newBytes : oldBytes) : start.oid, mode };
  return { oid: await kept(work, new TextEncoder().encode(result)), mode };
}

const kept = (work: Work, blob: Uint8Array): Promise<string> => git.writeBlob({ ...work, blob });
