/** `path` made absolute against `from`, with `.`, `..` and double slashes resolved. `..` above the root stays at the root. */
export function resolvePath(from: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${from}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The path of a name that stands on a command's line. The empty name is none: where it leads there is nothing, and no place for anything. */
export function operandPath(from: string, name: string): string {
  return name === '' ? '/\0/\0' : resolvePath(from, name);
}

export function parentOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end <= 0 ? '/' : path.slice(0, end);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
