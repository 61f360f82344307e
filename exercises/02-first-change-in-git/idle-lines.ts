// Lines of the fix's commit that change nothing: what was written anew, or added, and does the same; code that is left over in a comment.
import { type Commit, type Desk, onDemand, type Repository, type Words } from '../../sandbox/checks/index.ts';
import { BESIDE } from './origin.ts';
import { askedOfAll, whatItDoes } from './searches.ts';

export interface Idle {
  readonly path: string;
  readonly found: Words;
}

const PROGRAM = /\.[cm]?js$/;

/** The first lines of a commit of the fix that change nothing. */
export async function idleLineOf(desk: Desk, origin: Repository, { id, changed }: Commit): Promise<Idle | undefined> {
  const programs = changed.filter((path) => PROGRAM.test(path) && !BESIDE.test(path));
  const how = {
    targets: await askedOfAll(desk),
    withTests: changed.some((path) => BESIDE.test(path) && PROGRAM.test(path)),
  };
  for (const path of programs) {
    const after = await origin.read(id, path);
    if (after === undefined) continue;
    const before = await origin.read('refs/heads/main', path);
    const found = codeInComment(before ?? '', after) ?? (await doesTheSame(desk, origin, { id, path, after, how }));
    if (found !== undefined) return { path, found };
  }
  return undefined;
}

/** Lines of a file: the first of them, counted from 1, as they are now and what is to stand there instead. */
interface Stretch {
  readonly first: number;
  readonly now: readonly string[];
  readonly old: readonly string[];
}

/** Where a file differs from that of `main`, with what stood there. */
async function hunksOf(desk: Desk, commit: string, path: string): Promise<readonly Stretch[]> {
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

/** A line that decides what comes next may be there for whoever reads it; the end of a block, and a comment, are no statements. */
const NO_STATEMENT =
  /^\s*($|[^\w$\s]|(if|else|for|while|do|switch|case|default|try|catch|finally|return|break|continue|throw)\b)/;
const indentOf = (line: string | undefined): number => line?.search(/\S|$/) ?? 0;

/** The statements among lines that were added, as they are laid out: each with the lines below it that stand deeper, and the end of its block. */
export function statementsOf({ first, now }: Stretch): readonly Stretch[] {
  return now.flatMap((line, at) => {
    const indent = indentOf(line);
    const above = now[at - 1] ?? '';
    const isReached = indentOf(above) !== indent || !/^\s*return\b.*;$/.test(above);
    if (NO_STATEMENT.test(line) && (isReached || !/^\s*\w/.test(line))) return [];
    let end = at + 1;
    while (end < now.length && (now[end]?.trim() === '' || indentOf(now[end]) > indent)) end++;
    if (/^\s*[)\]}]/.test(now[end] ?? '') && indentOf(now[end]) === indent) end++;
    // What ends so is an entry of a list.
    if (now[end - 1]?.endsWith(',')) return [];
    return [{ first: first + at, now: now.slice(at, end), old: [] }];
  });
}

/** A line that ends as a statement does, and has signs of one: a sentence may end with `;` too. */
const CODE = /[=(){}].*;$|^(return|break|continue)\b.*;$|\{$/;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g;
const withoutSpaces = (lines: readonly string[]): string => lines.join('').replace(/\s+/g, '');
const withoutComments = (lines: readonly string[]): string => lines.join('\n').replace(COMMENT, '');
const codeOf = (lines: readonly string[]): string => withoutSpaces([withoutComments(lines)]);

/**
 * What can be put back as it is on `main`, or left out, while the service, and the tests that came along, do what they do. Comments are free,
 * and so is what was only taken away: the fix may have made it useless.
 */
async function doesTheSame(
  desk: Desk,
  origin: Repository,
  {
    id,
    path,
    after,
    how,
  }: Readonly<Record<'id' | 'path' | 'after', string>> & { readonly how: Parameters<typeof whatItDoes>[2] },
): Promise<Words | undefined> {
  const lines = after.split('\n');
  const does = onDemand(async () => whatItDoes(desk, await desk.checkout(origin, id), how));
  for (const hunk of await hunksOf(desk, id, path)) {
    for (const { first, now, old } of [hunk, ...statementsOf(hunk)]) {
      const last = first + now.length - 1;
      const place =
        first === last
          ? { es: `línea ${first}`, en: `line ${first}` }
          : { es: `líneas ${first} a ${last}`, en: `lines ${first} to ${last}` };
      if (old.length > 0 && withoutSpaces(old) !== '' && withoutSpaces(old) === withoutSpaces(now))
        return { es: `${place.es}: solo cambian los espacios`, en: `${place.en}: only spaces change` };
      if (codeOf(now) === '' || codeOf(now) === codeOf(old)) continue;
      if (onlyRenamed(old, now)) continue;
      const folder = await desk.checkout(origin, id);
      const put = [...lines.slice(0, first - 1), ...old, ...lines.slice(last)].join('\n').trimEnd();
      await desk.run(`cat > '${path}' <<'END-OF-FILE'\n${put}\nEND-OF-FILE`, { cwd: folder });
      if ((await whatItDoes(desk, folder, how)) !== (await does())) continue;
      const shown = `\`${now.join('\n').trim().split('\n')[0]?.slice(0, 30)}\``;
      return old.length === 0
        ? {
            es: `${place.es}, ${shown}: sin eso, el servicio hace lo mismo`,
            en: `${place.en}, ${shown}: without that, the service does the same`,
          }
        : {
            es: `${place.es}: con lo de \`main\`, el servicio hace lo mismo`,
            en: `${place.en}: with what is on \`main\`, the service does the same`,
          };
    }
  }
  return undefined;
}

const NAME = /(?<![.\w$'"`])[A-Za-z_$][\w$]*|./g;
const KEYWORD = /^(const|let|var|function|async|await|return|if|else|for|while|new|null|undefined|true|false)$/;

/** Whether lines are those of `main` with other names for its functions and variables: where all is as it was, they are changed everywhere. */
export function onlyRenamed(old: readonly string[], now: readonly string[]): boolean {
  const [was = [], is = []] = [old, now].map((lines) => withoutComments(lines).match(NAME) ?? []);
  const names = new Map(was.flatMap((name, at) => (name === is[at] ? [] : [[name, is[at] ?? '']])));
  return (
    was.length === is.length &&
    [...names].flat().every((name) => /^[A-Za-z_$]/.test(name) && !KEYWORD.test(name)) &&
    was.every((name, at) => (names.get(name) ?? name) === is[at])
  );
}

/** A comment with a line that ends as a statement does, or that `main` has as code. */
export function codeInComment(before: string, after: string): Words | undefined {
  const code = new Set(before.split('\n').map((line) => line.trim()));
  for (const [comment] of after.matchAll(COMMENT)) {
    if (before.includes(comment)) continue;
    const lines = comment.split('\n').map((line) => line.replace(/^\s*(\/\/|\/?\*+)|\*\/$/g, '').trim());
    const line = lines.find((one) => CODE.test(one) || (one.length > 3 && code.has(one)));
    if (line === undefined) continue;
    const shown = line.slice(0, 50);
    return { es: `un comentario que es código: \`${shown}\``, en: `a comment that is code: \`${shown}\`` };
  }
  return undefined;
}
