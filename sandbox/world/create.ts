import { CONTROL } from './capacity.ts';
import { createAgenda, schedule } from './core/agenda.ts';
import { createStreams } from './core/chance.ts';
import { createSpread } from './core/spread.ts';
import type { Hooks } from './hooks.ts';
import { healthDefaults, startInstance } from './instances.ts';
import { createLine } from './line.ts';
import { addHistogram, createMetrics } from './metrics.ts';
import type { Scenario, ServiceSpec } from './scenario.ts';
import { createOutbox, kinds, type Service, type State, type Stats } from './state.ts';

/** Upper bounds in seconds: those of Prometheus' client libraries, and 0.8, which the company's goal for its answers needs. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.8, 1, 2.5, 5, 10];

const UNLIMITED = 1e15;

/** A world at its first moment. @throws RangeError when the scenario names a service, route or journey that it does not have. */
export function createState(scenario: Scenario, seed: string, hooks: Hooks): State {
  const serviceNames = Object.keys(scenario.services);
  const journeyNames = Object.keys(scenario.journeys);
  const sourceNames = scenario.arrivals.map(({ name, journey }) => name ?? journey);
  const streamNames = [
    ...serviceNames.map((name) => `service/${name}`),
    ...journeyNames.map((name) => `journey/${name}`),
    ...sourceNames.map((name) => `arrivals/${name}`),
  ];
  const services = serviceNames.map((name, id) =>
    createService(scenario.services[name] as ServiceSpec, name, id, streamNames.indexOf(`service/${name}`)),
  );
  const indexIn = (names: readonly string[], name: string, what: string): number => {
    const index = names.indexOf(name);
    if (index < 0) throw new RangeError(`${scenario.name}: no ${what} is called ${JSON.stringify(name)}`);
    return index;
  };
  for (const s of services)
    for (const call of s.routes.flatMap(({ calls }) => calls ?? [])) {
      const to = services[indexIn(serviceNames, call.to, 'service')] as Service;
      if (call.route !== undefined) indexIn(to.routeNames, call.route, `route of ${call.to}`);
    }
  let weight = 0;
  const w: State = {
    scenario,
    seed,
    start: scenario.start ?? 0,
    now: 0,
    happened: 0,
    agenda: createAgenda(),
    streams: createStreams(seed, streamNames),
    services,
    instances: [],
    requests: [],
    freeRequests: [],
    users: [],
    freeUsers: [],
    journeys: journeyNames.map((name) => {
      const spec = scenario.journeys[name] as Scenario['journeys'][string];
      const steps = spec.steps.map((step) => {
        const service = indexIn(serviceNames, step.service, 'service');
        const names = services[service]?.routeNames ?? [];
        return {
          service,
          route: step.route === undefined ? 0 : indexIn(names, step.route, `route of ${step.service}`),
        };
      });
      const stream = streamNames.indexOf(`journey/${name}`);
      const none = {
        started: 0,
        finished: 0,
        failed: 0,
        abandoned: 0,
        stopped: 0,
        soldOut: 0,
        attempts: 0,
        present: 0,
      };
      return { name, spec, steps, stream, ...none };
    }),
    sources: scenario.arrivals.map((spec, id) => {
      const name = sourceNames[id] as string;
      const stream = streamNames.indexOf(`arrivals/${name}`);
      const journey = indexIn(journeyNames, spec.journey, 'journey');
      return { id, name, spec, journey, stream, factor: 1, next: 0, generation: 0 };
    }),
    towns: Object.keys(scenario.towns ?? {}),
    townWeights: Object.values(scenario.towns ?? {}).map((one) => (weight += one)),
    ledger: {
      free: scenario.seats?.total ?? 0,
      held: 0,
      sold: 0,
      charged: 0,
      earned: 0,
      refundsDue: 0,
      support: { slow: 0, failed: 0, abandoned: 0 },
    },
    faults: [],
    skews: Object.fromEntries(Object.entries(scenario.hosts ?? {}).map(([name, { skew }]) => [name, skew ?? 0])),
    metrics: createMetrics(scenario.buckets ?? BUCKETS),
    gauges: {},
    events: [],
    minutes: [],
    minute: {
      asked: 0,
      answered: 0,
      failed: 0,
      support: 0,
      cost: 0,
      busy: services.map(() => 0),
      places: services.map(() => 0),
      times: createSpread(),
    },
    warmedAt: 0,
    people: 0,
    outbox: createOutbox(),
    hooks,
  };
  open(w);
  return w;
}

function createService(spec: ServiceSpec, name: string, id: number, stream: number): Service {
  const routes = Object.entries(spec.routes ?? { '/': {} });
  return {
    id,
    name,
    spec,
    routes: routes.map(([, route]) => route),
    routeNames: routes.map(([route]) => route),
    concurrency: spec.external || spec.concurrency === 0 ? UNLIMITED : (spec.concurrency ?? 1),
    limit: spec.queue?.limit ?? UNLIMITED,
    shared: spec.queue?.at !== 'instance',
    stream,
    instances: [],
    list: [],
    turn: 0,
    policy: 'round-robin',
    line: createLine(),
    inside: 0,
    waiting: 0,
    busy: 0,
    places: 0,
    target: spec.external ? 1 : (spec.instances ?? 1),
    version: spec.version ?? '1.0.0',
    replacing: false,
    rule: undefined,
    changed: -UNLIMITED,
    seenBusy: 0,
    seenPlaces: 0,
    seenAt: 0,
    loads: [],
    tokens: spec.rateLimit ?? 0,
    tokensAt: 0.5,
    slow: 1,
    errors: 0,
    loss: 0,
    expired: false,
    stats: createStats(0, 0),
    codes: {},
    duration: 0,
    paying: 0,
    paid: 0,
    calls: 0,
    gigabytes: 0,
  };
}

/** Figures that begin at `now`, with so many requests inside. */
export function createStats(now: number, insideBefore: number): Stats {
  return {
    insideBefore,
    received: 0,
    answered: 0,
    failed: 0,
    refused: 0,
    abandoned: 0,
    timedOut: 0,
    dropped: 0,
    waited: 0,
    mostWaiting: 0,
    inside: 0,
    waiting: 0,
    busy: 0,
    places: 0,
    touched: now,
    stayed: 0,
    wait: createSpread(),
    response: createSpread(),
  };
}

/** The doors open: instances run, clocks tick, the first people are on their way. */
function open(w: State): void {
  for (const s of w.services) {
    s.duration = addHistogram(w.metrics, 'lb_request_duration_seconds', { service: s.name }, -1);
    s.rule = w.scenario.capacity?.[s.name];
    s.policy = s.spec.balancer ?? 'round-robin';
    s.tokensAt = 0;
    if (s.rule !== undefined) s.target = Math.min(s.rule.max, Math.max(s.rule.min, s.target));
    for (let n = 0; n < s.target; n++) startInstance(w, s, { atOnce: true });
    if (s.spec.external) continue;
    schedule(w.agenda, (s.spec.health ?? healthDefaults).interval, kinds.health, s.id, 0);
    schedule(w.agenda, CONTROL, kinds.control, s.id, 0);
  }
  for (const source of w.sources) schedule(w.agenda, 0, kinds.source, source.id, source.generation);
  for (const [index, { at }] of (w.scenario.schedule ?? []).entries())
    schedule(w.agenda, at, kinds.scheduled, index, 0);
  schedule(w.agenda, 60_000, kinds.minute, 0, 0);
  if ((w.scenario.warmup ?? 0) > 0) schedule(w.agenda, w.scenario.warmup ?? 0, kinds.warm, 0, 0);
}
