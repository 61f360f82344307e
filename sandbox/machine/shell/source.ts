import { type Node, printCommand, type Statement } from './just-bash.ts';

/** A parsed statement as one line of shell source, without its `&`. */
export function sourceOf({ pipelines, operators }: Statement): string {
  return pipelines
    .map(({ commands, negated }, index) => {
      const operator = index === 0 ? '' : ` ${operators[index - 1]} `;
      return `${operator}${negated ? '! ' : ''}${commands.map(printCommand).join(' | ')}`;
    })
    .join('')
    .replaceAll('\n', '; ')
    .replaceAll(/\b(do|then|else|in); /g, '$1 ');
}

/** A command as bash shows it; just-bash escapes what needs no escape. */
export function commandText(command: Node): string {
  return printCommand(command).replaceAll(/\\(?=[!\]])/g, '');
}
