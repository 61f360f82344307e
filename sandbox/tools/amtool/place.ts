import type { CommandIO } from '../../machine/index.ts';
import type { AlertingConfig, AlertmanagerState } from '../../telemetry/alerting/index.ts';
import { type AlertingState, readAlerting, writeAlerting } from '../../telemetry/service/index.ts';
import { diskOf } from './disk.ts';
import { AmtoolStop } from './flags.ts';

/** The company's Alertmanager as amtool finds it. */
export interface Place {
  readonly state: AlertingState;
  readonly config: AlertingConfig;
}

/** @throws AmtoolStop where no Alertmanager runs. */
export function openPlace(io: CommandIO, path: string): Place {
  const found = readAlerting(diskOf(io.machine.files), io.machine.kernel.now());
  if (found !== undefined) return found;
  throw new AmtoolStop(`Get "http://alertmanager:9093/api/v2/${path}": dial tcp: lookup alertmanager: no such host`);
}

/** Changes what Alertmanager remembers, and keeps it. */
export function change(place: Place, io: CommandIO, to: (state: AlertmanagerState) => AlertmanagerState): void {
  const disk = diskOf(io.machine.files);
  const { state } = readAlerting(disk, io.machine.kernel.now()) ?? place;
  writeAlerting(disk, { ...state, alertmanager: to(state.alertmanager) });
}
