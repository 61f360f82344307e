import { ParseError } from './errors.ts';

/** Why a text is no expression, in Prometheus' words. */
export function syntaxError(text: string, _experimental: boolean): ParseError {
  return new ParseError('unexpected end of input', text.length, text);
}
