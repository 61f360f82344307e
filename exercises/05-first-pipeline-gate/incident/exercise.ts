import { type Chance, type Check, type Exercise, failed, passed, pick } from '../../../sandbox/checks/index.ts';
import { words } from '../forge.ts';
import { noDirectPush } from '../gate-checks.ts';

const PROTECTION = 'repos/{owner}/{repo}/branches/main/protection';

/** What somebody did to the gate "just for this once". */
function broken(chance: Chance): string {
  const rule = (contexts: string, admins: boolean): string =>
    `printf '%s' '{"required_status_checks":{"strict":true,"contexts":[${contexts}]},"enforce_admins":${admins},"required_pull_request_reviews":null,"restrictions":null}' > /tmp/rule.json
gh api -X PUT ${PROTECTION} --input /tmp/rule.json > /dev/null
rm /tmp/rule.json`;
  return `cd ~/seats
${pick(chance, [`gh api -X DELETE ${PROTECTION} > /dev/null`, rule('"build"', true), rule('"build","test"', false), rule('"test"', true)])}`;
}

const closed: Check = {
  id: 'd05-i1-c1',
  kind: 'git',
  goal: words(
    'main exige build y test, y rechaza un push directo, también el tuyo',
    'main requires build and test, and refuses a direct push, yours too',
  ),
  async run(desk) {
    const rule = desk
      .forge('seats')
      .settings()
      .protections.find(({ branch }) => branch === 'main');
    const required = rule?.requiredChecks?.names ?? [];
    const missing = ['build', 'test'].filter((name) => !required.includes(name));
    if (missing.length > 0)
      return failed({
        expected: words('que `main` exija `build` y `test`', '`main` to require `build` and `test`'),
        found:
          rule === undefined
            ? words('`main` no tiene ninguna regla', '`main` has no rule')
            : words(`no exige: ${missing.join(', ')}`, `it does not require: ${missing.join(', ')}`),
        where: { command: `gh api ${PROTECTION}` },
        next: words(
          'Escribe la regla entera en un archivo y envíala con `gh api -X PUT … --input`.',
          'Write the whole rule into a file and send it with `gh api -X PUT … --input`.',
        ),
      });
    const verdict = await noDirectPush.run(desk);
    return verdict.passed ? passed : verdict;
  },
};

export const exercise: Exercise = {
  id: 'd05-i1',
  seed: 'day-05-incident',
  parts: ['forge'],
  seeds: 6,
  title: words('La puerta se quedó abierta', 'The gate was left open'),
  stateFrom: 'd05',
  setup: broken,
  opens: 'gate.json',
  steps: [
    {
      id: 'd05-i1-s1',
      kind: 'challenge',
      title: words('Cierra otra vez la puerta', 'Close the gate again'),
      task: words(
        'Alguien cambió la regla de `main` «solo por esta vez», y algo sin probar puede entrar. Mira en `seats` qué exige ahora: `gh api repos/{owner}/{repo}/branches/main/protection`. Haz que exija otra vez los dos checks, también a quien administra.',
        'Somebody changed the rule of `main` “just for this once”, and untested work can get in. In `seats`, see what it requires now: `gh api repos/{owner}/{repo}/branches/main/protection`. Make it require both checks again, of administrators as well.',
      ),
      checks: [closed],
      files: ['gate.json'],
      hints: [
        words('«La puerta», en el día 5: qué dice cada campo.', '“The gate”, in day 5: what each field says.'),
        words(
          '¿Está `gate.json` todavía en tu carpeta? Dice lo que debería valer.',
          'Is `gate.json` still in your folder? It says what should hold.',
        ),
        words(
          '`gh api -X ____ repos/{owner}/{repo}/branches/main/protection --input ~/____`',
          '`gh api -X ____ repos/{owner}/{repo}/branches/main/protection --input ~/____`',
        ),
      ],
      reason: words(
        'Lo que la puerta exige está escrito en un archivo, así que volver a cerrarla es una orden. Una excepción que nadie retira es la regla nueva.',
        'What the gate requires is written in a file, so closing it again is one command. An exception that nobody takes back is the new rule.',
      ),
    },
  ],
  wrong: { 'only-for-others': 'd05-i1-c1' },
};
