// Reads the days of `exercises/` from disk: what the site builds its assets from, and what the command line runs.
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import type { Exercise } from '../../checks/contract.ts';
import { partNames } from '../../checks/part-names.ts';
import { defaultFileLimits } from '../../machine/files/index.ts';
import type { DayPack } from '../protocol.ts';
import { bundleExercise, root, type Script } from './bundle.ts';
import { Told } from './told.ts';

/** Files of a folder: relative path → bytes. */
export type FolderFiles = Readonly<Record<string, Uint8Array>>;

/** A day as it stands in its folder. */
export interface Day {
  readonly number: number;
  readonly slug: string;
  readonly folder: string;
  readonly exercise: Exercise;
  readonly script: Script;
  readonly pack: DayPack;
}

/** One of a day's folders of answers, and the commands that go with it. */
export interface Variant {
  readonly kind: 'start' | 'solution' | 'alternative' | 'wrong';
  readonly name: string;
  readonly folder: string;
}

/** Reserved in every folder of an exercise: what belongs to the course and not to the learner's home. */
export const reserved = '.noventa';

/** Folders of the written days, in order. */
export function dayFolders(): readonly string[] {
  const exercises = join(root, 'exercises');
  if (!existsSync(exercises)) return [];
  const names = readdirSync(exercises).filter((name) => existsSync(join(exercises, name, 'exercise.ts')));
  return names.sort().map((name) => join(exercises, name));
}

/** @param id `1`, `01`, `d01` or the folder's name. */
export function findDay(id: string): string | undefined {
  const number = /^d?(\d{1,2})$/.exec(id)?.[1];
  return dayFolders().find((folder) => {
    const name = basename(folder);
    return name === id || (number !== undefined && Number.parseInt(name, 10) === Number(number));
  });
}

/** The day by its own folder alone: `node/day-state.ts` adds the state that it begins from. @throws Told: it names file and field when the folder is no proper day. */
export async function readDayFolder(folder: string): Promise<Day> {
  const name = basename(folder);
  if (!/^\d\d-[a-z0-9-]+$/.test(name))
    throw new Told(`${relative(root, folder)}: expected a name like 07-deploy-by-script`);
  return readExerciseFolder(folder, name, `d${name.slice(0, 2)}`);
}

/** Where a day keeps its micro-incident: a small exercise that reviews begin, in the same form. */
export function incidentFolder(folder: string): string | undefined {
  const incident = join(folder, 'incident');
  return existsSync(join(incident, 'exercise.ts')) ? incident : undefined;
}

/** @param folder as `incidentFolder` gives it. @throws Told as `readDayFolder`. */
export async function readIncidentFolder(folder: string): Promise<Day> {
  const name = basename(dirname(folder));
  return readExerciseFolder(folder, name, `d${name.slice(0, 2)}-i1`);
}

/** @param name of the day's folder. */
async function readExerciseFolder(folder: string, name: string, id: string): Promise<Day> {
  const number = Number.parseInt(name, 10);
  const file = relative(root, join(folder, 'exercise.ts'));
  const script = await bundleExercise(folder).catch((error: Error) => {
    throw new Told(`${file}: cannot be bundled\n${error.message}`);
  });
  const exercise = readExercise(script, file);
  if (exercise.id !== id)
    throw new Told(`${file}: id: expected '${id}' as the folder's name says, found '${exercise.id}'`);
  const start = join(folder, 'start');
  if (!existsSync(start) && exercise.stateFrom === undefined)
    throw new Told(`${relative(root, start)}: missing; it holds the files that the learner begins with`);
  return {
    number,
    slug: name,
    folder,
    exercise,
    script,
    pack: { day: exercise.id, seed: exercise.seed, files: existsSync(start) ? readFolder(start) : {} },
  };
}

/** `start`, `solution`, and every folder in `alternative` and `wrong`. */
export function variantsOf(folder: string): readonly Variant[] {
  const many = (kind: 'alternative' | 'wrong'): Variant[] => {
    const parent = join(folder, kind);
    if (!existsSync(parent)) return [];
    return readdirSync(parent)
      .sort()
      .map((name) => ({ kind, name: `${kind}/${name}`, folder: join(parent, name) }));
  };
  const one = (kind: 'start' | 'solution'): Variant => ({ kind, name: kind, folder: join(folder, kind) });
  return [one('start'), one('solution'), ...many('alternative'), ...many('wrong')];
}

/**
 * The files of a folder without what is reserved. Symbolic links are left out.
 * @param without paths of files and folders that are passed over too
 * @throws Told when they are more than a machine of the sandbox may hold.
 */
export function readFolder(folder: string, without: ReadonlySet<string> = new Set()): FolderFiles {
  const files: Record<string, Uint8Array> = {};
  let total = 0;
  const walk = (at: string): void => {
    for (const name of readdirSync(join(folder, at)).sort()) {
      const path = at === '' ? name : `${at}/${name}`;
      if (path === reserved || without.has(path)) continue;
      const stat = lstatSync(join(folder, path));
      if (stat.isDirectory()) walk(path);
      else if (stat.isFile()) {
        total += stat.size;
        if (stat.size > defaultFileLimits.fileBytes || total > defaultFileLimits.totalBytes) {
          throw new Told(`${folder}: ${path}: too large for a machine of the sandbox (64 MiB a file, 256 MiB in all)`);
        }
        files[path] = new Uint8Array(readFileSync(join(folder, path)));
      }
    }
  };
  walk('');
  return files;
}

/** The commands that go with the files of a folder: run in the sandbox before its checks. '' when there are none. */
export function readActions(folder: string): string {
  const file = join(folder, reserved, 'actions.sh');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** What somebody does on a day: files over those of the day, and commands that are run before the checks. */
export interface Answer {
  readonly files: FolderFiles;
  readonly actions: string;
}

/** What a variant does. A mistake is made in the solution: its folder holds only what is otherwise there. */
export function answerOf({ kind, folder }: Variant): Answer {
  if (kind === 'start') return { files: {}, actions: '' };
  const own: Answer = { files: readFolder(folder), actions: readActions(folder) };
  if (kind !== 'wrong') return own;
  const solution = join(folder, '../../solution');
  return { files: { ...readFolder(solution), ...own.files }, actions: own.actions || readActions(solution) };
}

function readExercise(script: Script, file: string): Exercise {
  const context: { noventaExercise?: { exercise?: unknown } } = {};
  try {
    runInNewContext(`${script.text};globalThis.noventaExercise = noventaExercise`, context, { filename: script.file });
  } catch (error) {
    throw new Told(`${file}: fails when it is loaded: ${String(error)}`);
  }
  const exercise = context.noventaExercise?.exercise;
  if (exercise === undefined)
    throw new Told(`${file}: expected \`export const exercise: Exercise\`, found no such export`);
  const { error } = exerciseShape.safeParse(exercise);
  const issue = error?.issues[0];
  if (issue !== undefined) throw new Told(`${file}: ${issue.path.join('.')}: ${issue.message}`);
  return exercise as Exercise;
}

const words = z.object({ es: z.string().min(1), en: z.string().min(1) });

const kind = z.enum(['command', 'file', 'log', 'git', 'service', 'world']);
const aFunction = z.custom<unknown>((value) => typeof value === 'function', 'expected a function');

const exerciseShape = z.object({
  id: z.string().regex(/^d\d\d(-i\d)?$/, 'expected an id like d07'),
  seed: z.string().min(1),
  title: words,
  parts: z.array(z.enum(partNames)).optional(),
  stateFrom: z
    .string()
    .regex(/^d\d\d$/, 'expected an id like d02')
    .optional(),
  setup: z.union([z.string(), aFunction]).optional(),
  opens: z.string().optional(),
  steps: z
    .array(
      z.object({
        id: z.string().regex(/^d\d\d(-i\d)?-s\d+$/, 'expected an id like d07-s1'),
        title: words,
        task: words,
        kind: z.enum(['run', 'change', 'fill', 'write', 'challenge']),
        checks: z
          .array(
            z.object({
              id: z.string().regex(/^d\d\d(-i\d)?-c\d+$/, 'expected an id like d07-c1'),
              goal: words,
              kind,
              run: aFunction,
            }),
          )
          .min(1, 'expected at least one check'),
        files: z.array(z.union([z.string().min(1), words])).optional(),
        hints: z.tuple([words, words, words], 'expected three hints'),
        reason: words,
        stars: z
          .array(
            z.object({
              id: z.string().regex(/^d\d\d-x\d+$/, 'expected an id like d07-x1'),
              star: z.enum(['faster', 'cheaper', 'safer']),
              goal: words,
              kind,
              run: aFunction,
            }),
          )
          .optional(),
      }),
    )
    .min(1, 'expected at least one step'),
  seeds: z.number().int().min(1).max(100).optional(),
  wrong: z.record(z.string(), z.string()),
});
