// Patterns for branches, tags and paths ("Workflow syntax": Filter pattern cheat sheet).

/** The last pattern that matches decides; `!` takes out again. */
export function selects(patterns: readonly string[], text: string): boolean {
  let selected = false;
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) selected &&= !globToRegExp(pattern.slice(1)).test(text);
    else selected ||= globToRegExp(pattern).test(text);
  }
  return selected;
}

/** `*` without `/`, `**` with, `?` zero or one of what is before, `+` one or more, `[]` one of; `\` takes a sign as it is. */
function globToRegExp(pattern: string): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at] ?? '';
    if (sign === '\\') source += quoted(pattern[++at] ?? '\\');
    else if (pattern.startsWith('**/', at)) {
      source += '(?:.*/)?';
      at += 2;
    } else if (pattern.startsWith('**', at)) {
      source += '.*';
      at += 1;
    } else if (sign === '*') source += '[^/]*';
    else if (sign === '?' || sign === '+') source += sign;
    else if (sign === '[') {
      const end = pattern.indexOf(']', at + 1);
      if (end < 0) source += '\\[';
      else {
        source += pattern.slice(at, end + 1);
        at = end;
      }
    } else source += quoted(sign);
  }
  try {
    return new RegExp(`^${source}$`);
  } catch {
    // A pattern that is none, such as one that begins with `+`, matches itself only.
    return new RegExp(`^${[...pattern].map(quoted).join('')}$`);
  }
}

function quoted(sign: string): string {
  return sign.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
