import { readText } from '../../forge/git/index.ts';
import { readTree, type TreeFiles } from '../../forge/index.ts';
import { fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import { matches, pathInWork, shownPath } from './pathspec.ts';
import { resolve } from './revisions.ts';
import type { Work } from './work.ts';
import { bytesOf, readIndex, readWorkTree } from './work-tree.ts';

const options: OptionTable = {
  '-n': { as: 'number' },
  '--line-number': { as: 'number' },
  '-i': { as: 'ignore-case' },
  '-l': { as: 'files' },
  '--name-only': { as: 'files' },
  '-c': { as: 'count' },
  '-w': { as: 'word' },
  '-v': { as: 'invert' },
  '-E': { as: 'extended' },
  '-F': { as: 'fixed' },
  '-h': { as: 'no-name' },
  '-q': { as: 'quiet' },
  '--untracked': { as: 'untracked' },
  '--ignore-case': { as: 'ignore-case' },
  '--count': { as: 'count' },
  '--word-regexp': { as: 'word' },
  '--files-with-matches': { as: 'files' },
  '-L': { as: 'without' },
  '--files-without-match': { as: 'without' },
  '-o': { as: 'only' },
  '-I': { as: 'no-binary' },
  '-e': { as: 'pattern', value: true },
  '--cached': { as: 'cached' },
  '--and': { as: 'and' },
  '--or': { as: 'or' },
  '--not': { as: 'not' },
  '--all-match': { as: 'all-match' },
  '-A': { as: 'after', value: true },
  '--after-context': { as: 'after', value: true },
  '-B': { as: 'before', value: true },
  '--before-context': { as: 'before', value: true },
  '-C': { as: 'context', value: true },
  '--context': { as: 'context', value: true },
  '-#': { as: 'context', value: true },
  '-G': { as: 'basic' },
  '-P': { as: 'extended' },
  '--perl-regexp': { as: 'extended' },
  '--extended-regexp': { as: 'extended' },
  '--fixed-strings': { as: 'fixed' },
  '--invert-match': { as: 'invert' },
  '--only-matching': { as: 'only' },
  '--quiet': { as: 'quiet' },
  '-H': { as: 'with-name' },
  '--full-name': { as: 'full-name' },
  '--heading': { as: 'heading' },
  '--break': { as: 'break' },
  '-a': { as: 'text' },
  '-r': { as: 'recursive' },
  '--color': { as: 'color', value: 'optional' },
  '--no-color': { as: 'no-color' },
  '-p': { as: 'function' },
  '--show-function': { as: 'function' },
  '-m': { as: 'most', value: true },
  '--max-count': { as: 'most', value: true },
  '--column': { as: 'column' },
};

/** `git grep`: lines of what git knows. */
export async function grep(work: Work, args: readonly string[]): Promise<number> {
  const parsed = readOptions('grep', args, options);
  const { flags } = parsed;
  const [pattern, ...words] = parsed.values.has('pattern')
    ? [lastValue(parsed, 'pattern') ?? '', ...parsed.words]
    : parsed.words;
  if (pattern === undefined) throw fatal('no pattern given');
  const named: (readonly [name: string, commit: string])[] = [];
  for (const word of words) {
    const commit = await resolve(work, word);
    if (commit === undefined) break;
    named.push([word, commit]);
  }
  const asked = [...words.slice(named.length), ...(parsed.paths ?? [])].map((one) => pathInWork(work, one));
  const here = work.io.cwd.startsWith(`${work.dir}/`) ? `${work.io.cwd.slice(work.dir.length + 1)}/` : '';
  const most = Number(lastValue(parsed, 'most') ?? Number.POSITIVE_INFINITY);
  const around = Number(lastValue(parsed, 'context') ?? 0);
  const [before, after] = ['before', 'after'].map((side) => Number(lastValue(parsed, side) ?? around));
  const expression = regular(pattern, flags);
  const meets = matcher(args, flags, pattern);
  const places: { readonly at: string | undefined; readonly tree: TreeFiles }[] = [];
  for (const [at, commit] of named) places.push({ at, tree: await readTree(work, commit) });
  if (places.length === 0) places.push({ at: undefined, tree: await filesHere(work, flags) });
  const files = places.flatMap(({ at, tree }) => [...tree].map(([path, file]) => ({ at, path, file })));
  let found = false;
  for (const { at, path, file } of files) {
    if (!(asked.length === 0 ? path.startsWith(here) : matches(path, asked))) continue;
    if (at === undefined && !flags.has('cached') && !work.io.machine.files.exists(`${work.dir}/${path}`)) continue;
    const isHere = at === undefined && !flags.has('cached');
    const bytes = isHere ? await bytesOf(work, path) : await readText(work, file);
    const name = `${at === undefined ? '' : `${at}:`}${flags.has('full-name') ? path : shownPath(work, path)}`;
    const isBinary = bytes.subarray(0, 8000).includes(0) && !flags.has('text');
    if (isBinary && flags.has('no-binary')) continue;
    const lines = new TextDecoder().decode(bytes).replace(/\n$/, '').split('\n');
    const hits = lines.flatMap((line, at) => (meets(line) === flags.has('invert') ? [] : [{ line, number: at + 1 }]));
    if (hits.length > most) hits.length = most;
    if (flags.has('without')) {
      if (hits.length > 0) continue;
      found = true;
      work.io.stdout(`${name}\n`);
      continue;
    }
    if (hits.length === 0) continue;
    if (found && flags.has('break')) work.io.stdout('\n');
    const isFirst = !found;
    found = true;
    if (flags.has('quiet')) break;
    const head = flags.has('no-name') || flags.has('heading') ? '' : `${name}:`;
    if (flags.has('heading') && !flags.has('files') && !flags.has('count')) work.io.stdout(`${name}\n`);
    if (flags.has('files')) work.io.stdout(`${name}\n`);
    else if (flags.has('count')) work.io.stdout(`${head}${hits.length}\n`);
    else if (isBinary) work.io.stdout(`Binary file ${name} matches\n`);
    else if ((before ?? 0) + (after ?? 0) > 0) {
      const shown = inContext(lines, hits, [before ?? 0, after ?? 0], { head, numbers: flags.has('number') });
      work.io.stdout(isFirst ? shown : `--\n${shown}`);
    } else {
      let last = 0;
      for (const { line, number } of hits) {
        const above = flags.has('function') ? functionAbove(lines, number, last) : 0;
        if (above > 0)
          work.io.stdout(`${head.replace(/:$/, '=')}${flags.has('number') ? `${above}=` : ''}${lines[above - 1]}\n`);
        last = number;
        for (const part of flags.has('only')
          ? (line.match(new RegExp(expression, `${expression.flags}g`)) ?? [])
          : [line])
          work.io.stdout(
            `${head}${flags.has('number') ? `${number}:` : ''}${flags.has('column') ? `${line.search(expression) + 1}:` : ''}${part}\n`,
          );
      }
    }
  }
  return found ? 0 : 1;
}

interface Hit {
  readonly line: string;
  readonly number: number;
}

/** The number of the line above one that begins as a function does, when it was not shown yet; 0 without one (`-p`). */
function functionAbove(lines: readonly string[], number: number, last: number): number {
  for (let at = number - 1; at > last; at--) if (/^[A-Za-z_$]/.test(lines[at - 1] ?? '')) return at;
  return 0;
}

/** Lines that match with those around them; `--` stands where some are left out. */
function inContext(
  lines: readonly string[],
  hits: readonly Hit[],
  [before, after]: readonly [number, number],
  { head, numbers }: { readonly head: string; readonly numbers: boolean },
): string {
  const found = new Set(hits.map(({ number }) => number));
  let [text, last] = ['', 0];
  for (const { number } of hits)
    for (let at = Math.max(1, last + 1, number - before); at <= Math.min(lines.length, number + after); at++) {
      if (last > 0 && at > last + 1) text += '--\n';
      const sign = found.has(at) ? ':' : '-';
      text += `${head.replace(/:$/, sign)}${numbers ? `${at}${sign}` : ''}${lines[at - 1]}\n`;
      last = at;
    }
  return text;
}

/** The patterns of the command line, with `--and`, `--or`, `--not` and brackets between them; `or` goes without saying. */
function matcher(args: readonly string[], flags: ReadonlySet<string>, only: string): (line: string) => boolean {
  const tokens: string[] = [];
  for (let at = 0; at < args.length && args[at] !== '--'; at++) {
    const arg = args[at] ?? '';
    if (arg === '-e') tokens.push(`=${args[++at] ?? ''}`);
    else if (arg.startsWith('-e')) tokens.push(`=${arg.slice(2)}`);
    else if (/^--(and|or|not)$|^[()]$/.test(arg)) tokens.push(arg);
  }
  if (tokens.length === 0) tokens.push(`=${only}`);
  type Test = (line: string) => boolean;
  const one = (): Test => {
    const token = tokens.shift() ?? '';
    if (token === '--not') {
      const inner = one();
      return (line) => !inner(line);
    }
    if (token === '(') {
      const inner = either();
      if (tokens.shift() !== ')') throw fatal('unmatched parenthesis');
      return inner;
    }
    const expression = regular(token.slice(1), flags);
    return (line) => expression.test(line);
  };
  const both = (): Test => {
    const first = one();
    if (tokens[0] !== '--and') return first;
    tokens.shift();
    const second = both();
    return (line) => first(line) && second(line);
  };
  const either = (): Test => {
    const first = both();
    if (tokens.length === 0 || tokens[0] === ')') return first;
    if (tokens[0] === '--or') tokens.shift();
    const second = either();
    return (line) => first(line) || second(line);
  };
  return either();
}

/** What is tracked; with `--untracked` what is there and not ignored, too. */
async function filesHere(work: Work, flags: ReadonlySet<string>): Promise<TreeFiles> {
  const index = await readIndex(work);
  if (!flags.has('untracked')) return index;
  const all = new Map([...index, ...(await readWorkTree(work, index))]);
  return new Map([...all].sort(([one], [two]) => (one < two ? -1 : 1)));
}

function regular(pattern: string, flags: ReadonlySet<string>): RegExp {
  const source = flags.has('fixed')
    ? pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    : flags.has('extended')
      ? pattern
      : pattern.replace(/\\?[+?|(){}]/g, (sign) => (sign.length === 2 ? sign.slice(1) : `\\${sign}`));
  try {
    return new RegExp(flags.has('word') ? `\\b(?:${source})\\b` : source, flags.has('ignore-case') ? 'i' : '');
  } catch {
    throw fatal(`command line, '${pattern}': Invalid regular expression`);
  }
}
