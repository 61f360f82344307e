import type { Json } from './json.ts';

/** What is wrong with a text that should be JSON, in jq's words. */
export class JsonProblem {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

type Frame = { readonly list: Json[] } | { readonly map: Map<string, Json>; key: string | undefined };

/**
 * The values of a text one after another, with the number of lines read when each was complete.
 * @throws JsonProblem as jq 1.6 tells it: with the line and column at which its scanner stood.
 */
export function* readValues(text: string): Generator<{ readonly value: Json; readonly line: number }> {
  let line = 1;
  let column = 0;
  let token = '';
  let next: { readonly value: Json } | undefined;
  let frames: Frame[] = [];
  let inString = false;
  const fail = (message: string): never => {
    throw new JsonProblem(`${message} at line ${line}, column ${column}`);
  };
  const put = (value: Json): void => {
    if (next !== undefined) fail('Expected separator between values');
    next = { value };
  };
  const endToken = (): void => {
    if (token === '') return;
    const [first = ''] = token;
    const literals: Readonly<Record<string, readonly [string, Json]>> = {
      t: ['true', true],
      f: ['false', false],
      n: ['null', null],
    };
    const literal = literals[first];
    if (literal !== undefined) {
      if (token !== literal[0]) fail('Invalid literal');
      put(literal[1]);
    } else {
      const number = Number(token);
      if (Number.isNaN(number) || !/^[-+.\d]/.test(token) || /^0[xob]/i.test(token)) fail('Invalid numeric literal');
      else put(number);
    }
    token = '';
  };
  const structure = (sign: string): void => {
    const frame = frames.at(-1);
    if (sign === '[' || sign === '{') {
      if (next !== undefined) fail('Expected separator between values');
      frames.push(sign === '[' ? { list: [] } : { map: new Map(), key: undefined });
    } else if (sign === ':') {
      if (frame === undefined || !('map' in frame) || frame.key !== undefined) fail("':' not as part of an object");
      else if (next === undefined) fail("Expected string key before ':'");
      else if (typeof next.value !== 'string') fail('Object keys must be strings');
      else {
        frame.key = next.value;
        next = undefined;
      }
    } else if (sign === ',') {
      if (next === undefined) fail("Expected value before ','");
      else if (frame === undefined) fail("',' not as part of an object");
      else if ('list' in frame) frame.list.push(next.value);
      else if (frame.key === undefined) fail('Objects must consist of key:value pairs');
      else {
        frame.map.set(frame.key, next.value);
        frame.key = undefined;
      }
      next = undefined;
    } else if (sign === ']') {
      if (frame === undefined || !('list' in frame)) fail("Unmatched ']'");
      else {
        if (next !== undefined) frame.list.push(next.value);
        else if (frame.list.length > 0) fail('Expected another array element');
        frames = frames.slice(0, -1);
        next = { value: frame.list };
      }
    } else {
      if (frame === undefined || !('map' in frame)) fail("Unmatched '}'");
      else {
        if (next !== undefined) {
          if (frame.key === undefined) fail('Objects must consist of key:value pairs');
          else frame.map.set(frame.key, next.value);
        } else if (frame.key !== undefined) fail('Objects must consist of key:value pairs');
        else if (frame.map.size > 0) fail('Expected another key-value pair');
        frames = frames.slice(0, -1);
        next = { value: frame.map };
      }
    }
  };
  const lineEnds = [...text.matchAll(/\n/g)].map(({ index }) => index);
  let passed = 0;
  const linesUntil = (at: number): number => {
    while (passed < lineEnds.length && (lineEnds[passed] as number) < at) passed++;
    return Math.min(passed + 1, lineEnds.length);
  };

  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    column++;
    if (character === '\n') {
      line++;
      column = 0;
    }
    if (inString) {
      if (character === '"') {
        inString = false;
        put(unquoted(token, fail));
        token = '';
      } else if (character === '\\') {
        token += character + (text[++at] ?? '');
        column++;
      } else token += character;
      continue;
    }
    if ('[{:,]}'.includes(character)) {
      endToken();
      if (next !== undefined && frames.length === 0 && '[{'.includes(character)) {
        yield { value: (next as { value: Json }).value, line: linesUntil(at) };
        next = undefined;
      }
      structure(character);
    } else if (character === '"') {
      endToken();
      if (next !== undefined && frames.length === 0) {
        yield { value: (next as { value: Json }).value, line: linesUntil(at) };
        next = undefined;
      }
      inString = true;
    } else if (/[ \t\r\n]/.test(character)) {
      endToken();
      if (next !== undefined && frames.length === 0) {
        yield { value: (next as { value: Json }).value, line: linesUntil(at) };
        next = undefined;
      }
    } else {
      if (next !== undefined && frames.length === 0) {
        yield { value: (next as { value: Json }).value, line: linesUntil(at) };
        next = undefined;
      }
      token += character;
    }
  }
  if (inString) throw new JsonProblem(`Unfinished string at EOF at line ${line}, column ${column}`);
  endToken();
  if (frames.length > 0) throw new JsonProblem(`Unfinished JSON term at EOF at line ${line}, column ${column}`);
  if (next !== undefined) yield { value: (next as { value: Json }).value, line: lineEnds.length };
}

function unquoted(text: string, fail: (message: string) => never): string {
  if (!text.includes('\\')) return text;
  return text.replaceAll(/\\(u([0-9a-fA-F]{4})?|[\s\S])/g, (_, letter: string, digits: string | undefined) => {
    if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
    const plain: Readonly<Record<string, string>> = {
      '"': '"',
      '\\': '\\',
      '/': '/',
      b: '\b',
      f: '\f',
      n: '\n',
      r: '\r',
      t: '\t',
    };
    return plain[letter] ?? fail('Invalid escape');
  });
}
