import { printCommand, type Statement } from './just-bash.ts';

/** A parsed statement as shell source, without its `&`. */
export function sourceOf({ pipelines, operators }: Statement): string {
  return pipelines
    .map(({ commands, negated }, index) => {
      const operator = index === 0 ? '' : ` ${operators[index - 1]} `;
      return `${operator}${negated ? '! ' : ''}${commands.map(printCommand).join(' | ')}`;
    })
    .join('');
}
