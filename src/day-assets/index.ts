// What the workbench of a day needs, fetched from this site.
import type { Snapshot } from '../../sandbox/hosts/protocol.ts';
import type { DayData, DayNames, LoadDay } from './contract.ts';
import {
  type DayFile,
  type Manifest,
  namesOf,
  type PackedContent,
  type PackedFiles,
  type PackedTree,
  type SolutionFile,
} from './format.ts';

export type { DayData, ExerciseSummary, Solution, StepSummary } from './contract.ts';

export const loadDay: LoadDay = async (base, dayId, names) => {
  if (names === undefined) return loadNamed(base, dayId, await readNames(base, dayId));
  // A page kept from before an update names files that are gone.
  return loadNamed(base, dayId, names).catch(async () => loadNamed(base, dayId, await readNames(base, dayId)));
};

async function readNames(base: string, dayId: string): Promise<DayNames> {
  const url = `${base}sandbox/manifest.json`;
  const names = namesOf((await (await get(url)).json()) as Manifest, dayId);
  if (names === undefined) throw new Error(`${url}: no day ${dayId}`);
  return names;
}

async function loadNamed(base: string, dayId: string, names: DayNames): Promise<DayData> {
  const at = (file: string): string => `${base}sandbox/${file}`;
  const blobOf = async (file: string): Promise<Blob> => (await get(at(file))).blob();
  const [engine, checks, needed, wasm, day] = await Promise.all([
    blobOf(names.engine),
    blobOf(names.checks),
    Promise.all(names.needs.map((part) => blobOf(names.parts[part]))),
    get(at(names.wasm)).then((response) => response.arrayBuffer()),
    get(at(names.day)).then((response) => response.json() as Promise<DayFile>),
  ]);
  return {
    exercise: day.exercise,
    pack: {
      day: dayId,
      seed: day.seed,
      files: unpack(day.files ?? {}),
      ...(day.base && { base: { ...day.base, files: unpackTree(day.base.files) } }),
      ...(day.opened && { opened: { ...day.opened, files: unpackTree(day.opened.files) } }),
    },
    version: { engine: names.engine, ...names.parts, day: names.day, checks: names.checks },
    engine: { scripts: [engine, checks, ...needed], wasm, fetchPart: (part) => blobOf(names.parts[part]) },
    async solution() {
      const { files, commands } = (await (await get(at(names.solution))).json()) as SolutionFile;
      return { files: unpack(files), commands };
    },
  };
}

async function get(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

function unpack(files: PackedFiles): Record<string, Uint8Array> {
  return Object.fromEntries(Object.entries(files).map(([path, content]) => [path, bytesOf(content)]));
}

function unpackTree(tree: PackedTree): Snapshot['files'] {
  return Object.fromEntries(
    Object.entries(tree).map(([path, entry]) => {
      if (entry.type !== 'file') return [path, entry];
      const { content, ...rest } = entry;
      return [path, { ...rest, bytes: bytesOf(content) }];
    }),
  );
}

function bytesOf(content: PackedContent): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content);
  return Uint8Array.from(atob(content.base64), (character) => character.charCodeAt(0));
}
