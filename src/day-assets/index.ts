// What the workbench of a day needs, fetched from this site.
import type { DayData, LoadDay } from './contract.ts';
import type { DayFile, Manifest, PackedFiles, SolutionFile } from './format.ts';

export type { DayData, ExerciseSummary, Solution, StepSummary } from './contract.ts';

export const loadDay: LoadDay = async (base, dayId): Promise<DayData> => {
  const at = (file: string): string => `${base}sandbox/${file}`;
  const manifest = (await (await get(at('manifest.json'))).json()) as Manifest;
  const names = manifest.days[dayId];
  if (names === undefined) throw new Error(`${at('manifest.json')}: no day ${dayId}`);
  const [engine, checks, wasm, day] = await Promise.all([
    get(at(manifest.engine)).then((response) => response.blob()),
    get(at(names.checks)).then((response) => response.blob()),
    get(at(manifest.wasm)).then((response) => response.arrayBuffer()),
    get(at(names.day)).then((response) => response.json() as Promise<DayFile>),
  ]);
  return {
    exercise: day.exercise,
    pack: { day: dayId, seed: day.seed, files: unpack(day.files) },
    engine: { scripts: [engine, checks], wasm },
    async solution() {
      const { files, commands } = (await (await get(at(names.solution))).json()) as SolutionFile;
      return { files: unpack(files), commands };
    },
  };
};

async function get(url: string): Promise<Response> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

function unpack(files: PackedFiles): Record<string, Uint8Array> {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string'
        ? new TextEncoder().encode(content)
        : Uint8Array.from(atob(content.base64), (character) => character.charCodeAt(0)),
    ]),
  );
}
