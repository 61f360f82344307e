// What lies on a desk of the days that were run there: each last run, and its logs where `logcli` reads.
import { type Files, parentOf } from '../machine/index.ts';
import { type LogLine, logRecord } from './logs.ts';
import { formatRun, type RunDocument, readRun } from './run.ts';

const ROOT = '/srv/prodsim';
const LOGS = '/srv/loki';

/** Days that were run have a Prometheus of their own: `http://DAY.ventarela.test:9090`. */
export function keepRun(files: Files, document: RunDocument): void {
  write(files, `${ROOT}/${document.day}.json`, formatRun(document));
}

export function lastRun(files: Files, day: string): RunDocument | undefined {
  const path = `${ROOT}/${day}.json`;
  return files.exists(path) ? readRun(files.readText(path)) : undefined;
}

export function writeLogs(files: Files, day: string, logs: readonly LogLine[]): void {
  write(files, `${LOGS}/prodsim-${day}.jsonl`, logs.map((line) => logRecord(line, day)).join(''));
}

function write(files: Files, path: string, text: string): void {
  files.mkdir(parentOf(path), { recursive: true });
  files.writeFile(path, text);
}
