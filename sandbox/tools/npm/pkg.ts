import type { CommandIO } from '../../machine/index.ts';
import type { Given } from './options.ts';
import { join, projectFolder, readManifest, writeJson } from './project.ts';
import { NpmStop, notHere } from './stop.ts';
import { chosen } from './workspaces.ts';

/** `npm pkg get|set|delete`: reads and changes package.json by paths such as `scripts.build`. */
export function pkg(io: CommandIO, given: Given): number {
  const [action, ...args] = given.words;
  const workspaces = given.has('workspaces') || given.flags.has('workspace') ? chosen(io, given) : undefined;
  if (action === 'get' && workspaces !== undefined) {
    const told = workspaces.map(({ name, manifest }) => [name, asked(manifest, args)]);
    io.stdout(`${JSON.stringify(Object.fromEntries(told), undefined, 2)}\n`);
    return 0;
  }
  if (workspaces !== undefined) {
    for (const { folder: cwd } of workspaces) pkg({ ...io, cwd }, { ...given, flags: new Map() });
    return 0;
  }
  const folder = projectFolder(io);
  const manifest: Record<string, unknown> = readManifest(io.machine.files, folder);
  const save = (): number => {
    writeJson(io.machine.files, join(folder, 'package.json'), manifest);
    return 0;
  };
  if (action === 'get') {
    const told = asked(manifest, args);
    if (!isEmptyList(told)) io.stdout(`${JSON.stringify(told, undefined, 2)}\n`);
    return 0;
  }
  if (action === 'set') {
    for (const arg of args) {
      const at = arg.indexOf('=');
      if (at < 1 || at === arg.length - 1) throw expects('set expects a key=value pair of args.');
      const value = arg.slice(at + 1);
      place(manifest, arg.slice(0, at), given.has('json') ? parsed(value) : value);
    }
    if (args.length === 0) throw expects('set expects a key=value pair of args.');
    return save();
  }
  if (action === 'fix') throw notHere('npm pkg fix');
  if (action === 'delete') {
    if (args.length === 0) throw expects('delete expects key args.');
    for (const path of args) {
      const steps = stepsOf(path);
      const holder = valueAt(manifest, steps.slice(0, -1));
      if (typeof holder === 'object' && holder !== null) Reflect.deleteProperty(holder, steps.at(-1) ?? '');
    }
    return save();
  }
  throw new NpmStop('EUSAGE', ['', ...usage]);
}

/** The values of some paths; a list of one is told as that one. */
function asked(manifest: Readonly<Record<string, unknown>>, paths: readonly string[]): unknown {
  const found = paths
    .map((path) => [path, valueAt(manifest, path)] as const)
    .map(([path, value]) => [path, Array.isArray(value) && value.length === 1 ? value[0] : value] as const)
    .filter(([, value]) => value !== undefined);
  if (paths.length === 0) return manifest;
  const filled = found.filter(([, value]) => !isEmptyList(value));
  return paths.length === 1 && found.length === 1 ? found[0]?.[1] : Object.fromEntries(filled);
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const usage = [
  'Manages your package.json',
  '',
  'Usage:',
  'npm pkg set <key>=<value> [<key>=<value> ...]',
  'npm pkg get [<key> [<key> ...]]',
  'npm pkg delete <key> [<key> ...]',
  'npm pkg set [<array>[<index>].<key>=<value> ...]',
  'npm pkg set [<array>[].<key>=<value> ...]',
  'npm pkg fix',
  '',
  'Options:',
  '[-f|--force] [--json]',
  '[-w|--workspace <workspace-name> [-w|--workspace <workspace-name> ...]]',
  '[--workspaces]',
  '',
  '',
  'Run "npm help pkg" for more info',
];

function expects(what: string): NpmStop {
  return new NpmStop('EUSAGE', ['', `npm pkg ${what}`, '', ...usage]);
}

/** `scripts.build`, `keywords[0]` and `scripts[lint:fix]` as steps. */
function stepsOf(path: string): readonly string[] {
  return path.split(/\.|\[([^\]]*)\]\.?/).filter((step): step is string => step !== undefined && step !== '');
}

function valueAt(from: unknown, path: string | readonly string[]): unknown {
  return (typeof path === 'string' ? stepsOf(path) : path).reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? Reflect.get(value, step) : undefined,
    from,
  );
}

function place(into: Record<string, unknown>, path: string, value: unknown): void {
  // `keywords[]=new` adds to a list.
  if (path.endsWith('[]')) {
    const list = valueAt(into, path.slice(0, -2));
    place(into, path.slice(0, -2), Array.isArray(list) ? [...list, value] : [value]);
    return;
  }
  const steps = stepsOf(path);
  let holder = into;
  steps.slice(0, -1).forEach((step, index) => {
    const isList = /^\d+$/.test(steps[index + 1] ?? '');
    if (!Object.hasOwn(holder, step)) holder[step] = isList ? [] : {};
    holder = holder[step] as Record<string, unknown>;
  });
  holder[steps.at(-1) ?? ''] = value;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw new NpmStop(undefined, [error.message]);
    throw error;
  }
}
