import {
  type Check,
  CheckStop,
  type Desk,
  failed,
  type LoggedEvent,
  type PullRequest,
  passed,
  type Star,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';
import {
  archiveOf,
  BUILD_SCRIPT,
  BUILT,
  checksTold,
  GOOD,
  hasFailed,
  hastyJob,
  jobThat,
  NO_BUILD,
  NO_TEST,
  ownPulls,
  pullOf,
  type Run,
  ranTests,
  requiredNames,
  runsOf,
  SEATS,
  TESTED,
  unchecked,
  unreported,
} from './forge.ts';
import { addsATest, aLargeCoach, breakATest, breakTheBuild, propose, smallCoachesOnly, tryToMerge } from './unseen.ts';

export const words = (es: string, en: string): Words => ({ es, en });
const same = (text: string): Words => ({ es: text, en: text });

/** What was typed; what made the day ready switched branches too. */
const lineOf = (entry: LoggedEvent): string =>
  entry.type === 'CommandStarted' && entry.terminal !== 'setup' ? entry.line : '';

export const tried: Check = {
  id: 'd05-c6',
  goal: words(
    'Las pruebas o el build se han ejecutado a mano en la rama de un pull request',
    'The tests or the build have been run by hand on the branch of a pull request',
  ),
  kind: 'log',
  run(desk) {
    const lines = desk.log.map(lineOf).join('\n');
    const taken = new RegExp(`(gh pr checkout|git (switch|checkout)[^\\n]*(${GOOD}|${NO_BUILD}|${NO_TEST}))`).exec(
      lines,
    );
    if (taken !== null && /(build|test)\.sh/.test(lines.slice(taken.index))) return passed;
    return failed({
      expected: words(
        '`bash build.sh` o `bash test.sh` en la rama de un pull request',
        '`bash build.sh` or `bash test.sh` on the branch of a pull request',
      ),
      found:
        taken === null
          ? words(
              'todavía no te has cambiado a ninguna de sus ramas',
              'you have not switched to any of their branches yet',
            )
          : words('te cambiaste de rama, pero no ejecutaste ninguno', 'you switched, but ran neither of them'),
      where: { command: 'gh pr checkout 3' },
      next: words(
        'En `seats`: `gh pr checkout 3`, después `bash build.sh` y `bash test.sh`.',
        'In `seats`: `gh pr checkout 3`, then `bash build.sh` and `bash test.sh`.',
      ),
    });
  },
};

/** The learner's newest request for which something ran, or the verdict that says what is missing. */
function ownRun(desk: Desk): Run {
  const pulls = ownPulls(desk);
  const runs = runsOf(desk);
  for (const { headCommit } of pulls) {
    const mine = runs.filter(({ checked }) => checked === headCommit);
    const best = mine.find(ranTests) ?? mine.at(-1);
    if (best !== undefined) return best;
  }
  const [pull] = pulls;
  throw new CheckStop(
    failed({
      expected: words('un pull request tuyo con una ejecución', 'a pull request of yours with a run'),
      found:
        pull === undefined
          ? words('no has abierto ningún pull request', 'you have opened no pull request')
          : words(
              `#${pull.number} está abierto y no se ha ejecutado nada`,
              `#${pull.number} is open and nothing has run`,
            ),
      where: pull === undefined ? { command: 'gh pr create' } : { file: 'seats/.github/workflows/ci.yml', line: 3 },
      next:
        pull === undefined
          ? words(
              'En la rama `ci/gate`: `git add .github`, commit, `git push -u origin ci/gate` y `gh pr create`.',
              'On the branch `ci/gate`: `git add .github`, commit, `git push -u origin ci/gate` and `gh pr create`.',
            )
          : words(
              '¿Qué evento está en `on`? Cámbialo, haz commit y `git push` otra vez.',
              'Which event stands under `on`? Change it, commit, and `git push` again.',
            ),
    }),
  );
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
        where: { file: 'seats/.github/workflows/ci.yml', line: 3 },
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
    const job = record.jobs.find(({ conclusion }) => conclusion === 'failure');
    const step = job?.steps.find(({ conclusion }) => conclusion === 'failure');
    return failed({
      expected: words(`la ejecución ${number} con éxito`, `run ${number} with success`),
      found: words(
        `ejecución ${number}, ${job?.name ?? record.workflow}: ${step?.name ?? record.conclusion}`,
        `run ${number}, ${job?.name ?? record.workflow}: ${step?.name ?? record.conclusion}`,
      ),
      where: { repository: SEATS, run: number, ...(job && { job: job.name }), ...(step && { step: step.name }) },
      next: words(
        `Lee la salida del paso con \`gh run view ${number} --log-failed\`, corrige y envía otra vez.`,
        `Read what the step said with \`gh run view ${number} --log-failed\`, mend it and push again.`,
      ),
    });
  },
};

export const tests: Check = {
  id: 'd05-c8',
  goal: words(
    'En tu pull request también se ejecutan las pruebas, y esperan al build',
    'On your pull request the tests run as well, and wait for the build',
  ),
  kind: 'git',
  run(desk) {
    const run = ownRun(desk);
    if (run.record.conclusion === 'success' && ranTests(run)) {
      const hasty = hastyJob(run);
      return hasty === undefined ? passed : doesNotWait(run, hasty);
    }
    const jobs = run.record.jobs.map(({ name, conclusion }) => `${name}: ${conclusion}`).join(', ');
    const first = run.record.jobs.find(({ conclusion }) => conclusion === 'failure')?.name;
    const isHeldBack = first !== undefined && run.record.jobs.some(({ conclusion }) => conclusion === 'skipped');
    return failed({
      expected: words('una ejecución verde en la que corren las pruebas', 'a green run in which the tests run'),
      found: words(
        `ejecución ${run.number}: ${jobs || run.record.conclusion}; ${ranTests(run) ? 'con' : 'sin'} pruebas`,
        `run ${run.number}: ${jobs || run.record.conclusion}; ${ranTests(run) ? 'with' : 'no'} tests`,
      ),
      where: { repository: SEATS, run: run.number },
      next: isHeldBack
        ? words(
            `Arregla primero \`${first}\`, que detiene lo que viene detrás: \`gh run view ${run.number} --log-failed\`.`,
            `Mend \`${first}\` first, which stops what comes after it: \`gh run view ${run.number} --log-failed\`.`,
          )
        : words(
            'Un job que hace `bash test.sh` empieza en una máquina vacía: necesita checkout, Node y `npm ci`.',
            'A job that does `bash test.sh` begins on an empty machine: it needs checkout, Node and `npm ci`.',
          ),
    });
  },
};

const doesNotWait = ({ number }: Run, job: string): Verdict =>
  failed({
    expected: words(`\`${job}\` empieza cuando el build ha terminado`, `\`${job}\` begins once the build has ended`),
    found: words(`en la ejecución ${number} empezó sin esperarlo`, `in run ${number} it began without waiting for it`),
    where: { repository: SEATS, run: number, job },
    next: words(
      `Pon en \`${job}\` un \`needs\` con el job del build. Si ya fusionaste, hazlo con otro pull request.`,
      `Give \`${job}\` a \`needs\` with the job of the build. If you have merged already, do so with another pull request.`,
    ),
  });

export const keeps: Check = {
  id: 'd05-c10',
  goal: words(
    'La ejecución de tu pull request conserva un artefacto que arranca',
    'The run of your pull request keeps an artifact that starts',
  ),
  kind: 'git',
  async run(desk) {
    const run = ownRun(desk);
    const archive = await archiveOf(desk, run);
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
          'Después del build, un paso con `uses: actions/upload-artifact@v4` y, en `with`, `path: dist`: ahí deja `build.sh` el `.tgz`. Si ya fusionaste, hazlo con otro pull request.',
          'After the build, a step with `uses: actions/upload-artifact@v4` and, in `with`, `path: dist`: that is where `build.sh` puts the `.tgz`. If you have merged already, do so with another pull request.',
        ),
      });
    if (archive === undefined)
      return lacks(
        names === ''
          ? words('no conservó nada', 'it kept nothing')
          : words(`conservó ${names}, sin ningún \`.tgz\` dentro`, `it kept ${names}, with no \`.tgz\` inside`),
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
        where: { file: 'seats/.github/workflows/ci.yml', line: 3 },
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

const noRuleYet = words(
  'Todavía no hay ninguna regla: complétala en `gate.json` y envíala con `gh api`, como dice el paso 4.',
  'There is no rule yet: complete it in `gate.json` and send it with `gh api`, as step 4 says.',
);

export const noDirectPush: Check = {
  id: 'd05-c3',
  goal: words(
    'La forja rechaza un push directo a main, también el tuyo',
    'The forge refuses a direct push to main, yours too',
  ),
  kind: 'git',
  async run(desk) {
    const origin = await desk.git.origin(SEATS);
    const before = await origin?.resolve('refs/heads/main');
    await desk.run(`git clone -q https://git.ventarela.test/seats.git /tmp/direct && cd /tmp/direct
echo 'A line that nobody looked at.' >> README.md
git commit -q -a -m 'Straight to main' && git push origin HEAD:main`);
    const after = await origin?.resolve('refs/heads/main');
    if (before === after) return passed;
    const { protections } = desk.forge(SEATS).settings();
    const mine = protections.find(({ branch }) => branch === 'main');
    return failed({
      expected: words('un push directo a `main`, rechazado', 'a direct push to `main`, refused'),
      found:
        mine === undefined
          ? words(
              'entró: `main` no tiene ninguna regla que lo impida',
              'it went in: no rule of `main` stands against it',
            )
          : words(
              `entró: hay una regla, con enforce_admins en ${mine.enforceAdmins}`,
              `it went in: there is a rule, with enforce_admins ${mine.enforceAdmins}`,
            ),
      where: { file: 'gate.json' },
      next:
        mine === undefined
          ? noRuleYet
          : words(
              'Eres administradora o administrador: sin `"enforce_admins": true` la regla no se te aplica. Complétala y envíala otra vez.',
              'You are an administrator: without `"enforce_admins": true` the rule does not bind you. Complete it and send it again.',
            ),
    });
  },
};

export const goodIn: Check = {
  id: 'd05-c1',
  goal: words('El pull request bueno está en main', 'The good pull request is in main'),
  kind: 'git',
  run(desk) {
    const pull = pullOf(desk, GOOD);
    if (pull.state === 'MERGED') return passed;
    const waiting = unchecked(desk);
    return waiting === '' ? notMerged(desk, pull, checksTold(desk, pull.headCommit)) : notYetChecked(waiting);
  },
};

const notYetChecked = (waiting: string): Verdict =>
  failed({
    expected: words(
      'checks en cada pull request que esperaba',
      'checks on each of the pull requests that were waiting',
    ),
    found: words(`sin checks: ${waiting}`, `no checks: ${waiting}`),
    where: { command: 'gh pr update-branch' },
    next: words(
      'Sus ramas son más viejas que tu flujo. Cuando esté en `main`, ponlas al día y espera: los checks dirán cuál puede entrar.',
      'Their branches are older than your workflow. Once that is in `main`, bring them up to date and wait: the checks will tell which may go in.',
    ),
  });

/** Said of a change that is right and has a failed check although it holds the newest main. */
const mainIsRed = words(
  'Este cambio es correcto: lo que falla ya está en `main` (`gh run list --branch main`) o en tu flujo. Deshazlo con otro pull request, o restablece el día.',
  'This change is right: what fails is in `main` already (`gh run list --branch main`) or in your workflow. Undo it with another pull request, or reset the day.',
);

function notMerged(desk: Desk, { number, state, comparison, headCommit }: PullRequest, told: string): Verdict {
  const missing = unreported(desk, headCommit);
  return failed({
    expected: words(`#${number} fusionado`, `#${number} merged`),
    found: words(
      `${state}; checks: ${told || 'ninguno'}${missing.length > 0 ? `; espera ${missing.join(', ')}` : ''}`,
      `${state}; checks: ${told || 'none'}${missing.length > 0 ? `; waits for ${missing.join(', ')}` : ''}`,
    ),
    where: { command: `gh pr checks ${number}` },
    next:
      told === '' || comparison?.isBehind === true
        ? words(
            `Su rama es más vieja que tu flujo: \`gh pr update-branch ${number}\`, espera y \`gh pr merge ${number} --squash\`.`,
            `Its branch is older than your workflow: \`gh pr update-branch ${number}\`, wait, then \`gh pr merge ${number} --squash\`.`,
          )
        : hasFailed(desk, headCommit)
          ? mainIsRed
          : words(
              `Si los checks exigidos llevan los nombres de tus jobs, \`gh pr merge ${number} --squash\`.`,
              `If the required checks bear the names of your jobs, \`gh pr merge ${number} --squash\`.`,
            ),
  });
}

export const badOut: Check = {
  id: 'd05-c2',
  goal: words(
    'Los otros dos siguen abiertos, cada uno con un check en rojo',
    'The other two stay open, each with a failed check',
  ),
  kind: 'git',
  run(desk) {
    for (const pull of [pullOf(desk, NO_BUILD), pullOf(desk, NO_TEST)]) {
      const failedOnes = desk
        .forge(SEATS)
        .checks(pull.headCommit)
        .filter(({ conclusion }) => conclusion === 'failure');
      if (pull.state === 'OPEN' && failedOnes.length > 0) continue;
      const told = checksTold(desk, pull.headCommit);
      if (pull.state === 'OPEN' && told === '') return notYetChecked(unchecked(desk));
      return failed({
        expected: words(`#${pull.number} abierto y con un check en rojo`, `#${pull.number} open, with a failed check`),
        found: same(`${pull.state}; ${told || '—'}`),
        where: { command: `gh pr checks ${pull.number}` },
        next:
          pull.state !== 'OPEN'
            ? words(
                'Si está cerrado, `gh pr reopen`. Si lo fusionaste, restablece el día.',
                'If it is closed, `gh pr reopen`. If you merged it, reset the day.',
              )
            : words(
                '¿Hay en el flujo algo que calle los fallos: `continue-on-error`, `|| true`, una condición?',
                'Does something in the workflow hush failures: `continue-on-error`, `|| true`, a condition?',
              ),
      });
    }
    return passed;
  },
};

export const noWaste: Check = {
  id: 'd05-c5',
  goal: words('Si el build falla, las pruebas ni empiezan', 'When the build fails, the tests do not begin'),
  kind: 'git',
  run(desk) {
    const pull = pullOf(desk, NO_BUILD);
    const run = runsOf(desk)
      .filter(({ checked }) => checked === pull.headCommit)
      .at(-1);
    if (run === undefined) return notYetChecked(unchecked(desk) || `#${pull.number}`);
    const job = startedTests(desk, run);
    if (job === undefined) return passed;
    return failed({
      expected: words('ninguna prueba en la ejecución que no construye', 'no tests in the run that does not build'),
      found: words(`el job \`${job}\` empezó de todos modos`, `the job \`${job}\` began all the same`),
      where: { repository: SEATS, run: run.number, job },
      next: run.record.jobs.some(({ name, needs }) => name === job && needs.length > 0)
        ? words(
            `\`${job}\` tiene \`needs\`, pero algo lo hace empezar aunque falle el otro: mira su \`if\`. \`always()\` hace justo eso.`,
            `\`${job}\` has \`needs\`, but something makes it begin even when the other fails: look at its \`if\`. \`always()\` does just that.`,
          )
        : words(
            `Pon en \`${job}\` un \`needs\` con el job del build, y envía el cambio por un pull request.`,
            `Give \`${job}\` a \`needs\` with the job of the build, and send the change through a pull request.`,
          ),
    });
  },
};

/**
 * The job that tests, when it began in a run whose build failed. Which one it is, is seen in a run in which all went well; where one
 * job does both, its tests must not have run.
 */
function startedTests(desk: Desk, run: Run): string | undefined {
  const ran = jobThat(run, TESTED);
  if (ran !== undefined) return ran;
  const whole = runsOf(desk).find((one) => one.record.conclusion === 'success' && ranTests(one));
  const tester = whole && jobThat(whole, TESTED);
  if (whole === undefined || tester === undefined || tester === jobThat(whole, BUILT)) return undefined;
  return run.record.jobs.find(({ name, conclusion }) => name === tester && conclusion !== 'skipped')?.name;
}

export const unseen: Check = {
  id: 'd05-c4',
  goal: words(
    'De tres pull requests que no has visto, solo el correcto puede entrar',
    'Of three pull requests that you have not seen, only the correct one can go in',
  ),
  kind: 'git',
  async run(desk) {
    const bad = [breakATest, breakTheBuild].map((kind) => kind[desk.integer(0, kind.length - 1)]);
    for (const change of bad) {
      if (change === undefined) continue;
      const pull = await propose(desk, change);
      if (!(await tryToMerge(desk, pull))) continue;
      const told = checksTold(desk, pull.headCommit);
      const checks = desk.forge(SEATS).checks(pull.headCommit);
      const isHushed = checks.length > 0 && checks.every(({ conclusion }) => conclusion === 'success');
      return failed({
        expected: words(`«${change.title}», fuera de \`main\``, `“${change.title}”, kept out of \`main\``),
        found: words(
          `entró con ${told || 'ningún check'}; exiges: ${requiredNames(desk).join(', ') || 'nada'}`,
          `it went in with ${told || 'no checks'}; you require: ${requiredNames(desk).join(', ') || 'nothing'}`,
        ),
        where: { file: isHushed ? 'seats/.github/workflows/ci.yml' : 'gate.json' },
        next: isHushed
          ? words(
              'Los checks exigidos dieron verde a un cambio roto: ¿algo en el flujo calla los fallos (`|| true`, `continue-on-error`)? Corrígelo con otro pull request.',
              'The required checks were green for a broken change: does something in the workflow hush failures (`|| true`, `continue-on-error`)? Mend it with another pull request.',
            )
          : requiredNames(desk).length === 0
            ? noRuleYet
            : words(
                'Un check saltado (`skipped`) cuenta como bueno. Exige también aquel del que depende.',
                'A check that was `skipped` counts as good. Require the one that it depends on as well.',
              ),
      });
    }
    const good = await propose(desk, addsATest);
    if (await tryToMerge(desk, good)) return passed;
    const told = checksTold(desk, good.headCommit);
    return failed({
      expected: words(`«${addsATest.title}», en \`main\``, `“${addsATest.title}”, in \`main\``),
      found: words(
        `sigue fuera; checks: ${told || 'ninguno'}; exiges: ${requiredNames(desk).join(', ')}`,
        `still out; checks: ${told || 'none'}; you require: ${requiredNames(desk).join(', ')}`,
      ),
      where: { file: 'gate.json' },
      next: hasFailed(desk, good.headCommit)
        ? mainIsRed
        : told === ''
          ? words(
              'Ningún flujo corrió para él. ¿Está tu flujo en `main`, con `pull_request` en `on`?',
              'No workflow ran for it. Is your workflow in `main`, with `pull_request` under `on`?',
            )
          : unreported(desk, good.headCommit).length > 0
            ? words(
                'Los nombres exigidos son los de tus jobs, letra a letra. La forja espera para siempre un check que nadie da.',
                'The required names are those of your jobs, letter for letter. The forge waits for ever for a check that nobody reports.',
              )
            : words(
                'Sus checks están en verde: lo retiene otra parte de tu regla. Míralas una por una.',
                'Its checks are green: another part of your rule holds it back. Look at them one by one.',
              ),
    });
  },
};

/** Both requests that are green apart, proposed and then merged where the gate lets them. @returns as well which events the first one started runs for. */
const greenApart = (
  desk: Desk,
): Promise<{ readonly events: readonly string[]; readonly firstIn: boolean; readonly secondIn: boolean }> =>
  desk.once('two that are green apart', async (copy) => {
    const first = await propose(copy, smallCoachesOnly);
    const second = await propose(copy, aLargeCoach);
    const events = runsOf(copy)
      .filter(({ checked }) => checked === first.headCommit)
      .map(({ record }) => record.event);
    return { events, firstIn: await tryToMerge(copy, first), secondIn: await tryToMerge(copy, second) };
  });

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
      where: { file: 'seats/.github/workflows/ci.yml', line: 3 },
      next: words(
        'Con `push` en cualquier rama y además `pull_request`, todo corre dos veces. Deja `push` solo para `main`, con otro pull request.',
        'With `push` on any branch and `pull_request` as well, all runs twice. Keep `push` for `main` only, with another pull request.',
      ),
    });
  },
};

export const notBehind: Star = {
  id: 'd05-x2',
  star: 'safer',
  goal: words(
    'Dos pull requests verdes por separado y rojos juntos no entran los dos',
    'Two pull requests that are green apart and red together do not both go in',
  ),
  kind: 'git',
  async run(desk) {
    const { firstIn, secondIn } = await greenApart(desk);
    if (firstIn && !secondIn) return passed;
    return failed({
      expected: words(
        'el primero dentro; el segundo, solo tras ponerse al día',
        'the first in; the second only once it is up to date',
      ),
      found: firstIn
        ? words('entraron los dos, y `main` ya no pasa sus pruebas', 'both went in, and `main` fails its tests now')
        : words('el primero no pudo entrar', 'the first could not go in'),
      where: { file: 'gate.json' },
      next: firstIn
        ? words(
            'Mira qué hace `strict` dentro de `required_status_checks`.',
            'See what `strict` does within `required_status_checks`.',
          )
        : words(
            'Primero tiene que poder entrar un cambio correcto: lo pide la meta de este reto.',
            'A correct change must be able to go in first: the goal of this challenge asks for it.',
          ),
    });
  },
};
