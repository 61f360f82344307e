// What is judged of rollback.sh.
import { type Check, type Desk, failed, passed, type Star, type Verdict } from '../../sandbox/checks/index.ts';
import { goodThenBad } from './deploy-checks.ts';
import { comma, freshly, goal, MOST_LOST, type Played, percent, play } from './played.ts';

/** Both versions that can serve, in an order, with the variable that 1.1.0 needs: what serves at the end, and what served before it. */
interface TwoDeploys {
  readonly web: Desk;
  readonly before: string;
  readonly serving: string;
}

/** Three orders, so that whatever versions are written into rollback.sh are wrong in one of them. */
const upwards = ['1.0.1', '1.1.0'] as const;
const downwards = ['1.1.0', '1.0.1'] as const;
const toTheFirst = ['1.1.0', '1.0.0'] as const;

async function twoDeploys(desk: Desk, [first, second]: readonly [string, string] = upwards): Promise<TwoDeploys> {
  const web = await freshly(desk, true);
  const { serving: before } = await play(web, `ops/deploy.sh ${first}`);
  const { serving } = await play(web, `ops/deploy.sh ${second}`);
  return { web, before, serving };
}

/** Deploys, and rollback.sh after them. */
interface WentBack extends Omit<TwoDeploys, 'web'> {
  readonly back: Played;
  /** Deploys and rollbacks that were written down meanwhile. */
  readonly told: readonly { readonly kind: string; readonly version?: string; readonly result?: string }[];
}

const wentBack = (desk: Desk, order: readonly [string, string] = upwards): Promise<WentBack> =>
  desk.once(`a rollback after ${order.join(' and ')}`, async (copy) => {
    const { web, ...deployed } = await twoDeploys(copy, order);
    const begun = (await web.production.timeline()).length;
    const back = await play(web, 'ops/rollback.sh');
    const told = (await web.production.timeline()).slice(begun);
    return { ...deployed, back, told: told.filter(({ kind }) => kind === 'rollback' || kind === 'deploy') };
  });

/** That there is nothing to go back from: where no deploy goes through, a rollback.sh that does nothing would be right. */
function nothingDeployed({ before, serving }: Omit<TwoDeploys, 'web'>): Verdict | undefined {
  if (before !== serving) return undefined;
  return failed({
    expected: goal('dos deploys que salen bien, uno tras otro', 'two deploys that go well, one after the other'),
    found: goal(`tras los dos, web-1 da ${serving}`, `after both, web-1 gives ${serving}`),
    where: { file: 'ops/deploy.sh' },
    next: goal(
      'Sin deploys no hay de dónde volver: arregla primero `deploy.sh` (paso 4).',
      'Without deploys there is nothing to go back from: mend `deploy.sh` first (step 4).',
    ),
  });
}

export const back: Check = {
  id: 'd07-c4',
  goal: goal(
    'rollback.sh devuelve la versión anterior en menos de 30 segundos',
    'rollback.sh brings back the version before in under 30 seconds',
  ),
  kind: 'world',
  async run(desk) {
    for (const order of [downwards, toTheFirst]) {
      const went = await wentBack(desk, order);
      const wrong = nothingDeployed(went) ?? notBack(went);
      if (wrong !== undefined) return wrong;
    }
    return passed;
  },
};

function notBack({ before, serving, back: { serving: after, ms, exitCode, said } }: WentBack): Verdict | undefined {
  if (exitCode === 0 && after === before && ms < 30_000) return undefined;
  return failed({
    expected: goal(
      `con CURRENCY puesta, de ${serving} otra vez a ${before}, en menos de 30 s`,
      `with CURRENCY set, from ${serving} back to ${before}, in under 30 s`,
    ),
    found: goal(
      `${ending('es', exitCode, said)} tras ${Math.round(ms / 1000)} s; web-1 da ${after}`,
      `${ending('en', exitCode, said)} after ${Math.round(ms / 1000)} s; web-1 gives ${after}`,
    ),
    where: { file: 'ops/rollback.sh' },
    next: goal(
      'Sigue en `/opt/seats/releases`. Falta saber cuál era: que `deploy.sh` lo apunte.',
      'It is still in `/opt/seats/releases`. What is missing is which one it was: let `deploy.sh` note it.',
    ),
  });
}

/** How rollback.sh ended. */
function ending(language: 'es' | 'en', exitCode: number, said: string): string {
  const message = said === '' ? '' : language === 'es' ? `, «${said}»` : `, “${said}”`;
  return language === 'es'
    ? `\`rollback.sh\` termina con código ${exitCode}${message}`
    : `\`rollback.sh\` ends with exit code ${exitCode}${message}`;
}

export const backRecorded: Check = {
  id: 'd07-c8',
  goal: goal('La vuelta atrás también queda anotada', 'Going back is on record too'),
  kind: 'world',
  async run(desk) {
    const {
      told,
      back: { said, serving },
    } = await wentBack(desk);
    if (told.some(({ kind, version, result }) => kind === 'rollback' && version === serving && result === 'succeeded'))
      return passed;
    const list = told.map(({ kind, version, result }) => `${kind} ${version} ${result}`).join(', ');
    return failed({
      expected: goal(
        'un `rollback` `succeeded`, con la versión que atiende después',
        'a `rollback` `succeeded`, with the version that serves afterwards',
      ),
      found: goal(list || `nada; el script: «${said}»`, list || `nothing; the script: “${said}”`),
      where: { command: 'curl -s http://events.ventarela.test/deploys' },
      next: goal(
        'Termina `rollback.sh` con `record.sh rollback`, la versión que atiende ahora y el resultado.',
        'End `rollback.sh` with `record.sh rollback`, the version that serves now, and the result.',
      ),
    });
  },
};

/** A file of 1.0.1 is gone from web-1, wherever its release lies: it does not start any more. */
const spoiled = `ssh web-1 "find / -path '*1.0.1*' -name trips.json 2> /dev/null | xargs rm -f"`;

/** A script that never goes anywhere lets nobody in either. */
function doesNotGoBack({ exitCode, said }: Played): Verdict {
  return failed({
    expected: goal(
      'un `rollback.sh` que vuelve cuando la versión anterior funciona',
      'a `rollback.sh` that goes back when the version before works',
    ),
    found: goal(ending('es', exitCode, said), ending('en', exitCode, said)),
    where: { file: 'ops/rollback.sh' },
    next: goal('Primero que vuelva; después, que se niegue.', 'Let it go back first, and refuse afterwards.'),
  });
}

export const proven: Check = {
  id: 'd07-c12',
  goal: goal(
    'Si la versión anterior ya no funciona, rollback.sh no deja entrar a nadie y termina con un código distinto de 0',
    'When the version before works no longer, rollback.sh lets nobody in and ends with a code other than 0',
  ),
  kind: 'world',
  async run(desk) {
    const { back } = await wentBack(desk);
    if (back.exitCode !== 0) return doesNotGoBack(back);
    const deployed = await twoDeploys(desk);
    const nothing = nothingDeployed(deployed);
    if (nothing !== undefined) return nothing;
    const { web, before, serving } = deployed;
    await web.run(spoiled);
    const { serving: after, lost, exitCode, said } = await play(web, 'ops/rollback.sh');
    // Who fetches it again, or goes to an older one that works, is right as well.
    const isTrue = (exitCode === 0) === (after !== serving);
    if (isTrue && !after.startsWith('HTTP') && lost <= MOST_LOST) return passed;
    return failed({
      expected: goal(
        `${before} ya no arranca: sigue ${serving}, código distinto de 0`,
        `${before} does not start any more: ${serving} goes on, code other than 0`,
      ),
      found: goal(
        `${ending('es', exitCode, said)}; web-1 da ${after} y falla el ${comma(lost)}`,
        `${ending('en', exitCode, said)}; web-1 gives ${after}, and ${percent(lost)} fail`,
      ),
      where: { file: 'ops/rollback.sh' },
      next: goal(
        'Antes de mover el puntero, la misma prueba de humo que en `deploy.sh`.',
        'Before the pointer moves, the same smoke test as in `deploy.sh`.',
      ),
    });
  },
};

/** 1.0.3, which no smoke test lets through. */
const publishStillborn = `mkdir /tmp/stillborn && echo 'process.exit(1)' > /tmp/stillborn/app.mjs
tar -czf /tmp/stillborn.tgz -C /tmp/stillborn app.mjs
curl -fsS -T /tmp/stillborn.tgz http://registry.ventarela.test/seats/1.0.3/seats-1.0.3.tgz`;

export const backAfterFailure: Check = {
  id: 'd07-c10',
  goal: goal(
    'Tras un deploy fallido, o repetido, rollback.sh aún lleva a la versión anterior que funcionaba',
    'After a deploy that failed, or was repeated, rollback.sh still leads to the version before that worked',
  ),
  kind: 'world',
  async run(desk) {
    // Whose deploy of a version that does not start waits for ever is told so from there, and waited for once.
    await goodThenBad(desk);
    const { web } = await twoDeploys(desk);
    await play(web, 'ops/deploy.sh 1.1.0');
    await web.run(publishStillborn);
    await play(web, 'ops/deploy.sh 1.0.3');
    const { serving: after, exitCode } = await play(web, 'ops/rollback.sh');
    if (['1.0.0', '1.0.1'].includes(after) && exitCode === 0) return passed;
    return failed({
      expected: goal(
        `1.0.1, 1.1.0, 1.1.0 otra vez, una que no arranca y \`rollback.sh\`: atiende 1.0.1`,
        `1.0.1, 1.1.0, 1.1.0 again, one that does not start, then \`rollback.sh\`: 1.0.1 serves`,
      ),
      found: goal(`atiende ${after}; código ${exitCode}`, `${after} serves; exit code ${exitCode}`),
      where: { file: 'ops/deploy.sh' },
      next: goal(
        'La anterior es la última distinta que atendió de verdad. Apúntala solo si el cambio sale bien y la versión es otra.',
        'The one before is the last other one that really served. Note it only when the switch goes well and the version is another.',
      ),
    });
  },
};

export const noneLost: Star = {
  id: 'd07-x1',
  star: 'safer',
  goal: goal('Al volver atrás no se pierde ni una petición', 'Going back loses not a single request'),
  kind: 'world',
  async run(desk) {
    const deployed = await wentBack(desk);
    const nothing = nothingDeployed(deployed);
    if (nothing !== undefined) return nothing;
    const { before, back } = deployed;
    const { failedRequests, serving, exitCode, said } = back;
    if (failedRequests === 0 && serving === before && exitCode === 0) return passed;
    return failed({
      expected: goal(
        `que \`rollback.sh\` vuelva a ${before} sin perder ninguna petición`,
        `\`rollback.sh\` to go back to ${before} and lose no request`,
      ),
      found: goal(
        `${ending('es', exitCode, said)}; atiende ${serving} y se pierden ${failedRequests}`,
        `${ending('en', exitCode, said)}; ${serving} serves, and ${failedRequests} are lost`,
      ),
      where: { file: 'ops/rollback.sh' },
      next: goal(
        'Vuelve como fuiste: lado a lado, prueba, puntero, y lo viejo al final.',
        'Go back as you came: side by side, test, pointer, and the old one last.',
      ),
    });
  },
};

/** The solution takes 3.6 s on each of 6 seeds, two of them the pauses until the service answers; the alternatives 2.3, 3.3 and 8.6 s. */
export const quick: Star = {
  id: 'd07-x2',
  star: 'faster',
  goal: goal('rollback.sh tarda menos de 6 segundos', 'rollback.sh takes less than 6 seconds'),
  kind: 'world',
  async run(desk) {
    const deployed = await wentBack(desk);
    const nothing = nothingDeployed(deployed);
    if (nothing !== undefined) return nothing;
    const { before, back } = deployed;
    const { ms, serving, exitCode, said } = back;
    if (ms < 6000 && serving === before) return passed;
    return failed({
      expected: goal(`que atienda ${before} en menos de 6 s`, `${before} to serve in less than 6 s`),
      found: goal(
        `${ending('es', exitCode, said)} tras ${(ms / 1000).toFixed(1)} s; atiende ${serving}`,
        `${ending('en', exitCode, said)} after ${(ms / 1000).toFixed(1)} s; ${serving} serves`,
      ),
      where: { file: 'ops/rollback.sh' },
      next: goal(
        'Nada que descargar ni desempaquetar: ya está en web-1. ¿Qué esperas de más?',
        'Nothing to download or unpack: it is on web-1 already. What do you wait for too long?',
      ),
    });
  },
};
