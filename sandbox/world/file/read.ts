import type {
  ArrivalSpec,
  CapacityRule,
  Fault,
  Intervention,
  JourneySpec,
  Scenario,
  ServiceSpec,
} from '../scenario.ts';
import { type FileProblem, nameOf, type Parsed, type Path, parseFile } from './parse.ts';
import { capacityFile, type ScenarioFile, scenarioFile } from './schema.ts';
import { expected, type Text, told } from './words.ts';

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** So many people may come in one run: about half a minute of computing. */
const MOST_ARRIVALS = 50_000_000;

const DAY = 86_400_000;

/** Reads capacity.yaml: service → rule. @param services those that there are; a rule for another one is a problem. */
export function readCapacity(
  text: string,
  file: string,
  services: readonly string[],
): Read<Readonly<Record<string, CapacityRule>>> {
  const parsed = parseFile(text, file, capacityFile);
  if (!parsed.ok) return parsed;
  const problems = ruleProblems(parsed, parsed.value, [], services);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: parsed.value };
}

type Told<T> = Extract<Parsed<T>, { readonly ok: true }>;

function ruleProblems(
  { problem }: Told<unknown>,
  rules: Readonly<Record<string, CapacityRule>>,
  at: Path,
  services: readonly string[],
): FileProblem[] {
  return Object.entries(rules).flatMap(([service, { min, max, hours }]) => {
    const wrong = (path: Path, found: number, should: Text): FileProblem =>
      problem([...at, service, ...path], told.wrong(nameOf([...at, service, ...path]), `${found}`, should));
    const unknown = services.includes(service)
      ? []
      : [problem([...at, service], told.noSuch(nameOf([...at, service]), service, services))];
    return [
      ...unknown,
      ...(max < min ? [wrong(['max'], max, expected.atLeast('min', min))] : []),
      ...(hours ?? []).flatMap(({ instances }, index) =>
        instances < min || instances > Math.max(min, max)
          ? [wrong(['hours', index, 'instances'], instances, expected.whole(min, Math.max(min, max)))]
          : [],
      ),
    ];
  });
}

/** Reads a scenario file (docs/world.md). */
export function readScenario(text: string, file: string): Read<Scenario> {
  const parsed = parseFile(text, file, scenarioFile);
  if (!parsed.ok) return parsed;
  const problems = [
    ...namesProblems(parsed),
    ...ruleProblems(parsed, parsed.value.capacity ?? {}, ['capacity'], Object.keys(parsed.value.services)),
    ...timesProblems(parsed),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, value: scenarioOf(parsed.value, file) };
}

/** Names that stand for something that is not there. */
function namesProblems({ value, problem }: Told<ScenarioFile>): readonly FileProblem[] {
  const services = Object.keys(value.services);
  const journeys = Object.keys(value.journeys ?? {});
  const known = (path: Path, found: string | undefined, names: readonly string[]): FileProblem[] =>
    found === undefined || names.includes(found) ? [] : [problem(path, told.noSuch(nameOf(path), found, names))];
  const routesOf = (service: string): readonly string[] => Object.keys(value.services[service]?.routes ?? { '/': {} });
  return [
    ...value.arrivals.flatMap((arrival, n) => [
      ...known(['arrivals', n, 'to'], arrival.to, services),
      ...known(['arrivals', n, 'journey'], arrival.journey, journeys),
      ...((arrival.to === undefined) === (arrival.journey === undefined)
        ? [problem(['arrivals', n], told.missing(nameOf(['arrivals', n]), expected.onlyOne))]
        : []),
    ]),
    ...Object.entries(value.journeys ?? {}).flatMap(([name, { steps }]) =>
      steps.flatMap(({ service, route }, n) => [
        ...known(['journeys', name, 'steps', n, 'service'], service, services),
        ...known(['journeys', name, 'steps', n, 'route'], route, routesOf(service)),
      ]),
    ),
    ...Object.entries(value.services).flatMap(([service, { routes }]) =>
      Object.entries(routes ?? {}).flatMap(([route, { calls }]) =>
        (calls ?? []).flatMap((call, n) => [
          ...known(['services', service, 'routes', route, 'calls', n, 'to'], call.to, services),
          ...known(['services', service, 'routes', route, 'calls', n, 'route'], call.route, routesOf(call.to)),
        ]),
      ),
    ),
    ...(value.faults ?? []).flatMap(({ kind, on }, n) => known(['faults', n, 'on'], on, placesOf(value, kind))),
  ];
}

/** Where a fault of this kind can be. Instances are named after their service: `web-1` is the first. */
function placesOf({ services }: ScenarioFile, kind: Fault['kind'] | 'kill'): readonly string[] {
  const instances = Object.entries(services).flatMap(([name, { instances: count = 1, external }]) =>
    external ? [] : Array.from({ length: count }, (_, n) => `${name}-${n + 1}`),
  );
  if (kind === 'hang' || kind === 'kill') return instances;
  return kind === 'slow' ? [...Object.keys(services), ...instances] : Object.keys(services);
}

function timesProblems({ value, problem }: Told<ScenarioFile>): readonly FileProblem[] {
  const seconds = (value.until ?? DAY) / 1000;
  const arrivals = value.arrivals.reduce((sum, arrival) => {
    if (arrival.pattern === 'trace') return sum + arrival.times.length;
    if (arrival.pattern !== 'profile') return sum + arrival.rate * seconds;
    const days = Math.max(1, ...(arrival.days ?? []));
    return sum + (arrival.hours.reduce((all, one) => all + one, 0) / 24) * days * seconds;
  }, 0);
  return [
    ...(arrivals > MOST_ARRIVALS ? [problem(['arrivals'], told.tooMuch(Math.round(arrivals), MOST_ARRIVALS))] : []),
    ...value.arrivals.flatMap((arrival, n) =>
      arrival.pattern === 'trace' && arrival.times.some((at, i) => at < (arrival.times[i - 1] ?? 0))
        ? [problem(['arrivals', n, 'times'], told.wrong(nameOf(['arrivals', n, 'times']), '[…]', expected.ascending))]
        : [],
    ),
  ];
}

function scenarioOf(value: ScenarioFile, file: string): Scenario {
  const journeys: Record<string, JourneySpec> = { ...value.journeys };
  const arrivals = value.arrivals.map((arrival, n): ArrivalSpec => {
    const { to, journey, name, patience, timeout, retries, support, ...pattern } = arrival;
    const people = { patience, timeout, retries, support };
    const called = name ?? (value.arrivals.length === 1 ? 'arrivals' : `arrivals-${n + 1}`);
    const way = `${to ?? journey}-${n + 1}`;
    journeys[way] =
      to === undefined
        ? defined({ ...(value.journeys?.[journey ?? ''] as JourneySpec), ...defined(people) })
        : defined({ steps: [{ service: to }], ...people });
    return { ...pattern, journey: way, name: called };
  });
  for (const name of Object.keys(value.journeys ?? {})) delete journeys[name];
  return defined({
    name: value.name ?? (file.split('/').at(-1) ?? file).replace(/\.ya?ml$/, ''),
    start: value.start,
    length: value.until,
    warmup: value.warmup,
    services: Object.fromEntries(Object.entries(value.services).map(([name, spec]) => [name, serviceOf(spec)])),
    journeys,
    arrivals,
    capacity: value.capacity,
    schedule: (value.faults ?? []).flatMap(faultOf),
    prices: value.prices,
  });
}

function serviceOf({
  serviceTime,
  queueLimit,
  queueAt,
  routes,
  ...rest
}: ScenarioFile['services'][string]): ServiceSpec {
  return defined({
    ...rest,
    time: serviceTime,
    queue: defined({ limit: queueLimit, at: queueAt }),
    routes:
      routes &&
      Object.fromEntries(
        Object.entries(routes).map(([name, { serviceTime: time, calls }]) => [name, defined({ time, calls })]),
      ),
  });
}

type FileFault = NonNullable<ScenarioFile['faults']>[number];

function faultOf({
  at,
  for: lasts,
  on,
  ...what
}: FileFault): readonly { readonly at: number; readonly act: Intervention }[] {
  if (what.kind === 'kill') return [{ at, act: { do: 'kill', instance: on } }];
  const fault: Fault = { ...what, at: on };
  const begins = { at, act: { do: 'break', fault } } as const;
  return lasts === undefined ? [begins] : [begins, { at: at + lasts, act: { do: 'mend', fault } }];
}

/** Without the fields that are undefined. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
