// Programs that are seldom used, as the engine's core knows them.
import type { Command } from '../machine/index.ts';
import { rareSummaries } from '../machine/tools/rare/summaries.ts';
import { lateCommand, type Parts } from './index.ts';

export const lateTools = (parts: Parts): readonly Command[] =>
  Object.entries(rareSummaries).map(([name, summary]) =>
    lateCommand(name, summary, async () => {
      const { rareTools } = await parts.get('tools');
      return rareTools.find((tool) => tool.name === name) as Command;
    }),
  );
