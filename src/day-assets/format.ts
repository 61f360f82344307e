import type { DayNames, ExerciseSummary } from './contract.ts';

/** `sandbox/manifest.json`: the names of all other files, which change with their content. */
export interface Manifest {
  readonly engine: string;
  readonly wasm: string;
  readonly days: Readonly<Record<string, { readonly day: string; readonly checks: string; readonly solution: string }>>;
}

export function namesOf({ engine, wasm, days }: Manifest, dayId: string): DayNames | undefined {
  const day = days[dayId];
  return day && { engine, wasm, ...day };
}

export type PackedFiles = Readonly<Record<string, string | { readonly base64: string }>>;

export interface DayFile {
  readonly exercise: ExerciseSummary;
  readonly seed: string;
  readonly files: PackedFiles;
}

export interface SolutionFile {
  readonly files: PackedFiles;
  readonly commands: string;
}
