// What is judged of the challenge: what git stops seeing.
import { type Check, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { pushed, SECRET, type Stray, strayOfTidy, TIDY, takenOut, tookAlong } from './origin.ts';
import { counted } from './searches.ts';
import { words } from './words.ts';

/** Files that somebody adds tomorrow, of every kind that belongs into the repository. */
const NEW = [
  'offers.mjs',
  'offers.json',
  'offers.sh',
  'package-lock.json',
  'environment.mjs',
  'docs/offers.md',
  'test/offers.test.mjs',
  '.github/workflows/ci.yml',
];

function hides(path: string, list: string): Verdict {
  const line = path === '.gitignore' ? hidesItself(list) : undefined;
  return failed({
    expected: { es: 'que git siga viendo los demás archivos', en: 'git to see the other files still' },
    found: {
      es: `en una carpeta nueva, \`${path}\` no sale en \`git status\``,
      en: `in a new folder, \`${path}\` is not in \`git status\``,
    },
    where: { file: 'seats/.gitignore' },
    next:
      line === undefined
        ? {
            es: 'Nombra solo lo que no debe viajar: `.env` y `node_modules/`.',
            en: 'Name only what must not travel: `.env` and `node_modules/`.',
          }
        : itself(line),
  });
}

/** What a line of a `.gitignore` means that was meant to name `.env`, and does not; undefined when there is none. */
function meansOther(text: string): Words | undefined {
  const line = text
    .split('\n')
    .find((one) => /^\s*\.env(\/|\s*#)/.test(one))
    ?.trim();
  if (line === undefined) return undefined;
  return line.includes('#')
    ? {
        es: `\`#\` solo abre un comentario al principio de la línea: \`${line.slice(0, 40)}\` es un nombre entero. Escribe solo \`.env\`.`,
        en: `\`#\` begins a comment only at the start of a line: \`${line.slice(0, 40)}\` is one whole name. Write \`.env\` only.`,
      }
    : {
        es: `Con la barra al final, \`${line.slice(0, 40)}\` nombra una carpeta, y \`.env\` es un archivo: quita la barra.`,
        en: `With the slash at its end, \`${line.slice(0, 40)}\` names a folder, and \`.env\` is a file: take the slash away.`,
      };
}

/** The line by which a `.gitignore` hides itself; undefined when none does. */
const hidesItself = (text: string): string | undefined =>
  text.split('\n').find((line) => /^\/?(\.git(ignore|\*)|\.\*|\*)\s*$/.test(line));

/** What to do with a `.gitignore` that git does not see by a line of its own. */
const itself = (line: string): Words => ({
  es: `La línea \`${line.trim()}\` de \`.gitignore\` lo esconde a él también, y git no lo añade. Bórrala: el archivo tiene que llegar a quien clona.`,
  en: `The line \`${line.trim()}\` of \`.gitignore\` hides that file too, and git does not add it. Delete it: the file has to reach those who clone.`,
});

const NO_LIST: Words = {
  es: 'El archivo `.gitignore` tiene que estar en el commit: solo así llega a quien clona.',
  en: 'The file `.gitignore` has to be in the commit: only then does it reach those who clone.',
};

/** What to write into a `.gitignore` that lets git see what it should not. */
function lacksIn(seen: readonly string[]): Words {
  const names = ['.env', 'node_modules/'].filter((name) => seen.some((path) => path.startsWith(name)));
  const lines = names.map((name) => `\`${name}\``);
  return {
    es: `A \`.gitignore\` ${lines.length > 1 ? 'le faltan' : 'le falta'} ${lines.join(' y ')}, cada nombre solo en su línea. Después: \`git commit -a --amend --no-edit\` y \`git push --force\`.`,
    en: `\`.gitignore\` lacks ${lines.join(' and ')}, each name alone on its line. Then: \`git commit -a --amend --no-edit\`, \`git push --force\`.`,
  };
}

const anotherPurpose = ({ path, line }: Stray, command: string): Verdict =>
  failed({
    expected: {
      es: 'un commit que solo cambia lo que git deja de ver',
      en: 'a commit that changes only what git stops seeing',
    },
    found:
      line === undefined
        ? { es: `cambia también \`${path}\``, en: `it changes \`${path}\` as well` }
        : {
            es: `en \`${path}\` cambia también «${line.trim().slice(0, 60)}»`,
            en: `in \`${path}\` it changes “${line.trim().slice(0, 60)}” as well`,
          },
    where: { command: `git show ${line === undefined ? '--stat ' : ''}${TIDY}` },
    next:
      line === undefined
        ? {
            es: `En \`${TIDY}\`: \`${command}\`, \`git commit --amend --no-edit\` y \`git push --force\`.`,
            en: `On \`${TIDY}\`: \`${command}\`, \`git commit --amend --no-edit\`, then \`git push --force\`.`,
          }
        : {
            es: `Eso es otro propósito. En \`${TIDY}\`, deja esa línea como en \`main\`: \`git add ${path}\`, \`git commit --amend --no-edit\`, \`git push --force\`.`,
            en: `That is another purpose. On \`${TIDY}\`, leave that line as on \`main\`: \`git add ${path}\`, \`git commit --amend --no-edit\`, \`git push --force\`.`,
          },
  });

export const ignored: Check = {
  id: 'd02-c8',
  goal: words(
    `origin tiene ${TIDY}: un commit sobre main con el que git ya no ve .env ni node_modules, y que no cambia nada más`,
    `origin has ${TIDY}: one commit on main that makes git stop seeing .env and node_modules, and changes nothing else`,
  ),
  kind: 'git',
  async run(desk) {
    const origin = await pushed(desk, TIDY);
    const commits = await origin.commits(`refs/heads/${TIDY}`, 'refs/heads/main');
    const folder = await desk.checkout(origin, `refs/heads/${TIDY}`);
    const { stdout } = await desk.run(
      // As it is for a colleague: what git ignores on this machine only does not count.
      `git init -q; mkdir -p node_modules/left docs test .github/workflows; touch .env ${NEW.join(' ')} node_modules/left/pad.js; git -c core.excludesFile=/dev/null status --short`,
      { cwd: folder },
    );
    const listed = stdout.split('\n').map((line) => line.slice(3));
    const seen = listed.filter((path) => SECRET.test(path));
    const lists = await origin.read(`refs/heads/${TIDY}`, '.gitignore');
    const belongs = [...NEW, ...(lists === undefined ? [] : ['.gitignore'])];
    // Of a new folder only the name is listed.
    const hidden = belongs.find((path) => !listed.includes(path.replace(/\/.*/, '/')));
    if (seen.length === 0 && hidden !== undefined) return hides(hidden, lists ?? '');
    const [commit] = commits;
    if (commit !== undefined && commits.length === 1 && seen.length === 0) {
      const stray = await strayOfTidy(origin, commit);
      return stray === undefined ? passed : anotherPurpose(stray, (await takenOut(origin, stray.path)).command);
    }
    const own = lists === undefined && desk.exists('seats/.gitignore') ? desk.text('seats/.gitignore') : '';
    const line = hidesItself(own);
    return failed({
      expected: {
        es: 'un commit, y ni `.env` ni `node_modules/` en `git status`',
        en: 'one commit, and neither `.env` nor `node_modules/` in `git status`',
      },
      found: {
        es: `${counted(commits.length, 'commit')}; git ve: ${seen.join(' ') || 'nada de eso'}`,
        en: `${counted(commits.length, 'commit')}; git sees: ${seen.join(' ') || 'none of them'}`,
      },
      where: { file: 'seats/.gitignore' },
      next:
        line !== undefined
          ? itself(line)
          : commits.length === 1
            ? (meansOther(lists ?? '') ?? (lists === undefined ? NO_LIST : lacksIn(seen)))
            : ((await tookAlong(desk, TIDY, commits)) ?? {
                es: `Parte de \`main\`: \`git switch main\`, \`git switch -c ${TIDY}\`. Un solo commit, con \`.gitignore\`.`,
                en: `Start from \`main\`: \`git switch main\`, \`git switch -c ${TIDY}\`. One single commit, with \`.gitignore\`.`,
              }),
    });
  },
};
