import { diffForms, withShares } from './diff-forms.ts';
import { KIND, kindOf } from './history.ts';
import type { OptionTable } from './options.ts';

/** The options for how a commit and its changes are shown. */
export const forms: OptionTable = {
  // Nothing is signed here.
  '--show-signature': { as: 'signature' },
  '--oneline': { as: 'oneline' },
  ...diffForms,
  '-p': { as: 'patch' },
  '--patch': { as: 'patch' },
  '--name-only': { as: 'name-only' },
  '--name-status': { as: 'name-status' },
  '--shortstat': { as: 'shortstat' },
  '--format': { as: 'format', value: true },
  '--pretty': { as: 'format', value: true },
  '--decorate': { as: 'decorate' },
  '--no-decorate': { as: 'no-decorate' },
  '--no-color': { as: 'no-color' },
  '--abbrev-commit': { as: 'abbrev-commit' },
  '--date': { as: 'date', value: true },
  '-s': { as: 'no-patch' },
  '-m': { as: 'each-parent' },
  '--no-patch': { as: 'no-patch' },
  '--numstat': { as: 'numstat' },
  '--summary': { as: 'summary' },
  '--raw': { as: 'raw' },
  '--decorate=short': { as: 'decorate' },
  '--decorate=full': { as: 'decorate-full' },
  '--decorate=auto': { as: 'decorate-auto' },
  '--no-abbrev-commit': { as: 'whole-ids' },
  '--abbrev': { as: 'abbrev', value: true },
  '--relative-date': { as: 'relative-date' },
  '--no-notes': { as: 'no-notes' },
  '-c': { as: 'combined' },
  '--cc': { as: 'combined' },
  '--diff-merges': { as: 'merges-as', value: true },
  '--no-diff-merges': { as: 'no-merge-diff' },
  '--notes': { as: 'notes', value: 'optional' },
  '--show-notes': { as: 'notes', value: 'optional' },
  '--first-parent': { as: 'first-parent' },
  '--decorate=no': { as: 'no-decorate' },
  '--color': { as: 'color' },
  '--color=always': { as: 'color' },
  '--color=never': { as: 'no-color' },
  '--word-diff': { as: 'word-diff' },
  '--no-renames': { as: 'no-renames' },
  '-q': { as: 'no-patch' },
  '--quiet': { as: 'no-patch' },
  '--mailmap': { as: 'mailmap' },
  '--use-mailmap': { as: 'mailmap' },
  '--decorate-refs': { as: 'decorate-refs', value: true },
  '--decorate-refs-exclude': { as: 'decorate-refs-exclude', value: true },
  '--clear-decorations': { as: 'decorate' },
};

/** The options that ask for what a commit changed. */
export const details =
  'stat patch name-only name-status shortstat numstat summary raw word-diff color-words dirstat compact'.split(' ');

/** The options that choose commits. */
export const historyOptions: OptionTable = {
  '-n': { as: 'count', value: true },
  '-#': { as: 'count', value: true },
  '--max-count': { as: 'count', value: true },
  '--skip': { as: 'skip', value: true },
  '--all': { as: 'all' },
  [KIND]: { as: 'kind', value: true },
  '--reverse': { as: 'reverse' },
  '--no-merges': { as: 'no-merges' },
  '--merges': { as: 'merges' },
  '--first-parent': { as: 'first-parent' },
  '--author': { as: 'author', value: true },
  '--committer': { as: 'committer', value: true },
  '--grep': { as: 'grep', value: true },
  '-i': { as: 'ignore-case' },
  '-E': { as: 'extended' },
  '--since': { as: 'since', value: true },
  '--after': { as: 'since', value: true },
  '--until': { as: 'until', value: true },
  '--before': { as: 'until', value: true },
  '-S': { as: 'pickaxe', value: true },
  '-G': { as: 'pickaxe-lines', value: true },
  '--topo-order': { as: 'topo-order' },
  '--date-order': { as: 'date-order' },
  '--branches': { as: 'branches' },
  '--tags': { as: 'tags' },
  '--remotes': { as: 'remotes' },
  '--invert-grep': { as: 'invert-grep' },
  '--all-match': { as: 'all-match' },
  '-F': { as: 'fixed' },
  '--fixed-strings': { as: 'fixed' },
  '--regexp-ignore-case': { as: 'ignore-case' },
  '--extended-regexp': { as: 'extended' },
  '--diff-filter': { as: 'filter', value: true },
  '--no-walk': { as: 'no-walk' },
  '--simplify-by-decoration': { as: 'decorated-only' },
  '--min-parents': { as: 'min-parents', value: true },
  '--max-parents': { as: 'max-parents', value: true },
  '--author-date-order': { as: 'topo-order' },
  '--pickaxe-regex': { as: 'pickaxe-regex' },
  '--left-right': { as: 'left-right' },
  '--left-only': { as: 'left-only' },
  '--right-only': { as: 'right-only' },
  '--cherry-pick': { as: 'cherry-pick' },
  '--cherry-mark': { as: 'cherry-mark' },
  '--cherry': { as: 'cherry' },
  '--full-history': { as: 'full-history' },
  '--boundary': { as: 'boundary' },
  '--ancestry-path': { as: 'ancestry-path' },
};

export const logOptions: OptionTable = {
  ...forms,
  ...historyOptions,
  '-L': { as: 'lines', value: true },
  '-g': { as: 'walk' },
  '--walk-reflogs': { as: 'walk' },
  '--graph': { as: 'graph' },
  '--follow': { as: 'follow' },
};

/** The arguments with `--not` in the names that follow it (`a --not b` is `a ^b`), and with `--oneline` as the forms that it is. */
export function withoutNot(args: readonly string[]): readonly string[] {
  let negative = false;
  return withShares(args).flatMap((arg, at) => {
    if (args.slice(0, at).includes('--')) return [arg];
    // The last of the forms that are named counts.
    if (arg === '--oneline') return ['--pretty=oneline', '--abbrev-commit'];
    if (arg === '--pretty') return ['--pretty=medium'];
    if (arg === '--not') {
      negative = !negative;
      return [];
    }
    const kind = kindOf(arg, negative);
    if (kind !== undefined) return [KIND, kind];
    return [!negative || arg.startsWith('-') ? arg : arg.startsWith('^') ? arg.slice(1) : `^${arg}`];
  });
}
