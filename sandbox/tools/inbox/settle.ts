import type { Machine } from '../../machine/index.ts';
import { settleNews } from '../../telemetry/service/index.ts';
import { timelineFromLog } from '../../telemetry/timeline/index.ts';
import { diskOf } from '../amtool/disk.ts';

/** Tells the channels what the log knows of deploys and rollbacks since the last time, by the routes of `notify.yaml`. */
export function tellNews({ files, kernel }: Machine): void {
  settleNews(diskOf(files), timelineFromLog(kernel.log.entries()));
}
