import { printCommand, type Statement } from './just-bash.ts';

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
