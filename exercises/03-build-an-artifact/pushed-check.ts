import {
  type Check,
  CheckStop,
  type Desk,
  failed,
  passed,
  type Verdict,
  verdictOf,
  type Words,
} from '../../sandbox/checks/index.ts';
import { artifactOf, build, clone, script, secretIn, startsInCleanRoom, words } from './build.ts';

const BRANCH = 'build/artifact';

export const shared: Check = {
  id: 'd03-c8',
  goal: words(
    `La rama ${BRANCH} de origin tiene este build, sin secretos ni lo que genera, y da un artefacto que arranca`,
    `The branch ${BRANCH} of origin has this build, no secret and nothing that it makes, and gives an artifact that starts`,
  ),
  kind: 'git',
  async run(desk) {
    const origin = await desk.git.origin('seats');
    if ((await origin?.resolve(`refs/heads/${BRANCH}`)) === undefined)
      throw new CheckStop(notPushed(words('no está esa rama', 'there is no such branch')));
    const paths = (await origin?.paths(`refs/heads/${BRANCH}`)) ?? [];
    const source = await clone(desk, 'https://git.ventarela.test/seats.git', 'origin', BRANCH);
    const secret = paths.find((path) => /(^|\/)\.env$/.test(path)) ?? (await secretIn(desk, source));
    if (secret !== undefined) return holdsSecret(secret);
    const made = paths.find((path) => /^(dist|node_modules)\/|\.(tgz|tar\.gz)$/.test(path));
    if (made !== undefined) return holdsWhatIsMade(made);
    const verdict = await orVerdict(() => startsFrom(desk, source));
    const { stdout: status } = await desk.run('git status --short', { cwd: source });
    const { stdout: differing } = await desk.run(`git fetch -q origin ${BRANCH} && git diff --name-only FETCH_HEAD`, {
      cwd: 'seats',
    });
    // What is pushed as it stands here is judged by the other checks. What the build itself rewrites differs by that.
    const others = differing.split('\n').filter((path) => path !== '' && !status.includes(` ${path}\n`));
    if (others.length > 0) {
      const names = others.slice(0, 4).join(', ');
      return notPushed(words(`no es como aquí: ${names}`, `this is not as here: ${names}`));
    }
    if (!verdict.passed) {
      const { es, en } = verdict.found;
      return { ...notPushed(words(firstOf(es), firstOf(en))), next: isItTheBuild };
    }
    const [change] = status.trimEnd().split('\n');
    if (change) return leavesChanges(change);
    const { stdout: open } = await desk.run('git status --porcelain .env', { cwd: 'seats' });
    return open === '' ? passed : nobodyIgnoresIt();
  },
};

async function startsFrom(desk: Desk, source: string): Promise<Verdict> {
  return startsInCleanRoom(desk, artifactOf(await build(desk, source)), words(`en ${BRANCH}`, `on ${BRANCH}`));
}

/** What was found, without what was said: another goal tells that in full. */
const firstOf = (found: string): string => found.split(';')[0] ?? '';

/** A verdict, also where the judging stops with one. */
async function orVerdict(judge: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await judge();
  } catch (error) {
    const verdict = verdictOf(error);
    if (verdict !== undefined) return verdict;
    throw error;
  }
}

const isItTheBuild = words(
  'Si falla también la primera meta de este paso, empieza por ella. Si no, mira `git status`: algo falta en el commit.',
  'If the first goal of this step fails too, begin there. If not, look at `git status`: something is missing from the commit.',
);

function notPushed(found: Words) {
  return failed({
    expected: words(
      `en origin, \`${BRANCH}\` con todo lo que el build necesita`,
      `on origin, \`${BRANCH}\` with all that the build needs`,
    ),
    found: words(`en origin, ${found.es}`, `on origin, ${found.en}`),
    where: { command: `git push origin ${BRANCH}` },
    next: words(
      'Mira `git status`: ¿están en el commit `build.sh`, `package.json` y `package-lock.json`? Después, `git push`.',
      'Look at `git status`: are `build.sh`, `package.json` and `package-lock.json` in the commit? Then `git push`.',
    ),
  });
}

function holdsSecret(path: string) {
  return failed({
    expected: words(`en \`${BRANCH}\`, ningún secreto`, `on \`${BRANCH}\`, no secret`),
    found: words(`el commit lleva \`${path}\``, `the commit holds \`${path}\``),
    where: { file: 'seats/.gitignore' },
    next: words(
      `A cualquiera le pasa: lo enviado ya lo conocen otros, así que en la empresa avisas y se cambia la clave. Aquí: \`git rm --cached ${path}\`, nómbralo en \`.gitignore\`, commit y push.`,
      `It happens to anybody: others know by now what was pushed, so at work you tell them and the key is changed. Here: \`git rm --cached ${path}\`, name it in \`.gitignore\`, commit, push.`,
    ),
  });
}

function nobodyIgnoresIt() {
  return failed({
    expected: words('git no mira tu `.env`, que lleva una clave', 'git overlooks your `.env`, which holds a key'),
    found: words('`git status` muestra `?? .env`', '`git status` shows `?? .env`'),
    where: { file: 'seats/.gitignore' },
    next: words(
      'Devuelve `.env` a `.gitignore` (un solo `>` escribe el archivo de nuevo; `>>` añade), haz commit y envíalo.',
      'Put `.env` back into `.gitignore` (one `>` overwrites the file; `>>` adds), commit and push.',
    ),
  });
}

function holdsWhatIsMade(path: string) {
  const named = path.startsWith('node_modules/') ? 'node_modules/' : 'dist/';
  const top = /^(dist|node_modules)\//.exec(path)?.[1] ?? path;
  return failed({
    expected: words(
      `en \`${BRANCH}\`, solo aquello de lo que sale el artefacto`,
      `on \`${BRANCH}\`, only what the artifact is made from`,
    ),
    found: words(`el commit lleva \`${path}\``, `the commit holds \`${path}\``),
    where: { file: 'seats/.gitignore' },
    next: words(
      `Escribe \`${named}\` en \`.gitignore\`, sácalo con \`git rm -r --cached ${top}\`, haz otro commit y envíalo.`,
      `Write \`${named}\` into \`.gitignore\`, take it out with \`git rm -r --cached ${top}\`, make another commit and push it.`,
    ),
  });
}

/** What the learner wrote, or npm for them: a build has no business there. */
const SOURCES = /(^|[ /])(package(-lock)?\.json|build\.sh|trips\.json|\.gitignore|README\.md|[\w-]+\.mjs)$/;

function leavesChanges(change: string) {
  if (/^[ MD]{2}/.test(change) && SOURCES.test(change)) return rewritesSources(change);
  return failed({
    expected: words('después del build, `git status` no muestra nada', 'after the build, `git status` shows nothing'),
    found: words(`en un clon muestra \`${change.trim()}\``, `in a clone it shows \`${change.trim()}\``),
    where: { file: 'seats/.gitignore' },
    next: words(
      'Lo que genera el build se nombra en `.gitignore`. Si ya está en un commit, sácalo: `git rm --cached NOMBRE`.',
      'What the build makes is named in `.gitignore`. If a commit holds it already, take it out: `git rm --cached NAME`.',
    ),
  });
}

function rewritesSources(change: string) {
  return failed({
    expected: words('después del build, `git status` no muestra nada', 'after the build, `git status` shows nothing'),
    found: words(
      `el build cambia un archivo del commit: \`${change.trim()}\``,
      `the build changes a file of the commit: \`${change.trim()}\``,
    ),
    where: script,
    next: words(
      'El build lee esos archivos y no los escribe: `npm ci` no los toca. Lo demás, hazlo en una copia.',
      'The build reads those files and does not write them: `npm ci` leaves them alone. Do the rest in a copy.',
    ),
  });
}
