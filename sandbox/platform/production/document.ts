// What lasts of production, as files on the desk's disk: the scenario, when it began, and what was done to it since.
// Everything else (hosts, programs that run, journals, counts) is computed from these, the same each time.
import type { Kernel } from '../../kernel/index.ts';
import type { Files, HttpRequest, Machine } from '../../machine/index.ts';

const ROOT = '/srv/production';
/** An author's setup puts it there: production begins then. */
const SCENARIO = `${ROOT}/scenario.yaml`;
const BEGINNING = `${ROOT}/beginning.json`;
const INTERVENTIONS = `${ROOT}/interventions.jsonl`;
/** The rules of the company's Prometheus, as somebody last put them there. */
export const RULES = '/srv/prometheus/rules.yml';
const TOLD = `${ROOT}/told.json`;

/** What somebody did from the desk, at a moment of simulated time. Bytes are base16 texts, so that it is a line of JSON. */
export type Intervention =
  | {
      readonly kind: 'exec';
      readonly at: number;
      readonly host: string;
      readonly script: string;
      readonly stdin: string;
      /** After how many steps somebody stopped it. */
      readonly stoppedAfter?: number;
    }
  /** Prometheus was told to read its rules again: their text. */
  | { readonly kind: 'rules'; readonly at: number; readonly text: string }
  | { readonly kind: 'put'; readonly at: number; readonly host: string; readonly files: readonly PutFile[] }
  | {
      readonly kind: 'request';
      readonly at: number;
      readonly host: string;
      readonly port: number;
      readonly request: Pick<HttpRequest, 'method' | 'target' | 'headers'>;
      readonly body: string;
      /** Ms after which whoever asked at the desk had gone. */
      readonly patience?: number;
      readonly stoppedAfter?: number;
    };

export interface PutFile {
  readonly path: string;
  /** Of a folder there is none. */
  readonly bytes?: string;
  readonly mode: number;
}

export interface Beginning {
  readonly seed: string;
  /** Simulated time, ms since 1970. */
  readonly startedAt: number;
  /** Rules that Prometheus had then; '' without any. */
  readonly rules: string;
  /** The scenario's text: with another one production begins anew. */
  readonly scenario: string;
}

/** How much of what happened there the desk has been told: events for its log, lines for the company's logs, what its alert manager was sent. */
export interface Told {
  readonly events: number;
  readonly lines: number;
  readonly posts: number;
}

/** Whether the company has a production. */
export const hasProduction = (files: Files): boolean => files.exists(SCENARIO);

/** The document as it is on the desk; undefined when there is no production. */
export function openDocument({ files, kernel }: Pick<Machine, 'files' | 'kernel'>) {
  if (!files.exists(SCENARIO)) return undefined;
  const scenario = files.readText(SCENARIO);
  const known = readJson<Beginning>(files, BEGINNING);
  const isNew = known?.scenario !== scenario;
  if (isNew) {
    endOldAlerts(kernel);
    const rules = files.exists(RULES) ? files.readText(RULES) : '';
    const beginning: Beginning = { seed: kernel.snapshot().seed, startedAt: kernel.now(), rules, scenario };
    files.writeFile(BEGINNING, JSON.stringify(beginning));
    files.writeFile(INTERVENTIONS, '');
    files.writeFile(TOLD, JSON.stringify({ events: 0, lines: 0, posts: 0 } satisfies Told));
  }
  const all = files
    .readText(INTERVENTIONS)
    .split('\n')
    .filter((line) => line !== '')
    .flatMap(readIntervention);
  // A snapshot may be of files that were written a little later than its clock: what had not happened then has not happened.
  const happened = all.filter(({ at }) => at <= kernel.now());
  if (happened.length < all.length)
    files.writeFile(INTERVENTIONS, happened.map((one) => `${JSON.stringify(one)}\n`).join(''));
  return {
    scenario,
    /** Whether it is still this scenario that lies there. */
    isCurrent: () => files.exists(SCENARIO) && files.readText(SCENARIO) === scenario,
    beginning: JSON.parse(files.readText(BEGINNING)) as Beginning,
    interventions: happened,
    add: (intervention: Intervention) => files.appendFile(INTERVENTIONS, `${JSON.stringify(intervention)}\n`),
    told: () => readJson<Told>(files, TOLD) ?? { events: 0, lines: 0, posts: 0 },
    tell: (told: Told) => files.writeFile(TOLD, JSON.stringify(told)),
  };
}

/** Alerts of the production before: nobody would ever tell of their end. */
function endOldAlerts({ log, now, record }: Kernel): void {
  const open = new Map<string, { readonly alert: string; readonly labels: string }>();
  for (const entry of log.entries()) {
    if (entry.type !== 'AlertFired' && entry.type !== 'AlertResolved') continue;
    const { alert, labels } = entry;
    if (entry.type === 'AlertFired') open.set(`${alert} ${labels}`, { alert, labels });
    else open.delete(`${alert} ${labels}`);
  }
  for (const one of open.values()) record({ type: 'AlertResolved', ...one, when: now() });
}

/** A document that somebody may have spoilt by hand: then it is as if it were not there. */
function readJson<T>(files: Files, path: string): T | undefined {
  try {
    return files.exists(path) ? (JSON.parse(files.readText(path)) as T) : undefined;
  } catch {
    return undefined;
  }
}

/** A line that is none of ours is left out. */
function readIntervention(line: string): readonly Intervention[] {
  try {
    const { kind, at, host } = JSON.parse(line) as Partial<Record<string, unknown>>;
    const isHosted = ['exec', 'put', 'request'].includes(String(kind)) && typeof host === 'string';
    return typeof at === 'number' && (isHosted || kind === 'rules') ? [JSON.parse(line) as Intervention] : [];
  } catch {
    return [];
  }
}

/** Lets production begin anew: what was done to it is forgotten, the scenario stays. */
export function beginAnew(files: Files): void {
  for (const path of [BEGINNING, INTERVENTIONS, TOLD]) files.remove(path, { force: true });
}

export type ProductionDocument = NonNullable<ReturnType<typeof openDocument>>;

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

export function fromHex(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  );
}
