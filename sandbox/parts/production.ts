// What the script of the part `production` holds: production as it lives, what can be seen of it, and the commands for both.
import type { DeskParts } from '../checks/parts.ts';
import { productionView } from '../checks/production.ts';
import { replayOn } from '../checks/replay.ts';
import { boardOf, compareRuns, createSources, figuresOfLive, observe } from '../dashboard/index.ts';
import type { Language, Machine } from '../machine/index.ts';
import { withDays } from '../monitoring/index.ts';
import { createProduction, type ProductionSurroundings } from '../platform/production/index.ts';
import { tellNews } from '../tools/inbox/settle.ts';
import { sshTools } from '../tools/ssh/index.ts';
import { watchingTools } from '../tools/watching.ts';
import type { ProductionPart } from './contract.ts';

export function openProduction(surroundings: ProductionSurroundings, language: Language): ProductionPart {
  const production = createProduction(surroundings);
  const programs = { ...surroundings, language };
  const sources = createSources(production, programs);
  return {
    settle: production.settle,
    look: production.look,
    beyond: (machine: Machine) => withDays(machine, programs, production.beyond(machine)),
    tellNews,
    tools: [...watchingTools(programs), ...sshTools(production)],
    watching: {
      view: (parts: DeskParts) => productionView(parts, production),
      replay: replayOn,
    },
    board: async (request, machine) => boardOf(await sources.find(request.source, machine), request, language),
    observe: async (request, machine) => observe(await sources.find(request.source, machine), request, language),
    compare: (request) => compareRuns(request, programs),
    async figures(request, machine) {
      const live = await production.look(machine);
      return live === undefined ? {} : { figures: figuresOfLive(live, request) };
    },
  };
}
