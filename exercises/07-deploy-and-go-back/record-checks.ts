// What is judged of the record that operations keeps: that each deploy and each rollback is there, with what came of it.
import { type Check, type Desk, failed, passed, type Verdict } from '../../sandbox/checks/index.ts';
import { thereAndBack } from './challenge-checks.ts';
import { goingBack } from './going-back.ts';
import { goodThenBad } from './good-then-bad.ts';
import { goal, tooEarly } from './played.ts';
import { doesNotGoBack } from './rollback-checks.ts';

export const recorded: Check = {
  id: 'd07-c5',
  goal: goal(
    'Cada deploy que llega a web-1 queda anotado con versión, quién, cuándo y resultado',
    'Each deploy that reaches web-1 is on record with version, who, when and result',
  ),
  kind: 'world',
  async run(desk) {
    const { good, bad, version: lacking, told } = await goodThenBad(desk);
    const has = (version: string, result: string): boolean =>
      told.some((event) => event.service === 'seats' && event.version === version && event.result === result);
    const lies = has('1.0.1', 'failed') || has(lacking, 'succeeded');
    if (has('1.0.1', 'succeeded') && has(lacking, 'failed') && !lies) return (await untold(desk, 'deploy')) ?? passed;
    const list = told.map(({ version, result }) => `${version} ${result}`).join(', ');
    const [script, { said }] = has('1.0.1', 'succeeded') ? [`deploy.sh ${lacking}`, bad] : ['deploy.sh 1.0.1', good];
    const unsaid = goal(`\`${script}\` dice «${said}»`, `\`${script}\` says “${said}”`);
    return failed({
      expected: goal(
        `1.0.1 \`succeeded\` y ${lacking}, que no arranca, \`failed\``,
        `1.0.1 \`succeeded\` and ${lacking}, which does not start, \`failed\``,
      ),
      found: goal(
        list === '' ? `nada anotado; al final: «${bad.said || good.said}»` : `${list}; ${unsaid.es}`,
        list === '' ? `nothing on record; at the end: “${bad.said || good.said}”` : `${list}; ${unsaid.en}`,
      ),
      where: { file: told.length === 0 ? 'ops/record.sh' : 'ops/deploy.sh' },
      next: told.length === 0 ? notYet : lies && told.some(({ version }) => version === lacking) ? tooEarly : oneEnd,
    });
  },
};

const notYet = goal(
  'Pruébalo solo: `ops/record.sh deploy 1.0.1 succeeded`. Luego llámalo en los dos finales de `deploy.sh`.',
  'Try it alone: `ops/record.sh deploy 1.0.1 succeeded`. Then call it at both ends of `deploy.sh`.',
);

const oneEnd = goal(
  'Llámalo en los dos finales de `deploy.sh`, con la versión que despliegas. Con `set -e`, una orden que falla fuera de un `if` acaba antes con el script.',
  'Call it at both ends of `deploy.sh`, with the version that you deploy. With `set -e`, a command that fails outside an `if` ends the script before.',
);

/** What whoever records no version is told that starts and cannot search. */
async function untold(desk: Desk, kind: 'deploy' | 'rollback'): Promise<Verdict | undefined> {
  if ((await thereAndBack(desk)).untold !== kind) return undefined;
  return failed({
    expected: goal(
      `un \`${kind}\` \`failed\` también cuando la versión arranca y no sabe buscar`,
      `a \`${kind}\` \`failed\` also where the version starts and cannot search`,
    ),
    found: goal('nada anotado', 'nothing on record'),
    where: { file: `ops/${kind}.sh` },
    next: goal(
      'Cada final que falla llama a `record.sh`: también el de la prueba que añadiste en el paso 6.',
      'Each end that fails calls `record.sh`: that of the test which you added in step 6 too.',
    ),
  });
}

export const backRecorded: Check = {
  id: 'd07-c8',
  goal: goal('La vuelta atrás también queda anotada', 'Going back is on record too'),
  kind: 'world',
  async run(desk) {
    const went = await (await goingBack(desk)).well();
    const never = doesNotGoBack(went);
    if (never !== undefined) return never;
    const { told, back } = went;
    const { said, serving } = back;
    const isTold = told.some(
      ({ kind, version, result }) => kind === 'rollback' && version === serving && result === 'succeeded',
    );
    if (isTold && told.every(({ kind }) => kind === 'rollback')) return (await untold(desk, 'rollback')) ?? passed;
    const list = told.map(({ kind, version, result }) => `${kind} ${version} ${result}`).join(', ');
    return failed({
      expected: goal(
        `\`rollback ${serving} succeeded\`, la versión que atiende después, y ningún \`deploy\``,
        `\`rollback ${serving} succeeded\`, the version that serves afterwards, and no \`deploy\``,
      ),
      found: goal(list || `nada; el script: «${said}»`, list || `nothing; the script: “${said}”`),
      where: { command: 'curl -s http://events.ventarela.test/deploys' },
      next: goal(
        'Termina `rollback.sh` con `record.sh rollback`, la versión y el resultado. No llames a `deploy.sh`: anota un deploy que nadie hizo.',
        'End `rollback.sh` with `record.sh rollback`, the version and the result. Do not call `deploy.sh`: it records a deploy that nobody made.',
      ),
    });
  },
};
