// How the harm of the morning ended: soon enough, and by going back.
import { type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import {
  BAD,
  both,
  clock,
  clockWithSeconds,
  firstAlert,
  harm,
  harmedUntil,
  isNewer,
  lastAnswerOf,
  MINUTE,
  percent,
  wentBack,
} from './facts.ts';

/**
 * Minutes from the alert until buyers are served again. The day opens 5 to 6 minutes after the alert; who rolls back at once needs 7,
 * a fix forward through the whole gate about 15; 30 leaves room for looking around, and none for doing nothing.
 */
export const HARM_LIMIT = 30;

/** How many minutes after the alert it was over, and whether that is soon enough, and by going back. */
export async function harmOver(desk: Desk): Promise<{ readonly minutes: number; readonly verdict: Verdict }> {
  const alert = firstAlert(desk).at;
  const until = await harmedUntil(desk);
  return { minutes: Math.round((until - alert) / MINUTE), verdict: await judged(desk, alert, until) };
}

/** @param alert when it was told. @param until the end of the harm. Both in ms since 1970. */
async function judged(desk: Desk, alert: number, until: number): Promise<Verdict> {
  const now = desk.now();
  const isOver = now - until >= MINUTE || (await harm(desk, now - MINUTE, now)) <= 0.02;
  const version = await servedNow(desk);
  // With a newer version the minute that is not over yet changes nothing any more.
  const isSkipped = version !== undefined && isNewer(version, BAD) && !wentBack(desk);
  if ((isOver || isSkipped) && until - alert <= HARM_LIMIT * MINUTE) {
    if (wentBack(desk)) return passed;
    return failed({
      expected: both(
        'la versión anterior, sirviendo antes que ninguna nueva',
        'the version before, serving before any new one',
      ),
      found: both(
        `esa versión no atendió a los compradores; ${BAD} siguió atendiendo hasta las ${servedUntil(desk, until)}`,
        `it served no buyers; ${BAD} went on serving until ${servedUntil(desk, until)}`,
      ),
      where: { command: 'ops/rollback.sh' },
      next: both(
        'Empieza el día de nuevo y vuelve atrás primero: arreglar con calma viene después.',
        'Start the day again and go back first: fixing in peace comes after.',
      ),
    });
  }
  if (isOver)
    return failed({
      expected: both(
        `fin del daño antes de las ${clock(alert + HARM_LIMIT * MINUTE)}`,
        `harm over by ${clock(alert + HARM_LIMIT * MINUTE)}`,
      ),
      found: both(`duró hasta las ${endOf(desk, until)}`, `it lasted until ${endOf(desk, until)}`),
      where: { service: 'web-1' },
      next: both(
        'Empieza el día de nuevo y reduce el daño antes de buscar la causa.',
        'Start the day again, and reduce the harm before you look for the cause.',
      ),
    });
  const share = percent(await harm(desk, now - MINUTE, now));
  return failed({
    expected: both('menos del 2 % de peticiones con error', 'less than 2 % of requests with an error'),
    found: both(`${share.es} en el último minuto`, `${share.en} in the last minute`),
    where: { command: 'inbox operations' },
    next: whileItLasts(version),
  });
}

/** What to do while the last minute still has errors. From a newer version `ops/rollback.sh` may lead to the bad one. */
function whileItLasts(version: string | undefined): Words {
  if (version !== undefined && isNewer(BAD, version))
    return both(
      `web-1 ya tiene ${version}: espera un minuto (\`sleep 60\`) y comprueba.`,
      `web-1 has ${version} already: wait a minute (\`sleep 60\`) and check.`,
    );
  return both(
    '¿Qué cambió justo antes de la alerta? Vuelve atrás con `ops/rollback.sh`, espera un minuto (`sleep 60`) y comprueba.',
    'What changed just before the alert? Go back with `ops/rollback.sh`, wait a minute (`sleep 60`) and check.',
  );
}

/** The version that answers on web-1; undefined where none does. */
async function servedNow(desk: Desk): Promise<string | undefined> {
  try {
    return ((await desk.production.get('http://web-1/version')).json() as { version?: string }).version;
  } catch {
    return undefined;
  }
}

/** When the bad version last served: it may have gone on after the harm, where somebody has mended it on the host. */
const servedUntil = (desk: Desk, until: number): string => clockWithSeconds(lastAnswerOf(desk, BAD) ?? until);

/** When the harm ended: with the last answer of the bad version, where the log has one about then. Not each failure is logged. */
function endOf(desk: Desk, until: number): string {
  const last = lastAnswerOf(desk, BAD);
  return last !== undefined && Math.abs(last - until) <= MINUTE ? clockWithSeconds(last) : clock(until);
}
