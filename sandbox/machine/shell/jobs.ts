import type { AbortSignal, Command, CommandIO } from '../command.ts';
import { jobLimits } from '../limits.ts';
import type { Machine } from '../machine.ts';
import type { Process } from '../process.ts';
import { addWriter, outletsInside } from './descriptors.ts';
import { ofTerminal, outletsWritten, redirectionFailure, type Show, showFrom, sinkOf } from './job-output.ts';
import { createJobTable, isRunning, type Job } from './job-table.ts';
import type { Hooks, Interpreter, PatchedBash, ScriptResult, State, Statement } from './just-bash.ts';
import { listSignals, readKill } from './kill.ts';
import { type ShellProcesses, tellShell } from './language.ts';
import { limitWords } from './limit-words.ts';
import { bytesOf, withoutNote } from './output.ts';
import { errorPrefix } from './script-errors.ts';
import { deathNotice, endsProcess, signalNumbers } from './signals.ts';
import { sourceOf } from './source.ts';
import { createWaiting } from './waiting.ts';

/** The shell's own process. Programs count up from 1000. */
export const SHELL_PID = 900;

/** The background jobs of one shell, and of the shells that it starts. */
export interface Jobs {
  /** Starts a statement that ends in `&`. `tell`: whether the person is told its number and pid. */
  start(statement: Statement, shell: Interpreter, hooks: ParentHooks, show: Show, tell: boolean): Promise<ScriptResult>;
  /** `[1]+  Done  …` for the jobs that have ended since it was last asked. */
  takeEnded(): readonly string[];
  /** The foreground is free again: a script hears which of its jobs have ended. @returns what it says of those that were killed. */
  hearEnded(state: State): string;
  /** What was started in a subshell that has ended is no job of the shell around it. */
  leaveSubshell(state: State): void;
  readonly commands: readonly Command[];
}

type ParentHooks = Pick<Hooks, 'tick' | 'job' | 'language'>;

export function createJobs(
  machine: Machine,
  bash: () => PatchedBash,
  pause: () => Promise<void>,
  shells: ShellProcesses,
): Jobs {
  const table = createJobTable();
  const { processes } = machine;
  const shellOf = (owner: number): State | undefined => shells.get(owner)?.at(-1);
  /** Where nobody types a job that was waited for is not told of any more, and there is no foreground. */
  const isScript = (owner: number): boolean => shellOf(owner)?.ends === true;
  let alive = 0;
  let ended = 0;
  /** The jobs that the shell, or the subshell in which it is, has started itself. */
  const children = (owner: number): readonly Job[] =>
    table.of(owner).filter(({ level }) => level === (shellOf(owner)?.subshells ?? 0));

  async function start(
    statement: Statement,
    shell: Interpreter,
    parent: ParentHooks,
    show: Show,
    tell: boolean,
    base = ofTerminal,
  ): Promise<ScriptResult> {
    const depth = (parent.job?.depth ?? 0) + 1;
    if (depth > jobLimits.depth || alive >= jobLimits.running) {
      return { stdout: '', stderr: 'bash: fork: retry: Resource temporarily unavailable\n', exitCode: 254 };
    }
    const route = await sinkOf(statement, shell, machine, showFrom(shell.ctx.state, base, show)).catch(
      redirectionFailure,
    );
    if ('exitCode' in route) return route;
    const { statement: plain, sink } = route;
    const outlets = outletsInside(shell.ctx.state, base);
    const endWriting = addWriter(shell.ctx.state, outletsWritten(statement, shell.ctx.state));
    const stopping = new AbortController();
    let killedBy: Parameters<Process['kill']>[0] | undefined;
    /** A program that listens to signals says itself with what code it ends. */
    let heard: number | undefined;
    const owner = ownPid(shell.ctx.state);
    const number = Math.max(0, ...table.of(owner).map((job) => job.number)) + 1;
    const line = sourceOf(statement);
    const process = processes.start(line.replaceAll(/\n\s*/g, ' '), (pid) => ({
      kill(signal) {
        if (tellShell(shells, pid, signal.slice(3))) return;
        // Who listens lives on, and may be sent another.
        if (signal !== 'SIGKILL' && processes.hearing.get(pid)?.(signal)) return;
        killedBy = signal;
        entry.signal ??= signal.slice(3);
        stopping.abort();
      },
      ended: run(pid).then((exitCode) =>
        heard !== undefined
          ? heard
          : killedBy === undefined
            ? exitCode
            : 128 + (signalNumbers.get(entry.signal ?? '') ?? 0),
      ),
    }));

    async function run(pid: number): Promise<number> {
      const hooks: Hooks = {
        tick: parent.tick,
        language: parent.language,
        write(stdout, bytes, stderr) {
          if (stdout !== '') sink('stdout', bytesOf(stdout, bytes));
          if (withoutNote(stderr) !== '') sink('stderr', bytesOf(withoutNote(stderr), false));
        },
        background: (inner, innerShell) => start(inner, innerShell, hooks, sink, false, outlets),
        killedBy: () => killedBy,
        job: {
          pid,
          depth,
          hear(exitCode) {
            heard = exitCode;
          },
        },
      };
      const isSubshell = plain.pipelines[0]?.commands[0]?.type === 'Subshell' && plain.pipelines.length === 1;
      const state = Object.assign(bash().jobState(shell.ctx), {
        ...{ jobPid: pid, bashPid: pid, inbox: [], ends: true, outlets },
        subshells: (shell.ctx.state.subshells ?? 0) + (isSubshell ? 0 : 1),
      });
      const job = { statements: [{ ...plain, background: false }], state, hooks, around: shell.ctx };
      // The shell goes on to its next statement first, as it does after a fork.
      await pause();
      const { stdout, stderr, exitCode, stoppedBy } = await bash().runJob(job, stopping.signal);
      // Where errors go with the rest, the note does too.
      hooks.write(withoutNote(stdout), false, withoutNote(stderr));
      if (stoppedBy !== undefined) hooks.write('', false, `${limitWords(stoppedBy)[machine.language]}\n`);
      return exitCode;
    }

    const level = shell.ctx.state.subshells ?? 0;
    const entry: Job = { owner, level, number, pid: process.pid, line, exitCode: undefined, endedAs: 0 };
    table.add(entry);
    alive += 1;
    void process.ended.then((exitCode) => {
      entry.exitCode = exitCode;
      entry.isUnheard = isScript(owner);
      if (heard !== undefined) entry.signal = undefined;
      ended += 1;
      entry.endedAs = ended;
      alive -= 1;
      endWriting();
    });
    shell.ctx.state.lastBackgroundPid = process.pid;
    shell.ctx.state.env.set('!', String(process.pid));
    return { stdout: '', stderr: tell ? `[${number}] ${process.pid}\n` : '', exitCode: 0 };
  }

  /** Waits for a process. */
  async function waitFor(pid: number, owner: number, signal?: AbortSignal): Promise<number | undefined> {
    let exitCode: number | undefined;
    void processes.find(pid)?.ended.then((code) => {
      exitCode = code;
    });
    const known = table.byPid(pid);
    const letPass = createWaiting(machine, pause);
    while (exitCode === undefined && known?.exitCode === undefined) {
      if (signal?.aborted) return 130;
      const heard = heardBy(owner);
      if (heard !== undefined) return heard;
      await letPass();
    }
    return exitCode ?? known?.exitCode;
  }

  /** The status of a `wait` that a signal ends: one for which the shell has a trap. */
  function heardBy(owner: number): number | undefined {
    const { inbox = [], traps } = shellOf(owner) ?? {};
    const heard = inbox.find(({ signal }) => traps?.get(signal)?.action);
    return heard === undefined ? undefined : 128 + (signalNumbers.get(heard.signal) ?? 0);
  }

  /** What `kill` says when it cannot send a signal. */
  function send(owner: number, name: string, signal: string): string | undefined {
    const pid = name.startsWith('%') ? table.find(owner, name)?.pid : Number(name);
    if (pid === undefined) return `bash: kill: ${name}: no such job\n`;
    if (Number.isNaN(pid)) return `bash: kill: ${name}: arguments must be process or job IDs\n`;
    const process = processes.find(pid);
    const shell = shells.get(pid)?.at(-1);
    const subshell = [...shells.values()].flat().find(({ bashPid }) => bashPid === pid);
    if (process === undefined && shell === undefined && subshell === undefined)
      return `bash: kill: (${name}) - No such process\n`;
    if (signal === '') return undefined;
    if (process === undefined) {
      // The shell that people type in does not listen; a subshell of it does.
      const hearing = shell === undefined ? subshell : shell.ends ? shell : undefined;
      hearing?.inbox?.push({ pid, signal });
    } else if (signal === 'TERM' || signal === 'INT' || signal === 'KILL') process.kill(`SIG${signal}`);
    else if (!tellShell(shells, pid, signal) && !processes.hearing.get(pid)?.(`SIG${signal}`) && endsProcess(signal)) {
      const job = table.byPid(pid);
      if (job !== undefined) job.signal ??= signal;
      process.kill('SIGTERM');
    }
    return undefined;
  }

  const list: Command = {
    name: 'jobs',
    summary: { es: 'muestra los trabajos en segundo plano', en: 'lists the background jobs' },
    run(args, io) {
      const names = args.filter((arg) => !arg.startsWith('-'));
      if (args.some((arg) => arg.startsWith('-') && !/^-[lprs]+$/.test(arg))) return refuse(io, 'jobs', args);
      const own = table.of(ownerOf(io));
      const unknown = names.find((name) => table.find(ownerOf(io), name) === undefined);
      if (unknown !== undefined) {
        io.stderr(`bash: jobs: ${unknown}: no such job\n`);
        return 1;
      }
      const named = names.map((name) => table.find(ownerOf(io), name));
      const has = (letter: string): boolean => args.some((arg) => arg.includes(letter));
      // Nothing of this sandbox is ever stopped, so `-s` finds none.
      const asked = own.filter(
        (job) => (names.length === 0 || named.includes(job)) && (!has('r') || isRunning(job)) && !has('s'),
      );
      const shown = has('p')
        ? asked.map(({ pid }) => `${pid}\n`)
        : asked.map((job) => `${table.line(job, has('l'))}\n`);
      io.stdout(shown.join(''));
      table.forget((job) => asked.includes(job) && !isRunning(job));
      return 0;
    },
  };

  /** `wait -n`: for the first of the jobs to end that nobody has waited for. */
  async function waitForAny({ names, variable }: Awaited, io: CommandIO): Promise<number> {
    const owner = ownerOf(io);
    const awaited = names.length === 0 ? children(owner) : names.flatMap((name) => table.find(owner, name) ?? []);
    if (awaited.length === 0) return 127;
    for (const letPass = createWaiting(machine, pause); ; await letPass()) {
      const [first] = awaited.filter((job) => job.exitCode !== undefined).sort((a, b) => a.endedAs - b.endedAs);
      if (first !== undefined) {
        table.forget((job) => job === first);
        name(variable, first, owner);
        return first.exitCode ?? 127;
      }
      if (io.signal.aborted) return 130;
      const heard = heardBy(owner);
      if (heard !== undefined) return heard;
    }
  }

  const disown: Command = {
    name: 'disown',
    summary: { es: 'olvida un trabajo en segundo plano, que sigue', en: 'forgets a background job, which goes on' },
    run(args, io) {
      const names = args.filter((arg) => !arg.startsWith('-'));
      const all = args.includes('-a') || (args.includes('-r') && names.length === 0);
      if (args.includes('-h')) return 0;
      for (const name of all
        ? table.of(ownerOf(io)).flatMap((job) => (isRunning(job) ? String(job.pid) : []))
        : names.length === 0
          ? ['%+']
          : names) {
        const job = table.find(ownerOf(io), name);
        if (job === undefined) {
          io.stderr(`bash: disown: ${name === '%+' ? 'current' : name}: no such job\n`);
          return 1;
        }
        table.forget((one) => one === job);
      }
      return 0;
    },
  };

  const wait: Command = {
    name: 'wait',
    summary: { es: 'espera a que terminen los trabajos en segundo plano', en: 'waits for background jobs to end' },
    async run(args, io) {
      const owner = ownerOf(io);
      const awaited = readWait(args);
      if (awaited.variable !== undefined) shellOf(owner)?.env.delete(awaited.variable);
      if (awaited.isAny) return waitForAny(awaited, io);
      if (awaited.names.length === 0) {
        for (const job of children(owner)) {
          const status = await waitFor(job.pid, owner, io.signal);
          if (io.signal.aborted || heardBy(owner) !== undefined) return status ?? 0;
          tellDeath(job, io);
        }
        if (isScript(owner)) forgetEnded(owner);
        table.forgetPast(owner);
        return 0;
      }
      let last = 0;
      for (const word of awaited.names) {
        const job = table.find(owner, word);
        const past = table.past(Number(word));
        if (job === undefined && past === undefined) io.stderr(noSuch('wait', word));
        last = job === undefined ? (past ?? 127) : ((await waitFor(job.pid, owner, io.signal)) ?? 127);
        name(awaited.variable, job, owner);
        if (job !== undefined) tellDeath(job, io);
        if (isScript(owner)) forgetEnded(owner);
      }
      return last;
    },
  };

  /** `wait -p`: the variable tells which job it was. */
  function name(variable: string | undefined, job: Job | undefined, owner: number): void {
    if (variable !== undefined && job !== undefined) shellOf(owner)?.env.set(variable, String(job.pid));
  }

  function tellDeath(job: Job, io: CommandIO): void {
    if (isScript(ownerOf(io))) io.stderr(notice(job, 'bash: '));
  }

  const foreground: Command = {
    name: 'fg',
    summary: { es: 'trae un trabajo al primer plano', en: 'brings a job to the foreground' },
    async run([name = '%+'], io) {
      if (isScript(ownerOf(io))) {
        io.stderr('bash: fg: no job control\n');
        return 1;
      }
      const job = table.find(ownerOf(io), name);
      if (job === undefined || job.exitCode !== undefined) {
        io.stderr(`bash: fg: ${name === '%+' ? 'current' : name}: no such job\n`);
        return 1;
      }
      io.stdout(`${job.line}\n`);
      const stop = (): void => processes.find(job.pid)?.kill('SIGINT');
      io.signal.addEventListener('abort', stop);
      const exitCode = await waitFor(job.pid, ownerOf(io));
      table.forget((one) => one === job);
      return exitCode ?? 0;
    },
  };

  const background: Command = {
    name: 'bg',
    summary: { es: 'sigue con un trabajo en segundo plano', en: 'goes on with a job in the background' },
    run([name = '%+'], io) {
      const job = table.find(ownerOf(io), name);
      if (isScript(ownerOf(io))) io.stderr('bash: bg: no job control\n');
      else if (job === undefined) io.stderr(`bash: bg: ${name === '%+' ? 'current' : name}: no such job\n`);
      else {
        io.stderr(`bash: bg: job ${job.number} already in background\n`);
        return 0;
      }
      return 1;
    },
  };

  const kill: Command = {
    name: 'kill',
    summary: { es: 'envía una señal a un proceso o trabajo', en: 'sends a signal to a process or job' },
    async run(args, io) {
      if (args[0] === '-l' || args[0] === '-L') return listSignals(args.slice(1), io);
      const { signal, word, names } = readKill(args);
      if (signal === undefined) {
        io.stderr(`bash: kill: ${word}: invalid signal specification\n`);
        return 1;
      }
      if (names.length === 0) {
        io.stderr('kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n');
        return 2;
      }
      let exitCode = 0;
      for (const name of names) {
        const refusal = send(ownerOf(io), name, signal);
        if (refusal === undefined) continue;
        io.stderr(refusal);
        exitCode = 1;
      }
      // The killed one ends before the next line is read, as it nearly always does.
      await pause();
      return exitCode;
    },
  };

  /** Forgets what has ended of a shell, and of shells that are no more. */
  function forgetEnded(owner: number): void {
    table.forget((job) => job.exitCode !== undefined && (job.owner === owner || shellOf(job.owner) === undefined));
  }

  return {
    start,
    takeEnded() {
      const over = table.of(SHELL_PID).filter((job) => !isRunning(job));
      const lines = over.map((job) => table.line(job, false));
      forgetEnded(SHELL_PID);
      return lines;
    },
    hearEnded(state) {
      const owner = ownPid(state);
      if (!isScript(owner)) return '';
      const over = table.of(owner).filter((job) => job.exitCode !== undefined);
      for (const job of over) job.isUnheard = false;
      // Of a script in a file, what has ended by itself stays until `jobs` tells it.
      const gone = over.filter(({ signal }) => signal !== undefined || state.script?.isCommand);
      table.forget((job) => gone.includes(job));
      return gone.map((job) => notice(job, errorPrefix(state))).join('');
    },
    leaveSubshell(state) {
      const owner = ownPid(state);
      table.forget((job) => job.owner === owner && job.level > (state.subshells ?? 0));
    },
    commands: [list, wait, disown, foreground, background, kill],
  };
}

function ownerOf({ shellPid = SHELL_PID }: CommandIO): number {
  return shellPid;
}

interface Awaited {
  readonly isAny: boolean;
  readonly variable: string | undefined;
  readonly names: readonly string[];
}

/** `wait [-fn] [-p var] [id ...]`; without job control `-f` changes nothing. */
function readWait(args: readonly string[]): Awaited {
  let [isAny, at, variable]: [boolean, number, string | undefined] = [false, 0, undefined];
  for (; /^-[fnp]/.test(args[at] ?? ''); at++) {
    const [, letters = '', value = ''] = /^-([fn]*)p?(.*)$/.exec(args[at] ?? '') ?? [];
    isAny ||= letters.includes('n');
    if (args[at]?.includes('p')) variable = value === '' ? args[++at] : value;
  }
  return { isAny, variable, names: args.slice(args[at] === '--' ? at + 1 : at) };
}

function ownPid({ jobPid, virtualPid }: State): number {
  return jobPid ?? virtualPid;
}

/** What a script says of a job that a signal ended; of INT, TERM and PIPE Debian's bash says nothing. */
function notice({ signal, exitCode = 0, pid, line }: Job, place: string): string {
  return signal === undefined || exitCode < 128 || signal === 'TERM' ? '' : deathNotice(signal, place, pid, line);
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
