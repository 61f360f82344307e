// Source of the rules: Node.js 24 documentation, "Package entry points", "Subpath patterns", "Conditional exports".

/** `exports` of a package.json, for one path of it (Node.js documentation, "Package entry points"). */
export function exported(exports: unknown, path: string, conditions: readonly string[]): string | undefined {
  if (typeof exports === 'string') return path === '.' ? exports : undefined;
  if (typeof exports !== 'object' || exports === null) return undefined;
  const entries = Object.entries(exports);
  const isPaths = entries.every(([key]) => key.startsWith('.'));
  if (isPaths) return targetIn(exports, path, conditions);
  return path === '.' ? conditional(exports, conditions) : undefined;
}

/** The target of a path among keys that may hold one `*`: the longest that fits. */
export function targetIn(named: object, path: string, conditions: readonly string[]): string | undefined {
  const exact = Object.entries(named).find(([key]) => key === path && !key.includes('*'));
  if (exact !== undefined) return conditional(exact[1], conditions);
  const fitting = Object.entries(named).filter(([key]) => {
    const [head = '', tail = ''] = key.split('*');
    return key.includes('*') && path.startsWith(head) && path.endsWith(tail) && path.length >= key.length;
  });
  const [best] = fitting.sort(([a], [b]) => b.indexOf('*') - a.indexOf('*') || b.length - a.length);
  if (best === undefined) return undefined;
  const [head = '', tail = ''] = best[0].split('*');
  return conditional(best[1], conditions)?.replaceAll('*', path.slice(head.length, path.length - tail.length));
}

function conditional(target: unknown, conditions: readonly string[]): string | undefined {
  if (typeof target === 'string') return target;
  if (typeof target !== 'object' || target === null) return undefined;
  if (Array.isArray(target)) return target.map((one) => conditional(one, conditions)).find((one) => one !== undefined);
  for (const [condition, next] of Object.entries(target)) {
    const found = condition === 'default' || conditions.includes(condition) ? conditional(next, conditions) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}
