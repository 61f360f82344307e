import type { Kernel } from '../kernel/index.ts';
import type { Meter } from './cost.ts';
import type { Files } from './files/index.ts';
import type { Network } from './network.ts';
import type { Pace } from './pace.ts';
import type { Processes } from './process.ts';
import type { Language } from './words.ts';

/**
 * The world outside at work for a machine: how many turns of the event loop that takes is nobody's time (it may have to live through its
 * past first). Whoever waits on the machine leaves the clock alone until it is done: the work moves it.
 */
export interface Outside {
  during<T>(work: Promise<T>): Promise<T>;
  isWorking(): boolean;
}

/** A computer of the sandbox: the learner's desk, and later every host of the company. */
export interface Machine {
  readonly kernel: Kernel;
  readonly files: Files;
  /** The disks of the forge and of the registries, which programs reach only by asking there; on the learner's desk they are its own. */
  readonly far: Files;
  readonly processes: Processes;
  readonly network: Network;
  /** Moves the clock by what programs do. */
  readonly meter: Meter;
  readonly hostname: string;
  readonly user: string;
  /** Who acts on the forge instead of that person: a check lets somebody else propose or push. */
  actingAs?: string | undefined;
  /** Absolute path of the home folder. */
  readonly home: string;
  /** The language in which the course's own commands speak. */
  readonly language: Language;
  /** Present where others move the clock. */
  readonly pace?: Pace;
  /** What somebody here waits for in the world outside. */
  readonly outside: Outside;
  /** How many sleep in the foreground: they take the clock to the end of it, step by step, and nobody else moves it. */
  asleep: number;
  /** True where no network leads away from the machine: the registry cannot be asked. */
  readonly cutOff?: boolean;
  /** True where somebody's time limit ends what never ends, as a runner's does: such a program takes all the time there is. */
  readonly hangs?: boolean;
  /** True where the world outside has something to do at this very moment: whoever moves the clock lets it, with `settle`. */
  isAwaited: boolean;
  /** Lets the world outside answer to what a command line did; the prompt waits for it. */
  settle(): Promise<void>;
}
