// Regular expressions that are none: QuickJS says what is wrong with one, but not where it stands.
import { nodesOf, placeAt } from '../syntax/index.ts';
import type { Texts } from './contract.ts';
import type { Misread } from './misread.ts';

const words: Readonly<Record<string, string>> = {
  "expecting ')'": 'Unterminated group',
  'extraneous characters at the end': "Unmatched ')'",
  'nothing to repeat': 'Nothing to repeat',
  'invalid repetition count': 'numbers out of order in {} quantifier',
  'invalid class range': 'Range out of order in character class',
  'invalid group name': 'Invalid capture group name',
  'group name not defined': 'Invalid named capture referenced',
  'duplicate group name': 'Duplicate capture group name',
  'invalid group': 'Invalid group',
  'unknown unicode property name': 'Invalid property name',
  'syntax error': 'Lone quantifier brackets',
};

/** What V8 says of a pattern that is none; nothing where the error is another. @param said QuickJS's words */
export function patternProblem(said: string, pattern: string, flags: string): string | undefined {
  if (/flags/.test(said)) return `Invalid flags supplied to RegExp constructor '${flags}'`;
  const isEnd = said === 'unexpected end';
  const isOpen = isEnd && /(^|[^\\])(\\\\)*\\$/.test(pattern);
  const told = isOpen ? '\\ at end of pattern' : isEnd ? 'Unterminated character class' : words[said];
  return told && `Invalid regular expression: /${pattern}/${flags}: ${told}`;
}

/** The last that was read of the program's text and is none. */
export function brokenPattern(said: string, texts: Texts): (Misread & { readonly file: string }) | undefined {
  if (words[said] === undefined && !/regular expression flags$/.test(said)) return undefined;
  for (const file of texts.loaded().toReversed()) {
    const text = texts.read(file) ?? '';
    for (const { type, name, start: index } of nodesOf(text)) {
      const [literal, pattern = '', flags = ''] = (type === 'Literal' && /^\/(.+)\/([a-z]*)$/s.exec(name)) || [];
      if (literal === undefined || isPattern(pattern, flags)) continue;
      const isFlags = /flags/.test(said);
      const message = isFlags ? 'Invalid regular expression flags' : patternProblem(said, pattern, flags);
      return { file, message: message ?? said, ...placeAt(text, index), length: isFlags ? 1 : literal.length };
    }
  }
  return undefined;
}

function isPattern(pattern: string, flags: string): boolean {
  try {
    return new RegExp(pattern, flags) instanceof RegExp;
  } catch {
    return false;
  }
}
