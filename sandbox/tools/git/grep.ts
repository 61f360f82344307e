import { readText } from '../../forge/git/index.ts';
import { readTree, type TreeFiles } from '../../forge/index.ts';
import { fatal, lastValue, type OptionTable, readOptions } from './options.ts';
import { bytesOf, matches, pathInWork, readIndex, readWorkTree, resolve, shownPath, type Work } from './work.ts';

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
  const expression = regular(pattern, flags);
  const places: { readonly at: string | undefined; readonly tree: TreeFiles }[] = [];
  for (const [at, commit] of named) places.push({ at, tree: await readTree(work, commit) });
  if (places.length === 0) places.push({ at: undefined, tree: await filesHere(work, flags) });
  const files = places.flatMap(({ at, tree }) => [...tree].map(([path, file]) => ({ at, path, file })));
  let found = false;
  for (const { at, path, file } of files) {
    if (!(asked.length === 0 ? path.startsWith(here) : matches(path, asked))) continue;
    if (at === undefined && !work.io.machine.files.exists(`${work.dir}/${path}`)) continue;
    const bytes = at === undefined ? await bytesOf(work, path) : await readText(work, file);
    const name = `${at === undefined ? '' : `${at}:`}${shownPath(work, path)}`;
    if (bytes.subarray(0, 8000).includes(0)) continue;
    const lines = new TextDecoder().decode(bytes).replace(/\n$/, '').split('\n');
    const hits = lines.flatMap((line, at) =>
      expression.test(line) === flags.has('invert') ? [] : [{ line, number: at + 1 }],
    );
    if (flags.has('without')) {
      if (hits.length > 0) continue;
      found = true;
      work.io.stdout(`${name}\n`);
      continue;
    }
    if (hits.length === 0) continue;
    found = true;
    if (flags.has('quiet')) break;
    const head = flags.has('no-name') ? '' : `${name}:`;
    if (flags.has('files')) work.io.stdout(`${name}\n`);
    else if (flags.has('count')) work.io.stdout(`${head}${hits.length}\n`);
    else
      for (const { line, number } of hits)
        for (const part of flags.has('only')
          ? (line.match(new RegExp(expression, `${expression.flags}g`)) ?? [])
          : [line])
          work.io.stdout(`${head}${flags.has('number') ? `${number}:` : ''}${part}\n`);
  }
  return found ? 0 : 1;
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
