// Day 2 asks for a commit of lines that change something: which lines are left out to see it, and which comments are code.
import { expect, test } from 'vitest';
import { codeInComment, onlyRenamed, statementsOf } from '../../exercises/02-first-change-in-git/idle-lines.ts';

const MAIN = "const to = query.get('to');\nreturn trips.filter((trip) => to === null || trip.to === to);\n";

const leftOut = (code: string): readonly string[] =>
  statementsOf({ first: 1, now: code.split('\n'), old: [] }).map(({ now }) => now.join('\n'));

test.each([
  ['  const all = trips.length;', '  const all = trips.length;'],
  ['  searches += 1;\n  return trips;', '  searches += 1;'],
  ['  debugger;\n  return trips;', '  debugger;'],
  ['return trips.filter(fits);\nreturn trips;', 'return trips;'],
  ['const kinds = [\n  1,\n];', 'const kinds = [\n  1,\n];'],
  ['function old() {\n\n  return 1;\n}\nif (to) {\n}', 'function old() {\n\n  return 1;\n}'],
])('of %j, %j is left out', (code, statement) => expect(leftOut(code)).toEqual([statement]));

test.each([
  'if (to === null) return trips;',
  'if (to === null) {\n  return trips;\n}',
  'switch (to) {\n  case null:\n    return 1;\n  default:\n    return 2;\n}',
  '// What fits\n\n  );',
])('of %j nothing is left out', (code) => expect(leftOut(code)).toEqual([]));

test.each(['// null when no town is asked for;\nuse(to);', '/** Trips that fit (all filters). */\nuse(to);'])(
  '%j has no code in comments',
  (code) => expect(codeInComment(MAIN, code)).toBeUndefined(),
);

test.each([
  '// return trips.filter((trip) => trip.to === to);\nuse(to);',
  '/*\n  if (to === null) {\n*/\nuse(to);',
  "use(to);\n// const to = query.get('to');",
])('%j has code in a comment', (code) => expect(codeInComment(MAIN, code)).toBeDefined());

const ASKED = ['createServer((request) => {', '  const { url } = request;'];

test.each([
  [['createServer((asked) => {', '  const { url } = asked;'], true],
  [['createServer((asked) => {', '  const { url } = request;'], false],
  [['createServer((request) => {', '  let { url } = request;'], false],
])('%j is %s for a rename done everywhere', (now, is) => expect(onlyRenamed(ASKED, now)).toBe(is));

test.each([
  ["get('from')", 'get("from")'],
  ['process.env.PORT', 'process.env.SEATS_PORT'],
])('%j as %j is no rename', (old, now) => expect(onlyRenamed([old], [now])).toBe(false));
