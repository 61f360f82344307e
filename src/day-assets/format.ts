import type { PartName } from '../../sandbox/checks/part-names.ts';
import type { DayPack, Snapshot } from '../../sandbox/hosts/protocol.ts';
import type { DayNames, ExerciseSummary } from './contract.ts';

/** `sandbox/manifest.json`: the names of all other files, which change with their content. */
export interface Manifest {
  readonly engine: string;
  readonly parts: Readonly<Record<PartName, string>>;
  readonly wasm: string;
  /** What a container's Node runs: `hosts/webcontainer/inside`. */
  readonly program: string;
  readonly days: Readonly<Record<string, Omit<DayNames, 'engine' | 'parts' | 'wasm'>>>;
}

export function namesOf({ engine, parts, wasm, days }: Manifest, dayId: string): DayNames | undefined {
  const day = days[dayId];
  return day && { engine, parts, wasm, ...day };
}

type FileEntry = Snapshot['files'][string];

export type PackedContent = string | { readonly base64: string };
export type PackedFiles = Readonly<Record<string, PackedContent>>;

export type PackedTree = Readonly<
  Record<
    string,
    | Exclude<FileEntry, { type: 'file' }>
    | (Omit<FileEntry & { type: 'file' }, 'bytes'> & { readonly content: PackedContent })
  >
>;

/** What has a tree of files, its bytes packed. */
export type Packed<T extends { readonly files: Snapshot['files'] }> = Omit<T, 'files'> & { readonly files: PackedTree };

/** A day as it opens, or what it is set up from: an incident is set up with a seed of its own each time. */
export interface DayFile {
  readonly exercise: ExerciseSummary;
  readonly seed: string;
  readonly opened?: Packed<Snapshot>;
  readonly files?: PackedFiles;
  readonly base?: Packed<NonNullable<DayPack['base']>>;
}

export interface SolutionFile {
  readonly files: PackedFiles;
  readonly commands: string;
}
