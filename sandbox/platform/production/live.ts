// Production while it lives: hosts, programs and buyers on a clock of their own, which one driver moves.
import { createKernel, type Kernel, type SandboxEvent } from '../../kernel/index.ts';
import {
  type Command,
  createShell,
  FileError,
  type HttpRequest,
  type HttpResponse,
  type Language,
  type Network,
  type NetworkFailure,
  type Pace,
  parentOf,
  type RunResult,
} from '../../machine/index.ts';
import { createHost, type Host } from '../host/host.ts';
import { respond } from '../http.ts';
import { startBuyers } from './buyers.ts';
import { type Beginning, fromHex, type Intervention, type PutFile } from './document.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { collectLogs, createFrontMetrics, type LogLine, type Scrape, startScraping } from './monitoring.ts';
import type { HostPlan, Scenario } from './scenario.ts';

export interface LiveOptions {
  readonly scenario: Scenario;
  readonly beginning: Beginning;
  readonly language: Language;
  readonly commands: readonly Command[];
  /** Told what a target answered. */
  onScrape(scrape: Scrape): void;
  /** Called at each whole second. @returns what happened then. */
  onSecond(now: number): readonly SandboxEvent[];
  /** One turn of the engine's event loop. */
  pause(): Promise<void>;
  /** Where hosts' requests go that are for no host. `now`: the moment, in production's time. */
  beyond(from: string, now: number): Network['request'];
}

export interface Live {
  readonly kernel: Kernel;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly ledger: Ledger;
  /** What services of all hosts wrote, from the first line, in order. */
  readonly logs: readonly LogLine[];
  /** What happened, for the log of the desk, in order. */
  readonly events: readonly SandboxEvent[];
  /** Lets it live until this moment. */
  advanceTo(at: number): Promise<void>;
  exec(intervention: Extract<Intervention, { kind: 'exec' }>, session?: Session): Promise<Ended<RunResult>>;
  request(
    intervention: Extract<Intervention, { kind: 'request' }>,
    session?: Session,
  ): Promise<Ended<HttpResponse | NetworkFailure>>;
  /** @returns why the rest could not be put. */
  put(host: string, files: readonly PutFile[]): FileError | undefined;
}

/** Somebody who waits at the desk. */
export interface Session {
  readonly isStopped: () => boolean;
  /** Told the moment after each step: the desk's own clock goes along, with what is to happen there. */
  onStep(now: number): void;
  /** Simulated ms that it may last. */
  readonly longest: number;
  readonly onOutput?: (stream: 'stdout' | 'stderr', text: string) => void;
}

export interface Ended<T> {
  readonly result: T;
  readonly stoppedAfter?: number;
}

/** Turns of the event loop in which a shell that waits for nothing has gone on. */
const TURNS_OF_A_SHELL = 4;
/** The name of the target with what buyers felt. */
const FRONT = 'front';
/** The hosts were prepared so many ms before the first buyer came. */
const BEFORE = 10_000;
/** A program that leaves so many requests unanswered in a row, for so many ms, is called unhealthy. */
const UNHEALTHY_AFTER = 3;
const UNHEALTHY_FOR = 3000;

export async function startLive(options: LiveOptions): Promise<Live> {
  const { scenario, beginning, pause } = options;
  const made = createKernel({ seed: `${beginning.seed}/production`, now: beginning.startedAt - BEFORE });
  /** Whether what ran last may have left something to wait for. */
  let stirred = true;
  // Each start of a process and each answer would be an entry: what the company wants to know is in `events`.
  const kernel: Kernel = {
    ...made,
    record: () => {},
    schedule: (delay, action) =>
      made.schedule(delay, () => {
        stirred = true;
        action();
      }),
  };
  const ledger = createLedger();
  const events: SandboxEvent[] = [];
  const logs: LogLine[] = [];
  const hosts = new Map<string, Host>();
  const held = new Set<Promise<unknown>>();
  let sessions = 0;
  let debt = 0;
  let changedAt = made.now();
  const changed = (): void => {
    changedAt = kernel.now();
  };

  function paceOf({ name, startUp, request }: HostPlan): Pace {
    const busyUntil = new Map<number, number>();
    /** Requests since a program's last answer, and when the first of them came. */
    const silent = new Map<number, { count: number; readonly since: number; told: boolean }>();
    const work = (pid: number, ms: number): void => {
      stirred = true;
      busyUntil.set(pid, Math.max(busyUntil.get(pid) ?? 0, kernel.now()) + ms);
    };
    return {
      startUp,
      spend(ms) {
        debt += ms;
      },
      worked: work,
      asked(pid) {
        work(pid, request);
        const state = silent.get(pid) ?? { count: 0, since: kernel.now(), told: false };
        silent.set(pid, state);
        state.count += 1;
        if (state.told || state.count < UNHEALTHY_AFTER || kernel.now() - state.since < UNHEALTHY_FOR) return;
        const service = hosts
          .get(name)
          ?.services.list()
          .find((one) => one.pid === pid && one.active === 'active');
        if (service === undefined) return;
        state.told = true;
        changed();
        events.push({ type: 'InstanceUnhealthy', host: name, service: service.name, pid, when: kernel.now() });
      },
      answered(pid) {
        silent.delete(pid);
        return Math.max(0, Math.ceil((busyUntil.get(pid) ?? 0) - kernel.now()));
      },
      hold(work) {
        stirred = true;
        held.add(work);
        const drop = (): void => void held.delete(work);
        work.then(drop, drop);
        return work;
      },
    };
  }

  const send: Network['request'] = async (name, port, request) => {
    const host = hosts.get(name);
    return host === undefined ? 'ENOTFOUND' : host.machine.network.request('localhost', port, request);
  };

  for (const plan of scenario.hosts) {
    const { name, files } = plan;
    const beyond: Network['request'] = async (to, port, asked) =>
      hosts.has(to)
        ? send(to, port, asked)
        : options.beyond(name, Math.max(kernel.now(), beginning.startedAt))(to, port, asked);
    const tell = (event: { readonly type: string }): void => {
      changed();
      events.push({ ...event, host: name, when: kernel.now() } as SandboxEvent);
    };
    const { language, commands } = options;
    const host = createHost({ name, kernel, language, commands, pace: paceOf(plan), beyond, tell });
    hosts.set(name, host);
    collectLogs(host, logs);
    for (const [path, text] of Object.entries(files)) {
      host.machine.files.mkdir(parentOf(path), { recursive: true });
      host.machine.files.writeFile(path, text);
    }
    tell({ type: 'HostStarted' });
  }

  /** Until all that can happen at this moment has happened. */
  async function quiet(): Promise<void> {
    while (stirred || held.size > 0) {
      stirred = false;
      for (let turns = sessions > 0 ? TURNS_OF_A_SHELL : 1; turns > 0; turns--) await pause();
      if (held.size > 0) await Promise.all([...held].map((work) => work.catch(() => {})));
    }
  }

  async function advanceTo(at: number): Promise<void> {
    await quiet();
    for (let next = made.untilNext(); next !== undefined && made.now() + next <= at; next = made.untilNext()) {
      made.advance(next);
      await quiet();
    }
    made.advance(at - made.now());
  }

  /** Lets production live until `work` has ended, or whoever waits for it has gone. */
  async function during<T>(
    work: Promise<T>,
    stop: () => void,
    session: Session | undefined,
    stopAfter?: number,
  ): Promise<Ended<T>> {
    const startedAt = kernel.now();
    let ended: { readonly result: T } | undefined;
    let fault: { readonly error: unknown } | undefined;
    work.then(
      (result) => {
        ended = { result };
      },
      (error: unknown) => {
        fault = { error };
      },
    );
    let stoppedAfter: number | undefined;
    sessions += 1;
    try {
      for (let steps = 0; ; steps++) {
        stirred = true;
        await quiet();
        changed();
        if (fault !== undefined) throw fault.error;
        if (debt >= 1) {
          const owed = Math.floor(debt);
          debt -= owed;
          await advanceTo(kernel.now() + owed);
        }
        if (ended !== undefined) return { ...ended, ...(stoppedAfter !== undefined && { stoppedAfter }) };
        session?.onStep(kernel.now());
        const isOver = session !== undefined && kernel.now() - startedAt > session.longest;
        if (
          stoppedAfter === undefined &&
          (isOver || steps === stopAfter || (stopAfter === undefined && session?.isStopped() === true))
        ) {
          stoppedAfter = steps;
          stop();
          continue;
        }
        const next = made.untilNext();
        made.advance(Math.min(next ?? 1000, 1000));
      }
    } finally {
      sessions -= 1;
    }
  }

  async function exec(
    { host: name, script, stdin, stoppedAfter }: Extract<Intervention, { kind: 'exec' }>,
    session?: Session,
  ): Promise<Ended<RunResult>> {
    const { machine, commands } = hosts.get(name) as Host;
    const shell = createShell(machine, commands, undefined, { pause });
    const work = shell.run(script, {
      terminal: 'ssh',
      asScript: true,
      stdin: fromHex(stdin),
      ...(session?.onOutput && { onOutput: session.onOutput }),
    });
    return during(work, () => shell.interrupt(), session, stoppedAfter);
  }

  for (const { name, setup } of scenario.hosts) {
    if (setup === '') continue;
    const { result } = await exec({ kind: 'exec', at: kernel.now(), host: name, script: setup, stdin: '' });
    if (result.exitCode !== 0) throw new Error(`setup of ${name} ended with ${result.exitCode}: ${result.stderr}`);
  }
  await advanceTo(beginning.startedAt);
  const front = createFrontMetrics();
  const get = async (name: string, port: number, target: string): Promise<HttpResponse | NetworkFailure> => {
    // What the company itself counts at its door is told by a target of its own.
    if (name === FRONT) return respond(200, 'text/plain; version=0.0.4', front.text());
    return send(name, port, { method: 'GET', target, headers: { host: `${name}:${port}` }, body: new Uint8Array() });
  };
  const { onScrape, onSecond } = options;
  const tick = (): void => {
    events.push(...onSecond(made.now()));
    made.schedule(1000, tick);
  };
  made.schedule(1000 - (made.now() % 1000), tick);
  startScraping(scenario.scrape, { now: () => kernel.now(), schedule: kernel.schedule, get, onScrape });
  for (const [index, buyers] of scenario.buyers.entries())
    startBuyers(buyers, index, {
      kernel,
      ledger,
      changedAt: () => changedAt,
      scheduleQuietly: (delay, action) => void made.schedule(delay, action),
      send(host, port, request) {
        stirred = true;
        return send(host, port, request);
      },
      onEnded: (outcome) => front.observe(outcome),
    });

  return {
    kernel,
    hosts,
    ledger,
    logs,
    events,
    advanceTo,
    exec,
    request({ host, port, request, body, patience, stoppedAfter }, session) {
      const asked: HttpRequest = { ...request, body: fromHex(body) };
      let give = (_: HttpResponse | NetworkFailure): void => {};
      const stopped = new Promise<HttpResponse | NetworkFailure>((resolve) => {
        give = resolve;
      });
      const cancel = patience === undefined ? () => {} : kernel.schedule(patience, () => give('ETIMEDOUT'));
      const work = Promise.race([send(host, port, asked), stopped]).finally(cancel);
      return during(work, () => give('ETIMEDOUT'), session, stoppedAfter);
    },
    put(name, files) {
      changed();
      const { machine } = hosts.get(name) as Host;
      try {
        for (const { path, bytes, mode } of files) {
          if (bytes === undefined) machine.files.mkdir(path, { recursive: true });
          else machine.files.writeFile(path, fromHex(bytes), mode);
        }
        return undefined;
      } catch (error) {
        if (error instanceof FileError) return error;
        throw error;
      }
    },
  };
}
