// One running program: its event loop, from the first line to the exit code.
import type { QuickJSHandle } from 'quickjs-emscripten-core';
import { costs } from '../cost.ts';
import { FileError } from '../files/index.ts';
import type { Program, ProgramOptions, Spawned } from './contract.ts';
import { asFault } from './file-fault.ts';
import { createGuest } from './guest.ts';
import { offerHost, runCommand } from './host.ts';
import { createKeyboard } from './keyboard.ts';
import { programLimits } from './limits.ts';
import { createMain } from './main.ts';
import { urlOf } from './module-names.ts';
import { createModules } from './modules.ts';
import { createRecall } from './recall.ts';
import { createPorts } from './server-ports.ts';
import { createSignals, killed } from './signals.ts';
import { createTimers } from './timers.ts';
import { createVm, Fault, type Outcome, type Overrun } from './vm.ts';
import type { Instance } from './wasm.ts';
import { overrunCodes, overrunWords } from './words.ts';

/** Where an error that nobody caught came from: the module that was started, a promise, a job of `queueMicrotask`, or anything else. */
type Origin = 'module' | 'promise' | 'job' | 'script';

/** Runs a program to its end and gives the exit code. `makeInstance`: one for each time that it is run from its beginning. */
export async function runProgram(makeInstance: () => Promise<Instance>, options: ProgramOptions): Promise<number> {
  const { io, start, pause, watch, stripTypes, rare } = options;
  const { kernel, language, pace } = io.machine;
  const modules = createModules(io.machine.files, io.cwd, stripTypes, rare, start.options?.conditions);
  const source = {
    // A text that is no file imports as one in this folder would.
    resolve: (from: string, specifier: string) =>
      faults(() => modules.resolve(/^\[(eval|stdin)\]$/.test(from) ? urlOf(`${io.cwd}/[eval1]`) : from, specifier)),
    read: (name: string) => faults(() => program.read(name)),
  };
  let vm = createVm(await makeInstance(), source, watch);
  let context = vm.context;
  // On a host others live on while a program would wait: it cannot.
  const recall = options.mayWait && pace === undefined ? createRecall() : undefined;
  /** The turns so far, to be taken again. */
  const past: { readonly action: () => Outcome; readonly isModule: boolean; readonly inTick: boolean }[] = [];
  /** The command for which the program waits in the middle of its last turn, and the work of that turn until then. */
  let waiting: { readonly asked: Spawned; readonly spent: number } | undefined;
  let ending = false;

  let code: number | undefined;
  let exiting: number | undefined;
  let inside = false;
  /** Whether the next turn is one in which Node runs promise jobs from its list of ticks: after what came from the network. */
  let beginsInTick = false;
  let turns = 0;
  let unpaidTurns = 0;
  /** Turns of the host in which it waited for what it asked. */
  let waited = 0;
  const startedAt = kernel.now();
  /** Work for which no time has passed yet. */
  let unpaid = 0;
  let leaving = false;
  /** It was sent a signal to which it listens. */
  let hears = false;
  /** A turn that never ended: the process is there, and does nothing any more. Only where the clock goes on beside it. */
  let hung = false;
  /** What it would do for ever, where that is let happen. */
  let endless: 'time' | 'turns' | undefined;
  let pumping = false;
  let wake = pace === undefined ? (): void => {} : pump;
  const ready: (() => void)[] = [];
  let tellEnd = (_: number): void => {};
  const hostEnd = new Promise<number>((resolve) => {
    tellEnd = resolve;
  });
  const over = (): boolean => code !== undefined;

  const program: Program = {
    ...options,
    get vm() {
      return vm;
    },
    modules,
    read(name) {
      const text = modules.read(name);
      const isRun = start.kind !== 'file' || !start.check;
      const file = isRun && name.startsWith('file:') ? modules.typeless(name) : undefined;
      if (file === undefined) return text;
      call('typeless', name, file);
      // Node tells it in a tick, and goes on from there.
      program.ticking = true;
      return text;
    },
    operations: { pending: 0 },
    beside: 0,
    leads: () => !over() && (movesClock() || io.isLed?.() === true),
    requests: new Map(),
    immediates: false,
    starting: false,
    ticking: false,
    between: false,
    turn(name, ...args) {
      enter(() => {
        const outcome = call(name, ...args);
        program.between = name === 'fireTimer' && 'value' in outcome && context.dump(outcome.value) === true;
        return outcome;
      });
      if (pace !== undefined) pump();
      else wake();
    },
    queue(name, ...args) {
      ready.push(() => {
        beginsInTick = name === 'request' || name === 'answered';
        void enter(() => call(name, ...args));
      });
      wake();
    },
    wake: () => wake(),
    exit(exitCode) {
      exiting = exitCode & 255;
      return vm.halt();
    },
    answer: (action) => (recall === undefined ? action() : recall.answer(action)),
    waitFor(asked) {
      if (recall === undefined || recall.isFull() || ending)
        throw new Fault('child_process: this program cannot wait for a command here in this sandbox', {
          code: 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
        });
      waiting = { asked, spent: vm.workDone() };
      return vm.halt();
    },
  };
  const timers = createTimers(program);
  const ports = createPorts(
    program,
    () => {
      turns = 0;
    },
    () => wake(),
  );
  const keyboard = createKeyboard(program);
  const guest = createGuest(
    () => vm,
    () => offerHost(program, timers, ports, keyboard),
  );
  const { call } = guest;
  const main = createMain(program, call);
  /** One turn: runs `action`, then all promise jobs and ticks that follow from it. Kernel actions may come while another runs. */
  function enter(action: () => Outcome, isModule = false): QuickJSHandle | undefined {
    if (over() || hung) return undefined;
    if (inside || waiting !== undefined) {
      ready.push(() => void enter(action, isModule));
      return undefined;
    }
    if (recall !== undefined) past.push({ action, isModule, inTick: beginsInTick });
    const value = take(action, isModule);
    unpaid += vm.workDone();
    return value;
  }

  function take(action: () => Outcome, isModule: boolean): QuickJSHandle | undefined {
    inside = true;
    program.ticking = beginsInTick;
    program.between = false;
    beginsInTick = false;
    vm.startTurn();
    const value = settle(action(), isModule ? 'module' : 'script');
    // The body of a module is a promise job itself: those that it made come before the ticks.
    if (isModule && !halted()) settle(vm.runJobs(), 'job');
    drain();
    inside = false;
    return value;
  }

  /** Runs the command for which the program waits, and brings the program back to where it was. */
  async function resume({ asked, spent }: { readonly asked: Spawned; readonly spent: number }): Promise<void> {
    const { stdout, ...rest } = await runCommand(io, asked.words, asked.cwd, asked.env, asked.stdin);
    if (over()) return;
    recall?.add(JSON.stringify({ ...rest, stdout: String.fromCharCode(...stdout) }));
    recall?.rewind();
    waiting = undefined;
    main.forget();
    vm = createVm(await makeInstance(), source, watch);
    context = vm.context;
    guest.load();
    for (const { action, isModule, inTick } of past) {
      beginsInTick = inTick;
      take(action, isModule);
    }
    unpaid += Math.max(0, vm.workDone() - spent);
  }

  /** Whether nothing of the program may run now. */
  const halted = (): boolean => over() || waiting !== undefined;

  function settle(outcome: Outcome | undefined, origin: Origin = 'script'): QuickJSHandle | undefined {
    if (outcome === undefined || halted()) return undefined;
    if (exiting !== undefined) return finish(exiting);
    if ('value' in outcome) return outcome.value;
    if ('overrun' in outcome) return stop(outcome.overrun);
    return uncaught(outcome.error, origin);
  }

  function drain(): void {
    while (!halted()) {
      if (ticksRan() || halted()) {
        // Node runs the jobs that follow ticks from its list of them.
        program.ticking = true;
        continue;
      }
      settle(vm.runJobs(), 'job');
      if (halted()) return;
      // The program ends where its module fails, before anything else.
      if (main.hasFailed()) {
        for (const { promise, reason } of vm.rejections.take()) uncaught(reason, 'module', promise);
        if (halted()) return;
      }
      // What those jobs left for the next tick comes before anything else.
      if (ticksRan()) continue;
      const late = vm.rejections.takeLate();
      for (const { promise, id } of late) settle(call('handledLate', promise, id));
      const rejected = vm.rejections.take();
      if (late.length + rejected.length === 0) return;
      for (const { promise, reason, id } of rejected) uncaught(reason, 'promise', promise, id);
      if (halted()) return;
    }
  }

  function ticksRan(): boolean {
    const ran = settle(call('runTicks'));
    return ran !== undefined && context.getNumber(ran) === 1;
  }

  /** Tells the program's own listeners; without any, its error is written as Node does and it ends. */
  function uncaught(error: QuickJSHandle, origin: Origin, promise?: QuickJSHandle, id?: number): undefined {
    if (halted()) return;
    vm.startTurn();
    const outcome = call('fault', error, origin, promise, id);
    if (halted()) return;
    if (exiting !== undefined) return finish(exiting);
    if ('overrun' in outcome) return stop(outcome.overrun);
    const answer: unknown = 'value' in outcome ? context.dump(outcome.value) : undefined;
    if (answer === 'handled') return;
    if ('error' in outcome)
      io.stderr(`${String(context.dump(outcome.error)?.message ?? context.dump(outcome.error))}\n`);
    finish(typeof answer === 'number' ? answer : 7);
  }

  function stop(reason: Overrun | 'turns'): undefined {
    if (pace !== undefined && reason === 'time') {
      hung = true;
      return;
    }
    const isEndless = reason === 'time' || reason === 'turns';
    if (isEndless && !hung && io.machine.hangs && io.pid === undefined) {
      hung = true;
      endless = reason;
      return;
    }
    io.stderr(`${overrunWords[reason][language]}\n`);
    finish(overrunCodes[reason]);
  }

  function finish(exitCode: number): undefined {
    if (over()) return;
    code = exitCode;
    if (hears) io.hear?.(exitCode);
    timers.clear();
    for (const asked of program.requests.values()) asked.abort();
    ports.close();
    keyboard.close();
    wake();
    tellEnd(exitCode);
  }

  function begin(): void {
    guest.load();
    if ((start.options?.preload.length ?? 0) > 0) enter(() => call('preload'));
    enter(main.run, main.isModule());
  }

  const alive = (): boolean =>
    waiting !== undefined ||
    ready.length > 0 ||
    program.immediates ||
    timers.alive() ||
    ports.alive() ||
    keyboard.wanted() ||
    program.operations.pending > 0;

  /** A program that serves lets others move the clock, but while it answers somebody the time that it waits passes. */
  const movesClock = (): boolean =>
    pace === undefined &&
    (timers.pending() || (program.beside > 0 && kernel.untilNext() !== undefined)) &&
    // In the background a program waits for others to move the clock, but who asks it something waits for it.
    (io.pid === undefined || (ports.answering() && io.machine.asleep === 0)) &&
    (!ports.open() || ((ports.answering() || waitsAlone()) && turns < programLimits.turnsForAnswer));

  /** In the foreground nobody else moves the clock towards what a server has set itself to do once; to one that nobody else can know, neither what it does again and again. */
  const waitsAlone = (): boolean => io.pid === undefined && (timers.once() || ports.areOwn());

  function step(): 'turn' | 'clock' | 'outside' | 'led' | 'idle' {
    const due = ready.shift();
    // Starting has taken node a moment: the shortest timers are due before the first immediates.
    const starting = pace === undefined && turns === 0 && kernel.now() === startedAt;
    if (due !== undefined) {
      waited = 0;
      due();
    } else if (program.immediates && !(starting && timers.pending() && (kernel.untilNext() ?? 2) <= 1)) {
      program.immediates = false;
      enter(() => call('runImmediates'));
    } else if (movesClock()) {
      if (io.isLed?.() === true) return 'led';
      // What was asked may be answered, and a signal heard, before any time passes.
      if (io.machine.outside.isWorking() || (program.requests.size + program.beside > 0 && waited++ < 4))
        return 'outside';
      waited = 0;
      kernel.advance(kernel.untilNext() ?? 0);
      return 'clock';
    } else return 'idle';
    return 'turn';
  }

  /** Lets the time pass that the program's own work takes. */
  function pay(): void {
    const ms = Math.floor((unpaid * costs.programWork) / 1000);
    unpaid -= (ms * 1000) / costs.programWork;
    if (ms > 0) kernel.advance(ms);
  }

  /** Where somebody's time limit ends what only waits: when nobody wakes it, the clock goes there. */
  async function letTimePass(woken: Promise<void>): Promise<void> {
    let isWoken = false;
    void woken.then(() => {
      isWoken = true;
    });
    for (let waits = 0; waits < programLimits.turnsForOthers; waits++) {
      await pause();
      if (isWoken) return;
      if (io.machine.outside.isWorking()) waits = 0;
    }
    const next = kernel.untilNext();
    if (next === undefined) stop('turns');
    else kernel.advance(next);
  }

  function end(): void {
    enter(() => call('beforeExit'));
    if (over() || alive()) return;
    ending = true;
    const left = enter(() => call(main.isPending() ? 'unsettled' : 'leave'));
    if (!over()) finish(Number(left === undefined ? 0 : context.dump(left)) & 255);
  }

  /** On a host: does all that can be done at this moment. What comes later (a request, a timer, a signal) calls it again. */
  function pump(): void {
    if (pumping || inside || over()) return;
    pumping = true;
    for (let steps = 0; !over() && !hung; steps++) {
      if (!alive()) end();
      else if (steps >= programLimits.turnsAtOnce) {
        // Immediates that make immediates: others have their turn before it goes on.
        kernel.schedule(1, pump);
        break;
      } else if (step() === 'idle') break;
      else turns += 1;
    }
    pumping = false;
    pace?.worked(program.pid, (unpaid * costs.programWork) / 1000);
    unpaid = 0;
  }

  const signals = createSignals({
    get vm() {
      return vm;
    },
    isOver: over,
    isHung: () => hung,
    isWaiting: () => waiting !== undefined,
    tell: (signal) => enter(() => call('signal', signal)),
    queue(action) {
      ready.push(action);
      wake();
    },
    heard() {
      hears = true;
    },
    leaves() {
      leaving = true;
    },
    die(signal) {
      io.endedBy?.(signal, program.pid);
      finish(killed(signal));
    },
  });
  const endSignals = options.onSignal(signals.receive);
  if (io.pid !== undefined) io.machine.processes.hearing.set(io.pid, signals.hear);
  function leave(): void {
    if (io.pid !== undefined) io.machine.processes.hearing.delete(io.pid);
    endSignals();
    vm.release();
  }
  if (pace !== undefined) {
    kernel.schedule(pace.startUp, () => {
      if (over()) return;
      try {
        begin();
        pump();
      } catch (error) {
        finish(134);
        throw error;
      }
    });
    return hostEnd.finally(leave);
  }
  try {
    begin();
    while (!over()) {
      // What was set to be done at once has its turn before timers that have become due meanwhile.
      unpaidTurns =
        program.immediates && turns > 0 && unpaidTurns < programLimits.immediatesAtOnce ? unpaidTurns + 1 : 0;
      if (unpaidTurns === 0) pay();
      if (endless !== undefined) {
        // It would go on until somebody's time limit is over: the clock goes there.
        const next = kernel.untilNext();
        if (next === undefined) stop(endless);
        else kernel.advance(next);
        await pause();
        continue;
      }
      if (waiting !== undefined) {
        await resume(waiting);
        continue;
      }
      if (!alive()) {
        end();
        continue;
      }
      const did = step();
      if (did === 'outside') await pause();
      else if (did === 'turn' || did === 'clock') {
        turns += 1;
        if (turns > programLimits.turns && !ports.open()) stop('turns');
        // What else happened at that time has its turn before the clock goes on.
        if (did === 'clock' || turns % programLimits.turnsBetweenPauses === 0) await pause();
      } else if (did === 'idle' && leaving && ready.length === 0 && (io.pid === undefined || !timers.alive())) {
        finish(killed('SIGINT'));
      } else {
        keyboard.read();
        io.idles?.();
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        if (did === 'led') await Promise.race([woken, pause()]);
        else await (io.machine.hangs && io.pid === undefined ? letTimePass(woken) : woken);
        wake = () => {};
      }
    }
  } finally {
    finish(134);
    leave();
  }
  return code ?? 0;
}

function faults<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof FileError ? asFault(error) : error;
  }
}
