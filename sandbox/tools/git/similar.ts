/** Git's weights: what it costs to swap two letters, change one, add one, take one away. */
const cost = { swap: 0, change: 2, add: 1, remove: 3 } as const;
/** Beyond this the names have nothing in common (SIMILARITY_FLOOR in git's help.c). */
const TOO_FAR = 7;

/** The commands that `git help` lists: what a person types may be the start of one of these. */
const common =
  'clone init add mv restore rm bisect diff grep log show status branch commit merge rebase reset switch tag fetch pull push'.split(
    ' ',
  );

/** Names that somebody may have meant: those that begin so, and all that are nearest (levenshtein.c and help.c of git). */
export function similarTo(typed: string, names: readonly string[]): readonly string[] {
  const begins = names.filter((name) => common.includes(name) && name.startsWith(typed));
  const others = names
    .filter((name) => !begins.includes(name))
    .map((name) => ({ name, far: distance(typed, name) + 1 }));
  const least = Math.min(...others.map(({ far }) => far));
  if (least >= TOO_FAR) return [];
  return [...begins, ...others.filter(({ far }) => far === least).map(({ name }) => name)];
}

function distance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, at) => at * cost.add);
  for (let i = 0; i < from.length; i++) {
    const next = [(i + 1) * cost.remove];
    for (let j = 0; j < to.length; j++) {
      const options = [
        (row[j] ?? 0) + (from[i] === to[j] ? 0 : cost.change),
        (row[j + 1] ?? 0) + cost.remove,
        (next[j] ?? 0) + cost.add,
      ];
      if (i > 0 && j > 0 && from[i - 1] === to[j] && from[i] === to[j - 1])
        options.push((before[j - 1] ?? 0) + cost.swap);
      next.push(Math.min(...options));
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
