import type { CommandIO } from '../command.ts';
import { nodeVersion } from './library.ts';
import { createModules, urlOf, withoutHashbang } from './modules.ts';
import { createVm } from './vm.ts';
import type { Instance } from './wasm.ts';

/** Compiles a file without running it. @returns 1 and words on stderr when it has a syntax error or does not exist. */
export function checkProgram(instance: Instance, path: string, { machine, stderr }: CommandIO): number {
  const { files } = machine;
  if (!files.exists(path)) {
    stderr(`Error: Cannot find module '${path}'\n\nNode.js ${nodeVersion}\n`);
    return 1;
  }
  const modules = createModules(files);
  const { context } = createVm(instance, { resolve: (_, specifier) => specifier, read: () => '' });
  const text = withoutHashbang(files.readText(path));
  const isModule = modules.format(path) === 'module';
  const name = isModule ? urlOf(path) : path;
  const source = isModule ? text : `(function () {${text}\n})`;
  const result = context.evalCode(source, name, { type: isModule ? 'module' : 'global', compileOnly: true });
  if (result.error === undefined) return 0;
  const error = context.dump(result.error) as { name: string; message: string; stack?: string };
  const line = Number(/:(\d+):\d+\)?$/m.exec(error.stack ?? '')?.[1] ?? 1);
  const shown = text.split('\n')[line - 1] ?? '';
  const indent = shown.length - shown.trimStart().length;
  const mark = `${' '.repeat(indent)}${'^'.repeat(Math.max(1, shown.trim().length))}`;
  stderr(`${name}:${line}\n${shown}\n${mark}\n\n${error.name}: ${error.message}\n\nNode.js ${nodeVersion}\n`);
  return 1;
}
