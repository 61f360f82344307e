// What is judged of the gate: what it lets into main, and what it keeps out.
import { type Check, failed, passed, type Star, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import {
  checksTold,
  hasFailed,
  mainIsRed,
  requiredNames,
  runsFor,
  SEATS,
  testsIn,
  testsOf,
  unreported,
  words,
} from './forge.ts';
import {
  breakATest,
  breakTheBuild,
  type Change,
  greenApart,
  onlyWords,
  propose,
  smallCoachesOnly,
  tryToMerge,
} from './unseen.ts';

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

const noCheckRequired = failed({
  expected: words('checks exigidos para entrar en `main`', 'checks that are required to go into `main`'),
  found: words('tu regla no exige ninguno', 'your rule requires none'),
  where: { file: 'gate.json' },
  next: words(
    'Una revisión no ejecuta nada. Pon los nombres de tus jobs en `required_status_checks`.',
    'A review runs nothing. Put the names of your jobs into `required_status_checks`.',
  ),
});

const leavesOut = ({ title }: Change, { ran, all }: { readonly ran: number; readonly all: number }): Verdict =>
  failed({
    expected: words(`las ${all} pruebas de «${title}»`, `the ${all} tests of “${title}”`),
    found: words(`corrieron ${ran}`, `${ran} of them ran`),
    where: { file: 'seats/.github/workflows/ci.yml' },
    next: words(
      'Quien nombra archivos o pruebas se deja las que vengan. `bash test.sh` las toma todas: cámbialo con otro pull request.',
      'Whoever names files or tests leaves out those to come. `bash test.sh` takes them all: change that in another pull request.',
    ),
  });

/** Learners propose the ones before it themselves; this one is another person's. */
const notForOthers = (told: string): Verdict =>
  failed({
    expected: words(
      `build y pruebas también para «${smallCoachesOnly.title}», de ${smallCoachesOnly.by}`,
      `build and tests for “${smallCoachesOnly.title}”, by ${smallCoachesOnly.by}, as well`,
    ),
    found: words(
      `falta uno de los dos; checks: ${told || 'ninguno'}`,
      `one of the two is missing; checks: ${told || 'none'}`,
    ),
    where: { file: 'seats/.github/workflows/ci.yml' },
    next: words(
      '¿Algún `if` mira quién propone (`github.actor`)? La puerta es para todos: quítalo con otro pull request.',
      'Does an `if` look at who proposes (`github.actor`)? The gate is for all: take it out in another pull request.',
    ),
  });

/** Why a change with a failed check went in although some are required. */
function notAwaited(
  checks: readonly { readonly name: string; readonly conclusion?: string | undefined }[],
  required: readonly string[],
): Words {
  const red = checks.filter(({ name, conclusion }) => conclusion === 'failure' && !required.includes(name));
  const names = red.map(({ name }) => `\`${name}\``).join(', ');
  const isSkipped = checks.some(({ name, conclusion }) => conclusion === 'skipped' && required.includes(name));
  if (isSkipped)
    return words(
      `Un check saltado (\`skipped\`) cuenta como bueno. Exige también aquel del que depende${names && `: ${names}`}.`,
      `A check that was \`skipped\` counts as good. Require the one that it depends on as well${names && `: ${names}`}.`,
    );
  return words(
    `${names || 'El que falla'} no está entre los checks exigidos de \`main\`. Añádelo en \`contexts\` y envía la regla a \`branches/main\`.`,
    `${names || 'The one that fails'} is not among the required checks of \`main\`. Add it to \`contexts\`, and send the rule to \`branches/main\`.`,
  );
}

export const unseen: Check = {
  id: 'd05-c4',
  goal: words(
    'De tres pull requests que no has visto, solo el correcto puede entrar; y una prueba nueva se ejecuta',
    'Of three pull requests that you have not seen, only the correct one can go in; and a new test runs',
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
      const ran = Math.max(0, ...runsFor(desk, pull.headCommit).map(testsIn));
      const all = isHushed && ran > 0 ? await testsOf(desk, pull.headCommit) : 0;
      if (ran < all) return leavesOut(change, { ran, all });
      return failed({
        expected: words(`«${change.title}», fuera de \`main\``, `“${change.title}”, kept out of \`main\``),
        found: words(
          `entró con ${told || 'ningún check'}; exiges: ${requiredNames(desk).join(', ') || 'nada'}`,
          `it went in with ${told || 'no checks'}; you require: ${requiredNames(desk).join(', ') || 'nothing'}`,
        ),
        where: { file: isHushed ? 'seats/.github/workflows/ci.yml' : 'gate.json' },
        next: isHushed
          ? words(
              'Los checks exigidos dieron verde a un cambio roto: ¿algo en el flujo calla los fallos (`|| true`, `continue-on-error`) o trae otra cosa (`ref`)? Corrígelo con otro pull request.',
              'The required checks were green for a broken change: does something in the workflow hush failures (`|| true`, `continue-on-error`) or bring something else (`ref`)? Fix it with another pull request.',
            )
          : requiredNames(desk).length === 0
            ? noRuleYet
            : notAwaited(checks, requiredNames(desk)),
      });
    }
    const good = await propose(desk, onlyWords);
    if (await tryToMerge(desk, good)) {
      if (requiredNames(desk).length === 0) return noCheckRequired;
      const { tests, events, told } = await greenApart(desk);
      if (tests === undefined || events.length === 0) return notForOthers(told);
      return tests.ran < tests.all ? leavesOut(smallCoachesOnly, tests) : passed;
    }
    const told = checksTold(desk, good.headCommit);
    return failed({
      expected: words(`«${onlyWords.title}», en \`main\``, `“${onlyWords.title}”, in \`main\``),
      found: words(
        `sigue fuera; checks: ${told || 'ninguno'}; exiges: ${requiredNames(desk).join(', ')}`,
        `still out; checks: ${told || 'none'}; you require: ${requiredNames(desk).join(', ')}`,
      ),
      where: { file: 'gate.json' },
      next: hasFailed(desk, good.headCommit)
        ? mainIsRed
        : told === ''
          ? words(
              'Ningún flujo corrió para él, que solo cambia el README. ¿Está el tuyo en `main`, con `pull_request` en `on`, sin `paths` ni `paths-ignore`?',
              'No workflow ran for it: it changes the README alone. Is yours in `main`, with `pull_request` under `on`, and no `paths` or `paths-ignore`?',
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
