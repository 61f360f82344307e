import { elapsed } from 'node:internal/clock';
import { host, info } from 'node:internal/host';
import { formatWithOptions, inspect } from 'node:internal/inspect';

let indent = '';
const counts = new Map();
const timers = new Map();

function print(stream, args) {
  const text = formatWithOptions(
    { colors: info.isTerminal && stream === 1 && info.env.NO_COLOR === undefined },
    ...args,
  );
  host.write(stream, `${indent === '' ? text : indent + text.replaceAll('\n', `\n${indent}`)}\n`);
}

const duration = (label) => {
  const passed = elapsed() - timers.get(label);
  return passed >= 1000 ? `${(passed / 1000).toFixed(3)}s` : `${passed}ms`;
};

const console = {
  log: (...args) => print(1, args),
  warn: (...args) => print(2, args),
  error: (...args) => print(2, args),
  info: (...args) => print(1, args),
  debug: (...args) => print(1, args),
  dir: (value, options) => print(1, [inspect(value, { customInspect: false, ...options })]),
  trace(...args) {
    const { stack } = new Error(formatWithOptions({}, ...args));
    print(2, [stack.replace(/^Error:? ?/, args.length > 0 ? 'Trace: ' : 'Trace')]);
  },
  assert(condition, ...args) {
    if (condition) return;
    const [first, ...rest] = args;
    if (typeof first === 'string') console.warn(`Assertion failed: ${first}`, ...rest);
    else console.warn(...(args.length === 0 ? ['Assertion failed'] : ['Assertion failed:', ...args]));
  },
  count(label = 'default') {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    console.log(`${label}: ${counts.get(label)}`);
  },
  countReset: (label = 'default') => void counts.delete(label),
  group(...args) {
    if (args.length > 0) console.log(...args);
    indent += '  ';
  },
  groupEnd() {
    indent = indent.slice(2);
  },
  time: (label = 'default') => void timers.set(`${label}`, elapsed()),
  timeLog(label = 'default', ...args) {
    if (timers.has(label)) console.log(`${label}: ${duration(label)}`, ...args);
  },
  timeEnd(label = 'default') {
    if (!timers.has(label)) return;
    console.log(`${label}: ${duration(label)}`);
    timers.delete(label);
  },
  table,
};
console.groupCollapsed = console.group;

/** Rows and columns in a frame, as console.table draws it. */
function table(data, only) {
  if (typeof data !== 'object' || data === null) return console.log(data);
  const cell = (value) => inspect(value, { depth: 0, maxArrayLength: 3, breakLength: Infinity });
  const isMap = data instanceof Map;
  const rows = isMap || data instanceof Set ? [...data] : Object.values(data);
  const indexes = isMap || data instanceof Set ? rows.map((_, index) => String(index)) : Object.keys(data);
  const columns = [];
  let hasValues = false;
  for (const row of rows) {
    if (typeof row !== 'object' || row === null) hasValues = true;
    else for (const name of Object.keys(row)) if (!columns.includes(name)) columns.push(name);
  }
  if (isMap && only === undefined)
    return drawTable(
      ['(iteration index)', 'Key', 'Values'],
      rows.map(([key, value], index) => [String(index), cell(key), cell(value)]),
    );
  const shown = only ?? columns;
  const head = [
    isMap || data instanceof Set ? '(iteration index)' : '(index)',
    ...shown,
    ...(hasValues ? ['Values'] : []),
  ];
  const lines = rows.map((row, index) => {
    const isRow = typeof row === 'object' && row !== null;
    const cells = shown.map((name) => (isRow && Object.hasOwn(row, name) ? cell(row[name]) : ''));
    return [indexes[index], ...cells, ...(hasValues ? [isRow ? '' : cell(row)] : [])];
  });
  return drawTable(head, lines);
}

function drawTable(head, lines) {
  const widths = head.map(
    (name, column) => Math.max(...[name, ...lines.map((line) => line[column])].map((text) => [...text].length)) + 2,
  );
  const rule = (left, middle, right) => `${left}${widths.map((width) => '─'.repeat(width)).join(middle)}${right}`;
  const draw = (line) =>
    `│${line.map((text, column) => ` ${text}${' '.repeat(widths[column] - [...text].length - 1)}`).join('│')}│`;
  console.log(
    [rule('┌', '┬', '┐'), draw(head), rule('├', '┼', '┤'), ...lines.map(draw), rule('└', '┴', '┘')].join('\n'),
  );
}

export default console;
export const {
  assert,
  count,
  debug,
  dir,
  error,
  group,
  groupEnd,
  info: information,
  log,
  time,
  timeEnd,
  trace,
  warn,
} = console;
