import { type CommandIO, resolvePath } from '../../machine/index.ts';

/** The text of a file that is named on the command line: `-` is standard input, `/dev/fd/63` a process substitution. Undefined when there is none. */
export function namedText({ stdin, cwd, descriptors, machine }: CommandIO, name: string): string | undefined {
  const path = resolvePath(cwd, name);
  const given = name === '-' ? stdin : descriptors?.get(path);
  if (given !== undefined) return new TextDecoder().decode(given);
  return machine.files.exists(path) ? machine.files.readText(path) : undefined;
}
