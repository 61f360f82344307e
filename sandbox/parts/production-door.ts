// Production as the engine's core knows it: whether there is any, and where its part is needed.
import type { Watching } from '../checks/parts.ts';
import type { Command, Language, Machine, Network } from '../machine/index.ts';
import { hasProduction, withServices } from '../platform/desk.ts';
import type { Production } from '../platform/index.ts';
import type { ProductionSurroundings } from '../platform/production/index.ts';
import type { ProductionPart } from './contract.ts';
import { lateCommand, type Parts } from './index.ts';

export interface ProductionDoor extends Pick<Production, 'look' | 'beyond'> {
  /** Lets production live up to the desk's clock, unless nobody has to know yet, and tells the channels what there is to tell. */
  settle(machine: Machine, options?: { readonly livesOn?: boolean }): Promise<void>;
  /** Commands that ask production and its monitoring, on every machine. */
  readonly watchingTools: readonly Command[];
  /** The ways to the company's hosts, at the desk. */
  readonly remoteTools: readonly Command[];
  /** The part itself. */
  open(): Promise<ProductionPart>;
  /** What checks look with; undefined until the part was opened. */
  watching(): Watching | undefined;
}

const summary = { es: 'trabaja con la producción de la empresa', en: "works with the company's production" };
/** Where the days that were run with `prodsim` lie: each has a Prometheus. */
const SIMULATED = '/srv/prodsim';
/** What the company's channels are told of. */
const news: ReadonlySet<string> = new Set(['DeployRecorded', 'AlertFired', 'AlertResolved']);

export function createProductionDoor(
  parts: Parts,
  surroundings: ProductionSurroundings,
  language: Language,
): ProductionDoor {
  let opened: ProductionPart | undefined;

  async function open(): Promise<ProductionPart> {
    const { openProduction } = await parts.get('production');
    opened ??= openProduction(surroundings, language);
    return opened;
  }

  const late = (name: string): Command =>
    lateCommand(name, summary, async () => {
      const tool = (await open()).tools.find((one) => one.name === name);
      if (tool === undefined) throw new Error(`production has no tool ${name}`);
      return tool;
    });

  async function settle(machine: Machine, { livesOn = true } = {}): Promise<void> {
    if (livesOn && hasProduction(machine.files)) await (await open()).settle(machine);
    if (machine.kernel.log.entries().some(({ type }) => news.has(type))) (await open()).tellNews(machine);
  }

  const beyond =
    (machine: Machine): Network['request'] =>
    async (...request) => {
      const { files } = machine;
      if (!hasProduction(files) && !files.exists(SIMULATED)) return 'ENOTFOUND';
      return (await open()).beyond(machine)(...request);
    };

  return {
    open,
    settle,
    look: async (machine) => (hasProduction(machine.files) ? (await open()).look(machine) : undefined),
    beyond: (machine) => withServices(machine, () => settle(machine), beyond(machine)),
    watchingTools: ['amtool', 'inbox', 'logcli', 'oncall', 'prodsim', 'promtool'].map(late),
    remoteTools: ['ssh', 'scp'].map(late),
    watching: () => opened?.watching,
  };
}
