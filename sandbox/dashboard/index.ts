// What a dashboard shows of production, as data: where it looks (production as it lives, or a simulated day), boards of panels, what
// expressions give over a stretch of time, and what happened then. The page only draws it.

export { type Board, type BoardProblem, type BoardRequest, boardOf } from './board.ts';
export {
  type Compared,
  type CompareRequest,
  compareRuns,
  type FiguresRequest,
  figuresOfLive,
  type RunFigures,
} from './compare.ts';
export { type Answered, type Observation, type ObserveRequest, observe } from './observe.ts';
export type { Panel, Unit } from './panels.ts';
export { createSources, type SourceName, type Sources } from './sources.ts';
