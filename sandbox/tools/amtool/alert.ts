import type { CommandIO } from '../../machine/index.ts';
import { alertName, isResolved, matchesAll, muteOf, parseMatcher, routesFor } from '../../telemetry/alerting/index.ts';
import { getLabel, labelsKey } from '../../telemetry/labels.ts';
import { formatTime } from '../../telemetry/time/index.ts';
import type { Given } from './flags.ts';
import type { Place } from './place.ts';
import { matchersOf } from './silence.ts';
import { dateOf, table } from './table.ts';

/** `amtool alert query` (also without `query`): the alerts that fire, of the states that are asked for. */
export function queryAlerts({ state, config }: Place, { flags, words }: Given, io: CommandIO): number {
  const now = io.machine.kernel.now();
  const filter = matchersOf(words);
  const wants = (flag: string): boolean => flags[flag] !== undefined;
  const active = wants('active') || !['inhibited', 'silenced', 'unprocessed'].some(wants);
  const receiver = flags.receiver === undefined ? undefined : parseMatcher(`receiver=~${flags.receiver}`);
  const rows = state.alertmanager.alerts
    .filter((alert) => !isResolved(alert, now) && matchesAll(filter, alert.labels))
    .filter(({ labels }) => {
      const names = routesFor(config.route, labels).map((route) => route.receiver);
      return receiver === undefined || names.some((name) => matchesAll([receiver], [['receiver', name]]));
    })
    .map((alert) => ({ alert, mute: muteOf(state.alertmanager, config, alert, now) }))
    .filter(({ mute }) => (mute === undefined ? active : wants(mute)))
    .sort(
      (a, b) => a.alert.startsAt - b.alert.startsAt || (labelsKey(a.alert.labels) < labelsKey(b.alert.labels) ? -1 : 1),
    )
    .map(({ alert, mute }) => [
      alertName(alert),
      dateOf(formatTime(alert.startsAt)),
      getLabel(alert.annotations, 'summary'),
      mute === undefined ? 'active' : 'suppressed',
    ]);
  io.stdout(table([['Alertname', 'Starts At', 'Summary', 'State'], ...rows]));
  return 0;
}
