import { elapsed } from 'node:internal/clock';
import { define, wrongType } from 'node:internal/errors';
import { host, info } from 'node:internal/host';
import { formatWithOptions, inspect, isForced, widthOf } from 'node:internal/inspect';

/** Through the stream, which a program may have put another `write` on. */
const toStandard = (stream, text) => {
  const process = globalThis.process;
  if (process === undefined) host.write(stream, text);
  else process[stream === 1 ? 'stdout' : 'stderr'].write(text);
};
const warn = (words) => globalThis.process.emitWarning(words);

function duration(ms) {
  if (ms < 1000) return `${Number(ms.toFixed(3))}ms`;
  if (ms < 60000) return `${(ms / 1000).toFixed(3)}s`;
  const seconds = (ms % 60000) / 1000;
  return `${Math.floor(ms / 60000)}:${seconds.toFixed(3).padStart(6, '0')} (m:ss.mmm)`;
}

/** `write`: 1 for what is said, 2 for what is warned of. */
function methodsOf(write, colors, step = 2) {
  let indent = '';
  const counts = new Map();
  const timers = new Map();
  const print = (stream, args) => {
    const text = formatWithOptions({ colors: colors(stream) }, ...args);
    write(stream, `${indent === '' ? text : indent + text.replaceAll('\n', `\n${indent}`)}\n`);
  };
  const timed = (method, label, action) => {
    if (timers.has(label)) action(`${label}: ${duration(elapsed() - timers.get(label))}`);
    else warn(`No such label '${label}' for console.${method}()`);
  };
  const say = (...args) => print(1, args);
  const console = {
    log: (...args) => print(1, args),
    info: (...args) => print(1, args),
    debug: (...args) => print(1, args),
    warn: (...args) => print(2, args),
    error: (...args) => print(2, args),
    dir: (value, options) => print(1, [inspect(value, { customInspect: false, colors: colors(1), ...options })]),
    time(given = 'default') {
      const label = `${given}`;
      if (timers.has(label)) warn(`Label '${label}' already exists for console.time()`);
      else timers.set(label, elapsed());
    },
    timeEnd(label = 'default') {
      timed('timeEnd', `${label}`, say);
      timers.delete(`${label}`);
    },
    timeLog: (label = 'default', ...args) => timed('timeLog', `${label}`, (text) => say(text, ...args)),
    trace(...args) {
      const { stack } = new Error(formatWithOptions({}, ...args));
      print(2, [stack.replace(/^Error:? ?/, args.length > 0 ? 'Trace: ' : 'Trace')]);
    },
    assert(condition, ...args) {
      if (condition) return;
      const [first, ...rest] = args;
      if (typeof first === 'string') console.warn(`Assertion failed: ${first}`, ...rest);
      else console.warn('Assertion failed', ...args);
    },
    clear() {},
    count(given = 'default') {
      const label = `${given}`;
      counts.set(label, (counts.get(label) ?? 0) + 1);
      say(`${label}: ${counts.get(label)}`);
    },
    countReset(given = 'default') {
      if (!counts.delete(`${given}`)) warn(`Count for '${given}' does not exist`);
    },
    group(...args) {
      if (args.length > 0) console.log(...args);
      indent += ' '.repeat(step);
    },
    groupEnd() {
      indent = indent.slice(0, indent.length - step);
    },
    table: (data, only) => table(say, data, only),
    dirxml: (...args) => print(1, args),
  };
  console.groupCollapsed = console.group;
  return console;
}

/** A console of one's own on two streams. */
export function Console(given, other) {
  const {
    stdout,
    stderr = stdout,
    colorMode = 'auto',
    groupIndentation,
  } = typeof given?.write === 'function' ? { stdout: given, stderr: other } : (given ?? {});
  if (typeof stdout?.write !== 'function')
    throw Object.assign(new TypeError('Console expects a writable stream instance for stdout'), {
      code: 'ERR_CONSOLE_WRITABLE_STREAM',
    });
  const write = (stream, text) => (stream === 1 ? stdout : stderr).write(text);
  return Object.assign(
    new.target ? this : Object.create(Console.prototype),
    methodsOf(write, () => colorMode === true, groupIndentation),
  );
}

/** Wanted by the environment, or by who sits at the terminal. */
const isColored = (stream) => {
  const { FORCE_COLOR: forced, NO_COLOR } = globalThis.process?.env ?? info.env;
  return forced === undefined ? info.isTerminal && stream === 1 && NO_COLOR === undefined : isForced(forced);
};
const console = methodsOf(toStandard, isColored);
const nothing = { profile() {}, profileEnd() {}, timeStamp() {}, context: () => console };
Object.assign(console, { Console }, nothing);
define(console, Symbol.toStringTag, 'console');

/** Rows and columns in a frame, as console.table draws it. */
function table(log, data, only) {
  if (typeof data !== 'object' || data === null) return log(data);
  if (only !== undefined && !Array.isArray(only)) throw wrongType('properties', 'an instance of Array', only);
  const cell = (value) => {
    const isWide =
      typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 2;
    return inspect(value, { depth: isWide ? -1 : 0, maxArrayLength: 3, breakLength: Infinity });
  };
  const tag = data[Symbol.toStringTag];
  if (data instanceof Map)
    return draw(
      log,
      ['(iteration index)', 'Key', 'Values'],
      [...data].map(([key, value], at) => [`${at}`, cell(key), cell(value)]),
    );
  if (data instanceof Set || tag === 'Set Iterator' || tag === 'Map Iterator')
    return draw(
      log,
      ['(iteration index)', 'Values'],
      [...data].map((value, at) => [`${at}`, cell(value)]),
    );
  const indexes = Object.keys(data);
  const rows = indexes.map((index) => data[index]);
  const isRow = (row) => (typeof row === 'object' && row !== null) || typeof row === 'function';
  const columns = only ?? [...new Set(rows.filter(isRow).flatMap((row) => Object.keys(row)))];
  const hasValues = rows.some((row) => !isRow(row));
  const lines = rows.map((row, at) => {
    const cells = columns.map((name) => (isRow(row) && Object.hasOwn(row, name) ? cell(row[name]) : ''));
    return [indexes[at], ...cells, ...(hasValues ? [isRow(row) ? '' : cell(row)] : [])];
  });
  return draw(log, ['(index)', ...columns, ...(hasValues ? ['Values'] : [])], lines);
}

function draw(log, head, lines) {
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => widthOf(`${line[column]}`))) + 2);
  const rule = (left, middle, right) => `${left}${widths.map((width) => '─'.repeat(width)).join(middle)}${right}`;
  const row = (line) =>
    `│${line.map((text, column) => ` ${text}${' '.repeat(widths[column] - widthOf(`${text}`) - 1)}`).join('│')}│`;
  log([rule('┌', '┬', '┐'), row(head), rule('├', '┼', '┤'), ...lines.map(row), rule('└', '┴', '┘')].join('\n'));
}

export default console;
export const { assert, count, debug, dir, error, group, groupEnd, log, time, timeEnd, trace } = console;
