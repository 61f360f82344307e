// What `.gitattributes` say of paths (Documentation/gitattributes.txt).
import type { Files } from '../../machine/index.ts';

/** Attribute → `set`, `unset` or its value; what is unspecified is not there. */
export type Attributes = ReadonlyMap<string, string>;

interface Rule {
  readonly folder: string;
  readonly pattern: string;
  readonly says: readonly string[];
}

interface Place {
  readonly files: Files;
  /** The top of the working tree. */
  readonly dir: string;
  readonly gitdir: string;
}

/** What is known of every repository: `binary` stands for three others. */
const builtIn: readonly (readonly [string, readonly string[]])[] = [['binary', ['-diff', '-merge', '-text']]];

/** @returns the attributes of a path, in the order in which git met their names. */
export function createAttributes({ files, dir, gitdir }: Place): (path: string) => Attributes {
  const byFolder = new Map<string, readonly Rule[]>();
  const macros = new Map(builtIn);
  const order = ['binary', 'diff', 'merge', 'text'];

  function read(file: string, folder: string): readonly Rule[] {
    if (!files.exists(file) || files.stat(file).type !== 'file') return [];
    return files
      .readText(file)
      .split('\n')
      .flatMap((line) => {
        const [, quoted, plain = '', rest = ''] = /^\s*(?:"((?:[^"\\]|\\.)*)"|(\S+))\s*(.*)$/.exec(line) ?? [];
        const pattern = quoted ?? plain;
        const says = rest.split(/\s+/).filter((word) => word !== '');
        if (pattern === '' || pattern.startsWith('#')) return [];
        for (const word of [...says]) {
          const name = nameOf(word);
          if (!order.includes(name)) order.push(name);
        }
        if (pattern.startsWith('[attr]')) {
          macros.set(pattern.slice('[attr]'.length), says);
          return [];
        }
        return [{ folder, pattern, says }];
      });
  }

  function rulesIn(folder: string): readonly Rule[] {
    const known = byFolder.get(folder) ?? read(`${dir}/${folder}.gitattributes`, folder);
    byFolder.set(folder, known);
    return known;
  }

  const own = read(`${gitdir}/info/attributes`, '');

  return (path) => {
    const parts = path.split('/').slice(0, -1);
    const folders = ['', ...parts.map((_, at) => `${parts.slice(0, at + 1).join('/')}/`)];
    const rules = [...folders.flatMap(rulesIn), ...own];
    const found = new Map<string, string>();
    const take = (word: string): void => {
      const name = nameOf(word);
      if (word.startsWith('!')) {
        found.delete(name);
        return;
      }
      const [, value] = /^[^=]+=(.*)$/.exec(word) ?? [];
      found.set(name, word.startsWith('-') ? 'unset' : (value ?? 'set'));
      if (!word.startsWith('-')) for (const one of macros.get(name) ?? []) take(one);
    };
    for (const { folder, pattern, says } of rules) if (isMeant(pattern, path.slice(folder.length))) says.forEach(take);
    return new Map([...found].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
  };
}

const nameOf = (word: string): string => word.replace(/^[-!]/, '').replace(/=.*/, '');

/** A pattern without a slash is about the last part of a path; `*` stays within one part, `**` does not. */
function isMeant(pattern: string, path: string): boolean {
  const inPath = pattern.replace(/\/$/, '').includes('/');
  const source = pattern
    .replace(/^\//, '')
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll(/\*\*\/|\/\*\*|\*|\?/g, (sign) =>
      sign === '**/' ? '(?:.*/)?' : sign === '/**' ? '/.*' : sign === '*' ? '[^/]*' : '[^/]',
    );
  return new RegExp(`^${source}$`).test(inPath ? path : path.slice(path.lastIndexOf('/') + 1));
}
