import type { Watching } from '../checks/parts.ts';
import type {
  Board,
  BoardRequest,
  Compared,
  CompareRequest,
  FiguresRequest,
  Observation,
  ObserveRequest,
  RunFigures,
} from '../dashboard/index.ts';
import type { Command, HttpRequest, HttpResponse, Language, Machine } from '../machine/index.ts';
import type { RareNode } from '../machine/node/rare/contract.ts';
import type { StripTypes } from '../machine/node/typescript.ts';
import type { inspectWorkflow, runHomeWorkflow } from '../pipeline/by-hand.ts';
import type { Ci } from '../pipeline/index.ts';
import type { Production } from '../platform/index.ts';
import type { ProductionSurroundings } from '../platform/production/index.ts';
import type { RareGit } from '../tools/git/index.ts';

/** What each part's script exports. */
export interface PartExports {
  readonly production: {
    openProduction(surroundings: ProductionSurroundings, language: Language): ProductionPart;
  };
  readonly forge: {
    createGh(ci: Ci): Command;
    readonly ghOfJobs: Command;
    answerJob(machine: Machine, asked: HttpRequest): Promise<HttpResponse>;
    readonly inspectWorkflow: typeof inspectWorkflow;
    readonly runHomeWorkflow: typeof runHomeWorkflow;
  };
  readonly git: { readonly rareGit: RareGit };
  readonly node: { readonly rareNode: RareNode };
  readonly tools: { readonly rareTools: readonly Command[] };
  readonly typescript: { readonly stripTypes: StripTypes };
}

/** What the part does for the engine. */
export interface ProductionPart extends Pick<Production, 'settle' | 'look' | 'beyond'> {
  tellNews(machine: Machine): void;
  readonly tools: readonly Command[];
  readonly watching: Watching;
  board(request: BoardRequest, machine: Machine): Promise<Board>;
  observe(request: ObserveRequest, machine: Machine): Promise<Observation>;
  compare(request: CompareRequest): Promise<Compared>;
  figures(request: FiguresRequest, machine: Machine): Promise<{ readonly figures?: RunFigures }>;
}
