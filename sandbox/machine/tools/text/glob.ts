/** A shell pattern (`*`, `?`, `[a-z]`, `[!a]`) for a whole name. `slashes`: whether `*` may match `/`, as in find and tar. */
export function globMatcher(glob: string, { ignoreCase = false, slashes = true } = {}): (name: string) => boolean {
  let text = '';
  const any = slashes ? '[^]' : '[^/]';
  for (let at = 0; at < glob.length; at++) {
    const character = glob[at] as string;
    if (character === '*') text += `${any}*`;
    else if (character === '?') text += any;
    else if (character === '\\' && at + 1 < glob.length) text += quoted(glob[++at] as string);
    else if (character === '[') {
      const end = glob.indexOf(']', at + (/^\[[!^]?\]/.test(glob.slice(at)) ? 3 : 2));
      if (end < 0) text += '\\[';
      else {
        const inner = glob
          .slice(at + 1, end)
          .replace(/^[!^]/, '^')
          .replaceAll('\\', '\\\\')
          .replaceAll(/\[:(\w+):\]/g, named);
        text += `[${inner}]`;
        at = end;
      }
    } else text += quoted(character);
  }
  const expression = new RegExp(`^${text}$`, ignoreCase ? 'i' : '');
  return (name) => expression.test(name);
}

function quoted(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
}

function named(_: string, name: string): string {
  return { digit: '0-9', alpha: 'A-Za-z', alnum: 'A-Za-z0-9', upper: 'A-Z', lower: 'a-z', space: '\\s' }[name] ?? '';
}
