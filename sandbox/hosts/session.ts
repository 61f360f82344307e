import type { CheckResult } from '../checks/contract.ts';
import type { Lucky } from '../checks/luck.ts';
import type { Language, Words } from '../machine/words.ts';
import { createMirror, type Mirror } from './mirror.ts';
import {
  type Calls,
  type DayPack,
  type EngineEvent,
  type EngineHost,
  EngineStopped,
  type Snapshot,
} from './protocol.ts';
import { type Journal, journalAfter, type Kept } from './replay/journal.ts';
import { type Acting, createRecorder, isActing, type Judging, type Recording } from './replay/recording.ts';

export type { EngineEvent, EngineHost } from './protocol.ts';

/** A day's sandbox that outlives the engine that runs it: kept in step outside, so that an engine can be ended and begun again. */
export interface Session {
  /** Everything but `start`, `check`, `luck` and `snapshot`, which a session does itself. */
  call<N extends SessionCall>(name: N, args: Calls[N]['args']): Promise<Calls[N]['answer']>;
  subscribe(listener: (event: EngineEvent) => void): () => void;
  /**
   * Ctrl+C in one terminal, or in all; when a program does not hear it within a second, the engine is ended and begun again from
   * what was kept.
   */
  stopProgram(terminal?: string): Promise<'interrupted' | 'restarted'>;
  /**
   * Judges copies in an engine of its own, so that a check can be ended too. `onResult` hears each result as it comes.
   * A check that had no result within its limit comes back as unfinished.
   */
  check(ids: readonly string[], onResult?: (result: CheckResult) => void): Promise<readonly CheckResult[]>;
  /**
   * Judges copies on other seeds, in engines of their own; `onLucky` hears of each seed as it is done.
   * @throws what the signal's reason is, once it says stop
   */
  luck(ids: readonly string[], seeds: readonly string[], options: LuckOptions): Promise<void>;
  /** What would be saved now, with what led to it. Never waits for the engine. */
  snapshot(): Kept;
  /** What was done since the day began; where that is not known, since the session began or its engine was last ended. */
  recording(): Recording;
  close(): void;
}

export type SessionCall = Exclude<keyof Calls, 'start' | 'check' | 'luck' | 'snapshot'>;

export interface LuckOptions {
  readonly signal: AbortSignal;
  /** How many engines share the seeds. */
  readonly engines: number;
  onLucky(lucky: Lucky<Snapshot>): void;
}

export interface SessionOptions {
  /** Starts one more engine, with the day's exercise loaded. */
  readonly startEngine: () => EngineHost;
  /** The same for checks, where the desk's own engine is not one that judges. */
  readonly startJudge?: () => EngineHost;
  /** Whether the same actions give the same again: not where real programs run. Without it no journal is kept. */
  readonly isRepeatable?: boolean;
  readonly pack: DayPack;
  readonly language: Language;
  readonly snapshot?: Kept;
}

/** How long a program may go on after Ctrl+C, and one check until its result: ms of real time. */
const HEAR_LIMIT = 1000;
const CHECK_LIMIT = 10_000;

export async function openSession(options: SessionOptions): Promise<Session> {
  const { startEngine, startJudge = startEngine, isRepeatable = true, pack, language } = options;
  const listeners = new Set<(event: EngineEvent) => void>();
  const terminals = new Map<string, Calls['openTerminal']['args']>();
  let mirror: Mirror | undefined;
  const sent = new WeakMap<EngineHost, { readonly call: Acting; readonly args: unknown }[]>();
  let recorder = createRecorder();
  let busy: readonly string[] = [];
  let closed = false;

  function tell(event: EngineEvent): void {
    mirror?.hear(event);
    if (event.event === 'busy') busy = event.terminals;
    for (const listener of listeners) listener(event);
  }

  /** Starts an engine and follows it; when it breaks down on its own, the next one goes on from what was kept. */
  async function begin(snapshot: Snapshot | undefined): Promise<EngineHost> {
    const host = startEngine();
    host.subscribe((event) => {
      const act = event.event === 'began' ? sent.get(host)?.shift() : undefined;
      if (event.event === 'began' && act !== undefined) recorder.hear(act.call, act.args, event);
      tell(event);
    });
    await host.call('start', { pack, language, ...(snapshot === undefined ? {} : { snapshot }) });
    void host.ended.then((error) => {
      if (!closed && !(error instanceof EngineStopped)) restart(words.broke);
    });
    return host;
  }

  /** A call that changes something is recorded when the engine says that it begins: what never did was not done. */
  function act<N extends SessionCall>(host: EngineHost, call: N, args: Calls[N]['args']): Promise<Calls[N]['answer']> {
    if (isActing(call)) sent.set(host, [...(sent.get(host) ?? []), { call, args }]);
    return host.call(call, args);
  }

  const { journal: earlierJournal, ...bare } = options.snapshot ?? {};
  let earlier: Journal | undefined = options.snapshot === undefined ? [] : earlierJournal;
  let engine = begin(options.snapshot === undefined ? undefined : (bare as Snapshot));
  mirror = createMirror((await (await engine).call('snapshot', {})).snapshot);
  const kept = mirror;
  let beginning = kept.snapshot();
  const judged: Judging[] = [];

  function journal(): Journal | undefined {
    if (!isRepeatable) return undefined;
    return journalAfter(earlier, recorder.heard(), busy.length > 0 ? kept.entries() : undefined);
  }

  function restart(why: Words): void {
    earlier = journal();
    busy = [];
    beginning = kept.snapshot();
    recorder = createRecorder();
    engine = begin(kept.snapshot());
    engine.then(
      async (host) => {
        tell({ event: 'busy', busy: false, terminals: [] });
        for (const [id, size] of terminals) {
          tell({ event: 'output', terminal: id, text: `\r\n${why[language]}\r\n` });
          await act(host, 'openTerminal', size);
        }
      },
      () => {},
    );
  }

  async function heardInterrupt(terminal: string | undefined): Promise<boolean> {
    const host = await engine;
    const args = terminal === undefined ? {} : { terminal };
    return within(HEAR_LIMIT, async () => {
      await act(host, 'interrupt', args);
      await untilIdle(terminal);
    });
  }

  function untilIdle(terminal: string | undefined): Promise<void> {
    const isIdle = (): boolean => (terminal === undefined ? busy.length === 0 : !busy.includes(terminal));
    if (isIdle()) return Promise.resolve();
    return new Promise((resolve) => {
      const listener = (event: EngineEvent): void => {
        if (event.event !== 'busy' || !isIdle()) return;
        listeners.delete(listener);
        resolve();
      };
      listeners.add(listener);
    });
  }

  return {
    async call(name, args) {
      if (name === 'openTerminal')
        terminals.set((args as Calls['openTerminal']['args']).id, args as Calls['openTerminal']['args']);
      if (name === 'closeTerminal') terminals.delete((args as Calls['closeTerminal']['args']).id);
      return act(await engine, name, args);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stopProgram(terminal) {
      if (await heardInterrupt(terminal)) return 'interrupted';
      (await engine).stop();
      restart(words.restarted);
      await engine;
      return 'restarted';
    },
    async check(ids, onResult = () => {}) {
      const snapshot = kept.snapshot();
      const results: CheckResult[] = [];
      const take = (result: CheckResult): void => {
        results.push(result);
        onResult(result);
      };
      for (let left = ids; left.length > 0; left = ids.slice(results.length)) {
        const fault = await judgeIn(startJudge(), { pack, language, snapshot }, left, take);
        const stuck = ids[results.length];
        if (fault === undefined || stuck === undefined) break;
        take(unfinished(stuck, fault));
      }
      const passed = results.filter(({ outcome }) => outcome === 'passed').length;
      judged.push({ entries: snapshot.kernel.log.length, passed, of: ids.length });
      return results;
    },
    async luck(ids, seeds, { signal, engines, onLucky }) {
      const start = { pack, language, snapshot: kept.snapshot() };
      const shares = Array.from({ length: engines }, (_, share) => seeds.filter((_, at) => at % engines === share));
      await Promise.all(
        shares.map(async (share) => {
          const host = startJudge();
          const stop = (): void => host.stop();
          signal.addEventListener('abort', stop);
          host.subscribe((event) => event.event === 'lucky' && onLucky(event.lucky));
          try {
            signal.throwIfAborted();
            await host.call('start', start);
            await host.call('luck', { checks: ids, seeds: share });
          } catch (error) {
            throw signal.aborted ? signal.reason : error;
          } finally {
            signal.removeEventListener('abort', stop);
            host.stop();
          }
        }),
      );
    },
    snapshot() {
      const led = journal();
      return { ...kept.snapshot(), ...(led === undefined ? {} : { journal: led }) };
    },
    recording() {
      const visits = journal();
      const { actions, isFull } = recorder.heard();
      const checks = [...judged];
      if (visits !== undefined) return { pack, visits, isFull, checks };
      return { pack, beginning, visits: [{ actions }], isFull, checks, isRepeatable };
    },
    close() {
      closed = true;
      engine.then(
        (host) => host.stop(),
        () => {},
      );
    },
  };
}

/** Judges in an engine and ends it. @returns why the first check without a result has none; undefined when all have one. */
async function judgeIn(
  host: EngineHost,
  start: Calls['start']['args'],
  ids: readonly string[],
  take: (result: CheckResult) => void,
): Promise<'limit' | Error | undefined> {
  let result = (): void => {};
  host.subscribe((event) => {
    if (event.event !== 'checked') return;
    take(event.result);
    result();
  });
  const all = host.call('start', start).then(() => host.call('check', { checks: ids }));
  try {
    for (let done = false; !done; ) {
      const next = new Promise<void>((resolve) => {
        result = resolve;
      });
      const inTime = await within(CHECK_LIMIT, async () => {
        done = await Promise.race([next.then(() => false), all.then(() => true)]);
      });
      if (!inTime) return 'limit';
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    all.catch(() => {});
    host.stop();
  }
}

function unfinished(id: string, fault: 'limit' | Error): CheckResult {
  if (fault === 'limit')
    return {
      id,
      outcome: 'unfinished',
      fault: 'program',
      message: words.slowCheck,
      detail: `${id}: no result in ${CHECK_LIMIT} ms`,
    };
  return {
    id,
    outcome: 'unfinished',
    fault: 'course',
    message: words.brokenCheck,
    detail: `${fault.message}\n${fault.stack ?? ''}`,
  };
}

/** Whether `action` ended within `ms` of real time. */
async function within(ms: number, action: () => Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([action().then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

const words = {
  restarted: {
    es: '[El programa no obedeció a Ctrl+C: la máquina se reinició. Tus archivos están como los dejaste.]',
    en: '[The program did not answer Ctrl+C, so the machine was restarted. Your files are as you left them.]',
  },
  broke: {
    es: '[La máquina se paró sola y se ha reiniciado: es un error nuestro. Tus archivos están como los dejaste.]',
    en: '[The machine broke down and was restarted: that is our fault. Your files are as you left them.]',
  },
  slowCheck: {
    es: 'La comprobación no terminó a tiempo y se detuvo. No cuenta como fallo: busca un bucle que no acaba en tu programa y vuelve a comprobar.',
    en: 'The check did not finish in time and was stopped. It does not count as a failure: look for an endless loop in your program, then check again.',
  },
  brokenCheck: {
    es: 'La comprobación misma falló: es un error nuestro y no cuenta. Con «Copiar» te llevas lo necesario para avisarnos.',
    en: 'The check itself broke: that is our fault and it does not count. “Copy” takes what we need to hear about it.',
  },
} satisfies Record<string, Words>;
