import { readFileSync, statSync } from 'node:fs';
import type { Language } from '../../../machine/words.ts';
import {
  companyDays,
  createWorld,
  durationOf,
  type Figures,
  readScenario,
  type Scenario,
  type ServiceFigures,
  type Times,
} from '../../../world/index.ts';
import { type Request, UsageError } from './request.ts';
import { worldWords as words } from './world-words.ts';

const HOUR = 3_600_000;
const MOST_INSIDE = 2_000_000;

/** `noventa world`: runs a scenario and prints its figures; 2 when the file has errors, 1 when it cannot be run to its end. */
export async function world({ days, seed = '1', until, language, json }: Request): Promise<number> {
  const [file, ...more] = days;
  if (file === undefined || more.length > 0) throw new UsageError(words.oneScenario[language]);
  const scenario = scenarioNamed(file, language);
  if (scenario === undefined) return 2;
  const length = until === undefined ? (scenario.length ?? 24 * HOUR) : durationOf(until);
  if (length === undefined || length < 1000 || length > 31 * 24 * HOUR) throw new UsageError(words.badUntil[language]);
  const running = createWorld({ scenario, seed });
  const end = running.now() + length;
  while (running.now() < end) {
    running.runUntil(Math.min(end, running.now() + HOUR / 60));
    if (running.inside() > MOST_INSIDE) {
      console.error(`noventa: ${file}: ${words.tooManyInside[language]}`);
      return 1;
    }
  }
  const figures = running.figures();
  console.log(
    json ? JSON.stringify(asJson(scenario, seed, figures), null, 2) : asText(scenario, seed, figures, language),
  );
  return 0;
}

/** The scenario of a file, or a day of the company; undefined when the file's problems have been told. */
function scenarioNamed(file: string, language: Language): Scenario | undefined {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    if (Object.hasOwn(companyDays, file)) return companyDays[file as keyof typeof companyDays];
    throw new UsageError(`${words.noScenario[language]}: ${file}`);
  }
  const read = readScenario(readFileSync(file, 'utf8'), file);
  if (read.ok) return read.value;
  for (const { line, column, message } of read.problems)
    console.error(`${file}:${line}:${column}: ${message[language]}`);
  return undefined;
}

function asJson({ name }: Scenario, seed: string, { at, span, services, ...rest }: Figures): object {
  return {
    scenario: name,
    seed,
    until: new Date(at).toISOString(),
    spanMs: span,
    services: Object.fromEntries(
      Object.entries(services).map(([service, { wait, response, meanStay, ...counts }]) => [
        service,
        { ...counts, meanStayMs: meanStay, waitMs: wait, responseMs: response },
      ]),
    ),
    ...rest,
  };
}

function asText({ name }: Scenario, seed: string, figures: Figures, language: Language): string {
  const { span, events, services, cost, support } = figures;
  const calls = support.slow + support.failed + support.abandoned;
  return [
    `${name}: ${words.span[language]} ${+(span / HOUR).toFixed(3)} h, ${words.seed[language]} ${seed}, ${events} ${words.events[language]}`,
    ...Object.entries(services).flatMap(([service, one]) => ['', service, ...serviceLines(one, language)]),
    '',
    `${words.cost[language]}: ${cost.total.toFixed(2)}`,
    ...(calls > 0 ? [`${words.support[language]}: ${calls}`] : []),
  ].join('\n');
}

function serviceLines(one: ServiceFigures, language: Language): readonly string[] {
  const labels = Object.entries(words.columns).map(([field, label]) => [field, label[language]] as const);
  const width = Math.max(...labels.map(([, label]) => label.length));
  const lines = labels.flatMap(([field, label]) => {
    const value = one[field as keyof typeof words.columns];
    if (value === undefined) return [];
    const shown =
      field === 'utilisation' || field === 'waitedShare'
        ? `${(value * 100).toFixed(2)} %`
        : Number.isInteger(value)
          ? `${value}`
          : value.toFixed(4);
    return [`  ${label.padEnd(width)}  ${shown}`];
  });
  const times = (label: string, { mean, p50, p90, p95, p99, max }: Times): string =>
    `  ${label.padEnd(width)}  ${[mean, p50, p90, p95, p99, max].map((ms) => `${ms.toFixed(1)} ms`).join('  ')}`;
  return [
    ...lines,
    `  ${''.padEnd(width)}  ${words.times[language]}`,
    times(words.wait[language], one.wait),
    times(words.response[language], one.response),
  ];
}
