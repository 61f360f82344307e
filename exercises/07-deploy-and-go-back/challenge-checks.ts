// What is judged of the challenge: versions that nobody has seen fail, and where to go back to after them.
import { type Check, type Desk, failed, passed, type Verdict } from '../../sandbox/checks/index.ts';
import { movedAlready, overwritten } from './deploy-checks.ts';
import { goingBack, isThere, twoDeploys } from './going-back.ts';
import { goodThenBad, leftNothing, publishStillborn } from './good-then-bad.ts';
import {
  comma,
  freshly,
  gives,
  goal,
  isNobody,
  MOST_LOST,
  type Played,
  percent,
  play,
  prepare,
  serves,
  servingOn,
} from './played.ts';
import { doesNotGoBack, ending, letIn, onFreePort, refuses } from './rollback-checks.ts';

const LED_TO = '/var/log/led-to.log';

/**
 * As bad as 1.0.2: it starts, calls itself healthy, and cannot search. Whenever it is asked something it asks for itself at the public port:
 * where nginx leads to it in that moment, it leaves `LED_TO`. Whether a buyer comes in that moment is chance.
 */
const searchless = `import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
const version = readFileSync('VERSION', 'utf8').trim();
createServer((request, response) => {
  if (request.url === '/trips?to=itself') appendFileSync('${LED_TO}', version);
  else fetch('http://localhost/trips?to=itself').catch(() => {});
  const body = { '/version': { version }, '/healthz': { status: 'ok' } }[request.url];
  response.writeHead(body === undefined ? 500 : 200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body ?? { error: 'no search' }));
}).listen(Number(process.env.PORT));
process.on('SIGTERM', () => process.exit(0));
`;

/** Under a number that no script knows. */
const publishSearchless = `mkdir /tmp/searchless && cat > /tmp/searchless/app.mjs <<'END'
${searchless}END
tar -czf /tmp/searchless.tgz -C /tmp/searchless app.mjs
curl -fsS -T /tmp/searchless.tgz http://registry.ventarela.test/seats/1.0.4/seats-1.0.4.tgz`;

/** For each program of 1.0.0 on web-1, wherever it lies. */
const eachOld = (script: string): string =>
  `find / -path '*1.0.0*' -name app.mjs 2> /dev/null | while read -r program; do ${script}; done`;

const spoilOld = `cat > /tmp/searchless.mjs <<'END'
${searchless}END
${eachOld('cp $program $program.whole; cp /tmp/searchless.mjs $program')}`;
const mendOld = eachOld('mv -f $program.whole $program');

const isLedTo = (web: Desk): Promise<boolean> => web.production.host('web-1').exists(LED_TO);

function ledTo(version: string, script: 'deploy.sh' | 'rollback.sh'): Verdict {
  return failed({
    expected: goal(
      `nginx no lleva nunca a ${version}, que no sabe buscar`,
      `nginx never leads to ${version}, which cannot search`,
    ),
    found: goal(
      `\`${script}\` movió el puntero a ella y después lo devolvió: quien llamó entretanto dio con ella`,
      `\`${script}\` moved the pointer to it and then back: whoever called meanwhile met it`,
    ),
    where: { file: `ops/${script}` },
    next: goal(
      'Pide `/trips` antes de `reload`, en su propio puerto y no a través de nginx: `ssh web-1 "curl -f localhost:8082/trips"`.',
      'Ask for `/trips` before `reload`, at its own port and not through nginx: `ssh web-1 "curl -f localhost:8082/trips"`.',
    ),
  });
}

export const kept: Check = {
  id: 'd07-c9',
  goal: goal(
    'Una versión que arranca pero no sabe buscar, como 1.0.2, no llega a los compradores, ni al ir ni al volver',
    'A version that starts but cannot search, such as 1.0.2, does not reach the buyers, neither there nor back',
  ),
  kind: 'world',
  run: async (desk) => (await thereAndBack(desk)).verdict,
};

/** What c9 says; where the way back was refused, and the next one leads elsewhere, what c10 says of that. */
interface ThereAndBack {
  readonly verdict: Verdict;
  readonly forgotten?: Verdict;
  /** Which of the two is not on record as failed, though it was refused. */
  readonly untold?: 'deploy' | 'rollback';
}

export const thereAndBack = (desk: Desk): Promise<ThereAndBack> =>
  desk.once('a version that cannot search', async (copy) => {
    const both = await goodThenBad(copy);
    const { bad } = both;
    const moved = movedAlready(both);
    if (moved !== undefined) return { verdict: moved };
    const web = leftNothing(both) ? both.web : await goodAlone(copy);
    const before = await servingOn(web);
    if (isNobody(before)) return { verdict: nothingServes(before) };
    await web.run(publishSearchless);
    const begun = (await web.production.timeline()).length;
    const there = await play(web, 'ops/deploy.sh 1.0.4');
    const told = (await web.production.timeline()).slice(begun);
    // Who never tells has failed c7 for that already.
    const tells = there.exitCode !== 0 || bad.exitCode === 0;
    if (there.serving !== before || there.lost > MOST_LOST || !tells) return { verdict: reached(before, there) };
    if (await isLedTo(web)) return { verdict: ledTo('1.0.4', 'deploy.sh') };
    const isTold = told.some(({ kind, result }) => kind === 'deploy' && result === 'failed');
    return { ...(await wayBack(copy, web, before)), ...(there.exitCode !== 0 && !isTold && { untold: 'deploy' }) };
  });

/** A web-1 on which only 1.0.1 was deployed. */
async function goodAlone(desk: Desk): Promise<Desk> {
  const web = await freshly(desk);
  await prepare(web, 'ops/deploy.sh 1.0.1');
  return web;
}

function nothingServes(before: string): Verdict {
  return failed({
    expected: goal('que web-1 atienda tras `deploy.sh 1.0.1`', 'web-1 to serve after `deploy.sh 1.0.1`'),
    found: gives(before),
    where: { file: 'ops/deploy.sh' },
    next: goal(
      'Arregla primero `deploy.sh` (paso 4); después se mira esta meta.',
      'Fix `deploy.sh` first (step 4); then this goal is looked at.',
    ),
  });
}

function reached(before: string, { serving, lost, exitCode }: Played): Verdict {
  const isNoticedLate = serving === before && exitCode !== 0;
  return failed({
    expected: goal(
      `1.0.4 es como 1.0.2: ${before} sigue atendiendo; código distinto de 0`,
      `1.0.4 is like 1.0.2: ${before} goes on serving; a code other than 0`,
    ),
    found: goal(
      `${serves(serving).es}; falló el ${comma(percent(lost))}; código ${exitCode}`,
      `${serves(serving).en}; ${percent(lost)} failed; exit code ${exitCode}`,
    ),
    where: { file: 'ops/deploy.sh' },
    next:
      isNobody(serving) && exitCode !== 0
        ? onFreePort
        : isNoticedLate
          ? goal(
              'La prueba de humo la descubre tarde. Haz la prueba en su propio puerto, antes de mover el puntero.',
              'The smoke test finds out too late. Test on its own port, before the pointer moves.',
            )
          : goal(
              'Que la prueba de humo pida lo que piden los compradores, con `curl -f`, y no solo la salud o la versión.',
              'Let the smoke test ask for what buyers ask for, with `curl -f`, and not only for health or version.',
            ),
  });
}

/** rollback.sh, when the version before starts and cannot search; where it refuses, once more when it can. */
async function wayBack(desk: Desk, web: Desk, serving: string): Promise<ThereAndBack> {
  if (!(await refuses(desk))) return { verdict: passed };
  const { run } = web.production.host('web-1');
  await run(spoilOld);
  const begun = (await web.production.timeline()).length;
  const back = await play(web, 'ops/rollback.sh');
  const told = (await web.production.timeline()).slice(begun).filter(({ kind }) => kind === 'rollback');
  // Where it goes to otherwise is for c10.
  const wrong =
    back.lost > MOST_LOST
      ? letIn({ before: '1.0.0', serving, back, told }, 'no sabe buscar', 'cannot search')
      : (await isLedTo(web))
        ? ledTo('1.0.0', 'rollback.sh')
        : undefined;
  const isRefused = back.exitCode !== 0 && back.serving === serving;
  if (wrong === undefined && isRefused && told.length === 0) return { verdict: passed, untold: 'rollback' };
  if (wrong !== undefined || !isRefused || !told.some(({ version }) => version === '1.0.0'))
    return { verdict: wrong ?? passed };
  await run(mendOld);
  const afterwards = await prepare(web, 'ops/rollback.sh');
  return isBackFrom(serving, afterwards) ? { verdict: passed } : { verdict: passed, forgotten: forgot(afterwards) };
}

export const backAfterFailure: Check = {
  id: 'd07-c10',
  goal: goal(
    'Tras un deploy fallido o repetido, o una vuelta fallida, rollback.sh aún lleva a la versión anterior que funcionaba',
    'After a deploy that failed or was repeated, or a rollback that failed, rollback.sh still leads to the version before that worked',
  ),
  kind: 'world',
  async run(desk) {
    // Whose deploy of a version that does not start waits for ever is told so from there, and waited for once.
    const shared = overwritten(await goodThenBad(desk));
    const never = doesNotGoBack(await (await goingBack(desk)).well());
    if (never !== undefined) return never;
    const { forgotten } = await thereAndBack(desk);
    if (forgotten !== undefined) return shared ?? forgotten;
    const { web, versions, refused } = await deployedAfterwards(desk);
    const [before, last] = versions;
    const [failedTo, failedBack] =
      refused === undefined ? ['', ''] : [`vuelta fallida a ${refused}, `, `a failed rollback to ${refused}, `];
    await prepare(web, `ops/deploy.sh ${last}`);
    await web.run(publishStillborn);
    await prepare(web, 'ops/deploy.sh 1.0.3');
    const back = await prepare(web, 'ops/rollback.sh');
    const { serving: after, exitCode } = back;
    if (isBackFrom(last, back)) return passed;
    if (shared !== undefined) return shared;
    return failed({
      expected: goal(
        `${before}, ${failedTo}${last} dos veces, una que no arranca y \`rollback.sh\`: atiende ${before}`,
        `${before}, ${failedBack}${last} twice, one that does not start, then \`rollback.sh\`: ${before} serves`,
      ),
      found: goal(`${ending('es', back)}; ${serves(after).es}`, `${ending('en', back)}; ${serves(after).en}`),
      where: { file: exitCode === 0 ? 'ops/deploy.sh' : 'ops/rollback.sh' },
      next: isNobody(after)
        ? goal(
            'Ninguna vuelta mueve el puntero antes de la prueba de humo. ¿Arrancó algo que funciona?',
            'No way back moves the pointer before the smoke test. Did it start something that works?',
          )
        : goal(
            'Apunta la que atendía, o atiende, solo cuando el cambio sale bien y es otra versión.',
            'Note what served, or serves, only when the switch goes well and the new one is another.',
          ),
    });
  },
};

/** Whether it led to one that works: an older one is right as well. */
const isBackFrom = (version: string, { exitCode, serving }: Played): boolean =>
  exitCode === 0 && ['1.0.0', '1.0.1', '1.1.0'].includes(serving) && serving !== version;

/** After the rollback that was refused, whose version stays spoilt, 1.0.0. On a morning of its own where none was refused. */
async function deployedAfterwards(desk: Desk): Promise<{
  readonly web: Desk;
  readonly versions: readonly [string, string];
  /** The version to which the way back was refused. */
  readonly refused?: string;
}> {
  if (await refuses(desk)) {
    const { web, before, serving, ...went } = await (await goingBack(desk)).refused();
    const isRefused = 'back' in went && went.back.serving === serving;
    if (isRefused && isThere('1.0.0', await prepare(web, 'ops/deploy.sh 1.0.0')))
      return { web, versions: [serving, '1.0.0'], refused: before };
  }
  return twoDeploys(desk, ['1.0.1', '1.1.0']);
}

function forgot(back: Played): Verdict {
  const { es, en } = serves(back.serving);
  return failed({
    expected: goal(
      'tras un `rollback.sh` fallido, y 1.0.0 arreglada: vuelve a 1.0.0',
      'after a `rollback.sh` that failed, and 1.0.0 mended: back to 1.0.0',
    ),
    found: goal(`${ending('es', back)}; ${es}`, `${ending('en', back)}; ${en}`),
    where: { file: 'ops/rollback.sh' },
    next: goal(
      '¿A qué versión quiso volver esta vez? Una vuelta que falla no cambia nada de lo apuntado.',
      'Which version did it want to go back to this time? A way back that fails changes nothing of what is noted.',
    ),
  });
}

export const inProduction: Check = {
  id: 'd07-c11',
  goal: goal('web-1 atiende con 1.1.0 y su moneda', 'web-1 serves 1.1.0, with its currency'),
  kind: 'service',
  async run(desk) {
    const serving = await servingOn(desk);
    if (serving === '1.1.0') return (await inUnits(desk)) ?? passed;
    return failed({
      expected: goal('tu web-1 atiende con 1.1.0', 'your web-1 serves 1.1.0'),
      found: gives(serving),
      where: { service: 'GET http://web-1/version' },
      next: goal(
        'Pon `CURRENCY=units` en `/etc/seats.env` de web-1 y despliega 1.1.0 con tu script.',
        'Put `CURRENCY=units` into `/etc/seats.env` on web-1 and deploy 1.1.0 with your script.',
      ),
    });
  },
};

/** What is wrong with the currency in which web-1 gives prices, now and after its next start. */
async function inUnits(desk: Desk): Promise<Verdict | undefined> {
  const now = await desk.run("curl -s -m 5 'http://web-1/trips?from=Sierra'");
  const next = await desk.run('ssh web-1 cat /etc/seats.env');
  const given = /"currency":\s*"([^"]*)"/.exec(now.stdout)?.[1];
  const set = /^CURRENCY=["']?([^"'\n]*)/m.exec(next.stdout)?.[1];
  if (given === 'units' && set === 'units') return undefined;
  return failed({
    expected: goal(
      'precios en `units`, y `CURRENCY=units` en `/etc/seats.env`',
      'prices in `units`, and `CURRENCY=units` in `/etc/seats.env`',
    ),
    found: goal(
      `los precios van en ${given ?? '—'}; \`/etc/seats.env\` dice ${set ?? '—'}`,
      `prices are in ${given ?? '—'}; \`/etc/seats.env\` says ${set ?? '—'}`,
    ),
    where: { service: 'GET http://web-1/trips?from=Sierra' },
    next: goal(
      'Un proceso lee sus variables al arrancar. Corrige `/etc/seats.env` en web-1 y haz que 1.1.0 arranque de nuevo.',
      'A process reads its variables when it starts. Correct `/etc/seats.env` on web-1 and have 1.1.0 start again.',
    ),
  });
}
