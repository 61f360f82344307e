import { parse } from 'yaml';
import source from '../../content/curriculum.yaml?raw';
import type { Words } from '../../sandbox/machine/words.ts';

/** The eight stages, in the order in which a change goes through them. */
export const stages = ['plan', 'code', 'build', 'test', 'release', 'deploy', 'operate', 'monitor'] as const;
export type Stage = (typeof stages)[number];

export interface Day {
  /** `d01`: kept in learners' storage, never renamed. */
  readonly id: string;
  readonly slug: string;
  readonly lap: number;
  readonly module: string;
  readonly title: Words;
  readonly stages: readonly Stage[];
  readonly minutes: number;
}

export interface Module {
  readonly id: string;
  readonly lap: number;
  readonly title: Words;
}

export interface Lap {
  readonly id: number;
  readonly title: Words;
}

export interface Curriculum {
  readonly laps: readonly Lap[];
  readonly modules: readonly Module[];
  readonly days: readonly Day[];
}

/** The plan of the ninety days, written or not. */
export const curriculum: Curriculum = parse(source);
