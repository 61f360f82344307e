// What is judged of the three pull requests that wait when the day begins.
import {
  type Check,
  type Desk,
  failed,
  type LoggedEvent,
  type PullRequest,
  passed,
  type Verdict,
} from '../../sandbox/checks/index.ts';
import {
  approvalsRequired,
  BUILT,
  checksTold,
  GOOD,
  hasFailed,
  jobThat,
  mainIsRed,
  NO_BUILD,
  NO_TEST,
  notYetChecked,
  passedTests,
  pullOf,
  type Run,
  runsFor,
  runsOf,
  SEATS,
  same,
  TESTED,
  unchecked,
  unreported,
  words,
} from './forge.ts';

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
    if (taken !== null && /(build|test)\.sh|node --test|npm test/.test(lines.slice(taken.index))) return passed;
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

export const goodIn: Check = {
  id: 'd05-c1',
  goal: words(
    'El pull request bueno está en main, y entró con sus checks en verde',
    'The good pull request is in main, and went in with its checks green',
  ),
  kind: 'git',
  run(desk) {
    const pull = pullOf(desk, GOOD);
    if (pull.state === 'MERGED')
      return runsFor(desk, pull.headCommit).some(passedTests) ? passed : mergedUnseen(desk, pull);
    const waiting = unchecked(desk);
    return waiting === '' ? notMerged(desk, pull, checksTold(desk, pull.headCommit)) : notYetChecked(waiting);
  },
};

const mergedUnseen = (desk: Desk, { number, headCommit }: PullRequest): Verdict =>
  failed({
    expected: words(`#${number} fusionado con pruebas en verde`, `#${number} merged with green tests`),
    found: words(
      `fusionado; checks: ${checksTold(desk, headCommit) || 'ninguno'}`,
      `merged; checks: ${checksTold(desk, headCommit) || 'none'}`,
    ),
    where: { command: `gh pr checks ${number}` },
    next: words(
      'Que fuera bueno fue suerte: nadie lo había probado. Lo fusionado no se deshace; restablece el día y fusiónalo cuando sus checks estén en verde.',
      'That it was good was luck: nobody had tried it. What is merged stays; reset the day, and merge it once its checks are green.',
    ),
  });

function notMerged(desk: Desk, pull: PullRequest, told: string): Verdict {
  const { number, state, comparison, headCommit, reviews } = pull;
  const isUnapproved = reviews.filter((one) => one.state === 'APPROVED').length < approvalsRequired(desk);
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
          : isUnapproved && missing.length === 0
            ? words(
                'Tu regla espera además una revisión que lo apruebe. Pon `"required_pull_request_reviews": null` y envíala otra vez, o pide la revisión.',
                'Your rule also waits for a review that approves it. Set `"required_pull_request_reviews": null` and send it again, or ask for the review.',
              )
            : missing.length > 0
              ? words(
                  'Ningún job da ese check: en `contexts` van los nombres de tus jobs, letra a letra. Corrige `gate.json` y envíala otra vez.',
                  'No job reports that check: `contexts` holds the names of your jobs, letter for letter. Correct `gate.json` and send it again.',
                )
              : words(
                  `Cuando sus checks estén en verde: \`gh pr merge ${number} --squash\`.`,
                  `Once its checks are green: \`gh pr merge ${number} --squash\`.`,
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
  async run(desk) {
    for (const pull of [pullOf(desk, NO_BUILD), pullOf(desk, NO_TEST)]) {
      if (pull.state === 'OPEN' && hasFailed(desk, pull.headCommit)) continue;
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
            : (await commitsOf(desk, pull.head)) > 1
              ? words(
                  `La rama \`${pull.head}\` lleva un commit que no es de su equipo. Corregirla es cosa suya: restablece el día y solo ponla al día.`,
                  `The branch \`${pull.head}\` holds a commit that is not its team's. To fix it is up to them: reset the day, and only bring it up to date.`,
                )
              : words(
                  '¿Hay en el flujo algo que calle los fallos (`continue-on-error`, `|| true`, una condición), o un `ref` que trae otra cosa que el cambio?',
                  'Does something in the workflow hush failures (`continue-on-error`, `|| true`, a condition), or a `ref` bring something else than the change?',
                ),
      });
    }
    return passed;
  },
};

/** How many commits a branch has that main has not, merges left out; its team made one. */
async function commitsOf(desk: Desk, branch: string): Promise<number> {
  const { stdout } = await desk.run(
    `git clone -q https://git.ventarela.test/seats.git /tmp/theirs && cd /tmp/theirs && git log --no-merges --format=%h origin/main..origin/${branch}`,
  );
  return stdout.split('\n').filter(Boolean).length;
}

export const noWaste: Check = {
  id: 'd05-c5',
  goal: words('Si el build falla, las pruebas ni empiezan', 'When the build fails, the tests do not begin'),
  kind: 'git',
  run(desk) {
    const pull = pullOf(desk, NO_BUILD);
    const runs = runsFor(desk, pull.headCommit);
    const run = runs.findLast((one) => startedTests(desk, one) !== undefined) ?? runs.at(-1);
    if (run === undefined) return notYetChecked(unchecked(desk) || `#${pull.number}`);
    const job = startedTests(desk, run);
    if (job === undefined) return passed;
    return failed({
      expected: words('ninguna prueba en la ejecución que no construye', 'no tests in the run that does not build'),
      found: words(`el job \`${job}\` empezó de todos modos`, `the job \`${job}\` began all the same`),
      where: { repository: SEATS, run: run.number, job },
      next: built(desk, run)
        ? words(
            `Su build acabó en verde, y ese cambio no se construye. ¿Algo calla el fallo, o checkout trae otra cosa que el cambio (\`ref\`, \`pull_request_target\`)?`,
            `Its build ended green, and that change does not build. Does something hush it, or does checkout bring something else than the change (\`ref\`, \`pull_request_target\`)?`,
          )
        : run.record.jobs.some(({ name, needs }) => name === job && needs.length > 0)
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

/** Whether the job that builds, where it is another one than the job that tests, ended well. */
function built(desk: Desk, run: Run): boolean {
  const whole = runsOf(desk).find(passedTests);
  const builder = whole && jobThat(whole, BUILT);
  return (
    builder !== (whole && jobThat(whole, TESTED)) &&
    run.record.jobs.some(({ name, conclusion }) => name === builder && conclusion === 'success')
  );
}

/**
 * The job that tests, when it began in a run whose build failed. Which one it is, is seen in a run in which all went well; where one
 * job does both, its tests must not have run.
 */
function startedTests(desk: Desk, run: Run): string | undefined {
  const ran = jobThat(run, TESTED);
  if (ran !== undefined) return ran;
  const whole = runsOf(desk).find(passedTests);
  const tester = whole && jobThat(whole, TESTED);
  if (whole === undefined || tester === undefined || tester === jobThat(whole, BUILT)) return undefined;
  return run.record.jobs.find(({ name, conclusion }) => name === tester && conclusion !== 'skipped')?.name;
}
