// At build time: what the workbench fetches, each under a name that changes with its content.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bundleEngine, quickjsWasm } from '../../sandbox/hosts/build/bundle.ts';
import { bundleNodeProgram } from '../../sandbox/hosts/build/node-program.ts';
import {
  type Day,
  dayFolders,
  openedOf,
  readActions,
  readDay,
  readFolder,
  readIncident,
} from '../../sandbox/hosts/node/index.ts';
import type { Snapshot } from '../../sandbox/hosts/protocol.ts';
import type { ExerciseSummary } from './contract.ts';
import type { DayFile, Manifest, PackedContent, PackedFiles, PackedTree, SolutionFile } from './format.ts';

export interface Assets {
  readonly manifest: Manifest;
  /** File name → how to make its content. */
  readonly files: ReadonlyMap<string, () => string | Uint8Array>;
}

// One build makes them once; while authors work they are made anew at each request, so that a saved exercise counts at once.
let built: Promise<Assets> | undefined;
export function assets(): Promise<Assets> {
  if (import.meta.env.DEV) return buildAssets('fixed');
  built ??= buildAssets('hashed');
  return built;
}

/**
 * Every file of the sandbox that the site serves, with the manifest that names them.
 * @param names `hashed` for a site that is built; `fixed` while authors work, for Astro keeps the list of files of its first look.
 */
async function buildAssets(names: 'hashed' | 'fixed'): Promise<Assets> {
  const folders = dayFolders();
  const [engine, program, read] = await Promise.all([
    bundleEngine(),
    bundleNodeProgram(),
    Promise.all(folders.flatMap((folder) => [readDay(folder).then(opened), readIncident(folder).then(toSetUp)])),
  ]);
  const days = read.filter((one) => one !== undefined);
  const wasm = quickjsWasm();
  const files = new Map<string, () => string | Uint8Array>();
  const add = (name: string, hash: string, extension: string, content: () => string | Uint8Array): string => {
    // `dev`, for Vite would take /sandbox/engine.js for the source of that name.
    const file = `${name}.${names === 'hashed' ? hash : 'dev'}.${extension}`;
    files.set(file, content);
    return file;
  };
  const manifest: Manifest = {
    engine: add('engine', engine.core.hash, 'js', () => engine.core.text),
    parts: Object.fromEntries(
      Object.entries(engine.parts).map(([part, { hash, text }]) => [
        part,
        add(`engine-${part}`, hash, 'js', () => text),
      ]),
    ) as Manifest['parts'],
    wasm: add('quickjs', wasm.hash, 'wasm', () => wasm.bytes),
    program: add('program', program.hash, 'js', () => program.text),
    days: Object.fromEntries(
      days.map(({ day, beginning }) => {
        const { id } = day.exercise;
        const pack = JSON.stringify({ exercise: summaryOf(day), seed: day.pack.seed, ...beginning } satisfies DayFile);
        const solution = JSON.stringify(solutionFile(day));
        return [
          id,
          {
            day: add(id, digest(pack), 'json', () => pack),
            checks: add(`${id}-checks`, day.script.hash, 'js', () => day.script.text),
            solution: add(`${id}-solution`, digest(solution), 'json', () => solution),
            needs: day.exercise.parts ?? [],
          },
        ];
      }),
    ),
  };
  files.set('manifest.json', () => JSON.stringify(manifest));
  return { manifest, files };
}

/** What a page may know of an exercise: all but how its checks look. */
export function summaryOf({ exercise, slug }: Pick<Day, 'exercise' | 'slug'>): ExerciseSummary {
  const { id, title, opens, steps } = exercise;
  return {
    id,
    slug,
    title,
    ...(opens === undefined ? {} : { opens }),
    steps: steps.map(({ stars, ...step }) => ({
      ...step,
      checks: step.checks.map(({ id, goal, kind }) => ({ id, goal, kind })),
      ...(stars && { stars: stars.map(({ id, goal, star }) => ({ id, goal, star })) }),
    })),
  };
}

interface Beginning {
  readonly day: Day;
  readonly beginning: Pick<DayFile, 'opened' | 'files' | 'base'>;
}

/** A day begins on the same seed for everybody: its setup is done here, once. */
async function opened(day: Day): Promise<Beginning> {
  const state = await openedOf(day);
  return { day, beginning: { opened: { ...state, files: packTree(state.files) } } };
}

/** An incident begins on a seed of its own each time. */
function toSetUp(day: Day | undefined): Beginning | undefined {
  if (day === undefined) return undefined;
  const { files, base } = day.pack;
  return { day, beginning: { files: pack(files), ...(base && { base: { ...base, files: packTree(base.files) } }) } };
}

function solutionFile(day: Day): SolutionFile {
  const folder = join(day.folder, 'solution');
  const changed = Object.entries(readFolder(folder)).filter(([path, bytes]) => {
    const start = day.pack.files[path];
    return start === undefined || Buffer.compare(start, bytes) !== 0;
  });
  return { files: pack(Object.fromEntries(changed)), commands: readActions(folder) };
}

function pack(files: Day['pack']['files']): PackedFiles {
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, contentOf(bytes)]));
}

function packTree(tree: Snapshot['files']): PackedTree {
  return Object.fromEntries(
    Object.entries(tree).map(([path, entry]) => {
      if (entry.type !== 'file') return [path, entry];
      const { bytes, ...rest } = entry;
      return [path, { ...rest, content: contentOf(bytes) }];
    }),
  );
}

/** Text as text, which compresses better; anything else as base64. */
function contentOf(bytes: Uint8Array): PackedContent {
  const buffer = Buffer.from(bytes);
  const text = buffer.toString('utf8');
  return Buffer.from(text).equals(buffer) ? text : { base64: buffer.toString('base64') };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10);
}
