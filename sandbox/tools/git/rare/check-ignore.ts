import { fatal, readOptions } from '../options.ts';
import { pathInWork } from '../pathspec.ts';
import type { Work } from '../work.ts';
import { ignoringRule, knownFiles } from '../work-tree.ts';

/** `git check-ignore`: which of the paths are ignored. */
export async function checkIgnore(work: Work, args: readonly string[]): Promise<number> {
  const { words, flags } = readOptions('check-ignore', args, {
    '-v': { as: 'verbose' },
    '--verbose': { as: 'verbose' },
    '-q': { as: 'quiet' },
    '--quiet': { as: 'quiet' },
    '-n': { as: 'non-matching' },
    '--non-matching': { as: 'non-matching' },
    '--no-index': { as: 'no-index' },
    '--stdin': { as: 'stdin' },
  });
  const known = flags.has('no-index') ? new Map() : knownFiles(work);
  const asked = flags.has('stdin') ? new TextDecoder().decode(work.io.stdin).split('\n').filter(Boolean) : words;
  if (asked.length === 0 && !flags.has('stdin')) throw fatal('no path specified');
  let found = false;
  for (const word of asked) {
    const path = pathInWork(work, word);
    const { files } = work.io.machine;
    const absolute = `${work.dir}/${path}`;
    const isFolder = files.exists(absolute) && files.stat(absolute).type === 'directory';
    const rule = known.has(path) ? undefined : ignoringRule(work, path, isFolder);
    const isShown = rule !== undefined && (flags.has('verbose') || !rule.pattern.startsWith('!'));
    if (isShown) found = true;
    if (flags.has('quiet') || !(isShown || flags.has('non-matching'))) continue;
    const place = rule === undefined ? '::' : `${rule.file}:${rule.line}:${rule.pattern}`;
    work.io.stdout(`${flags.has('verbose') ? `${place}\t` : ''}${word}\n`);
  }
  return found ? 0 : 1;
}
