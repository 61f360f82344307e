// What is judged of the report: that both times are those that were recorded.
import { type Check, type Desk, failed, passed, type Verdict } from '../../sandbox/checks/index.ts';
import { begunAt, both, changesOf, figure, firstAlert, firstCalm, MINUTE } from './facts.ts';

/** Both times of a change, in minutes. */
interface Times {
  readonly lead: number;
  readonly recovery: number;
}

/** What was reported last, if anything was. */
function reportOf(desk: Desk): Times | undefined {
  const entry = desk.log.findLast(({ type }) => type === 'DeliveryReported');
  return entry?.type === 'DeliveryReported'
    ? { lead: entry.leadTimeMinutes, recovery: entry.recoveryTimeMinutes }
    : undefined;
}

/** How long each of the learner's changes took from its first commit to its deploy, in minutes. */
async function leadsOf(desk: Desk): Promise<readonly number[]> {
  const leads: number[] = [];
  for (const { pull, deploy } of changesOf(desk))
    if (deploy !== undefined) leads.push((deploy.at - (await begunAt(desk, pull))) / MINUTE);
  return leads;
}

/** Minutes that a time may be off. */
const TOLERANCE = 1;
const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= TOLERANCE;

/** Whether each time is rather the other one: what was recorded may differ by less than twice the tolerance. */
function isExchanged({ lead, recovery }: Times, recorded: Times): boolean {
  const off = (a: number, b: number): number => Math.abs(lead - a) + Math.abs(recovery - b);
  return (
    isNear(lead, recorded.recovery) &&
    isNear(recovery, recorded.lead) &&
    !isNear(recorded.lead, recorded.recovery) &&
    off(recorded.recovery, recorded.lead) < off(recorded.lead, recorded.recovery)
  );
}

export const reported: Check = {
  id: 'd10-c5',
  goal: both(
    'Los dos tiempos de tu informe son los que quedaron registrados, con un minuto de margen y cada uno en su opción',
    'Both times in your report are those that were recorded, give or take a minute, each under its own option',
  ),
  kind: 'log',
  async run(desk) {
    const report = reportOf(desk);
    const calm = firstCalm(desk);
    const leads = await leadsOf(desk);
    if (report === undefined || calm === undefined || leads.length === 0)
      return tooSoon(report === undefined, calm === undefined);
    const recovery = (calm - firstAlert(desk).at) / MINUTE;
    if (leads.some((lead) => isExchanged(report, { lead, recovery }))) return exchanged(report);
    if (!leads.some((lead) => isNear(report.lead, lead)))
      return wrongLead(report, changesOf(desk).findLast(({ deploy }) => deploy !== undefined)?.pull.number);
    return isNear(report.recovery, recovery) ? passed : wrongRecovery(report);
  },
};

function tooSoon(isUnreported: boolean, isFiring: boolean): Verdict {
  return failed({
    expected: both(
      'la versión nueva desplegada, la alerta terminada y un informe',
      'the new version deployed, the alert over, and a report',
    ),
    found: isUnreported
      ? both('ningún informe', 'no report')
      : isFiring
        ? both('un informe mientras la alerta sigue abierta', 'a report while the alert is still open')
        : both('un informe sin ningún despliegue de tu cambio', 'a report, and no deploy of your change'),
    where: { command: 'loop report' },
    next:
      isUnreported || isFiring
        ? whenCalm
        : both(
            'Primero despliega tu cambio: el reloj de la entrega aún corre. Después, informa otra vez.',
            'First deploy your change: the clock of its lead time is still running. Then report again.',
          ),
  });
}

const whenCalm = both(
  'Cuando todo esté en calma: `loop report --lead-time … --recovery-time …`, con unidades, como `8m`.',
  'When all is calm: `loop report --lead-time … --recovery-time …`, with units, as in `8m`.',
);

function exchanged(report: Times): Verdict {
  const [lead, recovery] = [figure(report.lead), figure(report.recovery)];
  return failed({
    expected: both(
      'en `--lead-time`, del commit al despliegue; en `--recovery-time`, de [FIRING] a [RESOLVED]',
      'in `--lead-time`, from the commit to the deploy; in `--recovery-time`, from [FIRING] to [RESOLVED]',
    ),
    found: both(
      `${lead.es} min de entrega y ${recovery.es} min de recuperación: uno parece el otro`,
      `${lead.en} min of lead time and ${recovery.en} min of recovery: each looks like the other`,
    ),
    where: { command: 'inbox operations' },
    next: both(
      'Mira a qué pregunta contesta cada reloj, y vuelve a informar.',
      'See which question each clock answers, and report again.',
    ),
  });
}

function wrongLead(report: Times, pull: number | undefined): Verdict {
  const { es, en } = figure(report.lead);
  return failed({
    expected: both(
      'el tiempo desde tu primer commit hasta su despliegue',
      'the time from your first commit to its deploy',
    ),
    found: both(`${es} min de entrega`, `${en} min of lead time`),
    where: { command: `cd ~/seats; gh pr view ${pull} --json commits` },
    next: both(
      'Mira la hora del primer commit de tu pull request (si abriste varios, del que quitó el error) y la de su [DEPLOY] en `inbox operations`.',
      'See the time of the first commit of your pull request (if you opened several, of the one that ended the error), and that of its [DEPLOY] in `inbox operations`.',
    ),
  });
}

function wrongRecovery(report: Times): Verdict {
  const { es, en } = figure(report.recovery);
  return failed({
    expected: both('el tiempo desde la alerta hasta su fin', 'the time from the alert to its end'),
    found: both(`${es} min de recuperación`, `${en} min of recovery`),
    where: { command: 'inbox operations' },
    next: both('Resta la hora de [FIRING] a la de [RESOLVED].', 'Take the time of [FIRING] from that of [RESOLVED].'),
  });
}
