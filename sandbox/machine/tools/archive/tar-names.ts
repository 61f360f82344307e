// `tar --transform`: names as sed's `s` changes them.
import { compile } from '../pattern.ts';
import { misuse } from '../tool.ts';

/** A name as the expressions make it, one after another. @throws ToolEnd for what is no expression. */
export function renaming(expressions: readonly string[]): (name: string) => string {
  const steps = expressions.map(substitution);
  return (name) => steps.reduce((changed, step) => step(changed), name);
}

function substitution(expression: string): (name: string) => string {
  const [, separator = ''] = /^s([^\\\n])/.exec(expression) ?? [];
  const [, source, replacement, flags, ...more] =
    separator === '' ? [] : expression.split(new RegExp(`(?<!\\\\)[${separator.replace(/[\]^-]/, '\\$&')}]`));
  if (source === undefined || replacement === undefined || more.length > 0 || !/^[gixrRsShH]*$/.test(flags ?? '-'))
    throw misuse('Invalid transform expression', 2);
  const own = source.replaceAll(`\\${separator}`, separator);
  const pattern = compile(own, flags?.includes('x') ? 'extended' : 'basic', {
    ignoreCase: flags?.includes('i') ?? false,
  });
  const text = replacement.replaceAll(`\\${separator}`, separator);
  const put = (groups: readonly (string | undefined)[]): string =>
    text.replaceAll(
      /\\(\d)|\\([\s\S])|&/g,
      (_, digit?: string, letter?: string) => letter ?? groups[Number(digit ?? 0)] ?? '',
    );
  return (name) => {
    let out = '';
    let at = 0;
    for (let match = pattern.find(name); match !== undefined; match = pattern.find(name, at)) {
      out += name.slice(at, match.start) + put(match.groups);
      at = match.end;
      if (!flags?.includes('g')) break;
      if (match.end === match.start) out += name[at++] ?? '';
      if (at > name.length) break;
    }
    return out + name.slice(at);
  };
}
