// What is judged of the workflow: on the learner's own pull request, on main, and by how often it runs.
import {
  type Check,
  CheckStop,
  type Desk,
  failed,
  passed,
  type Star,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';
import {
  BUILD_SCRIPT,
  BUILT,
  jobThat,
  keptBy,
  notYetChecked,
  ownPulls,
  passedTests,
  type Run,
  ranTests,
  runsFor,
  runsOf,
  SEATS,
  same,
  TESTED,
  testsWaited,
  unchecked,
  unreported,
  words,
} from './forge.ts';
import { greenApart, smallCoachesOnly } from './unseen.ts';

const IF_MERGED = words(
  'Si ya fusionaste, con otro pull request de una rama nueva: `git switch main && git pull && git switch -c gate/fix`.',
  'If you have merged, in another pull request from a new branch: `git switch main && git pull && git switch -c gate/fix`.',
);

/** Where the workflow says which events start it. */
const WHAT_STARTS_IT = { file: 'seats/.github/workflows/ci.yml', line: 3 };

const thatFailed = <One extends { readonly conclusion: string }>(all: readonly One[]): One | undefined =>
  all.find(({ conclusion }) => conclusion === 'failure');

/** The learner's newest request for which something ran, or the verdict that says what is missing. */
function ownRun(desk: Desk): Run {
  const pulls = ownPulls(desk);
  for (const { headCommit } of pulls) {
    const mine = runsFor(desk, headCommit);
    const best = mine.find(ranTests) ?? mine.at(-1);
    if (best === undefined) continue;
    const [problem] = best.problems;
    if (problem !== undefined && best.record.jobs.length === 0) throw new CheckStop(unreadable(best, problem));
    return best;
  }
  const [pull] = pulls;
  throw new CheckStop(
    failed({
      expected: words('un pull request tuyo con una ejecución', 'a pull request of yours with a run'),
      found:
        pull === undefined
          ? words('no has abierto ningún pull request', 'you have opened no pull request')
          : words(
              `#${pull.number} (${pull.state}): no se ha ejecutado nada para él`,
              `#${pull.number} (${pull.state}): nothing has run for it`,
            ),
      where: pull === undefined ? { command: 'gh pr create' } : WHAT_STARTS_IT,
      next:
        pull === undefined
          ? words(
              'En la rama `ci/gate`: `git add .github`, commit, `git push -u origin ci/gate` y `gh pr create`.',
              'On the branch `ci/gate`: `git add .github`, commit, `git push -u origin ci/gate` and `gh pr create`.',
            )
          : words(
              `¿Está \`pull_request\` en \`on\`, sin \`paths\`, \`types\` ni \`branches\`? ${pull.state === 'OPEN' ? 'Cámbialo, haz commit y `git push` otra vez.' : IF_MERGED.es}`,
              `Is \`pull_request\` under \`on\`, with no \`paths\`, \`types\` or \`branches\`? ${pull.state === 'OPEN' ? 'Change it, commit, and `git push` again.' : IF_MERGED.en}`,
            ),
    }),
  );
}

function unreadable({ number, record }: Run, { line, message }: Run['problems'][number]) {
  return failed({
    expected: words('un archivo que se pueda leer como flujo de trabajo', 'a file that can be read as a workflow'),
    found: same(message),
    where: { file: `seats/${record.path}`, line },
    next: words(
      `\`gh run view ${number}\` lo cuenta también. Mira la sangría de esa línea y de la anterior; corrige y envía otra vez.`,
      `\`gh run view ${number}\` tells it too. Look at the indentation of that line and the one before; fix it and push again.`,
    ),
  });
}

export const starts: Check = {
  id: 'd05-c7',
  goal: words(
    'Tu pull request pone en marcha el build, y termina bien',
    'Your pull request starts the build, and it ends well',
  ),
  kind: 'git',
  run(desk) {
    const any = ownRun(desk);
    const own = ownPulls(desk).map(({ headCommit }) => headCommit);
    const run = runsOf(desk).findLast(
      ({ checked, record }) => record.event === 'pull_request' && own.includes(checked),
    );
    if (run === undefined)
      return failed({
        expected: words('una ejecución por el evento `pull_request`', 'a run for the event `pull_request`'),
        found: words(
          `la ejecución ${any.number} la puso en marcha \`${any.record.event}\``,
          `run ${any.number} was started by \`${any.record.event}\``,
        ),
        where: WHAT_STARTS_IT,
        next: words(
          'Un `push` prueba la rama sola; `pull_request`, la rama fusionada con `main`. Añádelo en `on` y envía el cambio en un pull request.',
          'A `push` tries the branch alone; `pull_request` tries it merged with `main`. Add it under `on` and send that in a pull request.',
        ),
      });
    const { number, record } = run;
    const builder = jobThat(run, BUILD_SCRIPT);
    if (
      record.conclusion === 'success' ||
      record.jobs.some((one) => one.name === builder && one.conclusion === 'success')
    )
      return passed;
    const job = thatFailed(record.jobs);
    const step = job && thatFailed(job.steps);
    return failed({
      expected: words(`la ejecución ${number} con éxito`, `run ${number} with success`),
      found: words(
        `ejecución ${number}, ${job?.name ?? record.workflow}: ${step?.name ?? record.conclusion}`,
        `run ${number}, ${job?.name ?? record.workflow}: ${step?.name ?? record.conclusion}`,
      ),
      where: { repository: SEATS, run: number, ...(job && { job: job.name }), ...(step && { step: step.name }) },
      next: words(
        `Lee la salida del paso con \`gh run view ${number} --log-failed\`, corrige y envía otra vez.`,
        `Read what the step said with \`gh run view ${number} --log-failed\`, fix it and push again.`,
      ),
    });
  },
};

export const tests: Check = {
  id: 'd05-c8',
  goal: words(
    'En tu pull request también se ejecutan las pruebas, en un job que espera al build',
    'On your pull request the tests run as well, in a job that waits for the build',
  ),
  kind: 'git',
  run(desk) {
    const run = ownRun(desk);
    if (passedTests(run)) return testsWaited(run) ? passed : doesNotWait(run);
    const jobs = run.record.jobs.map(({ name, conclusion }) => `${name}: ${conclusion}`).join(', ');
    const first = thatFailed(run.record.jobs)?.name;
    const isElsewhere = first !== undefined && first !== jobThat(run, TESTED);
    const holdsBack = run.record.jobs.some(({ conclusion }) => conclusion === 'skipped');
    return failed({
      expected: words('una ejecución verde en la que corren las pruebas', 'a green run in which the tests run'),
      found: words(
        `ejecución ${run.number}: ${jobs || run.record.conclusion}; ${ranTests(run) ? 'con' : 'sin'} pruebas`,
        `run ${run.number}: ${jobs || run.record.conclusion}; ${ranTests(run) ? 'with' : 'no'} tests`,
      ),
      where: { repository: SEATS, run: run.number },
      next:
        isElsewhere && (holdsBack || ranTests(run))
          ? words(
              `Arregla primero \`${first}\`${holdsBack ? ', que detiene lo que viene detrás' : ''}: \`gh run view ${run.number} --log-failed\`.`,
              `Fix \`${first}\` first${holdsBack ? ', which stops what comes after it' : ''}: \`gh run view ${run.number} --log-failed\`.`,
            )
          : words(
              `Un job que hace \`bash test.sh\` empieza en una máquina vacía: necesita checkout, Node y \`npm ci\`.${first === undefined ? '' : ` Lo que falló: \`gh run view ${run.number} --log-failed\`.`}`,
              `A job that does \`bash test.sh\` begins on an empty machine: it needs checkout, Node and \`npm ci\`.${first === undefined ? '' : ` What failed: \`gh run view ${run.number} --log-failed\`.`}`,
            ),
    });
  },
};

function doesNotWait(run: Run): Verdict {
  const { number } = run;
  const job = jobThat(run, TESTED) ?? '';
  const isOneJob = job === jobThat(run, BUILT);
  return failed({
    expected: words('un job de pruebas tras el del build', 'a job of tests after that of the build'),
    found: isOneJob
      ? words(`ejecución ${number}: \`${job}\` hace ambas cosas`, `run ${number}: \`${job}\` does both`)
      : words(`ejecución ${number}: \`${job}\` no esperó`, `run ${number}: \`${job}\` did not wait`),
    where: { repository: SEATS, run: number, job },
    next: isOneJob
      ? words(
          `Lleva \`bash test.sh\` a un job \`test\` con \`needs: ${job}\`. ${IF_MERGED.es}`,
          `Move \`bash test.sh\` into a job \`test\` with \`needs: ${job}\`. ${IF_MERGED.en}`,
        )
      : words(
          `Pon en \`${job}\` un \`needs\` con el job del build. ${IF_MERGED.es}`,
          `Give \`${job}\` a \`needs\` with the job of the build. ${IF_MERGED.en}`,
        ),
  });
}

/** What makes an artifact and tries it is no part of it; a README beside it may be. */
const TO_MAKE_IT = /\/((build|test)\.sh|node_modules\/.*|.*\.test\.mjs)$/;

export const keeps: Check = {
  id: 'd05-c10',
  goal: words(
    'La ejecución de tu pull request conserva un artefacto que arranca, y no el repositorio entero',
    'The run of your pull request keeps an artifact that starts, and not the whole repository',
  ),
  kind: 'git',
  async run(desk) {
    const run = ownRun(desk);
    const kept = await keptBy(desk, run);
    const archive = kept.find((path) => path.endsWith('.tgz'));
    const besides = kept.find((path) => TO_MAKE_IT.test(path));
    const names = run.record.artifacts.map(({ name }) => name).join(', ');
    const lacks = (found: Words): Verdict =>
      failed({
        expected: words(
          `un \`.tgz\` que arranca, conservado por la ejecución ${run.number}`,
          `a \`.tgz\` that starts, kept by run ${run.number}`,
        ),
        found,
        where: { repository: SEATS, run: run.number },
        next: words(
          `Después del build, un paso \`uses: actions/upload-artifact@v4\` con \`path: dist\`. ${IF_MERGED.es}`,
          `After the build, a step \`uses: actions/upload-artifact@v4\` with \`path: dist\`. ${IF_MERGED.en}`,
        ),
      });
    if (archive === undefined)
      return lacks(
        names === ''
          ? words('no conservó nada', 'it kept nothing')
          : words(`conservó ${names}, sin ningún \`.tgz\` dentro`, `it kept ${names}, with no \`.tgz\` inside`),
      );
    if (besides !== undefined)
      return lacks(
        words(
          `conservó ${kept.length} archivos, también \`${besides.split('/').at(-1)}\``,
          `it kept ${kept.length} files, \`${besides.split('/').at(-1)}\` among them`,
        ),
      );
    await desk.run(`mkdir -p /tmp/artifact && tar -xzf ${archive} -C /tmp/artifact`);
    const { stdout } = await desk.run('find /tmp/artifact -name app.mjs -not -path "*/node_modules/*" | head -1');
    const folder = stdout.trim().replace(/\/app\.mjs$/, '');
    const { status } = await (await desk.start('node app.mjs', { cwd: folder || '/tmp/artifact' })).get('/healthz');
    if (status === 200) return passed;
    return lacks(words(`\`/healthz\` contesta ${status}`, `\`/healthz\` answers ${status}`));
  },
};

export const onMain: Check = {
  id: 'd05-c9',
  goal: words('El flujo de trabajo está en main, y ha corrido allí', 'The workflow is on main, and has run there'),
  kind: 'git',
  async run(desk) {
    const origin = await desk.git.origin(SEATS);
    const files = ((await origin?.paths('refs/heads/main')) ?? []).filter((path) =>
      /^\.github\/workflows\/.+\.ya?ml$/.test(path),
    );
    const [pull] = ownPulls(desk);
    if (files.length > 0) {
      if (runsOf(desk).some(({ ref, record }) => ref === 'refs/heads/main' && record.event === 'push')) return passed;
      return failed({
        expected: words('una ejecución por el `push` a `main`', 'a run for the `push` to `main`'),
        found: words(
          '`main` se ha movido y no ha corrido nada por ello',
          '`main` has moved, and nothing ran because of it',
        ),
        where: WHAT_STARTS_IT,
        next: words(
          'Añade en `on` el evento `push`, para la rama `main`, y fusiona el cambio con otro pull request.',
          'Add the event `push` under `on`, for the branch `main`, and merge that with another pull request.',
        ),
      });
    }
    const awaited = pull === undefined ? [] : unreported(desk, pull.headCommit);
    if (pull?.state === 'OPEN' && awaited.length > 0)
      return failed({
        expected: words(`#${pull.number} fusionado en \`main\``, `#${pull.number} merged into \`main\``),
        found: words(
          `\`main\` exige ${awaited.join(', ')}; ningún job de #${pull.number} da ese check`,
          `\`main\` requires ${awaited.join(', ')}; no job of #${pull.number} reports it`,
        ),
        where: { command: `gh pr checks ${pull.number}` },
        next: words(
          '¿Queda una regla del ejemplo? Quítala con `gh api -X DELETE repos/{owner}/{repo}/branches/main/protection` y fusiona.',
          'Is a rule of the example left? Remove it with `gh api -X DELETE repos/{owner}/{repo}/branches/main/protection`, then merge.',
        ),
      });
    return failed({
      expected: words('un archivo en `.github/workflows` de `main`', 'a file in `.github/workflows` of `main`'),
      found: words(
        pull === undefined
          ? 'ninguno, y no hay un pull request tuyo'
          : `ninguno; tu #${pull.number} está ${pull.state}`,
        pull === undefined
          ? 'none, and there is no pull request of yours'
          : `none; your #${pull.number} is ${pull.state}`,
      ),
      where: { command: `gh pr merge ${pull?.number ?? ''}`.trim() },
      next: words(
        'Cuando tu pull request esté en verde, fusiónalo con `gh pr merge --squash`.',
        'Once your pull request is green, merge it with `gh pr merge --squash`.',
      ),
    });
  },
};

export const oneRun: Star = {
  id: 'd05-x1',
  star: 'cheaper',
  goal: words(
    'Cada commit de un pull request se construye una sola vez',
    'Each commit of a pull request is built once only',
  ),
  kind: 'git',
  async run(desk) {
    const { events } = await greenApart(desk);
    if (events.length === 1) return passed;
    if (events.length === 0) return notYetChecked(unchecked(desk) || `«${smallCoachesOnly.title}»`);
    return failed({
      expected: words('una ejecución para un pull request nuevo', 'one run for a new pull request'),
      found: same(`${events.length}: ${events.join(', ')}`),
      where: WHAT_STARTS_IT,
      next: words(
        'Con `push` en cualquier rama y además `pull_request`, todo corre dos veces. Deja `push` solo para `main`, con otro pull request.',
        'With `push` on any branch and `pull_request` as well, all runs twice. Keep `push` for `main` only, with another pull request.',
      ),
    });
  },
};
