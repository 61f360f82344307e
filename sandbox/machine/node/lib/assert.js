import { isDeepEqual, isDeepStrictEqual } from 'node:internal/equal';
import { define, nodeError, placeAs, placeOf, wrongType, wrongValue } from 'node:internal/errors';
import { host } from 'node:internal/host';
import { inspect } from 'node:internal/inspect';

export class AssertionError extends Error {
  constructor(options) {
    if (typeof options !== 'object' || options === null) throw wrongType('options', 'of type object', options);
    const {
      message,
      actual,
      expected,
      operator,
      generated = message === undefined,
      diff: difference = 'simple',
    } = options;
    super(message ?? messageFor(operator, actual, expected));
    define(this, 'name', 'AssertionError');
    Object.assign(this, { generatedMessage: generated, code: 'ERR_ASSERTION', actual, expected, operator });
    if (difference !== undefined) this.diff = difference;
    define(this, 'stack', String(this.stack).replace(/^(Assertion)?Error(?! \[)/, 'AssertionError [ERR_ASSERTION]'));
  }
  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }
  /** Of its own values it shows no more than what they are. */
  [inspect.custom](_, options) {
    return inspect(this, { ...options, customInspect: false, depth: 0 });
  }
}

const titles = {
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  strictEqual: 'Expected values to be strictly equal:',
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
};

const show = (value, bareErrors) =>
  inspect(value, {
    depth: 1000,
    sorted: true,
    compact: false,
    getters: true,
    maxArrayLength: Infinity,
    bareErrors,
    customInspect: false,
  });

const isObject = (one) => typeof one === 'object' && one !== null;

/** Whether both are functions, or both objects: they are one or not. */
const isReference = (actual, expected) =>
  [actual, expected].every((one) => typeof one === 'function') || [actual, expected].every(isObject);

function messageFor(operator, actual, expected, given) {
  const isOne = /trictEqual$/.test(operator) && !/Deep|deep/.test(operator) && isReference(actual, expected);
  const title = given ?? titles[isOne ? `${operator}Object` : operator];
  // Two errors are compared by what they say, not by where they were made.
  const isBare = given === undefined && actual instanceof Error && expected instanceof Error;
  const [left, right] = [show(actual, isBare), show(expected, isBare)];
  const [cutLeft, cutRight] = [left, right].map((text) => (text.length > LONG ? `${text.slice(0, 509)}...` : text));
  if (operator === '==' || operator === '!=') return `${cutLeft} ${operator} ${cutRight}`;
  if (/^not(Deep)?StrictEqual$/.test(operator)) {
    const lines = left.split('\n');
    if (lines.length === 1) return `${title}${left.length > 5 ? '\n\n' : ' '}${left}`;
    const shown = lines.length > MOST ? [...lines.slice(0, 46), '...'] : lines;
    return `${title}\n\n${shown.join('\n')}\n`;
  }
  if (operator === 'notDeepEqual') {
    if (left === right) return `${title}\n\n${left}`.replace(/^(.{1021}).{4,}/s, '$1...');
    return `Expected values not to be loosely deep-equal:\n\n${cutLeft}\n\nshould not loosely deep-equal\n\n${cutRight}`;
  }
  if (operator === 'deepEqual') return `${title}\n\n${cutLeft}\n\nshould loosely deep-equal\n\n${cutRight}`;
  const single = !left.includes('\n') && !right.includes('\n') && !(isObject(actual) && isObject(expected));
  if (!single && left === right) {
    const lines = left.split('\n');
    const shown = lines.length > MOST ? ['\n... Skipped lines', ...lines.slice(0, MOST), '...}'] : ['', ...lines];
    return `${given ?? 'Values have same structure but are not reference-equal:'}\n${shown.join('\n')}\n`;
  }
  const isZero = actual === 0 && expected === 0;
  // Quotes do not count.
  const length = [actual, expected].reduce(
    (sum, one) => sum - (typeof one === 'string' ? 2 : 0),
    left.length + right.length,
  );
  if (single && !isZero && length <= SHORT) return `${title}\n\n${left} !== ${right}\n`;
  if (single) return `${title}\n+ actual - expected\n\n+ ${left}\n- ${right}\n${pointer(left, right)}`;
  const withCommas = typeof actual === 'object' && actual !== null;
  const { shown, skipped } = withoutSame(difference(left.split('\n'), right.split('\n'), withCommas));
  const note = skipped ? '\n... Skipped lines' : '';
  return `${title}\n+ actual - expected${note}\n\n${shown.join('\n')}\n`;
}

/** Both values together in one line. */
const SHORT = 12;
/** Letters of a value in a sentence. */
const LONG = 512;
/** Lines of a value. */
const MOST = 50;
/** Of a terminal that nobody asked. */
const WIDTH = 80;

/** Marks the first character in which two lines differ. */
function pointer(left, right) {
  if (left.length + right.length > WIDTH) return '';
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return at > 2 && at < left.length ? `${' '.repeat(at + 2)}^\n` : '';
}

/** How many equal lines in a row are shown before the rest of them is left out. */
const SHOWN = 5;

/** Of many equal lines before a difference, the first and the last; after the last difference only the first. */
function withoutSame(lines) {
  const shown = [];
  let skipped = false;
  for (let at = 0; at < lines.length; ) {
    let end = at;
    while (end < lines.length && lines[end].startsWith('  ')) end += 1;
    shown.push(...lines.slice(at, Math.min(end, at + SHOWN)));
    const left = end - at - SHOWN;
    if (end < lines.length) {
      if (left > 2) {
        shown.push('...', lines[end - 1]);
        skipped = true;
      } else if (left > 0) shown.push(...lines.slice(end - left, end));
      shown.push(lines[end]);
    }
    at = end + 1;
  }
  return { shown, skipped };
}

/** A comma at the end of a line is no difference. */
const alike = (a, b, withCommas) => a === b || (withCommas && (`${a},` === b || a === `${b},`));

/** Lines only in the actual value with +, only in the expected one with -: the shortest way from one to the other (Myers). */
function difference(left, right, withCommas) {
  const most = left.length + right.length;
  const reach = new Int32Array(2 * most + 2);
  const history = [];
  const isDown = (reached, level, diagonal) =>
    diagonal === -level || (diagonal !== level && reached[most + diagonal - 1] < reached[most + diagonal + 1]);
  const ended = (level) => {
    for (let diagonal = -level; diagonal <= level; diagonal += 2) {
      let x = isDown(reach, level, diagonal) ? reach[most + diagonal + 1] : reach[most + diagonal - 1] + 1;
      while (x < left.length && x - diagonal < right.length && alike(left[x], right[x - diagonal], withCommas)) x += 1;
      reach[most + diagonal] = x;
      if (x >= left.length && x - diagonal >= right.length) return true;
    }
    return false;
  };
  do history.push(reach.slice());
  while (!ended(history.length - 1));
  const lines = [];
  let [x, y] = [left.length, right.length];
  for (let level = history.length - 1; level >= 0; level--) {
    const before = history[level];
    const diagonal = x - y;
    const from = isDown(before, level, diagonal) ? diagonal + 1 : diagonal - 1;
    const startX = before[most + from];
    const startY = startX - from;
    for (; x > startX && y > startY; x--, y--) {
      const line = left[x - 1];
      lines.push(`  ${withCommas && !line.endsWith(',') ? right[y - 1] : line}`);
    }
    if (level > 0) lines.push(x > startX ? `+ ${left[--x]}` : `- ${right[--y]}`);
  }
  return lines.reverse();
}

/** A message of one's own stands in the place of the title where a difference is shown. */
function fail(operator, actual, expected, message, usual) {
  if (message instanceof Error) throw message;
  const titled = typeof message === 'string' && (operator === 'strictEqual' || operator === 'deepStrictEqual');
  const text = titled ? messageFor(operator, actual, expected, message) : (message ?? usual);
  throw new AssertionError({ message: text, actual, expected, operator, generated: message === undefined });
}

/** The call as it stands in the program. */
function callText() {
  const place = placeOf(new Error('where'));
  const line = place === undefined ? '' : (host.sourceLine(place.file, place.line) ?? '');
  const calls = [...line.matchAll(/\b(assert|ok)\b[\w.]*\(/g)].map(({ index }) => index);
  const start = calls.findLast((index) => index < place.column) ?? calls[0];
  if (start === undefined) return 'assert.ok(...)';
  let depth = 0;
  for (let at = start; at < line.length; at++) {
    if (line[at] === '(') depth += 1;
    if (line[at] === ')' && --depth === 0) return line.slice(start, at + 1);
  }
  return line.slice(start);
}

function assert(...args) {
  const [value, message] = args;
  if (args.length === 0) {
    throw new AssertionError({
      message: 'No value argument passed to `assert.ok()`',
      actual: undefined,
      expected: true,
      operator: '==',
      generated: true,
    });
  }
  if (value) return;
  if (message instanceof Error) throw message;
  const shown = message ?? `The expression evaluated to a falsy value:\n\n  ${callText()}\n`;
  throw new AssertionError({
    message: shown,
    actual: value,
    expected: true,
    operator: '==',
    generated: message === undefined,
  });
}

export const ok = (...args) => assert(...args);
// biome-ignore lint/suspicious/noDoubleEquals: that is what the loose comparison means
const loosely = (actual, expected) => actual == expected || Object.is(actual, expected);
/** A comparison, which has to be given both values. */
const compared = (name, same, operator) => {
  const check = (...args) => {
    if (args.length < 2)
      throw nodeError(TypeError, 'ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
    const [actual, expected, message] = args;
    if (!same(actual, expected)) fail(operator, actual, expected, message);
  };
  return define(check, 'name', name);
};
const not = (same) => (actual, expected) => !same(actual, expected);
export const equal = compared('equal', loosely, '==');
export const notEqual = compared('notEqual', not(loosely), '!=');
export const strictEqual = compared('strictEqual', Object.is, 'strictEqual');
export const notStrictEqual = compared('notStrictEqual', not(Object.is), 'notStrictEqual');
export const deepStrictEqual = compared('deepStrictEqual', isDeepStrictEqual, 'deepStrictEqual');
export const deepEqual = compared('deepEqual', isDeepEqual, 'deepEqual');
export const notDeepStrictEqual = compared('notDeepStrictEqual', not(isDeepStrictEqual), 'notDeepStrictEqual');
export const notDeepEqual = compared('notDeepEqual', not(isDeepEqual), 'notDeepEqual');

const messageOfMatch = (text, pattern, did) =>
  typeof text === 'string'
    ? `The input ${did} the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`
    : `The "string" argument must be of type string. Received ${text === null ? 'null' : `type ${typeof text} (${inspect(text)})`}`;

const checkPattern = (pattern) => {
  if (!(pattern instanceof RegExp)) throw wrongType('regexp', 'an instance of RegExp', pattern);
};

export function match(text, pattern, message) {
  checkPattern(pattern);
  if (typeof text === 'string' && pattern.test(text)) return;
  fail('match', text, pattern, message, messageOfMatch(text, pattern, 'did not match'));
}

export function doesNotMatch(text, pattern, message) {
  checkPattern(pattern);
  if (typeof text !== 'string' || !pattern.test(text)) return;
  fail('doesNotMatch', text, pattern, message, messageOfMatch(text, pattern, 'was expected to not match'));
}

/** The properties that are compared, under the name by which a difference shows them. */
class Comparison {}
const pick = (from, keys) => Object.fromEntries(keys.toSorted().map((key) => [key, from[key]]));

function checkThrown(error, expected, message, operator = 'throws') {
  if (typeof expected === 'string') {
    const isSame = typeof error === 'object' && error !== null ? error.message === expected : error === expected;
    if (!isSame) return;
    const what = typeof error === 'object' && error !== null ? `error message "${error.message}"` : `error "${error}"`;
    throw nodeError(
      TypeError,
      'ERR_AMBIGUOUS_ARGUMENT',
      `The "error/message" argument is ambiguous. The ${what} is identical to the message.`,
    );
  }
  if (expected === undefined || expected === null) return;
  if (!/^(object|function)$/.test(typeof expected))
    throw wrongType('error', 'of type function or an instance of Error, RegExp, or Object', expected);
  if (expected instanceof RegExp) {
    if (expected.test(String(error))) return;
    return fail(operator, error, expected, message, messageOfMatch(String(error), expected, 'did not match'));
  }
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof expected) return;
    if (expected === Error || expected.prototype instanceof Error) {
      const text = `The error is expected to be an instance of "${expected.name}". Received "${error?.constructor?.name ?? inspect(error)}"`;
      return fail(operator, error, expected, message, `${text}\n\nError message:\n\n${error?.message}`);
    }
    if (expected.call({}, error) === true) return;
    return fail(
      operator,
      error,
      expected,
      message,
      `The validation function is expected to return "true". Received false\n\nCaught error:\n\n${error}`,
    );
  }
  if (typeof error !== 'object' || error === null)
    return fail(operator, error, expected, message, messageFor('deepStrictEqual', error, expected));
  const keys = Object.keys(expected);
  if (keys.length === 0 && !(expected instanceof Error))
    throw wrongValue('error', inspect(expected), 'may not be an empty object');
  if (expected instanceof Error) keys.push('name', 'message');
  const fits = (key) => {
    const wanted = expected[key];
    return wanted instanceof RegExp && typeof error[key] === 'string'
      ? wanted.test(error[key])
      : key in error && isDeepStrictEqual(error[key], wanted);
  };
  if (keys.every(fits)) return;
  if (message !== undefined) fail('throws', error, expected, message);
  const actualOnes = Object.assign(
    new Comparison(),
    pick(
      error,
      keys.filter((key) => key in error),
    ),
  );
  // What fits a pattern is no difference.
  const wantedOnes = Object.assign(new Comparison(), pick(expected, keys));
  for (const key of keys) if (expected[key] instanceof RegExp && fits(key)) wantedOnes[key] = error[key];
  const text = messageFor('deepStrictEqual', actualOnes, wantedOnes);
  throw new AssertionError({ message: text, actual: error, expected, operator, generated: true });
}

const missing = (what, expected, message) => {
  const text = typeof expected === 'string' ? expected : message;
  const name = typeof expected === 'function' ? ` (${expected.name})` : '';
  return `Missing expected ${what}${name}${text === undefined ? '.' : `: ${text}`}`;
};

export function throws(action, expected, message) {
  if (typeof action !== 'function') throw wrongType('fn', 'of type function', action);
  try {
    action();
  } catch (error) {
    return checkThrown(error, expected, message);
  }
  fail('throws', undefined, expected, missing('exception', expected, message));
}

export function doesNotThrow(action, given, other) {
  if (typeof action !== 'function') throw wrongType('fn', 'of type function', action);
  const message = typeof given === 'string' ? given : other;
  try {
    action();
  } catch (error) {
    fail(
      'doesNotThrow',
      error,
      undefined,
      `Got unwanted exception${message === undefined ? '.' : `: ${message}`}\nActual message: "${error?.message}"`,
    );
  }
}

/** What is waited for: a promise, or what a function makes. */
function promised(given) {
  if (typeof given !== 'function') {
    if (typeof given?.then === 'function') return given;
    throw wrongType('promiseFn', 'of type function or an instance of Promise', given);
  }
  const made = given();
  if (typeof made?.then === 'function') return made;
  throw nodeError(
    TypeError,
    'ERR_INVALID_RETURN_VALUE',
    `Expected instance of Promise to be returned from the "promiseFn" function but got ${typeOf(made)}.`,
  );
}
const typeOf = (value) =>
  typeof value === 'object' && value !== null
    ? `an instance of ${value.constructor?.name}`
    : value === undefined || value === null
      ? `${value}`
      : `type ${typeof value} (${inspect(value)})`;

export async function rejects(given, expected, message) {
  const called = new Error();
  const promise = promised(given);
  try {
    await promise;
  } catch (error) {
    return placed(called, () => checkThrown(error, expected, message, 'rejects'));
  }
  placed(called, () => fail('rejects', undefined, expected, missing('rejection', expected, message)));
}

/** What fails after a wait is told of where the check was called. */
function placed(called, check) {
  try {
    return check();
  } catch (problem) {
    if (problem instanceof AssertionError) placeAs(problem, called);
    throw problem;
  }
}

export async function doesNotReject(given, message) {
  const called = new Error();
  const promise = promised(given);
  try {
    await promise;
  } catch (error) {
    const said = message === undefined ? '.' : `: ${message}`;
    const words = `Got unwanted rejection${said}\nActual message: "${error?.message}"`;
    placed(called, () => fail('doesNotReject', error, undefined, words));
  }
}

/** Whether all that is expected is there, whatever else is. */
function holds(actual, expected) {
  if (typeof expected !== 'object' || expected === null || expected instanceof Date || expected instanceof RegExp)
    return isDeepStrictEqual(actual, expected);
  if (typeof actual !== 'object' || actual === null || Array.isArray(actual) !== Array.isArray(expected)) return false;
  if (expected instanceof Map)
    return (
      actual instanceof Map && [...expected].every(([key, value]) => actual.has(key) && holds(actual.get(key), value))
    );
  if (expected instanceof Set || Array.isArray(expected)) {
    const rest = [...actual];
    return [...expected].every((wanted) => {
      const at = rest.findIndex((one) => holds(one, wanted));
      if (at < 0) return false;
      rest.splice(0, expected instanceof Set ? 0 : at + 1);
      return true;
    });
  }
  return Object.keys(expected).every((key) => key in actual && holds(actual[key], expected[key]));
}

export function partialDeepStrictEqual(actual, expected, message) {
  if (!holds(actual, expected)) fail('partialDeepStrictEqual', actual, expected, message);
}

export function ifError(value) {
  if (value === null || value === undefined) return;
  throw new AssertionError({
    message: `ifError got unwanted exception: ${value?.message ?? inspect(value)}`,
    actual: value,
    expected: null,
    operator: 'ifError',
  });
}

function failNow(message) {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message: message ?? 'Failed', operator: 'fail', generated: message === undefined });
}

export { failNow as fail };

const methods = {
  AssertionError,
  deepEqual,
  deepStrictEqual,
  doesNotMatch,
  doesNotReject,
  doesNotThrow,
  equal,
  fail: failNow,
  ifError,
  match,
  notDeepEqual,
  notDeepStrictEqual,
  notEqual,
  notStrictEqual,
  ok,
  partialDeepStrictEqual,
  rejects,
  strictEqual,
  throws,
};
export const strict = Object.assign((...args) => assert(...args), methods, {
  deepEqual: deepStrictEqual,
  equal: strictEqual,
  notDeepEqual: notDeepStrictEqual,
  notEqual: notStrictEqual,
});
strict.strict = strict;
/** Its own set of checks. */
export class Assert {
  constructor() {
    Object.assign(this, methods, { deepEqual: deepStrictEqual, equal: strictEqual });
  }
}
methods.Assert = Assert;
export default Object.assign(assert, methods, { strict });
