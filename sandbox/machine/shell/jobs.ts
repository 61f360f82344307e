import type { AbortSignal, Command, CommandIO } from '../command.ts';
import { FileError, resolvePath } from '../files/index.ts';
import { jobLimits } from '../limits.ts';
import type { Machine } from '../machine.ts';
import type { Hooks, Interpreter, PatchedBash, Redirection, ScriptResult, Statement } from './just-bash.ts';
import { type ShellProcesses, tellShell } from './language.ts';
import { limitWords } from './limit-words.ts';
import { bytesOf, withoutNote } from './output.ts';
import { sourceOf } from './source.ts';

/** The shell's own process. Programs count up from 1000. */
export const SHELL_PID = 900;

interface Job {
  readonly number: number;
  readonly pid: number;
  readonly line: string;
  exitCode: number | undefined;
}

/** The background jobs of one shell. */
export interface Jobs {
  /** Starts a statement that ends in `&`. `tell`: whether the person is told its number and pid. */
  start(statement: Statement, shell: Interpreter, hooks: ParentHooks, show: Show, tell: boolean): Promise<ScriptResult>;
  /** `[1]+  Done  …` for the jobs that have ended since it was last asked. */
  takeEnded(): readonly string[];
  readonly commands: readonly Command[];
}

/** Shows text on the terminal from which a job was started. */
export type Show = (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;

type Sink = Show;

type ParentHooks = Pick<Hooks, 'tick' | 'job' | 'language'>;

export function createJobs(
  machine: Machine,
  bash: () => PatchedBash,
  pause: () => Promise<void>,
  shells: ShellProcesses,
): Jobs {
  const jobs: Job[] = [];
  const { processes, kernel } = machine;
  let alive = 0;
  const running = (): readonly Job[] => jobs.filter(({ exitCode }) => exitCode === undefined);

  function find(name: string): Job | undefined {
    if (name === '%' || name === '%%' || name === '%+') return jobs.at(-1);
    if (name === '%-') return jobs.at(-2);
    if (name.startsWith('%'))
      return jobs.find((job) => `%${job.number}` === name || job.line.startsWith(name.slice(1)));
    return jobs.find(({ pid }) => String(pid) === name);
  }

  async function start(
    statement: Statement,
    shell: Interpreter,
    parent: ParentHooks,
    show: Show,
    tell: boolean,
  ): Promise<ScriptResult> {
    const depth = (parent.job?.depth ?? 0) + 1;
    if (depth > jobLimits.depth || alive >= jobLimits.running) {
      return { stdout: '', stderr: 'bash: fork: retry: Resource temporarily unavailable\n', exitCode: 254 };
    }
    const route = await sinkOf(statement, shell, machine, show).catch(redirectionFailure);
    if ('exitCode' in route) return route;
    const { statement: plain, sink } = route;
    const stopping = new AbortController();
    let killedBy = 0;
    const number = Math.max(0, ...jobs.map((job) => job.number)) + 1;
    const line = sourceOf(statement);
    const process = processes.start(line, (pid) => ({
      kill(signal) {
        if (tellShell(shells, pid, signal.slice(3))) return;
        killedBy = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal];
        stopping.abort();
      },
      ended: run(pid).then((exitCode) => (killedBy === 0 ? exitCode : 128 + killedBy)),
    }));

    async function run(pid: number): Promise<number> {
      const hooks: Hooks = {
        tick: parent.tick,
        language: parent.language,
        write(stdout, bytes, stderr) {
          if (stdout !== '') sink('stdout', bytesOf(stdout, bytes));
          if (stderr !== '') sink('stderr', bytesOf(stderr, false));
        },
        background: (inner, innerShell) => start(inner, innerShell, hooks, show, false),
        job: { pid, depth },
      };
      const state = Object.assign(bash().jobState(shell.ctx), { jobPid: pid, bashPid: pid, inbox: [], ends: true });
      const job = { statement: { ...plain, background: false }, state, hooks };
      // The shell goes on to its next statement first, as it does after a fork.
      await pause();
      const { stdout, stderr, exitCode, stoppedBy } = await bash().runJob(job, stopping.signal);
      hooks.write(stdout, false, withoutNote(stderr));
      if (stoppedBy !== undefined) hooks.write('', false, `${limitWords(stoppedBy)[machine.language]}\n`);
      return exitCode;
    }

    const entry: Job = { number, pid: process.pid, line, exitCode: undefined };
    // What a job starts is not this shell's child.
    if (depth === 1) jobs.push(entry);
    alive += 1;
    void process.ended.then((exitCode) => {
      entry.exitCode = exitCode;
      alive -= 1;
    });
    shell.ctx.state.lastBackgroundPid = process.pid;
    shell.ctx.state.env.set('!', String(process.pid));
    return { stdout: '', stderr: tell ? `[${number}] ${process.pid}\n` : '', exitCode: 0 };
  }

  /** Waits for a process; when nothing else can happen at this moment, the clock goes on to what happens next. */
  async function waitFor(pid: number, signal?: AbortSignal): Promise<number | undefined> {
    let exitCode: number | undefined;
    void processes.find(pid)?.ended.then((code) => {
      exitCode = code;
    });
    const known = jobs.find((job) => job.pid === pid);
    for (let turns = 0; exitCode === undefined && known?.exitCode === undefined; turns++) {
      if (signal?.aborted) return 130;
      await pause();
      if (turns % 4 === 3) kernel.advance(kernel.untilNext() ?? 0);
    }
    return exitCode ?? known?.exitCode;
  }

  const list: Command = {
    name: 'jobs',
    summary: { es: 'muestra los trabajos en segundo plano', en: 'lists the background jobs' },
    run(args, io) {
      if (args.some((arg) => arg !== '-l' && arg !== '-p')) return refuse(io, 'jobs', args);
      const shown = args.includes('-p')
        ? jobs.map(({ pid }) => `${pid}\n`)
        : jobs.map((job) => `${stateLine(job, jobs, args.includes('-l'))}\n`);
      io.stdout(shown.join(''));
      forgetEnded();
      return 0;
    },
  };

  const wait: Command = {
    name: 'wait',
    summary: { es: 'espera a que terminen los trabajos en segundo plano', en: 'waits for background jobs to end' },
    async run(args, io) {
      if (args.some((arg) => arg.startsWith('-'))) return refuse(io, 'wait', args);
      if (args.length === 0) {
        for (const { pid } of running()) if ((await waitFor(pid, io.signal)) === 130 && io.signal.aborted) return 130;
        return 0;
      }
      let last = 0;
      for (const name of args) {
        const job = find(name);
        if (job === undefined) io.stderr(noSuch('wait', name));
        last = job === undefined ? 127 : ((await waitFor(job.pid, io.signal)) ?? 127);
      }
      return last;
    },
  };

  const foreground: Command = {
    name: 'fg',
    summary: { es: 'trae un trabajo al primer plano', en: 'brings a job to the foreground' },
    async run([name = '%+'], io) {
      const job = find(name);
      if (job === undefined || job.exitCode !== undefined) {
        io.stderr(`bash: fg: ${name === '%+' ? 'current' : name}: no such job\n`);
        return 1;
      }
      io.stdout(`${job.line}\n`);
      const stop = (): void => processes.find(job.pid)?.kill('SIGINT');
      io.signal.addEventListener('abort', stop);
      const exitCode = await waitFor(job.pid);
      jobs.splice(jobs.indexOf(job), 1);
      return exitCode ?? 0;
    },
  };

  const kill: Command = {
    name: 'kill',
    summary: { es: 'envía una señal a un proceso o trabajo', en: 'sends a signal to a process or job' },
    async run(args, io) {
      const { signal, names } = readKill(args);
      if (signal === undefined) {
        io.stderr(`bash: kill: ${args[0]?.replace(/^-/, '')}: invalid signal specification\n`);
        return 1;
      }
      if (names.length === 0) {
        io.stderr('kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n');
        return 2;
      }
      let exitCode = 0;
      for (const name of names) {
        const pid = name.startsWith('%') ? find(name)?.pid : Number(name);
        // The shell that people type in does not listen to SIGTERM.
        if (pid === SHELL_PID) continue;
        const process = pid === undefined ? undefined : processes.find(pid);
        if (process === undefined) {
          io.stderr(
            name.startsWith('%') ? `bash: kill: ${name}: no such job\n` : `bash: kill: (${name}) - No such process\n`,
          );
          exitCode = 1;
        } else if (signal !== 0) process.kill(signal);
      }
      // The killed one ends before the next line is read, as it nearly always does.
      await pause();
      return exitCode;
    },
  };

  function forgetEnded(): void {
    jobs.splice(0, jobs.length, ...running());
  }

  return {
    start,
    takeEnded() {
      const lines = jobs.filter(({ exitCode }) => exitCode !== undefined).map((job) => stateLine(job, jobs, false));
      forgetEnded();
      return lines;
    },
    commands: [list, wait, foreground, kill],
  };
}

function stateLine(job: Job, jobs: readonly Job[], withPid: boolean): string {
  const mark = job === jobs.at(-1) ? '+' : job === jobs.at(-2) ? '-' : ' ';
  const pid = withPid ? `${job.pid} ` : '';
  return `[${job.number}]${mark}  ${pid}${stateName(job.exitCode).padEnd(24)}${job.line}${job.exitCode === undefined ? ' &' : ''}`;
}

function stateName(exitCode: number | undefined): string {
  if (exitCode === undefined) return 'Running';
  if (exitCode === 0) return 'Done';
  const names: Readonly<Record<number, string>> = { 130: 'Interrupt', 137: 'Killed', 143: 'Terminated' };
  return names[exitCode] ?? `Exit ${exitCode}`;
}

const signals = {
  // Sends nothing: asks whether there is such a process.
  '0': 0,
  '2': 'SIGINT',
  INT: 'SIGINT',
  SIGINT: 'SIGINT',
  '9': 'SIGKILL',
  KILL: 'SIGKILL',
  SIGKILL: 'SIGKILL',
  '15': 'SIGTERM',
  TERM: 'SIGTERM',
  SIGTERM: 'SIGTERM',
} as const;

function readKill(args: readonly string[]): {
  readonly signal?: 'SIGINT' | 'SIGKILL' | 'SIGTERM' | 0;
  readonly names: readonly string[];
} {
  const [first = '', second = '', ...rest] = args;
  if (!first.startsWith('-')) return { signal: 'SIGTERM', names: args };
  const [name, names] = first === '-s' || first === '-n' ? [second, rest] : [first.slice(1), args.slice(1)];
  return Object.hasOwn(signals, name) ? { signal: signals[name as keyof typeof signals], names } : { names };
}

function noSuch(command: string, name: string): string {
  return name.startsWith('%')
    ? `bash: ${command}: ${name}: no such job\n`
    : `bash: ${command}: pid ${name} is not a child of this shell\n`;
}

function refuse(io: CommandIO, command: string, args: readonly string[]): number {
  io.stderr(`bash: ${command}: '${args.join(' ')}' is not part of this sandbox\n`);
  return 2;
}

/**
 * Where a job writes. Redirections of a single command to files are taken out of it and done here, piece by piece as it writes:
 * just-bash would fill the file only when the job ends.
 */
async function sinkOf(
  statement: Statement,
  shell: Interpreter,
  machine: Machine,
  show: Show,
): Promise<{ readonly statement: Statement; readonly sink: Sink }> {
  const [pipeline, ...others] = statement.pipelines;
  const [command, ...piped] = pipeline?.commands ?? [];
  const whole = { statement, sink: show };
  if (pipeline === undefined || command?.redirections === undefined || others.length > 0 || piped.length > 0)
    return whole;
  const { redirections } = command;
  if (redirections.length === 0 || !redirections.every(isPlainOutput)) return whole;

  const routes: { stdout?: string; stderr?: string } = {};
  for (const redirection of redirections) {
    const word = await shell.expandWord(redirection.target);
    const streams = streamsOf(redirection);
    if (redirection.operator === '>&' && word === '1') routes.stderr = routes.stdout;
    else {
      const path = resolvePath(shell.ctx.state.cwd, word);
      // The null device takes everything and holds nothing.
      if (path !== '/dev/null') {
        try {
          if (redirection.operator.endsWith('>>')) machine.files.appendFile(path, '');
          else machine.files.writeFile(path, '');
        } catch (error) {
          throw error instanceof FileError ? new FileError(error.code, error.syscall, word) : error;
        }
      }
      for (const stream of streams) routes[stream] = path;
    }
  }
  const sink: Sink = (stream, bytes) => {
    const path = routes[stream];
    if (path === undefined) return show(stream, bytes);
    if (path === '/dev/null') return;
    try {
      machine.files.appendFile(path, bytes);
    } catch (error) {
      show('stderr', new TextEncoder().encode(redirectionFailure(error).stderr));
    }
  };
  return {
    statement: { ...statement, pipelines: [{ ...pipeline, commands: [{ ...command, redirections: [] }] }] },
    sink,
  };
}

function redirectionFailure(error: unknown): ScriptResult {
  if (!(error instanceof FileError)) throw error;
  const reasons: Partial<Record<string, string>> = {
    ENOENT: 'No such file or directory',
    EISDIR: 'Is a directory',
    ENOSPC: 'No space left on device',
    EFBIG: 'File too large',
  };
  return { stdout: '', stderr: `bash: ${error.path}: ${reasons[error.code] ?? error.message}\n`, exitCode: 1 };
}

function isPlainOutput({ operator, fd, target }: Redirection): boolean {
  if (target.type !== 'Word') return false;
  if (operator === '>&') return fd === 2;
  return ['>', '>>', '>|', '&>', '&>>'].includes(operator) && (fd === null || fd === 1 || fd === 2);
}

function streamsOf({ operator, fd }: Redirection): readonly ('stdout' | 'stderr')[] {
  if (operator.startsWith('&')) return ['stdout', 'stderr'];
  return fd === 2 ? ['stderr'] : ['stdout'];
}
