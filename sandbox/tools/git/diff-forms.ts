// Changes in the form that the options of `diff`, `log` and `show` ask for.
import { dirstatOf } from './dirstat.ts';
import type { OptionTable } from './options.ts';
import { type Change, counts, modeLines, nameOf, patchOf, statOf, sumOf } from './patch.ts';
import { quotedPath } from './pathspec.ts';

/** Options for the form of a difference, which `log` and `show` have too. */
export const diffForms: OptionTable = {
  '--stat': { as: 'stat', value: 'optional' },
  '--compact-summary': { as: 'compact' },
  '--dirstat': { as: 'dirstat', value: 'optional' },
  '-X': { as: 'dirstat' },
  '--find-renames': { as: 'renames', value: 'optional' },
  '-M': { as: 'renames' },
  '--no-prefix': { as: 'no-prefix' },
  '-z': { as: 'nul' },
  '--minimal': { as: 'minimal' },
  '--patience': { as: 'patience' },
  '--histogram': { as: 'histogram' },
  '--no-ext-diff': { as: 'no-ext-diff' },
  '--text': { as: 'text' },
  '-a': { as: 'text' },
  '--full-index': { as: 'full-index' },
  '--color=auto': { as: 'auto-color' },
  '-u': { as: 'patch' },
  '--abbrev': { as: 'abbrev', value: true },
  '--stat-width': { as: 'stat-width', value: true },
  '--diff-algorithm': { as: 'algorithm', value: true },
  '--indent-heuristic': { as: 'indent-heuristic' },
  '--no-indent-heuristic': { as: 'no-indent-heuristic' },
  '--color-moved': { as: 'color-moved', value: 'optional' },
  '--textconv': { as: 'textconv' },
  '--no-textconv': { as: 'no-textconv' },
  '--ext-diff': { as: 'ext-diff' },
  '--ignore-submodules': { as: 'ignore-submodules', value: 'optional' },
  '-U': { as: 'context', value: true },
  '--unified': { as: 'context', value: true },
  '-W': { as: 'function-context' },
  '--function-context': { as: 'function-context' },
  '--inter-hunk-context': { as: 'inter-hunk', value: 'optional' },
  '--ignore-blank-lines': { as: 'ignore-blank' },
  '-w': { as: 'ignore-space' },
  '--ignore-all-space': { as: 'ignore-space' },
  '-b': { as: 'ignore-space-change' },
  '--ignore-space-change': { as: 'ignore-space-change' },
  '--ignore-space-at-eol': { as: 'ignore-space-at-end' },
  '--ignore-cr-at-eol': { as: 'ignore-cr' },
};

/** `-M90%` as `--find-renames=90%`. */
export const withShares = (args: readonly string[]): readonly string[] =>
  args.flatMap((arg) =>
    arg === '--patch-with-stat' ? ['--stat', '-p'] : [arg.replace(/^-M(?=\d)/, '--find-renames=')],
  );

/** The share that has to stay for a file to be a renamed one, in per cent; false when none is looked for; undefined when nothing is said. */
export function leastShare(flags: ReadonlySet<string>): number | false | undefined {
  const share = givenFor(flags, 'renames');
  // Without a sign the digits stand behind a point: `-M5` is half.
  const digits =
    share === undefined || share.endsWith('%') ? Number.parseFloat(share ?? '50') : Number(`0.${share}`) * 100;
  if (flags.has('no-renames')) return false;
  return flags.has('renames') || share !== undefined ? digits : undefined;
}

const givenFor = (flags: ReadonlySet<string>, name: string): string | undefined =>
  [...flags].findLast((flag) => flag.startsWith(`${name}=`))?.slice(name.length + 1);

/** Changes in the form that the options ask for. */
export function shownAs(
  changes: readonly Change[],
  flags: ReadonlySet<string>,
  paint: (code: string, text: string) => string,
  context = 3,
): string {
  const end = flags.has('nul') ? '\0' : '\n';
  const quoted = (path: string): string => (flags.has('nul') ? path : quotedPath(path));
  if (flags.has('name-only')) return changes.map(({ path }) => `${quoted(path)}${end}`).join('');
  if (flags.has('name-status'))
    return changes
      .map(({ kind, path, from, alike = 100 }) =>
        from === undefined
          ? `${kind}\t${quoted(path)}\n`
          : `R${String(alike).padStart(3, '0')}\t${quoted(from)}\t${quoted(path)}\n`,
      )
      .join('');
  const width = givenFor(flags, 'stat');
  const numbers = (): string =>
    changes
      .map((change) => {
        const count = counts(change);
        return `${count?.added ?? '-'}\t${count?.removed ?? '-'}\t${nameOf(change)}${end}`;
      })
      .join('');
  const raw = (): string =>
    changes
      .map(({ kind, path, from, alike = 100, before, after, abbrev }) => {
        const length = flags.has('full-ids') ? 40 : (abbrev ?? 7);
        const written = flags.has('unwritten') ? '' : (after?.oid ?? '');
        const [old, now] = [before?.oid ?? '', written].map((oid) => oid.slice(0, length).padEnd(length, '0'));
        const letter = from === undefined ? kind : `R${String(alike).padStart(3, '0')}`;
        const names = from === undefined ? quoted(path) : `${quoted(from)}\t${quoted(path)}`;
        return `:${before?.mode ?? '000000'} ${after?.mode ?? '000000'} ${old} ${now} ${letter}\t${names}\n`;
      })
      .join('');
  const patch = (): string => changes.map((change) => patchOf(change, paint, context, flags)).join('');
  const parts: Readonly<Record<string, () => string>> = {
    raw,
    numstat: numbers,
    stat: () => statOf(changes, paint, width === undefined ? 80 : Number.parseInt(width, 10), flags.has('compact')),
    shortstat: () => (changes.length === 0 ? '' : `${sumOf(changes)}\n`),
    dirstat: () => dirstatOf(changes, givenFor(flags, 'dirstat') ?? ''),
    summary: () => modeLines(changes),
  };
  const first = Object.entries(parts).flatMap(([name, part]) =>
    flags.has(name) || (name === 'stat' && flags.has('compact')) ? [part()] : [],
  );
  if (first.length === 0) return patch();
  const text = first.join('');
  return flags.has('patch') && changes.length > 0 ? `${text}\n${patch()}` : text;
}
