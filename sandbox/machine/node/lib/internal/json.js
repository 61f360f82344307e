// How V8 words what is wrong with a text that is no JSON, and with a circle that none can be made of (json-parser.cc, json-stringifier.cc).

/** What is wrong with it, read from the left as V8 does, and where. */
export function parseProblem(source) {
  const text = String(source);
  if (/^(undefined|\[object Object\]|NaN|Infinity)$/.test(text))
    return { words: `"${text}" is not valid JSON`, position: 0 };
  try {
    const end = skip(text, value(text, skip(text, 0)));
    if (end < text.length) throw at('Unexpected non-whitespace character after JSON', text, end);
    return undefined;
  } catch (problem) {
    if (problem?.words === undefined) throw problem;
    return problem;
  }
}

function at(what, text, position) {
  const before = text.slice(0, position).split('\n');
  return {
    words: `${what} at position ${position} (line ${before.length} column ${before.at(-1).length + 1})`,
    position,
  };
}

const MOST_AROUND = 10;

function unexpected(text, position) {
  const char = text[position];
  if (char === undefined) return { words: 'Unexpected end of JSON input', position };
  if (/[-\d]/.test(char)) return at('Unexpected number in JSON', text, position);
  if (char === '"') return at('Unexpected string in JSON', text, position);
  let shown = `"${text}"`;
  if (text.length > 2 * MOST_AROUND) {
    const isStart = position < MOST_AROUND;
    const isEnd = !isStart && position >= text.length - MOST_AROUND;
    const part = text.slice(isStart ? 0 : position - MOST_AROUND, isEnd ? text.length : position + MOST_AROUND);
    shown = `${isStart ? '' : '...'}"${part}"${isEnd ? '' : '...'}`;
  }
  return { words: `Unexpected token '${char}', ${shown} is not valid JSON`, position };
}

function skip(text, from) {
  let here = from;
  while (' \t\n\r'.includes(text[here] ?? 'x')) here += 1;
  return here;
}

function value(text, here) {
  const char = text[here];
  if (char === '{') return members(text, here);
  if (char === '[') return elements(text, here);
  if (char === '"') return string(text, here);
  if (/[-\d]/.test(char ?? '')) return number(text, here);
  const word = { t: 'true', f: 'false', n: 'null' }[char];
  if (word === undefined) throw unexpected(text, here);
  for (let index = 0; index < word.length; index++)
    if (text[here + index] !== word[index]) throw unexpected(text, here + index);
  return here + word.length;
}

function members(text, start) {
  let here = skip(text, start + 1);
  if (text[here] === '}') return here + 1;
  for (let first = true; ; first = false) {
    if (text[here] !== '"')
      throw at(
        first ? "Expected property name or '}' in JSON" : 'Expected double-quoted property name in JSON',
        text,
        here,
      );
    here = skip(text, string(text, here));
    if (text[here] !== ':') throw at("Expected ':' after property name in JSON", text, here);
    here = skip(text, value(text, skip(text, here + 1)));
    if (text[here] === '}') return here + 1;
    if (text[here] !== ',') throw at("Expected ',' or '}' after property value in JSON", text, here);
    here = skip(text, here + 1);
  }
}

function elements(text, start) {
  let here = skip(text, start + 1);
  if (text[here] === ']') return here + 1;
  for (;;) {
    here = skip(text, value(text, here));
    if (text[here] === ']') return here + 1;
    if (text[here] !== ',') throw at("Expected ',' or ']' after array element in JSON", text, here);
    here = skip(text, here + 1);
  }
}

function string(text, start) {
  for (let here = start + 1; ; here++) {
    const char = text[here];
    if (char === undefined) throw at('Unterminated string in JSON', text, here);
    if (char === '"') return here + 1;
    if (char < ' ') throw at('Bad control character in string literal in JSON', text, here);
    if (char !== '\\') continue;
    here += 1;
    if (text[here] === undefined) throw at('Unterminated string in JSON', text, here);
    if (text[here] === 'u') {
      if (!/^[\da-fA-F]{4}$/.test(text.slice(here + 1, here + 5)))
        throw at('Bad Unicode escape in JSON', text, here + 1 + text.slice(here + 1).search(/[^\da-fA-F]|$/));
      here += 4;
    } else if (!'"\\/bfnrt'.includes(text[here])) throw at('Bad escaped character in JSON', text, here);
  }
}

function number(text, start) {
  let here = start;
  const digits = () => {
    const from = here;
    while (/\d/.test(text[here] ?? '')) here += 1;
    return here > from;
  };
  if (text[here] === '-') {
    here += 1;
    if (!/\d/.test(text[here] ?? '')) throw at('No number after minus sign in JSON', text, here);
  }
  if (text[here] === '0') {
    here += 1;
    if (/\d/.test(text[here] ?? '')) throw unexpected(text, here);
  } else digits();
  if (text[here] === '.') {
    here += 1;
    if (!digits()) throw at('Unterminated fractional number in JSON', text, here);
  }
  if (/[eE]/.test(text[here] ?? '')) {
    here += 1;
    if (/[+-]/.test(text[here] ?? '')) here += 1;
    if (!digits()) throw at('Exponent part is missing a number in JSON', text, here);
  }
  return here;
}

/** The way from an object round to itself. */
export function circleProblem(start) {
  const way = [];
  const search = (holder) => {
    for (const key of Object.keys(holder)) {
      const child = holder[key];
      if (typeof child !== 'object' || child === null || typeof child.toJSON === 'function') continue;
      const index = [start, ...way.map(({ child }) => child)].indexOf(child);
      if (index >= 0) return { index, key, holder };
      way.push({ key, child, holder });
      const found = search(child);
      if (found !== undefined) return found;
      way.pop();
    }
    return undefined;
  };
  const found = typeof start === 'object' && start !== null ? search(start) : undefined;
  if (found === undefined) return { words: 'Converting circular structure to JSON' };
  const name = (object) => `object with constructor '${object.constructor?.name ?? 'Object'}'`;
  const key = (holder, one) => (Array.isArray(holder) ? `index ${one}` : `property '${one}'`);
  const chain = [{ child: start }, ...way].slice(found.index);
  const steps = chain.slice(1).map((step) => `    |     ${key(step.holder, step.key)} -> ${name(step.child)}`);
  const shown = steps.length > 2 ? [steps[0], '    |     ...', steps.at(-1)] : steps;
  const words = [
    'Converting circular structure to JSON',
    `    --> starting at ${name(chain[0].child)}`,
    ...shown,
    `    --- ${key(found.holder, found.key)} closes the circle`,
  ].join('\n');
  return { words };
}
