// The reporter `junit`: one document, written when all tests have ended.
import { hostname } from 'node:os';

const content = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
// A quotation mark is written twice over, as Node does.
const attribute = (text) => content(String(text).replaceAll('"', '&quot;')).replaceAll('\n', '&#10;');
const comment = (text) => `<!-- ${text.replaceAll('--', '&#45;&#45;')} -->`;
const open = (tag, attributes, end) =>
  `<${tag}${Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${attribute(value)}"`)
    .join('')}${end}`;

/** What the runner makes of an error, with the error as its cause. */
function told({ failure, depth, parentKind, caller }) {
  const { message, shown, exitCode, type } = failure;
  if (exitCode !== undefined)
    return `[Error: ${message}] { code: 'ERR_TEST_FAILURE', failureType: '${type}', cause: ${shown}, exitCode: ${exitCode}, signal: null }`;
  const head = `Error [ERR_TEST_FAILURE]: ${message}`;
  const place = parentKind === 'test' ? `TestContext.<anonymous> (${caller})` : 'async Promise.all (index 0)';
  const first = depth === 0 ? `[${head}]` : `${head}\n    at ${place}`;
  const cause = shown.replaceAll('\n', '\n  ');
  return `${first} {\n  code: 'ERR_TEST_FAILURE',\n  failureType: '${type}',\n  cause: ${cause}\n}`;
}

function element(one, above, indent) {
  const inside = one.inside.filter(({ text }) => text === undefined);
  const time = ((one.ms ?? 0) / 1000).toFixed(6);
  const lines = one.inside.map((inner) =>
    inner.text === undefined
      ? element(inner, [...above, one.name], `${indent}\t`)
      : `${indent}\t${comment(inner.text)}\n`,
  );
  if (inside.length > 0) {
    const counts = {
      tests: inside.length,
      failures: inside.filter(fails).length,
      skipped: inside.filter(skips).length,
    };
    const when = { timestamp: new Date(one.at).toISOString(), hostname: hostname() };
    const attributes = { name: one.name, time, disabled: 0, errors: 0, ...counts, ...when };
    return `${indent}${open('testsuite', attributes, '>')}\n${lines.join('')}${indent}</testsuite>\n`;
  }
  const { skip, todo, failure } = one;
  const attributes = { name: one.name, time, classname: above.join('.') || 'test', file: one.place?.[0] ?? '' };
  if (failure !== undefined) attributes.failure = failure.message;
  const why = skip === undefined ? todo : skip;
  if (why) lines.push(`${indent}\t${open('skipped', { type: skip ? 'skipped' : 'todo', message: why }, '/>')}\n`);
  if (failure !== undefined) {
    const head = open('failure', { type: failure.type, message: failure.message.trim() }, '>');
    lines.push(`${indent}\t${head}\n${content(told(one))}\n${indent}\t</failure>\n`);
  }
  if (lines.length === 0) return `${indent}${open('testcase', attributes, '/>')}\n`;
  return `${indent}${open('testcase', attributes, '>')}\n${lines.join('')}${indent}</testcase>\n`;
}

const isSuite = (one) => one.inside.some(({ text }) => text === undefined);
const fails = (one) => (isSuite(one) ? one.inside.some((inner) => inner.inside && fails(inner)) : one.failure);
const skips = (one) => (isSuite(one) ? one.inside.some((inner) => inner.inside && skips(inner)) : one.skip || one.todo);

export function junit(write) {
  // What was told at each depth, and waits for the test around it.
  const waiting = [[]];
  return (event) => {
    const { type, depth = 0 } = event;
    waiting[depth] ??= [];
    if (type === 'note') waiting[depth].push({ text: event.text });
    if (type === 'result') {
      const inside = waiting[depth + 1] ?? [];
      waiting[depth + 1] = [];
      for (const one of inside) Object.assign(one, { parentKind: event.kind });
      waiting[depth].push({ ...event, inside, at: Date.now() });
    }
    if (type !== 'end') return;
    const all = waiting[0].map((one) => (one.text === undefined ? element(one, [], '\t') : `\t${comment(one.text)}\n`));
    const counts = Object.entries(event.counts).map(([name, count]) => `\t<!-- ${name} ${count} -->\n`);
    write(`<?xml version="1.0" encoding="utf-8"?>\n<testsuites>\n${all.join('')}${counts.join('')}`);
    write(`\t<!-- duration_ms ${event.ms} -->\n</testsuites>\n`);
  };
}
