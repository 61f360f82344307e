// Lines of the fix's commit that change nothing: what was written anew and does the same, names that nothing uses, code that is left over.
import type { Commit, Desk, Repository, Words } from '../../sandbox/checks/index.ts';
import { BESIDE } from './origin.ts';
import { askedOfAll, whatItDoes } from './searches.ts';

export interface Idle {
  readonly path: string;
  readonly found: Words;
}

const PROGRAM = /\.[cm]?js$/;

/** What a commit changes does not change any more: each is asked once. */
const known = new Map<string, Promise<Idle | undefined>>();

/** The first lines of a commit of the fix that change nothing. */
export function idleLineOf(desk: Desk, origin: Repository, commit: Commit): Promise<Idle | undefined> {
  const found = known.get(commit.id) ?? idleLineIn(desk, origin, commit);
  known.set(commit.id, found);
  found.catch(() => known.delete(commit.id));
  return found;
}

async function idleLineIn(desk: Desk, origin: Repository, { id, changed }: Commit): Promise<Idle | undefined> {
  const texts = new Map<string, string>();
  for (const path of changed) {
    const text = PROGRAM.test(path) ? await origin.read(id, path) : undefined;
    if (text !== undefined) texts.set(path, text);
  }
  const programs = [...texts.keys()].filter((path) => !BESIDE.test(path));
  for (const path of programs) {
    const before = (await origin.read('refs/heads/main', path)) ?? '';
    const after = texts.get(path) ?? '';
    const found = leftOver(before, after) ?? unusedName(after, [...texts.values()]);
    if (found !== undefined) return { path, found };
  }
  const how = {
    targets: await askedOfAll(desk),
    withTests: changed.some((path) => BESIDE.test(path) && PROGRAM.test(path)),
  };
  for (const path of programs) {
    const found = await doesTheSame(desk, origin, { id, path, how });
    if (found !== undefined) return { path, found };
  }
  return undefined;
}

/** Lines of a file that differ: the first of them as it is now, what stands there and what stood there. */
interface Hunk {
  readonly first: number;
  readonly now: readonly string[];
  readonly old: readonly string[];
}

async function hunksOf(desk: Desk, commit: string, path: string): Promise<readonly Hunk[]> {
  const { stdout } = await desk.run(`git diff -U0 main ${commit} -- '${path}'`, { cwd: '/srv/git/seats.git' });
  return stdout
    .split(/^@@ /m)
    .slice(1)
    .map((text) => {
      const [head = '', ...lines] = text.split('\n');
      const [old = [], now = []] = ['-', '+'].map((sign) =>
        lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1)),
      );
      return { first: Number(/\+(\d+)/.exec(head)?.[1]), now, old };
    });
}

/** A line that ends as a statement does, and has signs of one: a sentence may end with `;` too. */
const CODE = /[=(){}].*;$|^(return|break|continue)\b.*;$|\{$/;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g;
const withoutSpaces = (lines: readonly string[]): string => lines.join('').replace(/\s+/g, '');
const codeOf = (lines: readonly string[]): string => withoutSpaces([lines.join('\n').replace(COMMENT, '')]);

/**
 * A stretch of lines with which the service, and the tests that came along, do what they do with those of `main`. Comments are free, and so
 * is what was only taken away: the fix may have made it useless. A line of real change beside a stretch makes it a part of that.
 */
async function doesTheSame(
  desk: Desk,
  origin: Repository,
  { id, path, how }: { readonly id: string; readonly path: string; readonly how: Parameters<typeof whatItDoes>[2] },
): Promise<Words | undefined> {
  if ((await origin.read('refs/heads/main', path)) === undefined) return undefined;
  const lines = (await origin.read(id, path))?.split('\n') ?? [];
  let does: string | undefined;
  for (const { first, now, old } of await hunksOf(desk, id, path)) {
    const last = first + now.length - 1;
    const place =
      first === last
        ? { es: `línea ${first}`, en: `line ${first}` }
        : { es: `líneas ${first} a ${last}`, en: `lines ${first} to ${last}` };
    if (old.length > 0 && withoutSpaces(old) !== '' && withoutSpaces(old) === withoutSpaces(now))
      return { es: `${place.es}: solo cambian los espacios`, en: `${place.en}: only spaces change` };
    if (codeOf(now) === '' || codeOf(now) === codeOf(old)) continue;
    does ??= await whatItDoes(desk, await desk.checkout(origin, id), how);
    const folder = await desk.checkout(origin, id);
    const put = [...lines.slice(0, first - 1), ...old, ...lines.slice(last)].join('\n').trimEnd();
    await desk.run(`cat > '${path}' <<'END-OF-FILE'\n${put}\nEND-OF-FILE`, { cwd: folder });
    if ((await whatItDoes(desk, folder, how)) === does)
      return old.length === 0
        ? {
            es: `${place.es}: sin eso, el servicio hace lo mismo`,
            en: `${place.en}: without that, the service does the same`,
          }
        : {
            es: `${place.es}: con lo de \`main\`, el servicio hace lo mismo`,
            en: `${place.en}: with what is on \`main\`, the service does the same`,
          };
  }
  return undefined;
}

/** A stop for a debugger; a comment with a line that ends as a statement does, or that `main` has as code; a statement that nothing reaches. */
export function leftOver(before: string, after: string): Words | undefined {
  if (/^\s*debugger\b/m.test(after)) return { es: 'un `debugger`', en: 'a `debugger`' };
  const code = new Set(before.split('\n').map((line) => line.trim()));
  for (const [comment] of after.matchAll(COMMENT)) {
    if (before.includes(comment)) continue;
    const lines = comment.split('\n').map((line) => line.replace(/^\s*(\/\/|\/?\*+)|\*\/$/g, '').trim());
    const line = lines.find((one) => CODE.test(one) || (one.length > 3 && code.has(one)));
    if (line === undefined) continue;
    const shown = line.slice(0, 50);
    return { es: `un comentario que es código: \`${shown}\``, en: `a comment that is code: \`${shown}\`` };
  }
  const dead = /^( *|\t*)return\b.*;\n\s*^\1(?!function\b|case\b|default\b)(\w.*)/m.exec(
    after.replace(COMMENT, ''),
  )?.[2];
  if (dead === undefined) return undefined;
  const shown = dead.slice(0, 50);
  return { es: `detrás de un \`return\`: \`${shown}\``, en: `behind a \`return\`: \`${shown}\`` };
}

/** A name that a program declares and that nothing uses, there or in what was changed with it. */
export function unusedName(text: string, all: readonly string[]): Words | undefined {
  const code = all.map((one) => one.replace(COMMENT, '')).join('\n');
  const name = declaredIn(text.replace(COMMENT, '')).find((one) => usesOf(code, one) <= 1);
  return name === undefined ? undefined : { es: `\`${name}\` no se usa`, en: `\`${name}\` is not used` };
}

/** Names of variables, functions, classes and imports. Beside `...rest` a name may stand only to be left out of the rest. */
function declaredIn(code: string): readonly string[] {
  // Who imports a default gives it a name, and a function that is handed over has its own for stack traces.
  const variables = [...code.matchAll(/\b(?:const|let|var)\s+([\w$]+)/g)];
  const statements = [...code.matchAll(/^\s*(?:export\s+)?(?:class|(?:async\s+)?function\s*\*?)\s+([\w$]+)/gm)];
  const single = [...variables, ...statements].map(([, name = '']) => name);
  const several = [...code.matchAll(/\b(?:const|let|var|import)\s*[{[]([^{}[\]]*)[}\]]/g)]
    .filter(([, list = '']) => !list.includes('...'))
    .flatMap(([, list = '']) => list.split(','))
    .map((item) =>
      item
        .replace(/=.*/s, '')
        .replace(/^.*(:|\bas\b)/s, '')
        .trim(),
    );
  const whole = [...code.matchAll(/\bimport\s+(?:\*\s+as\s+)?([\w$]+)\s+from\b/g)].map(([, name = '']) => name);
  return [...single, ...several, ...whole].filter((name) => /^[A-Za-z$][\w$]*$/.test(name));
}

/** How often a name stands in code where it is neither a property, nor all of a string, nor a word of `import`. */
function usesOf(code: string, name: string): number {
  const word = name.replaceAll('$', '\\$');
  const asked = code.replace(/\bfrom\s*(?=["'])/g, '').replace(new RegExp(`(["'\`])${word}\\1`, 'g'), '');
  return asked.match(new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${word}(?![\\w$])`, 'g'))?.length ?? 0;
}
