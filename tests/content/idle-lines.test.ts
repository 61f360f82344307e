// Day 2 asks for a commit of lines that change something: which names and comments it takes, and which it does not.
import { expect, test } from 'vitest';
import { leftOver, unusedName } from '../../exercises/02-first-change-in-git/idle-lines.ts';

const MAIN = "const to = query.get('to');\nreturn trips.filter((trip) => to === null || trip.to === to);\n";

test.each([
  'const from = 1;\nuse(from);',
  "import { readFileSync as read } from 'node:fs';\nread();",
  "import * as fs from 'node:fs';\nfs.read();",
  'const { from, to: town = null } = query;\nuse(from, town);',
  'const { price, ...rest } = trip;\nuse(rest);',
  'const [, second] = list;\nuse(second);',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code in which it stands
  'const port = 8080;\nconsole.log(`on ${port}`);',
  'const list = [1];\nuse(...list);',
  'const fits = (trip) => trip;\nuse({ fits });',
  'for (const trip of trips) use(trip);',
  'class Town {}\nnew Town();',
  'export default function search() {}',
  'use(trips.filter(function fits(trip) {}));',
])('%j uses its names', (code) => expect(unusedName(code, [code])).toBeUndefined());

test.each([
  ["const from = query.get('from');\nuse(trip.from);", 'from'],
  ["import { inspect } from 'node:util';", 'inspect'],
  ["import from from 'node:util';", 'from'],
  ['const { from, to } = query;\nuse(from);', 'to'],
  ['function old() {}\n// old() did that', 'old'],
  ['export async function old() {}', 'old'],
  ['let all;\nuse(smaller, allOfIt);', 'all'],
])('%j does not use %j', (code, name) => expect(unusedName(code, [code])?.en).toBe(`\`${name}\` is not used`));

test('a name may be used in another file of the commit', () => {
  const module = 'export function search() {}';
  expect(unusedName(module, [module, "import { search } from './search.mjs';\nsearch();"])).toBeUndefined();
});

test.each([
  '// null when no town is asked for;\nuse(to);',
  '/** Trips that fit (all filters). */\nuse(to);',
  'if (to === null) return trips;\nreturn trips.filter(fits);',
  'return trips.filter(fits);\nfunction fits(trip) {\n  return trip.to === to;\n}',
  'switch (to) {\n  case null:\n    return 1;\n  default:\n    return 2;\n}',
])('%j leaves nothing over', (code) => expect(leftOver(MAIN, code)).toBeUndefined());

test.each([
  '// return trips.filter((trip) => trip.to === to);\nuse(to);',
  '/*\n  if (to === null) {\n*/\nuse(to);',
  "use(to);\n// const to = query.get('to');",
  'debugger;\nuse(to);',
  '  return trips.filter(fits);\n  return trips;',
])('%j leaves something over', (code) => expect(leftOver(MAIN, code)).toBeDefined());
