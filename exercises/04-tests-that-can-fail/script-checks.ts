// What is judged of the suite as it is run and pushed: that it was seen red, and that the branch holds it and nothing else.
import {
  type Check,
  CheckStop,
  type Commit,
  type Desk,
  failed,
  passed,
  type Repository,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';
import { slipIn } from './slip.ts';
import { twice } from './steady-checks.ts';
import { BRANCH, benchOf, byScript, CLEAN_TMP, failsThere, isTheirs, onItsBranch } from './suite.ts';
import { words } from './words.ts';

export const ranOnce: Check = {
  id: 'd04-c5',
  goal: words(
    'La suite se ha ejecutado en la terminal, y alguna vez ha fallado una prueba',
    'The suite has been run in the terminal, and a test has failed once',
  ),
  kind: 'log',
  run(desk) {
    // What node ended with, for test.sh itself may still hide it.
    const suites = new Set(
      desk.log.flatMap((entry) =>
        entry.type === 'ProcessStarted' && /^node .*--test\b/.test(entry.command) ? [entry.pid] : [],
      ),
    );
    const codes = desk.log.flatMap((entry) =>
      entry.type === 'ProcessEnded' && suites.has(entry.pid) ? [entry.exitCode] : [],
    );
    if (codes.some((code) => code !== 0)) return passed;
    return failed({
      expected: words(
        '`bash test.sh` ejecutado, también con el servicio estropeado',
        '`bash test.sh` run, also with the service broken',
      ),
      found:
        codes.length === 0
          ? words('todavía no', 'not yet')
          : words('todas las pruebas han pasado siempre', 'all tests have passed each time'),
      where: { command: 'bash test.sh' },
      next:
        codes.length === 0
          ? words('En `seats`: `bash test.sh` y después `echo $?`.', 'In `seats`: `bash test.sh`, then `echo $?`.')
          : words(
              'Quita el `return` de `search`, en `booking.mjs`, guarda y ejecuta `bash test.sh` otra vez.',
              'In `booking.mjs`, delete the `return` of `search`, save, and run `bash test.sh` again.',
            ),
    });
  },
};

export const shared: Check = {
  id: 'd04-c8',
  goal: words(
    `La rama ${BRANCH} de origin lleva la suite y nada más, sin .env y sin mover main; test.sh pasa allí y en tu carpeta`,
    `The branch ${BRANCH} of origin holds the suite and nothing else, no .env, with main as it was; test.sh passes there and here`,
  ),
  kind: 'git',
  async run(desk) {
    const origin = await desk.git.origin('seats');
    const notThere = (found: ReturnType<typeof words>) =>
      failed({
        expected: words(
          `en origin, \`${BRANCH}\` con tus pruebas y \`test.sh\``,
          `on origin, \`${BRANCH}\` with your tests and \`test.sh\``,
        ),
        found,
        where: { command: `git push -u origin ${BRANCH}` },
        next: words(
          `\`git status\`, \`git add test test.sh\`, \`git commit\` y \`git push -u origin ${BRANCH}\`.`,
          `\`git status\`, \`git add test test.sh\`, \`git commit\` and \`git push -u origin ${BRANCH}\`.`,
        ),
      });
    if (origin === undefined || (await origin.resolve(`refs/heads/${BRANCH}`)) === undefined)
      throw new CheckStop(notThere(words('esa rama no está', 'that branch is not there')));
    await onItsBranch(desk);
    const folder = '/tmp/clone/seats';
    await desk.run(`git clone -q -b ${BRANCH} https://git.ventarela.test/seats.git ${folder}`);
    const { stdout: differing } = await desk.run(
      `diff -rq ~/seats/test ${folder}/test; diff -q ~/seats/test.sh ${folder}/test.sh`,
    );
    const [first = ''] = differing.trim().split('\n');
    if (first !== '') {
      const name = /(\w[\w.-]*\.(?:mjs|js|sh))/.exec(first)?.[1] ?? 'test';
      return notThere(words(`\`${name}\` no es igual al de tu carpeta`, `\`${name}\` is not the one in your folder`));
    }
    const more = await moreThanTests(desk, origin);
    if (more !== undefined) return more;
    // With their service in it, the folder is as the copy in which the suite is tried.
    const here = (await isTheirs(desk, 'seats'))
      ? (await twice(await benchOf(desk))).first
      : await byScript(desk, 'seats', CLEAN_TMP);
    if (here.exitCode !== 0) return failsThere(desk, 'seats', here, words('en tu carpeta', 'in your folder'));
    const there = await byScript(desk, folder, CLEAN_TMP);
    if (there.exitCode === 0) return passed;
    return slipIn(there) ?? failsThere(desk, folder, there, words(`en \`${BRANCH}\``, `on \`${BRANCH}\``));
  },
};

/** What was pushed beside the suite: `main` too, the key, what is no part of the suite. */
async function moreThanTests(desk: Desk, origin: Repository): Promise<Verdict | undefined> {
  const was = desk.log.flatMap((one) =>
    one.type === 'RefUpdated' && one.ref === 'refs/heads/main' ? [one.to] : [],
  )[0];
  const now = await origin.resolve('refs/heads/main');
  const beside = (found: Words, next: Words, command = `git diff --stat origin/main origin/${BRANCH}`) =>
    failed({
      expected: words(
        `en \`${BRANCH}\`, tus pruebas y \`test.sh\`; lo demás, como estaba`,
        `on \`${BRANCH}\` your tests and \`test.sh\`; the rest as it was`,
      ),
      found,
      where: { command },
      next,
    });
  if (was !== now) {
    const back = `\`git push --force origin ${was?.slice(0, 7)}:main\``;
    return beside(
      words('`main` de origin también se ha movido', '`main` on origin has moved too'),
      words(
        `Devuélvela a su sitio: ${back}. De verdad, antes se habla con el equipo: otros construyen sobre \`main\`.`,
        `Put it back: ${back}. In real life, talk to the team first: others build on \`main\`.`,
      ),
    );
  }
  const commits = await origin.commits(`refs/heads/${BRANCH}`, 'refs/heads/main');
  const secret = commits
    .flatMap(({ changed }) => changed)
    .find((path) => /(^|\/)(\.env|node_modules)(\/|$)/.test(path));
  if (secret !== undefined)
    return beside(
      words(`\`${secret}\`, en un commit enviado`, `\`${secret}\`, in a pushed commit`),
      words(
        '`git reset origin/main`, `git add test test.sh`, un commit nuevo y `git push --force` en tu rama. De verdad, además, esa clave se cambia.',
        '`git reset origin/main`, `git add test test.sh`, a new commit, then `git push --force` on your branch. In real life that key is changed as well.',
      ),
      // It may be gone from the last commit, and is still there to be read.
      `git log --stat origin/main..origin/${BRANCH}`,
    );
  for (const path of new Set(commits.flatMap(({ changed }) => changed))) {
    const [pushed, original] = await Promise.all(
      [BRANCH, 'main'].map((branch) => origin.read(`refs/heads/${branch}`, path)),
    );
    if (pushed === original || BELONGS.test(path)) continue;
    if (original === undefined && (await isImported(origin, path, commits))) continue;
    if (original === undefined)
      return beside(
        words(`\`${path}\`, que no es de las pruebas`, `\`${path}\`, which is no part of the tests`),
        words(
          `Sácalo de la rama: \`git rm --cached ${path}\`, otro commit y \`git push\`.`,
          `Take it off the branch: \`git rm --cached ${path}\`, another commit, and \`git push\`.`,
        ),
      );
    return beside(
      words(`otro \`${path}\` que en \`main\``, `another \`${path}\` than on \`main\``),
      words(
        `Probar no cambia lo demás: \`git restore --source=origin/main ${path}\`, otro commit y \`git push\`.`,
        `To test changes nothing else: \`git restore --source=origin/main ${path}\`, another commit, and \`git push\`.`,
      ),
    );
  }
  return undefined;
}

/** What a suite is made of: where node looks for tests, the folders of what helps them, how they are started, what they leave. */
const BELONGS =
  /^(test\.sh|package\.json|\.gitignore)$|(^|\/)(tests?|testing|fixtures)\/|([._-]test|(^|\/)test(-[^/]*)?)\.[cm]?js$/;

/** Whether a program or data of the branch is named by a test, or by what a test uses. */
async function isImported(origin: Repository, path: string, commits: readonly Commit[]): Promise<boolean> {
  if (!/\.([cm]?js|json)$/.test(path)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const others = commits.flatMap(({ changed }) => changed).filter((other) => other !== path);
  const texts = await Promise.all(others.map((other) => origin.read(`refs/heads/${BRANCH}`, other)));
  return texts.some((text) => text?.includes(name));
}
