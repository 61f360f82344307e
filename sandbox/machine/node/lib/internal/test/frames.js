// The frames of Node's test runner below the function of a test: they tell how the runner came to it.
import { host } from 'node:internal/host';

const runner = 'node:internal/test_runner/test';
const first = 'startSubtestAfterBootstrap (node:internal/test_runner/harness:387';
const primordials = 'node:internal/per_context/primordials';

const kindOf = (one) => (one.kind === 'suite' ? 'Suite' : 'Test');
const indexOf = (one) => one.parent.children.indexOf(one);
const isTop = (one) => one.parent.parent === undefined;

/** Who waits for the run of a test. */
function waiting(one) {
  if (one.parent === undefined) return [];
  if (indexOf(one) > 0 && !one.isAlone) return [`async ${kindOf(one.parent)}.processPendingSubtests (${runner}:974:7)`];
  if (isTop(one)) return [`async ${first}:3)`];
  if (one.parent.kind === 'suite')
    return ['async Promise.all (index 0)', `async Suite.run (${runner}:1905:7)`, ...waiting(one.parent)];
  return [
    `async TestContext.<anonymous> (${awaited(where(one))})`,
    `async Test.run (${runner}:1409:7)`,
    ...waiting(one.parent),
  ];
}

/** Where the `await` of a call stands. */
function awaited(place) {
  const [, file, line, column] = /^(.*):(\d+):(\d+)$/.exec(place) ?? [];
  const before = file === undefined ? '' : (host.sourceLine(file, Number(line)) ?? '').slice(0, Number(column) - 1);
  const at = before.search(/\bawait\s+(?:[\w$]+\s*\.\s*)*$/);
  return at < 0 ? place : `${file}:${line}:${at + 1}`;
}

const where = ({ caller }) => caller ?? '<anonymous>';

/** What called the function of a test; what waits for it when it went on after an `await`. */
export function framesBelow(one, isLate) {
  if (isLate) return [`async Test.run (${runner}:1409:7)`, ...waiting(one)];
  return ['Test.runInAsyncScope (node:async_hooks:227:14)', `Test.run (${runner}:${runOf(one.fn)})`, ...starting(one)];
}

const runOf = (fn) => (fn?.length >= 2 ? '1389:21' : '1402:25');

const once = 'node:internal/util:581:20';
/** Where hooks are run: the call, and the `await` of it. */
const sites = {
  'Suite before': [[`Suite.run (${runner}:1899:18)`], [`Suite.run (${runner}:1899:7)`]],
  'Suite after': [[`${runner}:1883:38`, once, `Suite.run (${runner}:1906:13)`], [`Suite.run (${runner}:1906:7)`]],
  'Test beforeEach': [[`Test.run (${runner}:1362:27)`], [`Test.run (${runner}:1362:9)`]],
  'Test afterEach': [
    [`${runner}:1347:27`, once, `Test.run (${runner}:1427:13)`],
    [`${runner}:1347:9`, `Test.run (${runner}:1427:7)`],
  ],
  'Test after': [
    [`after (${runner}:1342:20)`, `Test.run (${runner}:1428:13)`],
    [`after (${runner}:1342:9)`, `Test.run (${runner}:1428:7)`],
  ],
};

/** What called a hook for a test or suite, after so many others; what waits for it when it went on after an `await`. */
export function framesOfHook(one, { kind, fn, isAtOnce }, before, isLate) {
  if (isAtOnce) return [`async TestHook.run (${runner}:1409:7)`];
  const isEach = kind.endsWith('Each');
  const runHook = `${kindOf(isEach ? one.parent : one)}.runHook (${runner}:1289`;
  const [calls, waits] = sites[`${kindOf(one)} ${kind}`];
  const late = waits.map((site) => `async ${site}`);
  if (isLate) return [`async TestHook.run (${runner}:1409:7)`, `async ${runHook}:9)`, ...late, ...waiting(one)];
  const below = kind === 'beforeEach' ? starting(one, true) : waiting(one);
  return [
    'TestHook.runInAsyncScope (node:async_hooks:227:14)',
    `TestHook.run (${runner}:${runOf(fn)})`,
    `TestHook.run (${runner}:1757:18)`,
    ...(isEach ? [] : [`TestHook.run (${once})`]),
    `${runHook}:20)`,
    ...(before > 0 ? [...late, ...waiting(one)] : [...calls, ...below]),
  ];
}

function starting(one, isHook = false) {
  // What runs before it was waited for.
  if (one.parent.hooks.before.length > 0) return waiting(one);
  for (let at = one.parent; at !== undefined && !isHook; at = at.parent)
    if (at.hooks.beforeEach.length > 0) return waiting(one);
  const before = one.parent.children[indexOf(one) - 1];
  // A test that waits for each of its own starts the next one itself.
  if (before !== undefined && one.isAlone)
    return [
      `Test.start (${runner}:1262:17)`,
      `TestContext.test (${runner}:400:20)`,
      `TestContext.<anonymous> (${where(one)})`,
      ...framesBelow(one.parent, true),
    ];
  if (before !== undefined) {
    const kind = kindOf(before);
    return [
      `${kindOf(one.parent)}.processPendingSubtests (${runner}:974:18)`,
      `${kind}.postRun (${runner}:1542:19)`,
      `${kind}.run (${runner}:${kind === 'Suite' ? '1921:10' : '1467:12'})`,
      ...waiting(before),
    ];
  }
  const start = `Test.start (${runner}:1262:17)`;
  if (isTop(one)) return [start, `${first}:17)`];
  if (one.parent.kind !== 'suite')
    return [
      start,
      `TestContext.test (${runner}:400:20)`,
      `TestContext.<anonymous> (${where(one)})`,
      ...framesBelow(one.parent, false),
    ];
  return [
    start,
    `${runner}:1903:71`,
    `${primordials}:504:82`,
    'new Promise (<anonymous>)',
    `new SafePromise (${primordials}:478:3)`,
    `${primordials}:504:9`,
    'Array.map (<anonymous>)',
  ];
}
