// Whether tests of one file lean on each other: each alone, one of them left out, and all in the other order.
import type { Desk } from '../../sandbox/checks/index.ts';
import { byNode, failedTest, goodCopy, keptRun, type Ran, write } from './suite.ts';

/** What leans on another test of its file: `name` passes where all run in the order of the file, and not otherwise. */
export interface Leaning {
  readonly name: string;
  /** Where it fails: by itself, with one test left out, or with all in the other order. */
  readonly where: 'alone' | 'without one' | 'backwards';
  /** The words after `node --test` that show it; `backwards`, the file. */
  readonly how: string;
}

/** Stands in place of node:test: takes the tests of a file, and those of each suite, and hands them on from the last to the first. */
const BACKWARDS = `import * as real from 'node:test';

const lists = [[]];
let isTurned = false;

const turnedOf = (own) => {
  isTurned = true;
  for (const one of own.reverse()) one();
};
const later = (make) => (...args) => (isTurned ? make(...args) : (lists.at(-1).push(() => make(...args)), Promise.resolve()));
const suiteOf = (make) => (...args) => {
  const at = args.findIndex((one) => typeof one === 'function');
  const fill = args[at];
  if (at >= 0 && fill.constructor.name !== 'AsyncFunction')
    args[at] = (...context) => {
      isTurned = false;
      lists.push([]);
      fill(...context);
      turnedOf(lists.pop());
    };
  return make(...args);
};
const all = (make, change) =>
  Object.assign(later(change(make)), Object.fromEntries(['skip', 'todo', 'only'].map((kind) => [kind, later(change(make[kind]))])));
const asIs = (make) => make;

export const test = all(real.test, asIs);
export const it = all(real.it, asIs);
export const describe = all(real.describe, suiteOf);
export const suite = all(real.suite, suiteOf);
export const only = test.only;
export const skip = test.skip;
export const todo = test.todo;
export * from 'node:test';
export default Object.assign(test, { ...real, test, it, describe, suite, only, skip, todo });
export const backwards = () => turnedOf(lists[0]);
`;

/** Where a file of tests takes them from. */
const FROM_NODE = /\b(from|import)\s*(['"])(?:node:)?test\2/g;

/** What node says of a file whose tests run from the last to the first, in a folder that is needed no more; undefined where it imports none. */
async function ranBackwards(desk: Desk, folder: string, file: string): Promise<Ran | undefined> {
  const text = desk.text(`${folder}/${file}`);
  const turned = text.replace(FROM_NODE, "$1 '../backwards.mjs'");
  if (turned === text) return undefined;
  await desk.run(ANEW, { cwd: folder });
  await write(desk, `${folder}/backwards.mjs`, BACKWARDS);
  await write(desk, `${folder}/test/turned.mjs`, `${turned}\n`);
  await write(
    desk,
    `${folder}/${file}`,
    "import './turned.mjs';\nimport { backwards } from '../backwards.mjs';\nbackwards();\n",
  );
  return byNode(desk, folder, file);
}

const FILES = 'find . -path ./.git -prune -o -type f -print';
/** Takes away what tests have left in the folder and in /tmp. */
const ANEW = `ls -A /tmp | grep -vxE 'copy-[0-9]+|clone|said' | sed 's#^#/tmp/#' | xargs -d '\\n' rm -rf
${FILES} | grep -vxFf ~/.files | xargs -d '\\n' rm -f`;

/** A test that fails alone, when one test before it is left out, or in the other order: whoever changes the order finds it so. */
export async function leaning(desk: Desk, file: string): Promise<Leaning | undefined> {
  const folder = await goodCopy(desk);
  await desk.run(`${FILES} > ~/.files`, { cwd: folder });
  const run = (how: string): Promise<Ran> => keptRun(desk, how, () => byNode(desk, folder, how, ANEW));
  const { said } = await run(file);
  const passing = [...said.matchAll(/^( *)✔ (.+) \([\d.]+ms\)$/gm)].map(([, indent, name = '']) => ({
    name,
    isInside: indent !== '',
    pattern: `'^${name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll("'", "'\\''")}$'`,
  }));
  if (passing.length < 2) return undefined;
  for (const { name, pattern } of passing) {
    const how = `--test-name-pattern=${pattern} ${file}`;
    if ((await run(how)).exitCode !== 0) return { name, how, where: 'alone' };
  }
  // Tests inside of one may build upon each other.
  for (const { isInside, pattern } of passing) {
    const how = `--test-skip-pattern=${pattern} ${file}`;
    const ran = isInside ? undefined : await run(how);
    if (ran !== undefined && ran.exitCode !== 0) return { name: failedTest(ran) ?? file, how, where: 'without one' };
  }
  const ran = await ranBackwards(desk, folder, file);
  return ran === undefined || ran.exitCode === 0
    ? undefined
    : { name: failedTest(ran) ?? file, how: file, where: 'backwards' };
}
