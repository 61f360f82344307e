// What the shop logs of requests that failed on a day of the company: a JSON object a line.
import { createLabels, type Labels } from '../telemetry/index.ts';
import { formatLogRecord } from '../telemetry/logs/index.ts';
import { formatTime } from '../telemetry/time/index.ts';
import type { Call, Finished } from '../world/index.ts';

/**
 * Of each stretch of so many ms so many lines are kept, as journald's RateLimitIntervalSec and RateLimitBurst do; one more line says how
 * many were left out.
 */
const BURST = 30;
const BURST_OVER = 60_000;

export interface FailureLog {
  /** Told of each request that ended with 500 or more: 4xx is for whoever asked, and 499 is a buyer who has gone. */
  failed(request: Finished): void;
  /** Told what a program wrote before it failed. */
  wrote(from: Origin, lines: readonly string[]): void;
  lines(): readonly LogLine[];
}

/** Whose line it is, and when. */
type Origin = Pick<Call, 'at' | 'service' | 'instance'>;

export interface LogLine {
  readonly at: number;
  readonly app: string;
  readonly instance: string;
  readonly line: string;
}

/** @param seed makes the names of traces */
export function createFailureLog(seed: string): FailureLog {
  const lines: LogLine[] = [];
  let period = -1;
  let count = 0;
  let last: Origin | undefined;

  function close(): void {
    if (last === undefined || count <= BURST) return;
    const { at, service, instance } = last;
    const line = JSON.stringify({
      time: formatTime(Math.floor(at)),
      level: 'warn',
      msg: `suppressed ${count - BURST} messages`,
    });
    lines.push({ at: Math.floor(at), app: service, instance, line });
  }

  function write(from: Origin, line: () => string): void {
    const { at, service: app, instance } = from;
    const now = Math.floor(at / BURST_OVER);
    if (now !== period) {
      close();
      period = now;
      count = 0;
    }
    count += 1;
    last = from;
    if (count <= BURST) lines.push({ at: Math.floor(at), app, instance, line: line() });
  }

  return {
    wrote(from, written) {
      for (const line of written) write(from, () => line);
    },
    failed: (request) => write(request, () => failureLine(request, seed)),
    lines() {
      close();
      count = 0;
      return lines;
    },
  };
}

function failureLine({ at, version, route, code, ms, town, user }: Finished, seed: string): string {
  const [method, path] = route.split(' ');
  return JSON.stringify({
    time: formatTime(Math.floor(at)),
    level: 'error',
    msg: messageOf(code, path === '/payments'),
    version,
    method,
    path,
    status: code,
    ms: Math.round(ms),
    town,
    trace: traceOf(seed, user),
  });
}

/** The same lines as a store of logs holds them, which `logcli` asks. */
export function logRecord(line: LogLine, day: string): string {
  return formatLogRecord(labelsOfLog(line, day), { at: line.at, line: line.line });
}

export function labelsOfLog({ app, instance }: LogLine, day: string): Labels {
  return createLabels([
    ['app', app],
    ['instance', instance],
    ['day', day],
  ]);
}

function messageOf(code: number, isPayment: boolean): string {
  if (code === 504) return isPayment ? 'the payment provider did not answer in time' : 'a call took too long';
  if (code === 502) return isPayment ? 'the payment provider answered with an error' : 'a call failed';
  return code === 503 ? 'too many requests are waiting' : 'the request could not be served';
}

/** One visit of a buyer is one trace: 32 hexadecimal digits (W3C Trace Context), from FNV-1a with four beginnings. */
function traceOf(seed: string, user: number): string {
  const text = `${seed}/${user}`;
  let trace = '';
  for (let part = 0; part < 4; part++) {
    let hash = (0x811c9dc5 + part * 0x9e3779b9) >>> 0;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
    trace += hash.toString(16).padStart(8, '0');
  }
  return trace;
}
