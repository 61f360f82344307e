// Copies of the learner's machine on which checks try things: a desk for each, and what they share.
import { createKernel, type Kernel, type KernelSnapshot } from '../kernel/index.ts';
import { type Command, createShell, type FileTree, type Machine } from '../machine/index.ts';
import type { RunDocument } from '../monitoring/index.ts';
import { beginAnew } from '../platform/desk.ts';
import { createDesk } from './desk.ts';
import type { Opened } from './luck.ts';
import type { DeskParts } from './parts.ts';

/** What a check, or an experiment that checks share, has made: desks, desks on other seeds, simulated days. */
interface Made {
  readonly copies: Set<Machine>;
  readonly others: Set<Machine>;
  readonly runs: Set<RunDocument>;
}

interface Experiment {
  readonly made: Made;
  readonly result: Promise<unknown>;
}

const nothingMade = (): Made => ({ copies: new Set(), others: new Set(), runs: new Set() });

export interface Copy<State> extends Opened<State> {
  /** Whether the check only looked: then it is as good as new. */
  isUntouched(): boolean;
}

/** Opens desks on copies of a state, on its own seed or with the luck of another. @param copyOn makes a machine with that state's files. */
export function copiesOf<State extends { readonly kernel: KernelSnapshot; readonly files: FileTree }>(
  state: State,
  {
    copyOn,
    commands,
    ...given
  }: Pick<DeskParts, 'pause' | 'watching'> & { copyOn(kernel: Kernel): Machine; readonly commands: readonly Command[] },
): (seed?: string) => Promise<Copy<State>> {
  let shared: { readonly seed: string | undefined; readonly experiments: Map<string, Experiment> } | undefined;

  return async (seed) => {
    // What was lived through on a seed serves its checks, and is forgotten at the next one.
    if (shared === undefined || shared.seed !== seed) shared = { seed, experiments: new Map() };
    const { experiments } = shared;
    const isLucky = seed !== undefined;
    const kernel = isLucky ? { ...state.kernel, seed: `${state.kernel.seed}#${seed}`, random: {} } : state.kernel;
    let isUntouched = true;

    function partsOf(made: Made, onAct: () => void): DeskParts {
      const machine = copyOn(createKernel(kernel));
      made.copies.add(machine);
      return partsOn(machine, made, onAct);
    }

    const partsOn = (machine: Machine, made: Made, onAct: () => void): DeskParts => ({
      ...given,
      machine,
      shell: createShell(machine, commands, undefined, { pause: given.pause }),
      log: state.kernel.log,
      onAct,
      ...(isLucky && { luck: { seed, onRun: (run) => made.runs.add(run) } }),
      async once<T>(name: string, experiment: (copy: DeskParts) => Promise<T>): Promise<T> {
        let known = experiments.get(name);
        if (known === undefined) {
          const own = nothingMade();
          known = { made: own, result: experiment(partsOf(own, () => {})) };
          experiments.set(name, known);
        }
        try {
          return (await known.result) as T;
        } finally {
          for (const one of known.made.copies) made.copies.add(one);
          for (const one of known.made.others) made.others.add(one);
          for (const one of known.made.runs) made.runs.add(one);
        }
      },
      async onSeed(seed) {
        const other = copyOn(createKernel({ ...state.kernel, seed, random: {} }));
        beginAnew(other.files);
        made.others.add(other);
        return partsOn(other, made, () => {});
      },
    });

    const made = nothingMade();
    const desk = createDesk(
      partsOf(made, () => {
        isUntouched = false;
      }),
    );
    const chanceOf = (copy: Machine): string => JSON.stringify(copy.kernel.snapshot().random);
    const undrawn = chanceOf([...made.copies][0] as Machine);
    return {
      desk,
      runs: () => [...made.runs],
      states: () =>
        [...made.others].map((other) => ({ ...state, kernel: other.kernel.snapshot(), files: other.files.snapshot() })),
      isUntouched: () => isUntouched,
      isChance: () =>
        made.runs.size + made.others.size > 0 || [...made.copies].some((copy) => chanceOf(copy) !== undrawn),
    };
  };
}
