// `board`: the cards of the team, as they stand in board/cards.yaml.
import type { CommandIO } from '../../machine/index.ts';
import { cardIds, columns, readCards, readPlan } from '../loop/files.ts';
import { LoopProblem, teamCommand } from '../loop/problem.ts';
import { words } from '../loop/words.ts';

export const board = teamCommand(
  {
    name: 'board',
    summary: { es: 'las tarjetas del equipo', en: 'the cards of the team' },
    complete(before, _start, { machine }) {
      if (before.length === 0) return ['list', 'show'];
      return before[0] === 'show' && before.length === 1 ? cardIds(machine) : [];
    },
  },
  dispatch,
);

function dispatch([name, id]: readonly string[], io: CommandIO): number {
  const { machine } = io;
  const { language } = machine;
  if (name === 'list') return list(io);
  if (name === 'show') {
    const card = readCards(machine).find((one) => one.id === id);
    if (card === undefined) throw new LoopProblem(words.noSuchCard(id ?? ''));
    const entry = readPlan(machine).cards[card.id];
    io.stdout(`${card.id} (${title(card.column)})\n${card.title[language]}\n`);
    io.stdout(
      `${(entry === undefined ? words.planSilent : words.planSays(entry.askedBy, entry.services.join(', ')))[language]}\n`,
    );
    return 0;
  }
  if (name === undefined || name === '--help' || name === 'help') {
    io.stdout(`${words.boardUsage[language]}\n`);
    return name === undefined ? 2 : 0;
  }
  io.stderr(`board: ${words.unknownCommand('board', name)[language]}\n`);
  return 2;
}

function list(io: CommandIO): number {
  const { language } = io.machine;
  const cards = readCards(io.machine);
  for (const column of columns) {
    const inColumn = cards.filter((card) => card.column === column);
    io.stdout(`${title(column)} (${inColumn.length})\n`);
    for (const card of inColumn) io.stdout(`  ${card.id.padEnd(26)} ${card.title[language]}\n`);
  }
  return 0;
}

const title = (column: string): string => column.charAt(0).toUpperCase() + column.slice(1);
