// The state that a day begins from, when that is the end of an earlier day: made by doing that day's solution, and kept until
// anything that it depends on changes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { FileEntry, FileTree } from '../../machine/index.ts';
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
import type { DayPack } from '../protocol.ts';
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
  const key = await keyOf(day);
  const known = ends.get(key);
  if (known !== undefined) return known;
  const end = readKept(key) ?? makeEnd(day).then((base) => keep(key, base));
  ends.set(key, Promise.resolve(end));
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

/** What `prodsim run` writes weighs much and can be had again. */
const passing = /^(\/tmp\/|\/srv\/prodsim(\/|$)|\/srv\/loki\/prodsim-|\/home\/dev\/production(\/|$))/;

/** The files that a day hands on to those that begin from it. */
export function lasting(files: FileTree): FileTree {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !passing.test(path)));
}

/** Everything that the end of a day depends on. */
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
  if (pack.base) add(JSON.stringify(written(pack.base)));
  return `${exercise.id}-${hash.digest('hex').slice(0, 16)}`;
}

interface Written {
  readonly now: number;
  readonly files: readonly (readonly [string, Omit<FileEntry, 'bytes'> & { readonly bytes?: string }])[];
}

function written({ now, files }: Base): Written {
  return {
    now,
    files: Object.entries(files).map(([path, entry]) => [
      path,
      entry.type === 'file' ? { ...entry, bytes: Buffer.from(entry.bytes).toString('base64') } : entry,
    ]),
  };
}

function readKept(key: string): Base | undefined {
  const file = join(cache, `end-${key}.json`);
  if (!existsSync(file)) return undefined;
  const { now, files } = JSON.parse(readFileSync(file, 'utf8')) as Written;
  const entries = files.map(([path, { bytes, ...entry }]) => [
    path,
    bytes === undefined ? entry : { ...entry, bytes: new Uint8Array(Buffer.from(bytes, 'base64')) },
  ]);
  return { now, files: Object.fromEntries(entries) as FileTree };
}

function keep(key: string, base: Base): Base {
  mkdirSync(cache, { recursive: true });
  const beside = join(cache, `end-${key}.${process.pid}`);
  writeFileSync(beside, JSON.stringify(written(base)));
  renameSync(beside, join(cache, `end-${key}.json`));
  return base;
}
