import type { Words } from '../../machine/index.ts';
import type { Problem } from '../workflow.ts';
import type { Spot } from './tree.ts';

/** Takes what a rule finds. */
export type Report = (spot: Spot, rule: string, words: Words, severity?: Problem['severity']) => void;
