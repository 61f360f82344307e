// What is collected of production while it lives: metrics in Prometheus's text format, every 15 s, and what programs logged.
import type { HttpResponse, NetworkFailure } from '../../machine/index.ts';
import type { Host } from '../host/host.ts';
import type { Outcome } from './ledger.ts';
import type { ScrapeJob } from './scenario.ts';

/** Prometheus's default is a minute; the company's is this, in ms. */
export const SCRAPE_INTERVAL = 15_000;
/** Ms until a target that does not answer counts as down (scrape_timeout is 10 s). */
const SCRAPE_TIMEOUT = 10_000;

/** What one target told at one moment, as it told it. */
export interface Scrape {
  /** Simulated time, ms since 1970. */
  readonly at: number;
  readonly job: string;
  /** `web-1:8081` */
  readonly instance: string;
  /** Whether it answered with metrics. */
  readonly up: boolean;
  /** Ms that the answer took. */
  readonly duration: number;
  /** The text format of Prometheus; '' when it is down. */
  readonly text: string;
}

/** A line that a service wrote. */
export interface LogLine {
  readonly at: number;
  readonly host: string;
  /** `seats.service` */
  readonly unit: string;
  readonly pid: number;
  readonly line: string;
}

/** The labels that an agent on a host would give: its name, the unit, and the service without what systemd adds. */
export function labelsOfLine({ host, unit }: LogLine): Readonly<Record<'app' | 'host' | 'unit', string>> {
  return { app: unit.replace(/(@.*)?\.service$/, ''), host, unit };
}

export interface MonitoringSurroundings {
  now(): number;
  /** Schedules what may leave something to wait for. @returns the function that cancels it. */
  schedule(delay: number, action: () => void): () => void;
  get(host: string, port: number, path: string): Promise<HttpResponse | NetworkFailure>;
  /** Told of each scrape when it is over. */
  onScrape(scrape: Scrape): void;
}

/** Asks every target now, and again every 15 s. */
export function startScraping(
  jobs: readonly ScrapeJob[],
  { now, schedule, get, onScrape }: MonitoringSurroundings,
): void {
  function scrape({ job, path }: ScrapeJob, host: string, port: number): void {
    const at = now();
    let isOver = false;
    const end = (answer: HttpResponse | NetworkFailure): void => {
      if (isOver) return;
      isOver = true;
      cancel();
      const up = typeof answer !== 'string' && answer.status === 200;
      const text = up ? new TextDecoder().decode(answer.body) : '';
      onScrape({ at, job, instance: `${host}:${port}`, up, duration: now() - at, text });
    };
    const cancel = schedule(SCRAPE_TIMEOUT, () => end('ETIMEDOUT'));
    void get(host, port, path).then(end);
  }

  function scrapeAll(): void {
    for (const job of jobs) for (const { host, port } of job.targets) scrape(job, host, port);
    schedule(SCRAPE_INTERVAL, scrapeAll);
  }

  if (jobs.length > 0) scrapeAll();
}

/** Collects what services of a host write. What systemd says of them is not theirs. */
export function collectLogs({ name: host, journal }: Host, lines: LogLine[]): void {
  journal.follow(({ at, unit, pid, identifier, message }) => {
    if (unit !== '' && identifier !== 'systemd') lines.push({ at, host, unit, pid, line: message });
  });
}

/** Seconds, the usual bounds of Prometheus's client libraries. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface FrontMetrics {
  observe(outcome: Outcome): void;
  /** The text format of Prometheus. */
  text(): string;
}

/** What buyers felt, counted where they come in: requests by status (`000` when there was no answer) and how long answers took. */
export function createFrontMetrics(): FrontMetrics {
  const byCode = new Map<string, number>();
  const buckets = new Array<number>(bounds.length + 1).fill(0);
  let sum = 0;
  return {
    observe({ fate, status, latency }) {
      const code = String(status).padStart(3, '0');
      byCode.set(code, (byCode.get(code) ?? 0) + 1);
      if (fate === 'dropped') return;
      const seconds = latency / 1000;
      const index = bounds.findIndex((bound) => seconds <= bound);
      const at = index < 0 ? bounds.length : index;
      buckets[at] = (buckets[at] as number) + 1;
      sum += seconds;
    },
    text() {
      const codes = [...byCode].sort(([a], [b]) => (a < b ? -1 : 1));
      let below = 0;
      const cumulative = buckets.map((count, index) => {
        below += count;
        return `front_request_duration_seconds_bucket{le="${bounds[index] ?? '+Inf'}"} ${below}`;
      });
      return [
        '# HELP front_requests_total Requests of buyers by status; 000 stands for no answer.',
        '# TYPE front_requests_total counter',
        ...codes.map(([code, count]) => `front_requests_total{code="${code}"} ${count}`),
        '# HELP front_request_duration_seconds How long buyers waited for an answer.',
        '# TYPE front_request_duration_seconds histogram',
        ...cumulative,
        `front_request_duration_seconds_sum ${sum}`,
        `front_request_duration_seconds_count ${below}`,
        '',
      ].join('\n');
    },
  };
}
