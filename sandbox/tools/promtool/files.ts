import { type CommandIO, nameOf, parentOf, resolvePath } from '../../machine/index.ts';

export function readText(path: string, { machine, cwd }: CommandIO): string {
  return machine.files.readText(resolvePath(cwd, path));
}

export function fileExists(path: string, { machine, cwd }: CommandIO): boolean {
  return machine.files.exists(resolvePath(cwd, path));
}

/** Files that a pattern names, its last part with `*` and `?`; paths as they are written, sorted. */
export function globFiles(pattern: string, base: string, io: CommandIO): readonly string[] {
  const full = pattern.startsWith('/') || base === '.' || base === '' ? pattern : `${base}/${pattern}`;
  const folder = resolvePath(io.cwd, full.includes('/') ? parentOf(full) || '/' : '.');
  const own = nameOf(full);
  const prefix = full.slice(0, full.length - own.length);
  if (!io.machine.files.exists(folder)) return [];
  const parts = own
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  const test = new RegExp(`^${parts}$`);
  return io.machine.files
    .list(folder)
    .filter((name) => test.test(name))
    .sort()
    .map((name) => prefix + name);
}
