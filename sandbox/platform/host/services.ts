// What systemd does with the services of one host: starting, stopping, and starting again what failed.
import { type Command, type Machine, type Process, resolvePath } from '../../machine/index.ts';
import { type Journal, lines } from './journal.ts';
import { type BadUnit, readEnvironmentFile, readUnit, type Unit } from './unit-file.ts';

/** A service as it is now. */
export interface Service {
  readonly name: string;
  readonly path: string;
  readonly unit: Unit;
  /** The file's text as it was read: a change counts only after `daemon-reload`. */
  readonly text: string;
  active: 'inactive' | 'activating' | 'active' | 'deactivating' | 'failed';
  sub: 'dead' | 'running' | 'auto-restart' | 'stop-sigterm' | 'failed';
  /** Of the main process: the running one, or the last. */
  pid: number | undefined;
  /** When it came into this state, ms since 1970. */
  since: number;
  result: 'success' | 'exit-code' | 'signal' | 'core-dump' | 'timeout' | 'resources' | 'start-limit-hit';
  exit: Exit | undefined;
  restarts: number;
}

export interface Exit {
  readonly how: 'exited' | 'killed' | 'dumped';
  /** `1/FAILURE`, `15/TERM`. */
  readonly status: string;
}

export type ServiceEvent =
  | { readonly type: 'ServiceStarted'; readonly service: string; readonly pid: number }
  | { readonly type: 'ServiceStopped'; readonly service: string }
  | { readonly type: 'ServiceFailed'; readonly service: string; readonly result: string };

/** What came of a job that systemctl asked for. */
export type JobEnd =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'bad-unit'; readonly problem: string }
  | { readonly outcome: 'not-reloadable' }
  | { readonly outcome: 'failed' };

export interface Services {
  /** @returns undefined when there is no such unit. */
  find(name: string): Service | BadUnit | undefined;
  /** Those that have been looked at, by name. */
  list(): readonly Service[];
  start(name: string): Promise<JobEnd>;
  stop(name: string): Promise<JobEnd>;
  /** Runs what the unit says of reloading. */
  reloadUnit(name: string): Promise<JobEnd>;
  /** Reads unit files anew when they are next needed. */
  reload(): void;
  resetFailed(name?: string): void;
  /** Whether the file of a loaded unit has changed since it was read. */
  isStale(service: Service): boolean;
}

interface Running {
  /** Ends what is planned: the kill after a stop that takes too long, the next start. */
  cancel: () => void;
  process: Process | undefined;
  stopping: boolean;
  timedOut: boolean;
  /** Moments of the last starts, for the limit. */
  starts: number[];
  /** Told when the main process has ended. */
  ended: (() => void)[];
}

const SYSTEMD = { identifier: 'systemd', pid: 1 } as const;
const folders = ['/etc/systemd/system', '/lib/systemd/system'] as const;
const signals: Readonly<Record<number, string>> = { 2: 'INT', 6: 'ABRT', 9: 'KILL', 15: 'TERM' };
/** systemd.service(5), "Restart=": these count as a clean end. */
const cleanSignals: readonly number[] = [2, 15];

export function createServices(
  machine: Machine,
  journal: Journal,
  commands: () => readonly Command[],
  tell: (event: ServiceEvent) => void,
): Services {
  const { files, kernel, processes } = machine;
  const loaded = new Map<string, Service>();
  const alive = new Map<string, Running>();

  const say = (service: Service | string, message: string, priority = 6): void => {
    const unit = typeof service === 'string' ? service : service.name;
    journal.append({ at: kernel.now(), unit, ...SYSTEMD, message, priority });
  };
  const titled = ({ name, unit }: Service): string => `${name} - ${unit.description}`;

  function find(given: string): Service | BadUnit | undefined {
    const name = /\.\w+$/.test(given) && !given.endsWith('@') ? given : `${given}.service`;
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const path = pathOf(name);
    if (path === undefined) return undefined;
    const text = files.readText(path);
    const unit = readUnit(name, path, text);
    for (const warning of unit.warnings) say(name, warning, 4);
    if ('problem' in unit) return unit;
    const since = kernel.now();
    const state = { active: 'inactive', sub: 'dead', pid: undefined, result: 'success', exit: undefined } as const;
    const service: Service = { name, path, unit, text, ...state, since, restarts: 0 };
    loaded.set(name, service);
    return service;
  }

  function pathOf(name: string): string | undefined {
    const template = name.replace(/@[^.]+\./, '@.');
    return folders
      .flatMap((folder) => [`${folder}/${name}`, `${folder}/${template}`])
      .find((path) => files.exists(path) && files.stat(path).type === 'file');
  }

  function runningOf({ name }: Service): Running {
    const known = alive.get(name);
    if (known !== undefined) return known;
    const made: Running = {
      cancel: () => {},
      process: undefined,
      stopping: false,
      timedOut: false,
      starts: [],
      ended: [],
    };
    alive.set(name, made);
    return made;
  }

  function become(service: Service, active: Service['active'], sub: Service['sub']): void {
    service.active = active;
    service.sub = sub;
    service.since = kernel.now();
  }

  function launch(service: Service): boolean {
    const running = runningOf(service);
    const now = kernel.now();
    const { intervalMs, burst } = service.unit.startLimit;
    running.starts = running.starts.filter((at) => now - at < intervalMs);
    if (running.starts.length >= burst && intervalMs > 0) {
      say(service, `${service.name}: Start request repeated too quickly.`, 4);
      // systemd keeps the result of the last end, where there was one.
      fail(service, service.result === 'success' ? 'start-limit-hit' : service.result);
      say(service, `${service.name}: Failed with result '${service.result}'.`, 4);
      say(service, `Failed to start ${titled(service)}.`, 3);
      return false;
    }
    running.starts.push(now);
    const io = surroundings(service);
    if (io === 'resources') {
      fail(service, io);
      say(service, `Failed to start ${titled(service)}.`, 3);
      return false;
    }
    if (typeof io === 'string') {
      // The process was made and ended before the program began.
      say(service, `Started ${titled(service)}.`);
      ended(service, running, { how: 'exited', status: io }, false);
      return true;
    }
    const before = new Set(processes.list().map(({ pid }) => pid));
    // The command makes its process before anything else can happen.
    const end = Promise.resolve(io.program.run(io.args, io.io));
    const process = processes.list().find(({ pid }) => !before.has(pid));
    running.process = process;
    service.pid = process?.pid ?? 0;
    become(service, 'active', 'running');
    say(service, `Started ${titled(service)}.`);
    tell({ type: 'ServiceStarted', service: service.name, pid: service.pid });
    void end.then((code) => {
      io.finish();
      const [exit, isClean] = exitOf(code);
      ended(service, running, exit, isClean);
    });
    return true;
  }

  /** Where the program runs and what it is given; the status with which it ends when it cannot run at all. */
  function surroundings(service: Service) {
    const { unit, name } = service;
    const environment: Record<string, string> = Object.create(null);
    Object.assign(environment, { LANG: 'en_US.UTF-8', PATH: '/usr/local/bin:/usr/bin:/bin' });
    Object.assign(environment, { HOME: machine.home, LOGNAME: machine.user, USER: machine.user, SHELL: '/bin/bash' });
    Object.assign(environment, unit.environment);
    for (const { path, optional } of unit.environmentFiles) {
      if (files.exists(path)) Object.assign(environment, readEnvironmentFile(files.readText(path)));
      else if (!optional) {
        say(service, `${name}: Failed to load environment files: No such file or directory`, 4);
        say(service, `${name}: Failed to run 'start' task: No such file or directory`, 4);
        return 'resources';
      }
    }
    const expanded = unit.execStart.flatMap((word, index) => (index === 0 ? [word] : expand(word, environment)));
    const [program = '', ...rest] = expanded;
    const cwd = unit.workingDirectory === undefined ? '/' : resolvePath('/', unit.workingDirectory.replace(/^-/, ''));
    if (!files.exists(cwd) || files.stat(cwd).type !== 'directory') {
      say(service, `${name}: Changing to the requested working directory failed: No such file or directory`, 3);
      say(service, `${name}: Failed at step CHDIR spawning ${program}: No such file or directory`, 3);
      return '200/CHDIR';
    }
    const byEnv = program === '/usr/bin/env';
    const path = byEnv ? (rest[0] ?? '') : program;
    const [, called] = /^(?:\/usr(?:\/local)?\/s?bin\/|\/s?bin\/)?(node|nginx)$/.exec(path) ?? [];
    const command = commands().find((one) => one.name === called);
    if (command === undefined) {
      const why = files.exists(path)
        ? 'only node and nginx run as services in this sandbox'
        : 'No such file or directory';
      say(service, `${name}: Unable to locate executable '${path}': ${why}`, 3);
      say(service, `${name}: Failed at step EXEC spawning ${program}: ${why}`, 3);
      return '203/EXEC';
    }
    const identifier = unit.identifier ?? command.name;
    const hear = (priority: number) =>
      lines((message) => {
        const pid = service.pid ?? 0;
        journal.append({ at: kernel.now(), unit: name, identifier, pid, message, priority });
      });
    const [out, error] = [hear(6), hear(6)];
    const decoder = new TextDecoder();
    return {
      program: command,
      args: byEnv ? rest.slice(1) : rest,
      finish() {
        out.end();
        error.end();
      },
      io: {
        machine,
        cwd,
        env: environment,
        stdin: new Uint8Array(),
        isTerminal: false,
        columns: 80,
        stdout: (text: string | Uint8Array) => out.write(typeof text === 'string' ? text : decoder.decode(text)),
        stderr: (text: string) => error.write(text),
        signal: new AbortController().signal,
      },
    };
  }

  function ended(service: Service, running: Running, exit: Exit, isClean: boolean): void {
    const { name, unit } = service;
    running.cancel();
    running.process = undefined;
    service.exit = exit;
    const told = running.ended.splice(0);
    if (running.stopping) {
      running.stopping = false;
      service.result = running.timedOut ? 'timeout' : isClean ? 'success' : resultOf(exit);
      running.timedOut = false;
      if (service.result !== 'success') {
        say(service, `${name}: Main process exited, code=${exit.how}, status=${exit.status}`, 5);
        say(service, `${name}: Failed with result '${service.result}'.`, 4);
        become(service, 'failed', 'failed');
      } else {
        say(service, `${name}: Deactivated successfully.`);
        become(service, 'inactive', 'dead');
      }
      say(service, `Stopped ${titled(service)}.`);
      tell({ type: 'ServiceStopped', service: name });
    } else {
      const succeeded = isClean || (unit.ignoresFailure && exit.how === 'exited');
      service.result = succeeded ? 'success' : resultOf(exit);
      if (!isClean) say(service, `${name}: Main process exited, code=${exit.how}, status=${exit.status}`, 5);
      if (succeeded) say(service, `${name}: Deactivated successfully.`);
      else say(service, `${name}: Failed with result '${service.result}'.`, 4);
      if (restarts(unit, service.result)) {
        tell({ type: 'ServiceFailed', service: name, result: service.result });
        become(service, 'activating', 'auto-restart');
        running.cancel = kernel.schedule(unit.restartMs, () => {
          service.restarts += 1;
          say(service, `${name}: Scheduled restart job, restart counter is at ${service.restarts}.`);
          say(service, `Stopped ${titled(service)}.`);
          launch(service);
        });
      } else if (succeeded) {
        become(service, 'inactive', 'dead');
        tell({ type: 'ServiceStopped', service: name });
      } else fail(service, service.result);
    }
    for (const one of told) one();
  }

  function fail(service: Service, result: Service['result']): void {
    service.result = result;
    become(service, 'failed', 'failed');
    tell({ type: 'ServiceFailed', service: service.name, result });
  }

  async function start(name: string): Promise<JobEnd> {
    const service = find(name);
    if (service === undefined) return { outcome: 'not-found' };
    if ('problem' in service) {
      say(name, service.problem, 3);
      return { outcome: 'bad-unit', problem: service.problem };
    }
    if (service.active === 'active') return { outcome: 'done' };
    const running = runningOf(service);
    running.cancel();
    if (running.process !== undefined) await new Promise<void>((resolve) => running.ended.push(resolve));
    service.restarts = 0;
    return launch(service) ? { outcome: 'done' } : { outcome: 'failed' };
  }

  async function stop(name: string): Promise<JobEnd> {
    const service = find(name);
    if (service === undefined) return { outcome: 'not-found' };
    if ('problem' in service) return { outcome: 'bad-unit', problem: service.problem };
    const running = runningOf(service);
    const { process } = running;
    if (process === undefined) {
      running.cancel();
      if (service.active === 'activating') become(service, 'inactive', 'dead');
      return { outcome: 'done' };
    }
    const ended = new Promise<void>((resolve) => running.ended.push(resolve));
    if (!running.stopping) {
      running.stopping = true;
      become(service, 'deactivating', 'stop-sigterm');
      say(service, `Stopping ${titled(service)}...`);
      process.kill('SIGTERM');
      running.cancel = kernel.schedule(service.unit.stopMs, () => {
        say(service, `${service.name}: State 'stop-sigterm' timed out. Killing.`, 4);
        say(service, `${service.name}: Killing process ${process.pid} (node) with signal SIGKILL.`, 5);
        running.timedOut = true;
        process.kill('SIGKILL');
      });
    }
    await ended;
    return { outcome: 'done' };
  }

  async function reloadUnit(name: string): Promise<JobEnd> {
    const service = find(name);
    if (service === undefined) return { outcome: 'not-found' };
    if ('problem' in service) return { outcome: 'bad-unit', problem: service.problem };
    const [path = '', ...args] = service.unit.execReload ?? [];
    const command = commands().find((one) => path.split('/').at(-1) === one.name);
    if (service.active !== 'active' || command === undefined) return { outcome: 'not-reloadable' };
    say(service, `Reloading ${titled(service)}...`);
    const hear = lines((message) => {
      journal.append({
        at: kernel.now(),
        unit: name,
        identifier: command.name,
        pid: service.pid ?? 0,
        message,
        priority: 6,
      });
    });
    const io = {
      stdin: new Uint8Array(),
      env: {},
      isTerminal: false,
      columns: 80,
      signal: new AbortController().signal,
    };
    const write = (text: string | Uint8Array): void =>
      hear.write(typeof text === 'string' ? text : new TextDecoder().decode(text));
    const code = await command.run(args, { ...io, machine, cwd: '/', stdout: write, stderr: write });
    hear.end();
    if (code !== 0) {
      say(service, `${service.name}: Control process exited, code=exited, status=${code}/FAILURE`, 5);
      say(service, `Reload failed for ${titled(service)}.`, 3);
      return { outcome: 'failed' };
    }
    say(service, `Reloaded ${titled(service)}.`);
    return { outcome: 'done' };
  }

  return {
    reloadUnit,
    find,
    list: () => [...loaded.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    start,
    stop,
    reload() {
      for (const [name, service] of [...loaded]) {
        const path = pathOf(name);
        loaded.delete(name);
        if (path === undefined) {
          if (service.active !== 'inactive') loaded.set(name, service);
          continue;
        }
        const fresh = find(name);
        // What runs goes on as it was started; the next start reads the new file.
        if (fresh === undefined || 'problem' in fresh) loaded.set(name, service);
        else loaded.set(name, Object.assign(service, { unit: fresh.unit, text: fresh.text, path }));
      }
    },
    resetFailed(name) {
      for (const service of loaded.values()) {
        if (name !== undefined && service.name !== name && service.name !== `${name}.service`) continue;
        runningOf(service).starts = [];
        service.result = 'success';
        service.restarts = 0;
        if (service.active === 'failed') become(service, 'inactive', 'dead');
      }
    },
    isStale: ({ name, text }) => {
      const path = pathOf(name);
      return path === undefined || files.readText(path) !== text;
    },
  };
}

/** systemd.service(5), table 1 of "Restart=". */
function restarts({ restart }: Unit, result: Service['result']): boolean {
  if (restart === 'always') return true;
  if (restart === 'on-success') return result === 'success';
  if (restart === 'on-failure') return result !== 'success';
  if (restart === 'on-abnormal') return result === 'signal' || result === 'core-dump' || result === 'timeout';
  return restart === 'on-abort' && (result === 'signal' || result === 'core-dump');
}

function resultOf({ how, status }: Exit): Service['result'] {
  if (how === 'killed') return 'signal';
  if (how === 'dumped') return 'core-dump';
  return status === '1/FAILURE' || !status.startsWith('1/') ? 'exit-code' : 'resources';
}

function exitOf(code: number): readonly [exit: Exit, isClean: boolean] {
  const signal = signals[code - 128];
  if (signal !== undefined)
    return [
      { how: code === 134 ? 'dumped' : 'killed', status: `${code - 128}/${signal}` },
      cleanSignals.includes(code - 128),
    ];
  const name = code === 0 ? 'SUCCESS' : code === 1 ? 'FAILURE' : code === 2 ? 'INVALIDARGUMENT' : 'n/a';
  return [{ how: 'exited', status: `${code}/${name}` }, code === 0];
}

/** `$NAME` as a word of its own is split at blanks, `${NAME}` anywhere is not (systemd.service(5), "Command lines"). */
function expand(word: string, environment: Readonly<Record<string, string>>): readonly string[] {
  const [, alone] = /^\$([A-Za-z_]\w*)$/.exec(word) ?? [];
  if (alone !== undefined) return (environment[alone] ?? '').split(/\s+/).filter(Boolean);
  return [word.replace(/\$\{([A-Za-z_]\w*)\}/g, (_, name: string) => environment[name] ?? '')];
}
