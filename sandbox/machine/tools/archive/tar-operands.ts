// tar's operands: which names shall go in, and what the positional options before them say.
import type { CommandIO } from '../../command.ts';
import { FileError, resolvePath } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { globMatcher } from '../text/glob.ts';
import { linesOf, readInput, reason, ToolEnd, textOf } from '../tool.ts';

type Drops = readonly ((name: string) => boolean)[];

/** What the options before a name on the line say of it. */
export interface Place {
  readonly base: string;
  /** Whether what lies in a folder goes along. */
  readonly isDeep: boolean;
  readonly drops: Drops;
}

/** Whether a name, or the end of it, is one that was told to stay out. */
export const isDropped = (name: string, drops: Drops): boolean =>
  name.split('/').some((_, index, parts) => drops.some((matches) => matches(parts.slice(index).join('/'))));

/** What version control keeps for itself (GNU tar's manual, "Excluding Some Files"). */
const ofVersionControl =
  'CVS RCS SCCS .git .gitignore .gitattributes .gitmodules .cvsignore .svn .arch-ids {arch} =RELEASE-ID =meta-update =update .bzr .bzrignore .bzrtags .hg .hgignore .hgrags _darcs';

/** What an option leaves out: `--exclude`, `--exclude-from`, `--exclude-vcs`. */
function patternsOf(key: string, value: string, io: CommandIO): Drops {
  const globs =
    key === 'exclude'
      ? [value]
      : key === 'X'
        ? linesOf(readList(value, io, '')).lines.filter((line) => line !== '')
        : key === 'exclude-vcs'
          ? ofVersionControl.split(' ')
          : [];
  return globs.map((glob) => globMatcher(glob.replace(/\/$/, '')));
}

/** What is left out of an archive that is read. */
export const dropsGiven = (given: Given, io: CommandIO): Drops =>
  given.order.flatMap(([key, value]) => patternsOf(key, value, io));

const USELESS =
  'tar: The following options were used after any non-optional arguments in archive create or update mode.  These options are positional and affect only arguments that follow them.  Please, rearrange them properly.\n';

export const tellUseless = (options: readonly string[]): string =>
  USELESS + options.map((option) => `tar: ${option} has no effect\n`).join('');

/** What shall go in, in the order of the line; and the positional options after which no name follows, as tar tells them. */
export function namesGiven(
  given: Given,
  io: CommandIO,
): {
  readonly names: readonly { readonly name: string; readonly place: Place }[];
  readonly useless: readonly string[];
} {
  const names: { readonly name: string; readonly place: Place }[] = [];
  let useless: string[] = [];
  let place: Place = { base: io.cwd, isDeep: true, drops: [] };
  let isNull = false;
  let next = 0;
  const nameUntil = (options: number): void => {
    for (; next < given.operands.length && (given.places[next] ?? 0) <= options; next++) {
      names.push({ name: given.operands[next] as string, place });
      useless = [];
    }
  };
  given.order.forEach(([key, value], at) => {
    nameUntil(at);
    if (key === 'T') {
      names.push(...namesIn(value, isNull, io).map((name) => ({ name, place })));
      useless = [];
    } else if (key === 'C') {
      const base = resolvePath(place.base, value);
      if (!io.machine.files.exists(base))
        throw new ToolEnd(
          `${value}: Cannot open: No such file or directory\ntar: Error is not recoverable: exiting now`,
          2,
        );
      place = { ...place, base };
      useless.push(`-C ‘${value}’`);
    } else if (/^(exclude(-vcs)?|X)$/.test(key)) {
      place = { ...place, drops: [...place.drops, ...patternsOf(key, value, io)] };
      useless.push(key === 'exclude-vcs' ? '--exclude-vcs' : `--exclude${key === 'X' ? '-from' : ''} ‘${value}’`);
    } else if (/^(no-)?(recursion|null|verbatim-files-from)$/.test(key)) {
      if (key.endsWith('recursion')) place = { ...place, isDeep: key === 'recursion' };
      if (key.endsWith('null')) isNull = key === 'null';
      useless.push(`--${key}`);
    }
  });
  nameUntil(given.order.length);
  return { names, useless };
}

/** The names in a list (`-T`): a line each, or with `--null` one up to each zero byte. */
function namesIn(list: string, isNull: boolean, io: CommandIO): readonly string[] {
  const text = readList(list, io, 'Cannot stat: ');
  if (!isNull && text.includes('\0')) io.stderr(`tar: ${list}: file name read contains nul character\n`);
  return linesOf(text, isNull || text.includes('\0') ? '\0' : '\n').lines.filter((name) => name !== '');
}

function readList(list: string, io: CommandIO, failed: string): string {
  try {
    return textOf(readInput(list, io));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new ToolEnd(`${list}: ${failed}${reason(error)}\ntar: Error is not recoverable: exiting now`, 2);
  }
}
