// `node --run NAME`: a script of package.json without npm (Node.js documentation, "Command-line API", --run; src/node_task_runner.cc).
import { type CommandIO, parentOf } from '../machine/index.ts';
import { pathWithin, quoted, shellLine } from './npm/run.ts';

/** Runs a script of the nearest package.json in that folder. @returns 0, or 1 where it failed or there is none such */
export async function runScript(io: CommandIO, name: string, args: readonly string[]): Promise<number> {
  const { files } = io.machine;
  let folder = io.cwd;
  const described = (): string => `${folder === '/' ? '' : folder}/package.json`;
  while (!files.exists(described()) && folder !== '/') folder = parentOf(folder);
  const fail = (text: string): number => {
    io.stderr(`${text}\n`);
    return 1;
  };
  if (!files.exists(described())) return fail(`Can't find package.json for directory ${io.cwd}`);
  let scripts: unknown;
  try {
    ({ scripts } = JSON.parse(files.readText(described())));
  } catch {
    return fail(`Can't parse ${described()}`);
  }
  if (typeof scripts !== 'object' || scripts === null) return fail(`Can't find "scripts" field in ${described()}`);
  const line: unknown = Object.hasOwn(scripts, name) ? scripts[name as keyof typeof scripts] : undefined;
  if (typeof line !== 'string') {
    const known = Object.entries(scripts).map(([each, text]) => `\n  ${each}: ${text}`);
    return fail(`Missing script: "${name}" for ${described()}\n\nAvailable scripts are:${known.join('')}`);
  }
  const env = {
    PATH: pathWithin(io, folder),
    NODE_RUN_SCRIPT_NAME: name,
    NODE_RUN_PACKAGE_JSON_PATH: described(),
  };
  const exitCode = await shellLine(io, folder, [line, ...args.map(quoted)].join(' '), env, '/bin/sh');
  return exitCode === 0 ? 0 : 1;
}
