// Production as the desk sees it: it catches up with the desk's clock whenever somebody looks, acts, or gets the prompt back.
import type { Kernel } from '../../kernel/index.ts';
import {
  type AbortSignal,
  type Command,
  type FileError,
  type HttpRequest,
  type HttpResponse,
  type Machine,
  type Network,
  type NetworkFailure,
  parentOf,
  type RunResult,
} from '../../machine/index.ts';
import { type Disk, settleAlerting } from '../../telemetry/service/index.ts';
import { EVENTS_HOST } from '../events/index.ts';
import { problem, respond } from '../http.ts';
import { answerRegistry, REGISTRY_HOST } from '../registry/http.ts';
import { type Intervention, openDocument, type ProductionDocument, type PutFile, RULES, toHex } from './document.ts';
import { type Live, type Session, startLive } from './live.ts';
import { type LogLine, labelsOfLine } from './monitoring.ts';
import { createPrometheus, PROMETHEUS_HOST, PROMETHEUS_PORT, type Prometheus } from './prometheus.ts';
import { readScenario } from './scenario.ts';

export interface ProductionSurroundings {
  /** What is installed on every host. */
  commands(): readonly Command[];
  pause(): Promise<void>;
  /** Told whose time and chance rule from now on. */
  onKernel(kernel: Kernel): void;
}

export interface Production {
  /** Lets production live up to the desk's clock. Cheap when there is none. */
  settle(machine: Machine): Promise<void>;
  /** Production as it is now, brought up to the desk's clock; undefined when the company has none. */
  look(machine: Machine): Promise<Live | undefined>;
  /** What its Prometheus knows, brought up to the desk's clock; undefined when the company has no production. */
  prometheus(machine: Machine): Promise<Pick<Prometheus, 'store' | 'alerts'> | undefined>;
  /** Runs a script on a host. @returns undefined when there is no such host. */
  exec(machine: Machine, host: string, script: string, options: ExecOptions): Promise<RunResult | undefined>;
  /** Brings files to a host. @returns the reason why not, as the host's system says it. */
  put(machine: Machine, host: string, files: readonly HostFile[]): Promise<FileError | 'no-host' | undefined>;
  /** The desk's way to hosts and to Prometheus. */
  beyond(machine: Machine): Network['request'];
}

export interface ExecOptions {
  readonly stdin: Uint8Array;
  readonly signal: AbortSignal;
  onOutput(stream: 'stdout' | 'stderr', text: string): void;
  /** In the background it may take a minute, else a quarter of an hour of simulated time: whoever waits for it waits with all else. */
  readonly isBackground?: boolean;
}

/** A file to be put, with its absolute path; a folder when there are no bytes. */
export interface HostFile {
  readonly path: string;
  readonly bytes?: Uint8Array;
  readonly mode: number;
}

interface Open {
  readonly live: Live;
  readonly prometheus: Prometheus;
  readonly document: ProductionDocument;
}

/** Ms of simulated time that an answer is on its way to the desk, and that it takes to get into a host. */
const ROUND_TRIP = 1;
const CONNECT = 250;
const MINUTE = 60_000;
/** Ms of simulated time that somebody at the desk waits for a host at most. */
const LONGEST = 15 * MINUTE;
/** Bytes that go to a host in a ms. */
const BANDWIDTH = 12_500;

/** Where `logcli` reads what production logged: a JSON object a line. */
const LOGS = '/srv/loki/production.jsonl';

function logRecord(line: LogLine): string {
  return `${JSON.stringify({ at: line.at, labels: labelsOfLine(line), line: line.line })}\n`;
}

/** The disk of the desk as the company's alerting wants it. */
function diskOf({ files }: Machine): Disk {
  return {
    read: (path) => (files.exists(path) && files.stat(path).type === 'file' ? files.readText(path) : undefined),
    write(path, text) {
      files.mkdir(parentOf(path), { recursive: true });
      files.writeFile(path, text);
    },
  };
}

/** A scenario that somebody at the desk has spoilt is as none; an author is told of theirs, before the day is open. */
function isSpoilt({ files, kernel }: Machine): boolean {
  if (!kernel.log.entries().some(({ type }) => type === 'DayOpened')) return false;
  const document = openDocument({ files, kernel });
  try {
    if (document !== undefined) readScenario(document.scenario);
    return false;
  } catch {
    return true;
  }
}

export function createProduction({ commands, pause, onKernel }: ProductionSurroundings): Production {
  const opened = new WeakMap<Machine, Promise<Open>>();
  const underWay = new WeakMap<Machine, Promise<unknown>>();

  /** One after another, and with the desk's own clock back in place afterwards. */
  function inTurn<T>(machine: Machine, action: () => Promise<T>): Promise<T> {
    const before = underWay.get(machine) ?? Promise.resolve();
    const done = machine.outside.during(before.then(action).finally(() => onKernel(machine.kernel)));
    underWay.set(
      machine,
      done.catch(() => {}),
    );
    return done;
  }

  async function begin(machine: Machine, document: ProductionDocument): Promise<Open> {
    const { beginning, interventions } = document;
    const prometheus = createPrometheus();
    prometheus.load(beginning.rules, beginning.startedAt);
    const live = await startLive({
      scenario: readScenario(document.scenario),
      beginning,
      language: machine.language,
      commands: commands(),
      pause,
      onScrape: prometheus.take,
      onSecond: prometheus.evaluate,
      beyond: (from, now) => fromHost(machine, from, now),
    });
    for (const one of interventions) {
      await live.advanceTo(one.at);
      if (one.kind !== 'rules' && !live.hosts.has(one.host)) continue;
      if (one.kind === 'exec') await live.exec(one);
      else if (one.kind === 'request') await live.request(one);
      else if (one.kind === 'rules') prometheus.load(one.text, one.at);
      else live.put(one.host, one.files);
    }
    return { live, prometheus, document };
  }

  /**
   * Hosts may read the registry; what they write would not be theirs to write again when the past is computed again. It is
   * computed again whenever a desk is opened, under the first command that needs it: no command pays for what hosts read.
   */
  function fromHost(machine: Machine, user: string, now: number): Network['request'] {
    return async (host, port, request) => {
      if (host !== REGISTRY_HOST && host !== EVENTS_HOST) return 'ENOTFOUND';
      if (port !== 80) return 'ECONNREFUSED';
      if (host === EVENTS_HOST || !['GET', 'HEAD'].includes(request.method))
        return problem(403, `${user} may only read from ${REGISTRY_HOST}: publish and report from your desk`);
      return machine.meter.aside(() => answerRegistry(machine, request, { user, now }));
    };
  }

  /**
   * What lives already, or begins now from what the desk's disk says. A desk that was just opened has to read what one that
   * goes on knows: neither pays for it.
   */
  async function openFor(machine: Machine): Promise<Open | undefined> {
    const { meter } = machine;
    const known = await opened.get(machine);
    if (known !== undefined && meter.aside(() => known.document.isCurrent())) return known;
    opened.delete(machine);
    const document = meter.aside(() => (isSpoilt(machine) ? undefined : openDocument(machine)));
    if (document === undefined) return undefined;
    const begun = begin(machine, document);
    opened.set(machine, begun);
    return begun;
  }

  /** Production up to the desk's clock. What has happened there since is told to the desk's log. */
  async function caughtUp(machine: Machine): Promise<Open | undefined> {
    const open = await openFor(machine);
    if (open === undefined) return undefined;
    onKernel(open.live.kernel);
    await open.live.advanceTo(machine.kernel.now());
    report(machine, open);
    return open;
  }

  /** The desk's clock follows, when somebody at the desk has waited for production. */
  function report(machine: Machine, { live, prometheus, document }: Open): void {
    onKernel(machine.kernel);
    machine.kernel.advance(live.kernel.now() - machine.kernel.now());
    const told = document.told();
    for (const event of live.events.slice(told.events)) machine.kernel.record(event);
    const lines = live.logs.slice(told.lines).map(logRecord).join('');
    if (lines !== '') {
      machine.files.mkdir(LOGS.slice(0, LOGS.lastIndexOf('/')), { recursive: true });
      machine.files.appendFile(LOGS, lines);
    }
    const arrivals = prometheus.posts.slice(told.posts);
    settleAlerting(diskOf(machine), machine.kernel.now(), arrivals);
    if (live.events.length !== told.events || lines !== '' || arrivals.length > 0)
      document.tell({ events: live.events.length, lines: live.logs.length, posts: prometheus.posts.length });
  }

  function settle(machine: Machine): Promise<void> {
    return inTurn(machine, async () => void (await caughtUp(machine)));
  }

  /** What is asked of Prometheus changes nothing in production: it is not kept. */
  function askPrometheus(machine: Machine, port: number, asked: HttpRequest): Promise<HttpResponse | NetworkFailure> {
    return inTurn(machine, async () => {
      const open = await caughtUp(machine);
      if (open === undefined) return 'ENOTFOUND';
      if (port !== PROMETHEUS_PORT) return 'ECONNREFUSED';
      if (asked.target === '/-/reload') return reloadRules(machine, open, asked);
      return open.prometheus.answer(asked, machine.kernel.now());
    });
  }

  /** Prometheus reads its rules again when it is asked to (`--web.enable-lifecycle`). */
  function reloadRules(
    { files, kernel }: Machine,
    { prometheus, document }: Open,
    { method }: HttpRequest,
  ): HttpResponse {
    if (method !== 'POST' && method !== 'PUT')
      return respond(405, 'text/plain', 'Only POST or PUT requests allowed', { Allow: 'POST, PUT' });
    const text = files.exists(RULES) ? files.readText(RULES) : '';
    const errors = prometheus.load(text, kernel.now());
    if (errors.length > 0)
      return respond(
        500,
        'text/plain',
        `failed to reload config: ${errors.map((one) => `${RULES}: ${one}`).join('\n')}\n`,
      );
    document.add({ kind: 'rules', at: kernel.now(), text });
    return respond(200, 'text/plain', '');
  }

  /** The desk's clock goes along with production's. */
  const follow =
    ({ kernel }: Machine) =>
    (now: number): void =>
      kernel.advance(now - kernel.now());

  function request(
    machine: Machine,
    host: string,
    port: number,
    { method, target, headers, body, patience, signal }: HttpRequest,
  ): Promise<HttpResponse | NetworkFailure> {
    return inTurn(machine, async () => {
      const open = await caughtUp(machine);
      if (open === undefined || !open.live.hosts.has(host)) return 'ENOTFOUND';
      const at = open.live.kernel.now();
      const asked: Intervention = {
        kind: 'request',
        at,
        host,
        port,
        request: { method, target, headers },
        body: toHex(body),
        ...(patience !== undefined && { patience }),
      };
      onKernel(open.live.kernel);
      const session: Session = { isStopped: () => signal?.aborted === true, onStep: follow(machine), longest: LONGEST };
      const { result, stoppedAfter } = await open.live.request(asked, session);
      await open.live.advanceTo(open.live.kernel.now() + ROUND_TRIP);
      open.document.add({ ...asked, ...(stoppedAfter !== undefined && { stoppedAfter }) });
      report(machine, open);
      return result;
    });
  }

  return {
    settle,
    prometheus: (machine) => inTurn(machine, async () => (await caughtUp(machine))?.prometheus),
    look: (machine) => inTurn(machine, async () => (await caughtUp(machine))?.live),

    exec: (machine, host, script, { stdin, signal, onOutput, isBackground = false }) =>
      inTurn(machine, async () => {
        const open = await caughtUp(machine);
        if (open === undefined || !open.live.hosts.has(host)) return undefined;
        onKernel(open.live.kernel);
        await open.live.advanceTo(open.live.kernel.now() + CONNECT);
        const at = open.live.kernel.now();
        const asked: Intervention = { kind: 'exec', at, host, script, stdin: toHex(stdin) };
        const longest = isBackground ? MINUTE : LONGEST;
        const session: Session = { isStopped: () => signal.aborted, onOutput, onStep: follow(machine), longest };
        const { result, stoppedAfter } = await open.live.exec(asked, session);
        open.document.add({ ...asked, ...(stoppedAfter !== undefined && { stoppedAfter }) });
        report(machine, open);
        return result;
      }),

    put: (machine, host, files) =>
      inTurn(machine, async () => {
        const open = await caughtUp(machine);
        if (open === undefined || !open.live.hosts.has(host)) return 'no-host';
        const put: readonly PutFile[] = files.map(({ path, bytes, mode }) => ({
          path,
          mode,
          ...(bytes && { bytes: toHex(bytes) }),
        }));
        const size = files.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
        onKernel(open.live.kernel);
        await open.live.advanceTo(open.live.kernel.now() + CONNECT + Math.ceil(size / BANDWIDTH));
        open.document.add({ kind: 'put', at: open.live.kernel.now(), host, files: put });
        const refused = open.live.put(host, put);
        report(machine, open);
        return refused;
      }),

    beyond: (machine) => async (host, port, asked) =>
      host === PROMETHEUS_HOST ? askPrometheus(machine, port, asked) : request(machine, host, port, asked),
  };
}
