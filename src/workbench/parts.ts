// The types of other rooms that the workbench is made with, under one roof.

export type { CheckResult, Place } from '../../sandbox/checks/contract.ts';
export type { EngineEvent, FileAnswer, Problem, Snapshot } from '../../sandbox/hosts/protocol.ts';
export type { Session } from '../../sandbox/hosts/session.ts';
export type { Language, Words } from '../../sandbox/machine/words.ts';
export type { DayData, ExerciseSummary, Solution, StepSummary } from '../day-assets/contract.ts';
export type { Progress, ProgressStatus } from '../progress/contract.ts';
