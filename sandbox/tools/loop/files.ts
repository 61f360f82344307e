import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { type Machine, resolvePath, type Words } from '../../machine/index.ts';
import { natureOf, roles, services } from '../../world/loop/index.ts';
import { LoopProblem } from './problem.ts';
import { words } from './words.ts';

export interface Card {
  readonly id: string;
  readonly title: Words;
  readonly column: Column;
}

export const columns = ['backlog', 'ready', 'doing', 'done'] as const;
export type Column = (typeof columns)[number];

export interface TeamPlan {
  readonly order: readonly string[];
  readonly cards: Readonly<
    Record<string, { readonly askedBy: string; readonly services: readonly string[]; readonly line: number }>
  >;
}

const BOARD = 'board/cards.yaml';
const PLAN = 'plan.yaml';
const CONFIG = 'loop.config';

/** A YAML file of the team, with the places of its parts. */
interface TeamFile {
  readonly document: Document.Parsed;
  lineOf(path: readonly (string | number)[]): number;
  /** `plan.yaml:4` */
  at(path: readonly (string | number)[]): string;
}

function openFile(machine: Machine, name: string): TeamFile {
  const path = resolvePath(machine.home, name);
  if (!machine.files.exists(path) || machine.files.stat(path).type !== 'file')
    throw new LoopProblem(words.missingFile(name));
  const lines = new LineCounter();
  const document = parseDocument(machine.files.readText(path), { lineCounter: lines });
  const [problem] = document.errors;
  if (problem !== undefined) throw new LoopProblem(words.badYaml(`${name}:${lines.linePos(problem.pos[0]).line}`));
  const lineOf = (parts: readonly (string | number)[]): number => {
    const node = document.getIn(parts, true) as { range?: readonly [number, number, number] } | undefined;
    return lines.linePos(node?.range?.[0] ?? 0).line;
  };
  return { document, lineOf, at: (parts) => `${name}:${lineOf(parts)}` };
}

/** The cards of the board. @throws LoopProblem with file and line. */
export function readCards(machine: Machine): readonly Card[] {
  const file = openFile(machine, BOARD);
  const list: unknown = file.document.toJS();
  if (!Array.isArray(list)) throw new LoopProblem(words.notAList(BOARD));
  return list.map((card: { id?: unknown; title?: Words; column?: unknown }, index) => {
    const where = file.at([index]);
    if (typeof card?.id !== 'string') throw new LoopProblem(words.cardWithoutId(where));
    const column = columns.find((one) => one === card.column);
    if (column === undefined) throw new LoopProblem(words.noSuchColumn(where, String(card.column), columns.join(', ')));
    return {
      id: card.id,
      title: { es: String(card.title?.es ?? card.id), en: String(card.title?.en ?? card.id) },
      column,
    };
  });
}

/** What Tab offers: the ids on the board, none when its file cannot be read. */
export function cardIds(machine: Machine): readonly string[] {
  try {
    return readCards(machine).map(({ id }) => id);
  } catch (error) {
    if (error instanceof LoopProblem) return [];
    throw error;
  }
}

/** Writes a card's column into the board's file, or a new card at its end, leaving the rest as people wrote it. */
export function putCard(machine: Machine, card: Card): void {
  const file = openFile(machine, BOARD);
  const index = (file.document.toJS() as { id?: unknown }[]).findIndex(({ id }) => id === card.id);
  if (index >= 0) file.document.setIn([index, 'column'], card.column);
  else file.document.add(file.document.createNode(card));
  machine.files.writeFile(resolvePath(machine.home, BOARD), file.document.toString({ lineWidth: 0 }));
}

/** `plan.yaml`: what the team means to do. @throws LoopProblem with file and line. */
export function readPlan(machine: Machine): TeamPlan {
  const file = openFile(machine, PLAN);
  const offered = readOffered(machine);
  const order = listOf(file, ['order']);
  const unknown = order.findIndex((id) => natureOf(id) === undefined);
  if (unknown >= 0) throw new LoopProblem(words.unknownCard(file.at(['order', unknown]), order[unknown] ?? ''));

  const entries: Record<string, TeamPlan['cards'][string]> = {};
  const cards = file.document.getIn(['cards'], true);
  if (cards !== undefined && cards !== null && !isMap(cards) && !(isScalar(cards) && cards.value === null))
    throw new LoopProblem(words.notAMap(file.at(['cards'])));
  for (const { key } of isMap(cards) ? cards.items : []) {
    const id = String(isScalar(key) ? key.value : key);
    if (natureOf(id) === undefined) throw new LoopProblem(words.unknownCard(file.at(['cards', id]), id));
    const askedBy = String(file.document.getIn(['cards', id, 'asked_by']) ?? '');
    if (askedBy !== '' && !(roles as readonly string[]).includes(askedBy)) {
      throw new LoopProblem(words.unknownRole(file.at(['cards', id, 'asked_by']), askedBy, roles.join(', ')));
    }
    const named = listOf(file, ['cards', id, 'services']);
    const wrong = named.findIndex((service) => !offered.includes(service));
    if (wrong >= 0)
      throw new LoopProblem(
        words.unknownService(file.at(['cards', id, 'services', wrong]), named[wrong] ?? '', offered.join(', ')),
      );
    entries[id] = { askedBy, services: [...new Set(named)], line: file.lineOf(['cards', id]) };
  }
  return { order, cards: entries };
}

/** `loop.config`: the services that can be asked for. */
export function readOffered(machine: Machine): readonly string[] {
  const file = openFile(machine, CONFIG);
  const offered = listOf(file, ['services']);
  const wrong = offered.findIndex((service) => !(services as readonly string[]).includes(service));
  if (wrong >= 0)
    throw new LoopProblem(
      words.unknownService(file.at(['services', wrong]), offered[wrong] ?? '', services.join(', ')),
    );
  return offered;
}

function listOf(file: TeamFile, path: readonly (string | number)[]): readonly string[] {
  const value = file.document.getIn(path);
  if (value === undefined || value === null) return [];
  const list: unknown = (file.document.getIn(path, true) as { toJSON(): unknown }).toJSON();
  if (!Array.isArray(list)) throw new LoopProblem(words.notAListAt(file.at(path)));
  return list.map(String);
}
