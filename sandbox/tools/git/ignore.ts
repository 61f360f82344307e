// Which paths git leaves alone: the patterns of `.gitignore`, `info/exclude` and the person's own file ("gitignore").
import type { Files } from '../../machine/index.ts';

/** One pattern, and where it stands. */
export interface Rule {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly pattern: string;
}

interface Reading extends Rule {
  readonly expression: RegExp;
  readonly foldersOnly: boolean;
}

interface Place {
  readonly files: Files;
  readonly dir: string;
  readonly gitdir: string;
  /** The person's own file. */
  readonly person: string;
}

/** Answers for one command, during which the files of patterns stay as they are. */
export function createIgnoring({ files, dir, gitdir, person }: Place) {
  const read = new Map<string, readonly Reading[]>();
  const decided = new Map<string, Rule | undefined>();
  const rulesIn = (file: string, absolute: string): readonly Reading[] => {
    const known = read.get(absolute) ?? (files.exists(absolute) ? readRules(files.readText(absolute), file) : []);
    read.set(absolute, known);
    return known;
  };
  const shared = [
    ['.git/info/exclude', `${gitdir}/info/exclude`],
    [person, person],
  ] as const;

  /** The last pattern that matches a path, or a folder that holds it, out of the files nearest to it first. */
  function ruleFor(path: string, isFolder: boolean): Rule | undefined {
    const key = isFolder ? `${path}/` : path;
    if (decided.has(key)) return decided.get(key);
    const above = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : undefined;
    const outer = above === undefined ? undefined : ruleFor(above, true);
    const rule = outer !== undefined && !outer.pattern.startsWith('!') ? outer : ownRule(path, isFolder);
    decided.set(key, rule);
    return rule;
  }

  function ownRule(path: string, isFolder: boolean): Rule | undefined {
    const matching = (rules: readonly Reading[], name: string): Rule | undefined =>
      rules.findLast(({ expression, foldersOnly }) => (isFolder || !foldersOnly) && expression.test(name));
    const parts = path.split('/').slice(0, -1);
    for (let depth = parts.length; depth >= 0; depth--) {
      const folder = parts
        .slice(0, depth)
        .map((part) => `${part}/`)
        .join('');
      const found = matching(rulesIn(`${folder}.gitignore`, `${dir}/${folder}.gitignore`), path.slice(folder.length));
      if (found !== undefined) return found;
    }
    for (const [file, absolute] of shared) {
      const found = matching(rulesIn(file, absolute), path);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  return ruleFor;
}

function readRules(text: string, file: string): readonly Reading[] {
  return text.split('\n').flatMap((whole, at) => {
    const pattern = whole.replace(/\r$/, '').replace(/(?<!\\) +$/, '');
    if (pattern === '' || pattern.startsWith('#')) return [];
    const bare = pattern.replace(/^!/, '');
    const foldersOnly = bare.endsWith('/');
    return [{ file, line: at + 1, pattern, foldersOnly, expression: expressionOf(bare.replace(/\/$/, '')) }];
  });
}

function expressionOf(pattern: string): RegExp {
  const anchored = pattern.includes('/');
  const source = pattern
    .replace(/^\//, '')
    .replaceAll(/(^|\/)\*\*\/|\/\*\*$|\*+|\?|\[[!^]?\]?[^\]]*\]|\\(.)|[.+^${}()|[\]]/gs, (mark, slash, escaped) => {
      if (slash !== undefined) return `${slash}(?:.*/)?`;
      if (escaped !== undefined) return escaped.replace(/\W/, '\\$&');
      if (mark === '/**') return '/.*';
      if (mark.startsWith('*')) return '[^/]*';
      if (mark === '?') return '[^/]';
      return mark.length > 1 ? mark.replace(/^\[!/, '[^') : `\\${mark}`;
    });
  return new RegExp(`^${anchored ? '' : '(?:.*/)?'}${source}$`);
}
