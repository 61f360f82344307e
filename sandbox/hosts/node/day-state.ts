// The state that a day begins from, when that is the end of an earlier day: made by doing that day's solution, and kept until
// anything that it depends on changes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { FileTree } from '../../machine/index.ts';
import { bundleEngine, root } from '../build/bundle.ts';
import {
  type Day,
  findDay,
  incidentFolder,
  readActions,
  readDayFolder,
  readFolder,
  readIncidentFolder,
} from '../build/day.ts';
import { Told } from '../build/told.ts';
import { packBytes, unpackBytes } from '../bytes.ts';
import type { DayPack, Snapshot } from '../protocol.ts';
import { openSandbox } from './sandbox.ts';

type Base = NonNullable<DayPack['base']>;

const cache = join(root, 'node_modules/.cache/noventa');

/** A day as it stands in its folder, with the state that it begins from. @throws Told: it names file and field of what is wrong. */
export async function readDay(folder: string): Promise<Day> {
  const day = await readDayFolder(folder);
  return withBase(day, day.number - 1);
}

/** A day's micro-incident, which may begin where the day itself ends; undefined while there is none. @throws Told as `readDay`. */
export async function readIncident(dayFolder: string): Promise<Day | undefined> {
  const folder = incidentFolder(dayFolder);
  if (folder === undefined) return undefined;
  const incident = await readIncidentFolder(folder);
  return withBase(incident, incident.number);
}

/** @param latest number of the last day from whose end this one may begin. */
async function withBase(day: Day, latest: number): Promise<Day> {
  const { stateFrom } = day.exercise;
  if (stateFrom === undefined) return day;
  const file = relative(root, join(day.folder, 'exercise.ts'));
  const before = findDay(stateFrom);
  if (before === undefined) throw new Told(`${file}: stateFrom: there is no day ${stateFrom}`);
  const earlier = await readDay(before);
  if (earlier.number > latest) throw new Told(`${file}: stateFrom: ${stateFrom} is not an earlier day`);
  return { ...day, pack: { ...day.pack, base: await endOf(earlier) } };
}

const ends = new Map<string, Promise<Base>>();

/** The machine as it is when the solution of a day is done. */
async function endOf(day: Day): Promise<Base> {
  const key = `end-${await keyOf(day)}`;
  const end = ends.get(key) ?? kept(key, () => makeEnd(day));
  ends.set(key, end);
  return end;
}

async function makeEnd(day: Day): Promise<Base> {
  const folder = join(day.folder, 'solution');
  const sandbox = await openSandbox({ day, language: 'en', files: readFolder(folder) });
  try {
    const actions = readActions(folder);
    if (actions !== '') await sandbox.run(actions);
    const { files, kernel } = await sandbox.snapshot();
    return { now: kernel.now, files: lasting(files) };
  } finally {
    sandbox.close();
  }
}

/** The day as it stands before the learner on its own seed. @throws Told when its setup fails. */
export async function openedOf(day: Day): Promise<Snapshot> {
  return kept(`opened-${await keyOf(day)}`, async () => {
    const sandbox = await openSandbox({ day, language: 'en' });
    try {
      return await sandbox.snapshot();
    } finally {
      sandbox.close();
    }
  });
}

/** What `prodsim run` writes weighs much and can be had again. How much of the event log was told means nothing when the log begins anew. */
const passing =
  /^(\/tmp\/|\/srv\/alerting\/told$|\/srv\/prodsim(\/|$)|\/srv\/loki\/prodsim-|\/home\/dev\/production(\/|$))/;

/** The files that a day hands on to those that begin from it. */
export function lasting(files: FileTree): FileTree {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !passing.test(path)));
}

/** Everything that the beginning and the end of a day depend on. */
async function keyOf({ exercise, script, pack, folder }: Day): Promise<string> {
  const hash = createHash('sha256');
  const add = (text: string | Uint8Array): void => void hash.update(text).update('\0');
  const { core, parts } = await bundleEngine();
  const scripts = [core, ...Object.values(parts), script];
  for (const text of [exercise.id, pack.seed, ...scripts.map(({ hash }) => hash)]) add(text);
  for (const files of [pack.files, readFolder(join(folder, 'solution'))])
    for (const [path, bytes] of Object.entries(files)) {
      add(path);
      add(bytes);
    }
  add(readActions(join(folder, 'solution')));
  if (pack.base) add(JSON.stringify(pack.base, packBytes));
  return `${exercise.id}-${hash.digest('hex').slice(0, 16)}`;
}

/** Plain data that is made once, and read from disk from then on. */
async function kept<T>(key: string, make: () => Promise<T>): Promise<T> {
  const file = join(cache, `${key}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'), unpackBytes) as T;
  const made = await make();
  mkdirSync(cache, { recursive: true });
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, JSON.stringify(made, packBytes));
  renameSync(beside, file);
  return made;
}
