import { isDeepEqual, isDeepStrictEqual } from 'node:internal/equal';
import { define, placeOf, wrongType } from 'node:internal/errors';
import { host } from 'node:internal/host';
import { inspect } from 'node:internal/inspect';

export class AssertionError extends Error {
  constructor({ message, actual, expected, operator, generated = message === undefined, diff: difference = 'simple' }) {
    super(message ?? messageFor(operator, actual, expected));
    define(this, 'name', 'AssertionError');
    Object.assign(this, { generatedMessage: generated, code: 'ERR_ASSERTION', actual, expected, operator });
    if (difference !== undefined) this.diff = difference;
    define(this, 'stack', String(this.stack).replace(/^(Assertion)?Error(?! \[)/, 'AssertionError [ERR_ASSERTION]'));
  }
  /** Of its own values it shows no more than what they are. */
  [inspect.custom](_, options) {
    return inspect(this, { ...options, customInspect: false, depth: 0 });
  }
}

const titles = {
  strictEqual: 'Expected values to be strictly equal:',
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
};

const show = (value) => inspect(value, { depth: 1000, sorted: true, compact: false });

function messageFor(operator, actual, expected, title = titles[operator]) {
  const [left, right] = [show(actual), show(expected)];
  if (operator === '==') return `${inspect(actual)} == ${inspect(expected)}`;
  if (operator === '!=') return `${inspect(actual)} != ${inspect(expected)}`;
  if (/^not(Strict|DeepStrict|Deep)Equal$/.test(operator)) {
    return right.includes('\n')
      ? `${title}\n\n${right}${operator === 'notDeepEqual' ? '' : '\n'}`
      : `${title} ${right}`;
  }
  if (operator === 'deepEqual') return `${title}\n\n${left}\n\nshould loosely deep-equal\n\n${right}`;
  if (operator === 'strictEqual' && left === right && typeof actual === 'object') {
    return `Values have same structure but are not reference-equal:\n\n${left}\n`;
  }
  const texts = typeof actual === 'string' && typeof expected === 'string';
  const single = !left.includes('\n') && !right.includes('\n');
  if (single && left.length + right.length <= SHORT && left !== right) return `${title}\n\n${left} !== ${right}\n`;
  if (single) return `${title}\n+ actual - expected\n\n+ ${left}\n- ${right}\n${texts ? pointer(left, right) : ''}`;
  const lines = difference(left.split('\n'), right.split('\n'));
  const shortened = withoutSame(lines);
  const note = shortened.length < lines.length ? '\n... Skipped lines' : '';
  return `${title}\n+ actual - expected${note}\n\n${shortened.join('\n')}\n`;
}

/** Both values together in one line. */
const SHORT = 12;

/** Marks the first character in which two lines differ. */
function pointer(left, right) {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  return at > 2 ? `${' '.repeat(at + 2)}^\n` : '';
}

/** Of many equal lines in a row, the first of them and the one before the next difference. */
function withoutSame(lines) {
  const shown = [];
  for (let at = 0; at < lines.length; ) {
    let end = at;
    while (end < lines.length && lines[end].startsWith('  ')) end += 1;
    if (end - at <= 6) shown.push(...lines.slice(at, end));
    else shown.push(...lines.slice(at, at + (at === 0 ? 5 : 2)), '...', lines[end - 1]);
    if (end < lines.length) shown.push(lines[end]);
    at = end + 1;
  }
  return shown;
}

/** Lines only in the actual value with +, only in the expected one with -. */
function difference(left, right) {
  const lengths = Array.from({ length: left.length + 1 }, () => new Array(right.length + 1).fill(0));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      lengths[i][j] = left[i] === right[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  const lines = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    if (i < left.length && j < right.length && left[i] === right[j]) {
      lines.push(`  ${left[i]}`);
      i += 1;
      j += 1;
    } else if (i < left.length && (j >= right.length || lengths[i + 1][j] >= lengths[i][j + 1]))
      lines.push(`+ ${left[i++]}`);
    else lines.push(`- ${right[j++]}`);
  }
  return lines;
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
export const equal = (actual, expected, message) => loosely(actual, expected) || fail('==', actual, expected, message);
export const notEqual = (actual, expected, message) =>
  !loosely(actual, expected) || fail('!=', actual, expected, message);
export const strictEqual = (actual, expected, message) =>
  Object.is(actual, expected) || fail('strictEqual', actual, expected, message);
export const notStrictEqual = (actual, expected, message) =>
  !Object.is(actual, expected) || fail('notStrictEqual', actual, expected, message);
export const deepStrictEqual = (actual, expected, message) =>
  isDeepStrictEqual(actual, expected) || fail('deepStrictEqual', actual, expected, message);
export const deepEqual = (actual, expected, message) =>
  isDeepEqual(actual, expected) || fail('deepEqual', actual, expected, message);
export const notDeepStrictEqual = (actual, expected, message) =>
  !isDeepStrictEqual(actual, expected) || fail('notDeepStrictEqual', actual, expected, message);
export const notDeepEqual = (actual, expected, message) =>
  !isDeepEqual(actual, expected) || fail('notDeepEqual', actual, expected, message);

const messageOfMatch = (text, pattern, did) =>
  typeof text === 'string'
    ? `The input ${did} the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`
    : `The "string" argument must be of type string. Received ${text === null ? 'null' : `type ${typeof text} (${inspect(text)})`}`;

export function match(text, pattern, message) {
  if (typeof text === 'string' && pattern.test(text)) return;
  fail('match', text, pattern, message, messageOfMatch(text, pattern, 'did not match'));
}

export function doesNotMatch(text, pattern, message) {
  if (typeof text !== 'string' || !pattern.test(text)) return;
  fail('doesNotMatch', text, pattern, message, messageOfMatch(text, pattern, 'was expected to not match'));
}

/** The properties that are compared, under the name by which a difference shows them. */
class Comparison {}
const pick = (from, keys) => Object.fromEntries(keys.toSorted().map((key) => [key, from[key]]));

function checkThrown(error, expected, message, operator = 'throws') {
  if (expected === undefined || typeof expected === 'string') return;
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
  const keys = Object.keys(expected);
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

export function doesNotThrow(action, message) {
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

export async function rejects(promise, expected, message) {
  try {
    await (typeof promise === 'function' ? promise() : promise);
  } catch (error) {
    return checkThrown(error, expected, message, 'rejects');
  }
  fail('rejects', undefined, expected, missing('rejection', expected, message));
}

export async function doesNotReject(promise, message) {
  try {
    await (typeof promise === 'function' ? promise() : promise);
  } catch (error) {
    const said = message === undefined ? '.' : `: ${message}`;
    fail('doesNotReject', error, undefined, `Got unwanted rejection${said}\nActual message: "${error?.message}"`);
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

function failNow(message = 'Failed') {
  fail('fail', undefined, undefined, message);
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
export default Object.assign(assert, methods, { strict });
