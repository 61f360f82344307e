// What a run of tests prints: the reporters `spec`, `tap` and `dot`, and the lines in which a program tells another of its tests.
import { closeSync, openSync, writeSync } from 'node:fs';
import { host } from 'node:internal/host';
import { isForced } from 'node:internal/inspect';
import { relative } from 'node:path';
import process from 'node:process';
import { inspect } from 'node:util';

export const noCounts = () => ({ tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 });

/** Counts a test or a suite that has ended. */
export function count(counts, { kind, skip, todo, cancelled, failure }) {
  if (kind === 'suite') counts.suites += 1;
  else {
    counts.tests += 1;
    counts[skip ? 'skipped' : todo ? 'todo' : cancelled ? 'cancelled' : failure === undefined ? 'pass' : 'fail'] += 1;
  }
}

/** Tells of events to each reporter that was asked for, where it was to write. */
export function reporterOf(settings) {
  const print = (text) => host.write(1, text);
  if (settings.child) return (event) => print(`\u0001${JSON.stringify(event)}\n`);
  let told = (settings.reporters ?? ['spec']).map((name, at) => {
    const to = settings.destinations?.[at] ?? 'stdout';
    const known = { spec, tap, dot }[name] ?? host.importNow('node:internal/test/junit').junit;
    if (to === 'stdout') return known(print, settings);
    if (to === 'stderr') return known((text) => host.write(2, text), settings);
    const file = openSync(to, 'w');
    const tell = known((text) => void writeSync(file, text), { ...settings, colors: false });
    return (event) => {
      tell(event);
      if (event.type === 'end') closeSync(file);
    };
  });
  return (event) => {
    for (const tell of told) tell({ ...event });
    // The others are cut off there.
    if (event.type === 'interrupted') told = told.filter(({ name }) => name === 'tellSpec');
  };
}

/** What stands at the end of a report, in lines. */
const summaryOf = ({ seed, counts, ms }) => [
  ...(seed === undefined ? [] : [`Randomized test order seed: ${seed}`]),
  ...Object.entries(counts).map(([name, count]) => `${name} ${count}`),
  `duration_ms ${ms}`,
];
const indented = (text, by) => text.replace(/^(?=.)/gm, by);

/** One test in a line: its mark, its name, its time, and why it does not count. */
function headed({ name, ms, skip, todo, failure }, paint = (_, text) => text) {
  const time = ms === undefined ? '' : ` ${paint(90, `(${ms}ms)`)}`;
  const why = skip ? ` # ${skip === true ? 'SKIP' : skip}` : todo ? ` # ${todo === true ? 'TODO' : todo}` : '';
  const [colour, mark] = skip
    ? [90, '\ufe63']
    : failure === undefined
      ? [32, '\u2714']
      : todo
        ? [33, '\u26a0']
        : [31, '\u2716'];
  return paint(colour, `${mark} ${name}${time}${why}`);
}

function spec(write, { colors = process.stdout.isTTY }) {
  const { FORCE_COLOR: forced } = process.env;
  const isPainted = forced === undefined ? colors : isForced(forced);
  const paint = (code, text) => (isPainted ? `\u001b[${code}m${text}\u001b[39m` : text);
  const head = (event) => headed(event, paint);
  return function tellSpec(event) {
    const indent = '  '.repeat(event.depth ?? 0);
    if (event.type === 'interrupted')
      write(`\nInterrupted while running:\n\n\u26a0 ${event.name} (${event.name}:1:1)\n`);
    if (event.type === 'text') write(event.text);
    if (event.type === 'start') write(`${indent}\u25b6 ${event.name}\n`);
    if (event.type === 'result') write(`${indent}${head(event)}\n`);
    if (event.type === 'note') write(`${paint(34, `${indent}\u2139 ${event.text}`)}\n`);
    if (event.type !== 'end') return;
    for (const line of summaryOf(event)) write(`${paint(34, `\u2139 ${line}`)}\n`);
    if (event.failures.every(({ failure }) => failure.type === 'subtestsFailed')) return;
    write(`\n${paint(31, '\u2716 failing tests:')}\n`);
    for (const one of event.failures) {
      if (one.failure.type === 'subtestsFailed') continue;
      const place =
        one.place === undefined ? '' : `${relative(process.cwd(), one.place[0])}:${one.place[1]}:${one.place[2]}`;
      write(
        `\ntest at ${place}\n${head(one)}\n${one.failure.shown
          .split('\n')
          .map((line) => `  ${line}`)
          .join('\n')}\n`,
      );
    }
  };
}

const letters = { '\b': '\\b', '\f': '\\f', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\v': '\\v' };
/** What a program says within a line of TAP. */
const escaped = (text) =>
  String(text)
    .replace(/[\b\f\t\n\r\v]/g, (letter) => letters[letter])
    .replace(/[\\#]/g, '\\$&');

function tap(write) {
  let versioned = false;
  const begun = new Set();
  const begin = (name, depth) => write(`${'    '.repeat(depth)}# Subtest: ${escaped(name)}\n`);
  return (event) => {
    if (!versioned) write('TAP version 13\n');
    versioned = true;
    const indent = '    '.repeat(event.depth ?? 0);
    if (event.type === 'text' && event.text !== '\n') write(`# ${escaped(event.text.replace(/\n$/, ''))}\n`);
    if (event.type === 'interrupted') write(`# Interrupted while running: ${event.name} at ${event.place.join(':')}\n`);
    if (event.type === 'start') {
      begin(event.name, event.depth);
      begun.add(event.depth);
    }
    if (event.type === 'note') write(`${indent}# ${escaped(event.text)}\n`);
    if (event.type === 'result') {
      if (!event.said) begin(event.name, event.depth);
      else write(`${indent}    1..${event.children}\n`);
      write(indented(result(event), indent));
    }
    if (event.type !== 'end') return;
    write(`1..${event.total}\n`);
    for (const line of summaryOf(event)) write(`# ${line}\n`);
  };
}

function result({ name, number, kind, ms, skip, todo, place, failure }) {
  const mark = skip
    ? ` # SKIP${skip === true ? '' : ` ${escaped(skip)}`}`
    : todo
      ? ` # TODO${todo === true ? '' : ` ${escaped(todo)}`}`
      : '';
  const lines = [
    `${failure ? 'not ok' : 'ok'} ${number} - ${escaped(name)}${mark}`,
    '  ---',
    `  duration_ms: ${ms ?? 0}`,
    ...(kind === undefined ? [] : [`  type: '${kind}'`]),
  ];
  if (failure !== undefined) {
    if (place !== undefined) lines.push(`  location: '${place.join(':')}'`);
    lines.push(
      `  failureType: '${failure.type}'`,
      ...(failure.exitCode === undefined ? [] : [`  exitCode: ${failure.exitCode}`, '  signal: ~']),
      ...field('error', { text: quoted(failure.message), raw: failure.message }, '  '),
      `  code: ${quoted(failure.code)}`,
    );
    if (failure.name !== undefined) lines.push(`  name: '${failure.name}'`);
    if (failure.expected !== undefined)
      lines.push(...field('expected', failure.expected, '  '), ...field('actual', failure.actual, '  '));
    if (failure.operator !== undefined) lines.push(`  operator: '${failure.operator}'`);
    if (failure.stack.length > 0) lines.push('  stack: |-', ...failure.stack.map((line) => `    ${line}`));
  }
  return `${[...lines, '  ...'].join('\n')}\n`;
}

const quoted = (text) => inspect(text);

function field(key, { text, raw, entries, error }, indent) {
  if (error !== undefined) {
    const { message, code, name, stack } = error;
    return [
      `${indent}${key}:`,
      ...field('error', { text: quoted(message), raw: message }, indent),
      ...(code === undefined ? [] : [`${indent}code: ${quoted(code)}`]),
      ...(name === 'Error' ? [] : [`${indent}name: ${quoted(name)}`]),
      ...(stack.length === 0 ? [] : [`${indent}stack: |-`, ...stack.map((line) => `${indent}  ${line}`)]),
    ];
  }
  if (entries !== undefined)
    return [`${indent}${key}:`, ...entries.flatMap(([name, value]) => field(name, value, `${indent}  `))];
  if (raw?.includes('\n')) return [`${indent}${key}: |-`, ...raw.split('\n').map((line) => `${indent}  ${line}`)];
  return [`${indent}${key}: ${text}`];
}

function dot(write) {
  let column = 0;
  return (event) => {
    if (event.type === 'result') {
      write(event.failure ? 'X' : '.');
      column += 1;
      if (column % 20 === 0) write('\n');
    }
    if (event.type !== 'end') return;
    write('\n');
    if (event.failures.length === 0) return;
    write('\nFailed tests:\n\n');
    for (const one of event.failures)
      write(
        `${headed(one)}\n${one.failure.shown
          .split('\n')
          .map((line) => `  ${line}`)
          .join('\n')}\n`,
      );
  };
}
