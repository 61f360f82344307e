// A run of a company's day as a document: everything from which it can be lived through again.
import { createRecent } from '../kernel/index.ts';
import type { Words } from '../machine/index.ts';
import { type ProgramSurroundings, type SampledProgram, startArtifact } from '../platform/index.ts';
import { readAlertingConfig } from '../telemetry/alerting/index.ts';
import { type RuleGroup, readRules } from '../telemetry/index.ts';
import { readNewsRoutes } from '../telemetry/messages/index.ts';
import { readSchedule } from '../telemetry/oncall/index.ts';
import { type CompanyDay, companyDays, type Replay, readCapacity, replayDay, servicesOf } from '../world/index.ts';
import { type ScrapedDay, scrapeDay, type WatchedDay, type WatchedDayOptions, watchDay } from './day.ts';

/** The files that a run can be given, by what they are. */
export const runFiles = ['capacity', 'rules', 'alertmanager', 'notify', 'oncall'] as const;
export type RunFile = (typeof runFiles)[number];

/** Texts of files; what is not there has no part in the day. */
export type RunTexts = Partial<Readonly<Record<RunFile, string>>>;

export interface RunDocument extends RunTexts {
  readonly day: CompanyDay;
  readonly seed: string;
  /** A .tgz in base64, whose `app.mjs` answers what buyers search for. */
  readonly artifact?: string;
}

/** What is wrong with a file. Tools of others have their own words, the same in both languages. */
export interface RunProblem {
  readonly file: RunFile | 'artifact';
  readonly line?: number;
  readonly column?: number;
  readonly message: Words;
}

export type RunAnswer =
  | { readonly ok: true; readonly day: WatchedDay }
  | { readonly ok: false; readonly problems: readonly RunProblem[] };

/** Days that are kept, the last ones that were asked for: each takes 3 to 4 MB. A day's checks ask for up to eight, again and again. */
const KEPT = 16;
const kept = createRecent<WatchedDay>(KEPT);
/** The same days before anybody's rules, which many runs have in common. */
const scraped = createRecent<ScrapedDay>(KEPT);

/** Lives through the day of a document. A day that was lived through a moment ago is not computed again: it would be the same. */
export async function runDay(document: RunDocument, surroundings: ProgramSurroundings): Promise<RunAnswer> {
  const { artifact } = document;
  if (artifact === undefined || scraped.has(bareKey(document))) return watchedDay(document);
  const options = optionsOf(document);
  if (Array.isArray(options)) return { ok: false, problems: options };
  const bytes = Uint8Array.from(atob(artifact), (character) => character.charCodeAt(0));
  const plan = { bytes, seed: document.seed, at: companyDays[document.day].start };
  const program = await startArtifact(plan, surroundings);
  if (!('output' in program)) return watchedDay(document, { program });
  const message = program.output.join('\n').trim() || 'app.mjs ended without a word, and listens on no port';
  return { ok: false, problems: [{ file: 'artifact', message: { es: message, en: message } }] };
}

interface Living {
  readonly until?: number | undefined;
  readonly program?: SampledProgram;
}

function watchedDay(document: RunDocument, { until, program }: Living = {}): RunAnswer {
  return lived(document, until, (options) => watchDay(document.day, options, scrapedDay(document, options, program)));
}

/**
 * The same for whoever may want its figures only: what was scraped of it is worked out when that is asked for.
 * @param document without an artifact
 * @param until ms since 1970: whoever asks wants to know of nothing after that
 */
export function runDayForFigures(document: RunDocument, until?: number): RunAnswer {
  if (document.rules !== undefined) return watchedDay(document, { until });
  return lived(document, until, (options) => {
    let bare: Replay | undefined;
    let watched: WatchedDay | undefined;
    const all = (): WatchedDay => {
      watched ??= watchDay(document.day, options, scrapedDay(document, options));
      return watched;
    };
    return {
      get replay() {
        if (watched !== undefined) return watched.replay;
        bare ??= replayDay(document.day, options);
        return bare;
      },
      get store() {
        return all().store;
      },
      get alerts() {
        return all().alerts;
      },
      get active() {
        return all().active;
      },
      get messages() {
        return all().messages;
      },
      get timeline() {
        return all().timeline;
      },
      get logs() {
        return all().logs;
      },
    };
  });
}

function lived(
  document: RunDocument,
  until: number | undefined,
  live: (options: WatchedDayOptions) => WatchedDay,
): RunAnswer {
  const found = optionsOf(document);
  if (Array.isArray(found)) return { ok: false, problems: found };
  const options = { ...(found as WatchedDayOptions), ...(until !== undefined && { until }) };
  return { ok: true, day: kept.get(keyOf(document, until), () => live(options)) };
}

const keyOf = (document: RunDocument, until: number | undefined): string => `${until ?? ''} ${formatRun(document)}`;

function scrapedDay(document: RunDocument, options: WatchedDayOptions, program?: SampledProgram): ScrapedDay {
  return scraped.get(bareKey(document, options.until), () =>
    scrapeDay(document.day, { ...options, ...(program && { program }) }),
  );
}

/** What a day depends on before anybody's rules. */
function bareKey({ day, seed, capacity, artifact }: RunDocument, until?: number): string {
  const bare = { day, seed, ...(capacity !== undefined && { capacity }), ...(artifact !== undefined && { artifact }) };
  return keyOf(bare, until);
}

function optionsOf(document: RunDocument): WatchedDayOptions | readonly RunProblem[] {
  const { day, seed, capacity, rules, alertmanager, notify, oncall } = document;
  const problems: RunProblem[] = [];
  const say = (file: RunFile, message: string): void =>
    void problems.push({ file, message: { es: message, en: message } });
  const readCapacityText = capacity === undefined ? undefined : readCapacity(capacity, 'capacity', servicesOf(day));
  if (readCapacityText?.ok === false)
    for (const { line, column, message } of readCapacityText.problems)
      problems.push({ file: 'capacity', line, column, message });
  let groups: readonly RuleGroup[] = [];
  const readRulesText = rules === undefined ? undefined : readRules(rules);
  if (readRulesText?.ok === true) groups = readRulesText.groups;
  else for (const error of readRulesText?.errors ?? []) say('rules', error);
  const routes = alertmanager === undefined ? undefined : readAlertingConfig(alertmanager);
  if (routes?.ok === false) say('alertmanager', routes.message);
  const news = notify === undefined ? undefined : readNewsRoutes(notify);
  if (news?.ok === false) say('notify', news.message);
  const rota = oncall === undefined ? undefined : readSchedule(oncall);
  if (rota?.ok === false)
    problems.push({ file: 'oncall', line: rota.problem.line, message: { es: rota.problem.es, en: rota.problem.en } });
  if (problems.length > 0) return problems;
  return {
    seed,
    rules: groups,
    ...(readCapacityText?.ok === true && { capacity: readCapacityText.value }),
    ...(alertmanager !== undefined && { alertmanager }),
    ...(notify !== undefined && { notify }),
    ...(oncall !== undefined && { oncall }),
  };
}

const BASE64 = /^(?:[\w+/]{4})*(?:[\w+/]{2}==|[\w+/]{3}=)?$/;
const runFields = [...runFiles, 'artifact'] as const;

/** One line of JSON. */
export function formatRun(document: RunDocument): string {
  const { day, seed } = document;
  const texts = runFields.map((field) => [field, document[field]] as const).filter(([, text]) => text !== undefined);
  return `${JSON.stringify({ day, seed, ...Object.fromEntries(texts) })}\n`;
}

/** Longer documents are no runs of ours: characters. An artifact may have so many bytes that it fits in. */
const LONGEST = 500_000;
export const LARGEST_ARTIFACT = 300_000;

/** Reads a document of whatever origin; undefined when it is none. What is in its texts, `runDay` tells. */
export function readRun(text: string): RunDocument | undefined {
  if (text.length > LONGEST) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const given = new Map<string, unknown>(Object.entries(value));
    const [day, seed] = [given.get('day'), given.get('seed')];
    if (typeof day !== 'string' || !Object.hasOwn(companyDays, day) || typeof seed !== 'string') return undefined;
    const artifact = given.get('artifact');
    if (typeof artifact === 'string' && !BASE64.test(artifact)) return undefined;
    const texts = runFields
      .map((field) => [field, given.get(field)] as const)
      .filter(([, one]) => typeof one === 'string');
    return { day: day as CompanyDay, seed, ...Object.fromEntries(texts) };
  } catch {
    return undefined;
  }
}
