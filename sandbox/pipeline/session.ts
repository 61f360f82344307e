// A job's own machine while its steps run, and what they leave to one another on it.
import { giveToken, type Token } from '../forge/index.ts';
import type { Kernel } from '../kernel/index.ts';
import { createKernel } from '../kernel/index.ts';
import {
  type Command,
  createFiles,
  createMachine,
  createShell,
  type Files,
  type Language,
  type Machine,
  type Network,
  parentOf,
  type Shell,
} from '../machine/index.ts';
import { listen } from './commands.ts';
import type { JobContainer } from './container.ts';
import { type Effect, type FarDisk, followChanges } from './far-disk.ts';
import { clientsOfRunner } from './images.ts';
import { createLog } from './log.ts';
import type { Annotation, Artifact } from './record.ts';
import { runnerTools } from './runner-tools.ts';
import { notices } from './words.ts';

/** What a runner needs of the engine around it. */
export interface RunnerSurroundings {
  readonly commands: readonly Command[];
  readonly language: Language;
  pause(): Promise<void>;
  /** Told whose time and chance rule from now on. */
  onKernel(kernel: Kernel): void;
  /** What a service's image of the company's own registry holds: its files, and the line that starts it; or why it cannot be had. */
  image?(name: string): AppImage | string | undefined;
  /** Where a job's requests go that are for no machine of its own; only where there is a forge. */
  beyond?(machine: Machine): Network['request'];
}

export interface AppImage {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly start: string;
}

/** A file of the repository at the commit that is built. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

/** Files by key, as `actions/cache` keeps them between runs. */
export type Caches = Map<string, Readonly<Record<string, Uint8Array>>>;

/** The context `job.services`, by the service's id ("Contexts reference"). */
export type ServicesContext = {
  readonly [id: string]: {
    readonly id: string;
    readonly network: string;
    readonly ports: { readonly [port: string]: string };
  };
};

export interface JobSession {
  readonly machine: Machine;
  readonly workspace: string;
  readonly temp: string;
  /** From `$GITHUB_ENV` and `$GITHUB_PATH`. */
  readonly env: Record<string, string>;
  readonly path: string[];
  readonly annotations: readonly Annotation[];
  readonly uploads: Artifact[];
  /** What steps have changed on the forge. */
  readonly effects: Effect[];
  /** Keeps what the step that ends has changed on the forge. */
  keepEffect(): void;
  /** Run after the last step, last first. */
  readonly post: PostStep[];
  /** Simulated time at which the job's own time is up; absent: it has no end. */
  deadline?: number;
  /** What the context `job` says of services. */
  services: ServicesContext;
  container: { readonly [key: string]: string };
  /** Whether the steps run in a container. */
  readonly isContained: boolean;
  /** Programs of ours that are not there. */
  readonly lacks: readonly string[];
  /** Services that a job in a container asks for by their names. */
  readonly hosts: Map<string, Network>;
  summary: string;
  cancelled: boolean;
  /** Nothing more may run. */
  isForced: boolean;
  /** Ends what is running; steps that run in spite of a cancelling still do. */
  cancel(): void;
  /** What the current step has written, masked. */
  takeLog(): readonly string[];
  log(line: string): void;
  /** Says it beside the log, masked. */
  annotate(annotation: Annotation): void;
  /** Whether a text holds what must stay secret. */
  isSecret(text: string): boolean;
  masked(text: string): string;
  /** Runs a command line of the runner in a folder, with an environment. Its output goes to the log. */
  run(line: string, folder: string, env: Readonly<Record<string, string>>, limit?: number): Promise<RunEnd>;
  /** Ends what steps have left running. */
  close(): void;
}

/** What an action does once all steps are through: `actions/cache` saves. Undefined when it has nothing to do. */
export interface PostStep {
  readonly name: string;
  run(): Promise<string | undefined> | undefined;
}

export interface RunEnd {
  readonly exitCode: number;
  /** Of `::set-output::` and `::save-state::`. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly state: Readonly<Record<string, string>>;
  /** What the step said and the runner does not take. */
  readonly refused?: string;
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
  /** Where the steps run, when it is not the runner itself. */
  readonly container?: JobContainer;
  /** The forge's disk, and the token with which the job acts there. */
  readonly far?: { readonly disk: FarDisk; readonly token: Token };
}

export function openJobSession(options: SessionOptions, surroundings: RunnerSurroundings): JobSession {
  const kernel = createKernel({ seed: options.seed, now: options.startAt });
  surroundings.onKernel(kernel);
  const { container, far } = options;
  const hosts = new Map<string, Network>();
  const hex = (): string => kernel.random('container').integer(0, 15).toString(16);
  const machine = createMachine({
    kernel,
    ...(far && { far: diskWith(far.disk, kernel) }),
    language: surroundings.language,
    hostname: container === undefined ? 'runner' : (container.hostname ?? Array.from({ length: 12 }, hex).join('')),
    user: container?.user ?? 'runner',
    home: container === undefined ? '/home/runner' : '/github/home',
    hangs: true,
    beyond: (one) => async (host, port, asked) => {
      const service = hosts.get(host)?.request('localhost', port, asked);
      const beyond = far === undefined ? undefined : surroundings.beyond?.(one);
      return service ?? beyond?.(host, port, asked) ?? 'ENOTFOUND';
    },
  });
  const name = options.repository.split('/').at(-1) ?? 'repository';
  // "Contexts reference", github.workspace: within a container it is mounted elsewhere.
  const root = container === undefined ? '/home/runner/work' : '/__w';
  const workspace = `${root}/${name}/${name}`;
  const temp = `${root}/_temp`;
  const lacks = [...(container?.lacks ?? [])];
  const install = (programs: readonly string[]): void => {
    lacks.splice(0, lacks.length, ...lacks.filter((one) => !programs.includes(one)));
    shell?.install(surroundings.commands.filter((one) => programs.includes(one.name)));
  };
  const tools = [...(container === undefined ? clientsOfRunner : []), ...runnerTools(container !== undefined, install)];
  const commands = (): readonly Command[] => [
    ...surroundings.commands.filter((one) => !lacks.includes(one.name)),
    ...tools,
  ];
  for (const folder of [workspace, temp, ...(container?.volumes ?? [])])
    machine.files.mkdir(folder, { recursive: true });

  if (far !== undefined) giveToken(machine, far.token);
  const takeEffect = far === undefined ? () => undefined : followChanges(machine, far.disk);

  const { language } = machine;
  const log = createLog((lines) => notices.cut(lines)[language], options.masks);
  const annotations: Annotation[] = [];
  let interrupt = (): void => {};
  let shell: Shell | undefined;

  const session: JobSession = {
    machine,
    workspace,
    temp,
    env: {},
    path: container?.nodeVersion === undefined ? [] : [`/opt/hostedtoolcache/node/${container.nodeVersion}/x64/bin`],
    annotations,
    uploads: [],
    effects: [],
    keepEffect() {
      const effect = takeEffect();
      if (effect !== undefined) session.effects.push(effect);
    },
    post: [],
    services: {},
    container: {},
    isContained: container !== undefined,
    lacks,
    hosts,
    summary: '',
    cancelled: false,
    isForced: false,
    cancel() {
      session.cancelled = true;
      interrupt();
      kernel.schedule(CANCEL_MS, () => {
        session.isForced = true;
        session.cancelled = true;
        interrupt();
      });
    },
    takeLog: log.take,
    log: log.write,
    annotate({ message, title, ...place }) {
      if (annotations.length >= MOST_ANNOTATIONS) return;
      annotations.push({ ...place, message: log.masked(message), ...(title && { title: log.masked(title) }) });
    },
    isSecret: log.isSecret,
    masked: log.masked,
    async run(line, folder, env, limit) {
      if (session.cancelled) return { exitCode: 130, ended: 'cancelled', outputs: {}, state: {} };
      // JavaScript actions bring a Node.js of their own into a container.
      const isAction = line.startsWith('node ');
      const own = createShell(machine, isAction ? surroundings.commands : commands(), undefined, {
        pause: surroundings.pause,
      });
      let timedOut = false;
      const stopTimer =
        limit === undefined
          ? () => {}
          : kernel.schedule(limit, () => {
              timedOut = true;
              own.interrupt();
            });
      shell = own;
      interrupt = () => own.interrupt();
      const startedAt = kernel.now();
      const said = { outputs: {} as Record<string, string>, state: {} as Record<string, string> };
      let refused: string | undefined;
      const talk = listen({
        annotate: session.annotate,
        mask: log.mask,
        output(name, value) {
          said.outputs[name] = value;
        },
        state(name, value) {
          said.state[name] = value;
        },
        env(name, value) {
          session.env[name] = value;
        },
        path: (one) => void session.path.push(one),
        refuse: (why) => {
          refused ??= why;
        },
        isUnsecure: /^true$/i.test(env.ACTIONS_ALLOW_UNSECURE_COMMANDS ?? ''),
      });
      const hear = lineByLine((text) => {
        const shown = talk.hear(text);
        if (shown !== undefined) session.log(shown);
      });
      const script = [...exports(env), `cd ${quoted(folder)} || exit 1`, `${odd(env)}${line}`].join('\n');
      const { exitCode, stopped } = await own.run(script, { onOutput: (_, text) => hear.text(text) });
      hear.end();
      stopTimer();
      interrupt = () => {};
      const end = { exitCode, ...said, ...(refused !== undefined && { refused }) };
      if (session.cancelled) return { ...end, ended: 'cancelled' };
      // A loop that never ends uses up the shell's counted limits before it uses up its time.
      if (stopped === 'limit') {
        const { deadline = Number.POSITIVE_INFINITY } = session;
        const until = Math.min(limit === undefined ? deadline : startedAt + limit, deadline);
        if (Number.isFinite(until)) kernel.advance(Math.max(0, until - kernel.now()));
        if (session.cancelled) return { ...end, ended: 'cancelled' };
        timedOut ||= limit !== undefined;
      }
      return timedOut ? { ...end, ended: 'timeout' } : end;
    },
    close() {
      for (const { kill } of machine.processes.list()) kill('SIGKILL');
    },
  };

  if (options.cancelAt !== undefined) kernel.schedule(options.cancelAt - options.startAt, session.cancel);
  return session;
}

function diskWith(disk: FarDisk, { now }: Kernel): Files {
  const files = createFiles(now);
  let folder = '';
  for (const [path, bytes] of disk) {
    // In the order of folders: each is made once.
    if (parentOf(path) !== folder) files.mkdir(parentOf(path), { recursive: true });
    folder = parentOf(path);
    files.writeFile(path, bytes);
  }
  return files;
}

/** "Workflow cancellation reference": what still runs so long after a cancelling is ended by force. */
const CANCEL_MS = 5 * 60_000;

/** What a job may say beside its log: the rest stands in the log only. */
const MOST_ANNOTATIONS = 1000;

const isShellName = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);

function exports(env: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value]) => (isShellName(name) ? [`export ${name}=${quoted(value)}`] : []));
}

/** Names that a shell cannot export, such as `INPUT_WHO-TO-GREET`, are given to the program itself. */
function odd(env: Readonly<Record<string, string>>): string {
  const given = Object.entries(env).filter(([name]) => !isShellName(name) && /^[^=\0\s]+$/.test(name));
  return given.length === 0 ? '' : `env ${given.map(([name, value]) => quoted(`${name}=${value}`)).join(' ')} `;
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
