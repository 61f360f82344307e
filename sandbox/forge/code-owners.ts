// CODEOWNERS ("About code owners"): who must look at which files. Pure.
import type { Login } from './records.ts';

interface Line {
  readonly pattern: RegExp;
  readonly owners: readonly Login[];
}

/** Where the file may be; the first one that is there counts. */
export const codeOwnersPaths = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS'] as const;

/**
 * The owners of each path that has any: the last line that matches decides, a line without owners takes them away.
 * @param teams members by `@company/team`; a team that is not known stands for itself.
 */
export function ownersOf(
  text: string,
  paths: readonly string[],
  teams: Readonly<Record<string, readonly Login[]>> = {},
): readonly (readonly Login[])[] {
  const lines = text.split('\n').flatMap((line) => readLine(line, teams) ?? []);
  const found = new Map<string, readonly Login[]>();
  for (const path of paths) {
    const owners = lines.findLast(({ pattern }) => pattern.test(path))?.owners ?? [];
    if (owners.length > 0) found.set(owners.join(' '), owners);
  }
  return [...found.values()];
}

function readLine(line: string, teams: Readonly<Record<string, readonly Login[]>>): Line | undefined {
  const words = line
    .replace(/(^|\s)#.*$/, '')
    .trim()
    .split(/(?<!\\)\s+/);
  const [pattern = '', ...names] = words;
  // What gitignore knows and CODEOWNERS does not: such a line is skipped.
  if (pattern === '' || pattern.startsWith('!') || /[[\]]/.test(pattern)) return undefined;
  const owners = names.flatMap((name) => {
    const team = Object.hasOwn(teams, name) ? teams[name] : undefined;
    return team ?? (name.startsWith('@') ? [name.slice(1)] : []);
  });
  return { pattern: patternOf(pattern.replaceAll('\\ ', ' ')), owners };
}

/** As gitignore: with a slash at the start or within it begins at the top; a folder stands for all below it. */
function patternOf(pattern: string): RegExp {
  const isTop = /\/./.test(pattern);
  const isFolder = pattern.endsWith('/');
  const body = pattern.replace(/^\//, '').replace(/\/$/, '');
  const source = body
    .split(/(\*\*\/|\/\*\*$|\*\*|\*|\?)/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?';
      if (part === '/**') return '/.+';
      if (part === '**') return '.*';
      if (part === '*') return '[^/]*';
      if (part === '?') return '[^/]';
      return part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  // `docs/*` names the files of a folder and not those of folders in it.
  const below = isFolder ? '/.+' : /(^|\/)\*$/.test(body) && isTop ? '' : '(?:/.+)?';
  return new RegExp(`^${isTop ? '' : '(?:.*/)?'}${source}${below}$`);
}
