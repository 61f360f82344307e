// A job's own machine while its steps run, and what they leave to one another on it.
import type { Kernel } from '../kernel/index.ts';
import { createKernel } from '../kernel/index.ts';
import { type Command, createMachine, createShell, type Language, type Machine, parentOf } from '../machine/index.ts';
import { listen, masked } from './commands.ts';
import type { Annotation, Artifact } from './record.ts';

/** What a runner needs of the engine around it. */
export interface RunnerSurroundings {
  readonly commands: readonly Command[];
  readonly language: Language;
  pause(): Promise<void>;
  /** Told whose time and chance rule from now on. */
  onKernel(kernel: Kernel): void;
}

/** A file of the repository at the commit that is built. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

/** Files by key, as `actions/cache` keeps them between runs. */
export type Caches = Map<string, Readonly<Record<string, Uint8Array>>>;

export interface JobSession {
  readonly machine: Machine;
  readonly workspace: string;
  readonly temp: string;
  /** From `$GITHUB_ENV` and `$GITHUB_PATH`. */
  readonly env: Record<string, string>;
  readonly path: string[];
  readonly annotations: Annotation[];
  readonly uploads: Artifact[];
  /** Run after the last step, last first. */
  readonly post: (() => void)[];
  summary: string;
  cancelled: boolean;
  /** Ends what is running; steps that run in spite of a cancelling still do. */
  cancel(): void;
  /** What the current step has written, masked. */
  takeLog(): readonly string[];
  log(line: string): void;
  mask(value: string): void;
  /** Runs a command line of the runner in a folder, with an environment. Its output goes to the log. */
  run(line: string, folder: string, env: Readonly<Record<string, string>>, limit?: number): Promise<RunEnd>;
}

export interface RunEnd {
  readonly exitCode: number;
  /** Set when its time was up, or the job was cancelled. */
  readonly ended?: 'timeout' | 'cancelled';
}

export interface SessionOptions {
  readonly seed: string;
  readonly startAt: number;
  readonly repository: string;
  readonly masks: readonly string[];
  /** Simulated time at which the job is cancelled, ms since 1970. */
  readonly cancelAt?: number;
}

export function openJobSession(options: SessionOptions, surroundings: RunnerSurroundings): JobSession {
  const kernel = createKernel({ seed: options.seed, now: options.startAt });
  surroundings.onKernel(kernel);
  const home = '/home/runner';
  const machine = createMachine({ kernel, language: surroundings.language, hostname: 'runner', user: 'runner', home });
  const name = options.repository.split('/').at(-1) ?? 'repository';
  const workspace = `${home}/work/${name}/${name}`;
  const temp = `${home}/work/_temp`;
  for (const folder of [workspace, temp]) machine.files.mkdir(folder, { recursive: true });

  const masks = [...options.masks];
  let lines: string[] = [];
  let interrupt = (): void => {};

  const session: JobSession = {
    machine,
    workspace,
    temp,
    env: {},
    path: [],
    annotations: [],
    uploads: [],
    post: [],
    summary: '',
    cancelled: false,
    cancel() {
      session.cancelled = true;
      interrupt();
    },
    takeLog() {
      const taken = lines;
      lines = [];
      return taken;
    },
    log: (line) => void lines.push(masked(line, masks)),
    mask: (value) => void masks.push(value),
    async run(line, folder, env, limit) {
      if (session.cancelled) return { exitCode: 130, ended: 'cancelled' };
      const shell = createShell(machine, surroundings.commands, undefined, { pause: surroundings.pause });
      let timedOut = false;
      const stopTimer =
        limit === undefined
          ? () => {}
          : kernel.schedule(limit, () => {
              timedOut = true;
              shell.interrupt();
            });
      interrupt = () => shell.interrupt();
      const startedAt = kernel.now();
      const talk = listen();
      const hear = lineByLine((text) => {
        const shown = talk.hear(text);
        for (const mask of talk.masks.slice(masks.length - options.masks.length)) masks.push(mask);
        if (shown !== undefined) session.log(shown);
      });
      const exports = Object.entries(env).map(([key, value]) => `export ${key}=${quoted(value)}`);
      const script = [...exports, `cd ${quoted(folder)} || exit 1`, line].join('\n');
      const { exitCode, stopped } = await shell.run(script, { onOutput: (_, text) => hear.text(text) });
      hear.end();
      stopTimer();
      interrupt = () => {};
      session.annotations.push(...talk.annotations);
      if (session.cancelled) return { exitCode, ended: 'cancelled' };
      // A loop that never ends uses up the shell's counted limits before it uses up its time.
      if (stopped === 'limit' && limit !== undefined) {
        kernel.advance(Math.max(0, startedAt + limit - kernel.now()));
        timedOut = true;
      }
      return timedOut ? { exitCode, ended: 'timeout' } : { exitCode };
    },
  };

  if (options.cancelAt !== undefined) kernel.schedule(options.cancelAt - options.startAt, session.cancel);
  return session;
}

/** Writes a file with the folders above it. */
export function place({ files }: Machine, path: string, bytes: Uint8Array | string, mode?: number): void {
  files.mkdir(parentOf(path), { recursive: true });
  files.writeFile(path, bytes, mode);
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function lineByLine(take: (line: string) => void): { text(part: string): void; end(): void } {
  let rest = '';
  return {
    text(part) {
      const lines = (rest + part).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) take(line);
    },
    end() {
      if (rest !== '') take(rest);
      rest = '';
    },
  };
}
