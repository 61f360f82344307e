import type { Check, CheckResult, Exercise } from './checks/contract.ts';
import { type Copy, copiesOf } from './checks/copies.ts';
import { judge } from './checks/judge.ts';
import { tryLuck } from './checks/luck.ts';
import type {
  Board,
  BoardRequest,
  Compared,
  CompareRequest,
  FiguresRequest,
  Observation,
  ObserveRequest,
  RunFigures,
} from './dashboard/index.ts';
import { createKernel, formatLog, type Kernel, type LoggedEvent, morningOf } from './kernel/index.ts';
import {
  createMachine,
  createNodeRuntime,
  createRealCommands,
  createShell,
  createTerminal,
  FileError,
  type FileTree,
  type Machine,
  parentOf,
  type RealPrograms,
  type RunOptions,
  type RunResult,
  resolvePath,
  type Shell,
  type Terminal,
} from './machine/index.ts';
import type { Language } from './machine/words.ts';
import { lateGh, lateGhOfJobs, withForge } from './parts/forge-door.ts';
import { lateRareGit } from './parts/git-door.ts';
import { createParts, type LoadPart, missingWords, PartMissing } from './parts/index.ts';
import { createProductionDoor } from './parts/production-door.ts';
import { lateTools } from './parts/tools-door.ts';
import { type Advanced, type AdvanceRequest, passTime } from './passing.ts';
import { type Caches, createCi, type Problem, type WorkflowAnswer, type WorkflowRequest } from './pipeline/index.ts';
import { imageOf } from './platform/desk.ts';
import type { DayPack, DeskMoment, EngineEvent, FileAnswer, OtherShells, Snapshot } from './snapshot.ts';
import { createCommands, forge } from './tools/index.ts';

/** What an engine needs from the place where it runs. */
export interface EngineSurroundings {
  /** The bytes of QuickJS, asked for at the start: when a program starts must not depend on how long they take. */
  loadWasm(): Promise<ArrayBuffer | Uint8Array>;
  /** A part of the engine, whose script the host may have to fetch. */
  readonly loadPart: LoadPart;
  /** One turn of the host's event loop, so that messages (Ctrl+C) can arrive during long work. */
  pause(): Promise<void>;
  /** Waits for so many real ms, so that a person sees a screen that is drawn again and again (`watch`). */
  rest?(ms: number): Promise<void>;
  /** Real milliseconds, for a limit on runaway programs only: nothing that a learner can see depends on it. */
  watch?(): number;
  /** In place of the desk's programs of these names, and of nothing else: checks, runners and hosts stay as they are. */
  readonly real?: RealPrograms;
  /** Told whose time and chance rule from now on, so that the host can replace its clock. */
  onKernel(kernel: Kernel): void;
  emit(event: EngineEvent): void;
}

export interface EngineOptions {
  readonly pack: DayPack;
  readonly language: Language;
  readonly snapshot?: Snapshot;
  /** The day's exercise; absent on an empty machine. */
  readonly exercise?: Exercise;
}

/** The sandbox of one day: its machine, its shell, its terminals, its checks. Knows nothing of pages or processes. */
export interface Engine {
  run(script: string, options?: Pick<RunOptions, 'stdin' | 'isTerminal' | 'asScript'>): Promise<RunResult>;
  /** The first one goes on with the shell of the snapshot; each further one has a shell of its own, and the same history. */
  openTerminal(id: string, options: { columns: number; rows: number; hasEditor?: boolean }): void;
  closeTerminal(id: string): void;
  type(id: string, data: string): void;
  resize(id: string, columns: number, rows: number): void;
  interrupt(terminal?: string): void;
  /** Settles when nothing runs in the foreground of a terminal and everything typed has been dealt with; all that lasts is told then. */
  settle(): Promise<void>;
  writeFile(path: string, bytes: Uint8Array): FileAnswer;
  makeFolder(path: string): FileAnswer;
  rename(from: string, to: string): FileAnswer;
  remove(path: string): FileAnswer;
  check(ids?: readonly string[]): Promise<readonly CheckResult[]>;
  /** Judges them on copies with other luck, a seed after the other; `lucky` events tell what came of each. */
  luck(ids: readonly string[], seeds: readonly string[]): Promise<void>;
  runWorkflow(request: WorkflowRequest): Promise<WorkflowAnswer>;
  /** What is wrong with the text of a workflow file. */
  lint(path: string, text: string): Promise<readonly Problem[]>;
  /** What a dashboard shows of production, and what can be asked of it. */
  board(request: BoardRequest): Promise<Board>;
  /** What can be seen of production over a stretch of time. Changes nothing. */
  observe(request: ObserveRequest): Promise<Observation>;
  /** Simulated days side by side, to the same horizon. */
  compare(request: CompareRequest): Promise<Compared>;
  /** What became of the buyers of live production in a stretch of time. */
  figures(request: FiguresRequest): Promise<{ readonly figures?: RunFigures }>;
  /** Lets time pass for everything that lives by itself, as `sleep` does; not while a program runs in the foreground. */
  advance(request: AdvanceRequest): Promise<Advanced>;
  moment(): DeskMoment;
  snapshot(): Snapshot;
  log(): string;
}

interface Building {
  readonly tree?: FileTree;
  readonly isDesk?: boolean;
  settlesWith?(machine: Machine): Promise<void>;
}

const MINUTE = 60_000;

/** Makes a day's sandbox, or goes on from a snapshot of one. Nothing that was running in the snapshot is started again. */
export async function createEngine(options: EngineOptions, host: EngineSurroundings): Promise<Engine> {
  const { pack, language, exercise } = options;
  const parts = createParts(host.loadPart, host.pause);
  const surroundings = { ...host, pause: parts.pause };
  const runtime = createNodeRuntime(surroundings.loadWasm, {
    ...surroundings,
    loadRareNode: () => parts.get('node').then(({ rareNode }) => rareNode, toldMissing),
    loadTypeScript: () => parts.get('typescript').then(({ stripTypes }) => stripTypes, toldMissing),
  });
  const production = createProductionDoor(parts, { ...surroundings, commands: () => onRunners }, language);
  const { watchingTools: watching } = production;
  // Runners and hosts have what the desk has but `ssh`, and hosts no `gh`: the forge is not on their disks.
  const rareGit = lateRareGit(parts, language);
  const rareTools = lateTools(parts);
  const onRunners = createCommands(runtime, { rareGit, rareTools, watching, pause: surroundings.pause });
  const ghOfJobs = lateGhOfJobs(parts);
  const ci = createCi({
    ...surroundings,
    commands: () => [...onRunners, ghOfJobs],
    image: (one, name) => imageOf(one.far, name),
    beyond: (one) => withForge(parts, one, production.beyond(one)),
  });
  const remote = [lateGh(parts, ci), ...production.remoteTools];
  const commands = createCommands(runtime, { rareGit, rareTools, watching, remote, pause: surroundings.pause });
  const settle = async (machine: Machine): Promise<void> => {
    await ci.settle(machine);
    await production.settle(machine);
  };
  const { beyond } = production;

  const { real } = surroundings;
  const deskCommands =
    real === undefined
      ? commands
      : [...commands.filter(({ name }) => !real.names.includes(name)), ...createRealCommands(real)];

  function build(kernel: Kernel, { tree, isDesk = false, settlesWith = settle }: Building = {}): Machine {
    surroundings.onKernel(kernel);
    const otherPorts = isDesk && real !== undefined ? { otherPorts: real.request } : {};
    const machine = createMachine({
      kernel,
      language,
      settle: settlesWith,
      beyond,
      ...(tree && { tree }),
      ...otherPorts,
    });
    ci.resume(machine);
    return machine;
  }

  async function openDay(): Promise<Machine> {
    const { base } = pack;
    const kernel = createKernel({ seed: pack.seed, now: morningOf(pack.day, base?.now) });
    const machine = build(kernel, { isDesk: true, ...(base && { tree: base.files }) });
    for (const [path, bytes] of Object.entries(pack.files)) placeFile(machine, path, bytes);
    if (exercise?.setup !== undefined) {
      const { setup } = exercise;
      const script = typeof setup === 'string' ? setup : setup(machine.kernel.random('setup'));
      const { exitCode, stderr } = await createShell(machine, [...commands, forge]).run(script, { terminal: 'setup' });
      if (exitCode !== 0) throw new Error(`setup of ${exercise.id} ended with ${exitCode}: ${stderr}`);
    }
    machine.kernel.record({ type: 'DayOpened', day: pack.day, seed: pack.seed });
    return machine;
  }

  const { snapshot = openedOf(pack) } = options;
  // Without QuickJS everything but `node` works; `node` asks for it again and then tells.
  await runtime.load().catch(() => {});
  for (const part of exercise?.parts ?? []) await (part === 'production' ? production.open() : parts.get(part));
  const machine =
    snapshot === undefined
      ? await openDay()
      : build(createKernel(snapshot.kernel), { tree: snapshot.files, isDesk: true });
  const history = [...(snapshot?.shell.history ?? [])];
  const { pause } = surroundings;
  let shell = createShell(machine, deskCommands, snapshot?.shell, { pause, history });
  /** Shells of the snapshot whose terminals are not open yet. */
  const keptShells = new Map(Object.entries(snapshot?.otherShells ?? {}));
  const terminals = new Map<string, { readonly terminal: Terminal; readonly shell: Shell }>();
  /** Where something runs in the foreground: terminal ids as the log has them, a script of `run` as `run`. */
  let busy: readonly string[] = [];
  const caches: Caches = new Map();
  const { files, kernel } = machine;

  files.watch((change) => surroundings.emit({ event: 'files', changes: [change] }));
  kernel.log.subscribe((entry) => {
    surroundings.emit({ event: 'logged', entry });
    if (entry.type === 'CommandStarted') tellBusy([...busy, entry.terminal]);
    if (entry.type === 'CommandEnded') {
      tellState();
      tellBusy(without(busy, entry.terminal));
    }
  });

  function tellBusy(terminals: readonly string[]): void {
    busy = terminals;
    surroundings.emit({ event: 'busy', busy: busy.length > 0, terminals });
  }

  function tellState(): void {
    const { log: _, ...clock } = kernel.snapshot();
    surroundings.emit({ event: 'state', kernel: clock, ...shellStates() });
  }

  function shellStates(): Pick<Snapshot, 'shell'> & { otherShells: OtherShells } {
    const others = [...terminals].filter(([, { shell: own }]) => own !== shell);
    return {
      shell: shell.state(),
      otherShells: {
        ...Object.fromEntries(keptShells),
        ...Object.fromEntries(others.map(([id, { shell: own }]) => [id, { ...own.state(), history: [] }])),
      },
    };
  }

  /** The first terminal takes the machine's first shell. */
  function shellFor(id: string): Shell {
    const isTaken = [...terminals].some(([other, { shell: own }]) => other !== id && own === shell);
    if (!isTaken) return shell;
    const own = createShell(machine, deskCommands, keptShells.get(id), { pause, history });
    keptShells.delete(id);
    return own;
  }

  function takeSnapshot(): Snapshot {
    return { version: 1, day: pack.day, kernel: kernel.snapshot(), files: files.snapshot(), ...shellStates() };
  }

  /** Runs a change of the tree that a person asked for by hand, relative to the home folder. */
  function change(action: () => void): FileAnswer {
    try {
      action();
      return { ok: true };
    } catch (error) {
      if (error instanceof FileError) return { ok: false, code: error.code, message: error.message };
      throw error;
    }
  }

  const absolute = (path: string): string => resolvePath(machine.home, path);

  /** Stars are judged when they are named only: nobody needs them to pass. */
  function checksNamed(ids: readonly string[] | undefined): readonly Check[] {
    const all = exercise?.steps.flatMap((step) => step.checks) ?? [];
    const stars = exercise?.steps.flatMap((step) => step.stars ?? []) ?? [];
    return ids === undefined ? all : [...all, ...stars].filter((check) => ids.includes(check.id));
  }

  async function judging<T>(work: () => Promise<T>): Promise<T> {
    try {
      await runtime.load();
      return await work();
    } finally {
      surroundings.onKernel(kernel);
    }
  }

  /** Desks on copies of a state, for a check each. */
  function desksOf(state: Snapshot): (seed?: string) => Promise<Copy<Snapshot>> {
    const watching = production.watching();
    /** To live through production once more is dear: short commands do not ask for it, whoever looks at it does. */
    async function settlesWith(machine: Machine): Promise<void> {
      await ci.settle(machine);
      await production.settle(machine, { livesOn: machine.kernel.now() - state.kernel.now > MINUTE });
    }
    const copyOn = (kernel: Kernel): Machine => build(kernel, { tree: state.files, settlesWith });
    return copiesOf(state, { copyOn, commands, pause, ...(watching && { watching }) });
  }

  return {
    run: (script, options) => shell.run(script, { ...options, terminal: 'run' }),
    openTerminal(id, { columns, rows, hasEditor }) {
      const write = (text: string): void => surroundings.emit({ event: 'output', terminal: id, text });
      const edit = (path: string): void => surroundings.emit({ event: 'edit', path });
      const own = shellFor(id);
      const { rest } = surroundings;
      const terminal = createTerminal({
        id,
        machine,
        shell: own,
        commands: deskCommands,
        write,
        size: { columns, rows },
        onResized: (size) => surroundings.emit({ event: 'resized', terminal: id, ...size }),
        ...(hasEditor && { edit }),
        ...(rest && { rest }),
      });
      terminals.set(id, { terminal, shell: own });
      tellState();
    },
    closeTerminal(id) {
      const closed = terminals.get(id);
      closed?.terminal.interrupt();
      terminals.delete(id);
      // The next one becomes the first.
      const [next] = terminals.values();
      if (closed?.shell === shell && next !== undefined) shell = next.shell;
      tellState();
    },
    type: (id, data) => terminals.get(id)?.terminal.type(data),
    resize: (id, columns, rows) => terminals.get(id)?.terminal.resize(columns, rows),
    interrupt(id) {
      for (const [name, { terminal }] of terminals) if (id === undefined || id === name) terminal.interrupt();
      if (id === undefined) shell.interrupt();
    },
    async settle() {
      await Promise.all([...terminals.values()].map(({ terminal }) => terminal.idle()));
      tellState();
    },
    writeFile: (path, bytes) =>
      change(() => {
        files.mkdir(parentOf(absolute(path)), { recursive: true });
        files.writeFile(absolute(path), bytes);
      }),
    makeFolder: (path) => change(() => files.mkdir(absolute(path), { recursive: true })),
    rename: (from, to) => change(() => files.rename(absolute(from), absolute(to))),
    remove: (path) => change(() => files.remove(absolute(path), { recursive: true })),
    async check(ids) {
      const open = desksOf(takeSnapshot());
      let opened: Copy<Snapshot> | undefined;
      return judging(() =>
        judge(
          checksNamed(ids),
          async () => {
            // One that was only looked at is as good as new, and its production lives already.
            if (opened?.isUntouched() !== true) opened = await open();
            return opened.desk;
          },
          (result) => surroundings.emit({ event: 'checked', result }),
        ),
      );
    },
    async luck(ids, seeds) {
      const opened = desksOf(takeSnapshot());
      await judging(() =>
        tryLuck(checksNamed(ids), seeds, opened, (lucky) => surroundings.emit({ event: 'lucky', lucky })),
      );
    },
    async runWorkflow(request) {
      const { runHomeWorkflow } = await parts.get('forge');
      try {
        const image = (name: string) => imageOf(files, name);
        return await runHomeWorkflow(request, machine, caches, {
          ...surroundings,
          commands: onRunners,
          language,
          image,
        });
      } finally {
        surroundings.onKernel(kernel);
      }
    },
    async lint(path, text) {
      const { inspectWorkflow } = await parts.get('forge');
      return (await inspectWorkflow(path, text, language)).problems;
    },
    board: async (request) => (await production.open()).board(request, machine),
    observe: async (request) => (await production.open()).observe(request, machine),
    compare: async (request) => (await production.open()).compare(request),
    figures: async (request) => (await production.open()).figures(request, machine),
    async advance(request) {
      if (busy.length > 0) return { now: kernel.now(), isBusy: true, happened: false };
      const happened = await passTime(machine, production, request);
      tellState();
      return { now: kernel.now(), isBusy: false, happened };
    },
    moment: () => ({ at: kernel.now(), entries: kernel.log.entries().length, isBusy: busy.length > 0 }),
    snapshot: takeSnapshot,
    log: () => formatLog(sinceOpening(kernel.log.entries())),
  };
}

/** @throws Error when the state is one of another seed. */
function openedOf({ day, seed, opened }: DayPack): Snapshot | undefined {
  if (opened === undefined || opened.kernel.seed === seed) return opened;
  throw new Error(`${day}: it stands here as it opens with seed ${opened.kernel.seed}, not with ${seed}`);
}

/** What a program that needs the part says of it. */
function toldMissing(error: unknown): typeof missingWords {
  if (error instanceof PartMissing) return missingWords;
  throw error;
}

/** A list with one `name` less. */
function without(list: readonly string[], name: string): readonly string[] {
  const at = list.indexOf(name);
  return at < 0 ? list : list.toSpliced(at, 1);
}

/** What the learner's run did: the log from the opening of the day on. */
function sinceOpening(entries: readonly LoggedEvent[]): readonly LoggedEvent[] {
  return entries.slice(
    Math.max(
      0,
      entries.findIndex((entry) => entry.type === 'DayOpened'),
    ),
  );
}

function placeFile(machine: Machine, path: string, bytes: Uint8Array): void {
  const target = resolvePath(machine.home, path);
  machine.files.mkdir(parentOf(target), { recursive: true });
  machine.files.writeFile(target, bytes);
}
