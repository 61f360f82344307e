// Tests and suites as a tree, run one after another in the order in which they were made.
import assert from 'node:assert';
import { define, nodeError, tracedOf } from 'node:internal/errors';
import { host, info } from 'node:internal/host';
import { drawFrom } from 'node:internal/test/draw';
import { framesBelow, framesOfHook } from 'node:internal/test/frames';
import { count, noCounts, reporterOf } from 'node:internal/test/reporters';
import { context as carried, clearTimeout, nextTick, setImmediate, setTimeout } from 'node:internal/timers';
import { relative } from 'node:path';
import process from 'node:process';
import { inspect } from 'node:util';

const noop = () => {};
/** Even an empty text is a reason. */
const given = (why) => (why === false ? undefined : why === '' || why);
const kinds = ['before', 'after', 'beforeEach', 'afterEach'];

function node(parent, name, options, fn, kind) {
  return {
    parent,
    name,
    options,
    fn,
    kind,
    depth: parent === undefined ? -1 : parent.depth + 1,
    ...callerPlace(),
    children: [],
    number: 0,
    chain: undefined,
    hooks: Object.fromEntries(kinds.map((one) => [one, []])),
    notes:
      options.only && settings.child && !settings.only
        ? ["'only' and 'runOnly' require the --test-only command-line option."]
        : [],
    begun: false,
    failure: undefined,
    cancelled: false,
    ended: false,
    skip: given(options.skip),
    todo: given(options.todo) ?? (parent?.todo && true),
    planned: options.plan,
    said: false,
  };
}

export const root = Object.assign(node(undefined, '<root>', {}, noop, 'root'), { collecting: undefined });

const settings = JSON.parse(info.env.NOVENTA_TEST ?? '{}');
/** A pattern may be written as in a program: `/text/i`. */
const patternsOf = (list = []) =>
  list.map((one) => {
    const [, text = one, flags = ''] = /^\/(.*)\/([a-z]*)$/.exec(one) ?? [];
    return new RegExp(text, flags);
  });
const patterns = patternsOf(settings.namePatterns);
const skipPatterns = patternsOf(settings.skipPatterns);
const counts = noCounts();
const failures = [];
let began;
let report;
/** The test whose function was called last. */
let current;

/** Where in the program's own files the call stands that made a test: `[path, line, column]`, and as a stack tells it. */
function callerPlace() {
  const found = /\(?((?:file:\/\/)?\/[^\s()]+):(\d+):(\d+)\)?$/m.exec(new Error().stack);
  if (found === null) return {};
  const [, file, line, column] = found;
  return { place: [file.replace(/^file:\/\//, ''), Number(line), Number(column)], caller: `${file}:${line}:${column}` };
}

function readArguments(args) {
  const name = typeof args[0] === 'string' ? args[0] : undefined;
  const rest = name === undefined ? args : args.slice(1);
  const fn = rest.find((one) => typeof one === 'function');
  const options = rest.find((one) => typeof one === 'object' && one !== null) ?? {};
  return { name: (name ?? fn?.name) || '<anonymous>', options, fn: fn ?? noop };
}

function start() {
  if (report !== undefined) return;
  began = performance.now();
  const tell = reporterOf(settings);
  // Reports go through streams: what a program writes in the same turn may come before them.
  const held = [];
  let direct = false;
  let wanted = false;
  const flush = () => {
    wanted = false;
    direct = settings.child !== true;
    for (const event of held.splice(0)) tell(event);
  };
  report = (event) => {
    if (direct || event.type === 'end') {
      flush();
      return tell(event);
    }
    held.push(event);
    if (!wanted) (settings.child ? setImmediate : nextTick)(flush);
    wanted = true;
  };
  let isLoading = true;
  setImmediate(() => (isLoading = false));
  /** What nobody caught is the failure of the test that runs just now; while tests are still being made it ends the program. */
  define(globalThis, Symbol.for('noventa.tests'), (error, event) => {
    if (isLoading) return 7;
    const one = carried.frame?.get(root) ?? (event === 'unhandledRejection' ? current : undefined);
    if (one !== undefined && !one.ended) {
      one.event = event;
      one.fail(error);
    } else {
      const [who, which, by] =
        one === undefined
          ? ['A resource', 'which triggered', ', caught by the test runner']
          : [
              `Test "${one.name}" at ${placeOf(one)}`,
              'and would have caused the test to fail, but instead triggered',
              '',
            ];
      const what = `This activity created the error "${error}" ${which} an ${event} event${by}.`;
      root.notes.push(`Error: ${who} generated asynchronous activity after the test ended. ${what}`);
      process.exitCode = 1;
    }
    return 0;
  });
  process.on('beforeExit', finish);
}

/** Begins a test in its parent's turn. @returns a promise for its end. */
function enqueue(one) {
  start();
  const { parent } = one;
  one.isAlone = parent.kind === 'test' && parent.children.every(({ ended }) => ended);
  parent.children.push(one);
  if (parent.kind === 'suite' && parent.collects) return Promise.resolve();
  return begin(one);
}

function begin(one) {
  const { parent } = one;
  const concurrent = parent.options.concurrency === true || parent.options.concurrency > 1;
  const isDrawn = settings.seed !== undefined && !concurrent;
  const isLater = parent === root || isDrawn;
  const before = concurrent ? Promise.resolve() : (parent.chain ?? (isLater ? Promise.resolve() : undefined));
  const next = isDrawn ? drawn(one) : () => run(one);
  const turn = before === undefined ? next() : before.then(next);
  const running = isDrawn ? one.done : turn;
  const chain = Promise.all([parent.chain, turn]).then(noop);
  parent.chain = chain;
  // What is open until the end (a server) is closed by these hooks: they cannot wait for nothing to be left.
  if (parent === root && !root.watched) {
    root.watched = true;
    queueMicrotask(() => void leaveWhenDone());
  }
  return running;
}

/** A turn among its siblings: not of the one that made it, but of one that is drawn of those that wait then. */
function drawn(one) {
  const { parent } = one;
  const { promise, resolve } = Promise.withResolvers();
  one.done = promise;
  parent.waiting ??= [];
  parent.waiting.push(() => run(one).then(resolve));
  parent.draw ??= drawFrom(settings.seed);
  return () => parent.draw(parent.waiting)();
}

export function testIn(parent, args, extra) {
  const { name, options, fn } = readArguments(args);
  return enqueue(node(parent, name, { ...options, ...extra }, fn, 'test'));
}

export function suite(parent, args, extra) {
  const { name, options, fn } = readArguments(args);
  const one = node(parent, name, { ...options, ...extra }, fn, 'suite');
  one.collects = true;
  const outer = root.collecting;
  root.collecting = one;
  try {
    const built = one.skip ? undefined : fn({ name, fullName: fullName(one), signal: new AbortController().signal });
    if (typeof built?.then === 'function') one.built = built.then(noop, (error) => (one.failure = { error }));
  } catch (error) {
    one.failure = { error };
  } finally {
    root.collecting = outer;
  }
  return enqueue(one);
}

export function hook(owner, kind, fn, options = {}) {
  // What prepares a test that has begun runs at once.
  const isAtOnce = kind === 'before' && owner.kind !== 'suite';
  const made = { owner, kind, fn, options, isAtOnce, ...callerPlace() };
  owner.hooks[kind].push(made);
  if (isAtOnce) runHook(made, contextOf(owner)).catch((error) => (owner.failure ??= { error }));
}
export const beforeOf = (owner, fn, options) => hook(owner, 'before', fn, options);
export const afterOf = (owner, fn, options) => hook(owner, 'after', fn, options);

const fullName = (one) => (one.parent === root ? one.name : `${fullName(one.parent)} > ${one.name}`);
const pathOf = (one) => (one.parent === undefined ? '' : `${pathOf(one.parent)} ${one.name}`.trim());

/** Whether one of some patterns names a test, by its own name or behind those of its parents, or one of its parents. */
const isNamed = (one, list) =>
  one !== root &&
  (list.some((pattern) => pattern.test(one.name) || pattern.test(pathOf(one))) || isNamed(one.parent, list));

/** Whether the patterns of the command line leave it in: a suite stays for its tests. */
function isWanted(one) {
  if (isNamed(one, skipPatterns)) return false;
  // A program that was started for itself heeds `only` without being told.
  if ((settings.only || (!settings.child && hasOnly(root))) && !hasOnly(one)) return false;
  if (patterns.length === 0 || isNamed(one, patterns)) return true;
  return one.children.some(isWanted);
}

function hasOnly(one) {
  for (let at = one; at !== undefined && at !== root; at = at.parent) if (at.options.only) return true;
  return one.children.some(hasOnly);
}

async function run(one) {
  if (one.kind !== 'suite' && one.parent !== root && one.parent.kind === 'test') {
    if (isNamed(one, skipPatterns)) return;
  } else if (!isWanted(one)) return;
  one.begun = true;
  const { parent } = one;
  parent.ran = (parent.ran ?? 0) + 1;
  one.number = parent.ran;
  if (parent.gaveUp) {
    one.cancelled = true;
    one.failure = { error: testError(...byParent) };
    settle(one);
    return;
  }
  one.started = performance.now();
  if (one.kind === 'suite') await runSuite(one);
  else if (!one.skip) await runTest(one);
  settle(one);
}

async function runSuite(one) {
  await one.built;
  one.collects = false;
  await attempt(one, () => runHooks([...one.parent.hooks.before, ...one.hooks.before], one));
  // None of its tests runs without what it prepares for them.
  one.gaveUp = one.failure !== undefined;
  await attempt(one, () =>
    inTime(one.options.timeout, () => {
      for (const child of one.children) begin(child);
      return allWithin(one);
    }),
  );
  await giveUp(one);
  await attempt(one, () => runHooks(one.hooks.after, one));
}

/** Waits for the tests within it, and for those that are made meanwhile. */
async function allWithin(one) {
  while (one.waited !== one.chain) {
    one.waited = one.chain;
    await one.chain;
  }
}

/** When it failed, tests within it that it did not wait for end with it. */
async function giveUp(one) {
  if (one.failure === undefined) return;
  one.gaveUp = true;
  for (const child of one.children) if (!child.ended) child.cancel?.(...byParent);
  await one.chain;
}

async function runTest(one) {
  const context = contextOf(one);
  await attempt(one, async () => {
    await runHooks(one.parent.hooks.before, one.parent);
    await eachHook(one, 'beforeEach');
    await limited(one, () => call(one.fn, context));
    await allWithin(one);
    if (one.planned !== undefined && one.planned !== one.asserted)
      throw testError(`plan expected ${one.planned} assertions but received ${one.asserted ?? 0}`, 'testCodeFailure');
    one.passed = true;
  });
  await giveUp(one);
  await attempt(one, () => eachHook(one, 'afterEach'));
  await attempt(one, () => runHooks(one.hooks.after, one));
  one.mock?.reset();
}

async function attempt(one, action) {
  try {
    await action();
  } catch (error) {
    one.failure ??= error instanceof HookFailure ? error : { error };
  }
}

async function eachHook(one, kind) {
  const line = [];
  for (let at = one.parent; at !== undefined; at = at.parent) line.push(at);
  const owners = kind === 'beforeEach' ? line.reverse() : line;
  await runHooks(
    owners.flatMap(({ hooks }) => hooks[kind]),
    one,
  );
}

/** @param at how many hooks have run before it */
class HookFailure {
  constructor(error, hook, at) {
    Object.assign(this, { error, hook, at });
  }
}

async function runHooks(hooks, one) {
  for (const [at, made] of hooks.entries())
    try {
      await runHook(made, contextOf(one));
    } catch (error) {
      throw new HookFailure(error, made, at);
    }
}

/** What is done once is not done again: it fails for each that needs it. */
function runHook(made, context) {
  const run = () => inTime(made.options.timeout, () => call(made.fn, context));
  if (made.kind.endsWith('Each')) return run();
  made.running ??= run();
  return made.running;
}

function inTime(timeout, action) {
  const { promise, reject } = Promise.withResolvers();
  return raced(action, timeout, (...why) => reject(testError(...why)), promise);
}

/** Ends with an action, or with the failure that comes before it. */
async function raced(action, timeout, cancel, failing) {
  const timer =
    timeout === undefined || timeout === Infinity
      ? undefined
      : setTimeout(() => cancel(`test timed out after ${timeout}ms`, 'testTimeoutFailure'), timeout);
  try {
    await Promise.race([action(), failing]);
  } finally {
    clearTimeout(timer);
  }
}

/** A function that takes a second argument is told by it that it has ended. */
function call(fn, context) {
  if (fn.length < 2) return fn.call(context, context);
  const { promise, resolve, reject } = Promise.withResolvers();
  let calls = 0;
  const made = fn.call(context, context, (error) => {
    calls += 1;
    if (calls === 2) throw testError('callback invoked multiple times', 'multipleCallbackInvocations');
    return error ? reject(error) : resolve();
  });
  if (made instanceof Promise)
    throw testError('passed a callback but also returned a Promise', 'callbackAndPromisePresent');
  return promise;
}

const byParent = ['test did not finish before its parent and was cancelled', 'cancelledByParent'];

/** How long it may take: where it does not say, as the command line says or as long as those around it. */
const timeoutOf = (one) => one && (one.options.timeout ?? settings.timeout ?? timeoutOf(one.parent));

/** What a test sets to be done later is known to be its own. */
function within(one, action) {
  const { frame } = carried;
  carried.frame = new Map(frame).set(root, one);
  try {
    return action();
  } finally {
    carried.frame = frame;
  }
}

const placeOf = ({ place: [path, ...at] }) => [relative(process.cwd(), path), ...at].join(':');

function limited(one, action) {
  const { promise, reject } = Promise.withResolvers();
  const cancel = (message, failureType) => {
    one.cancelled = true;
    reject(testError(message, failureType));
  };
  one.cancel = cancel;
  if (one.parent.gaveUp) cancel(...byParent);
  one.fail = reject;
  current = one;
  return raced(() => within(one, action), timeoutOf(one), cancel, promise);
}

function testError(message, failureType) {
  const error = nodeError(Error, 'ERR_TEST_FAILURE', message);
  define(error, 'failureType', failureType);
  // Where the runner noticed it is nobody's place.
  define(error, 'stack', `${error.name} [${error.code}]: ${message}`);
  return error;
}

function contextOf(one) {
  if (one.context !== undefined) return one.context;
  const snapshots = () => host.importNow('node:internal/test/snapshot').assertsOf(fullName(one), settings.snapshots);
  const later = {
    snapshot: (...args) => snapshots().snapshot(...args),
    fileSnapshot: (...args) => snapshots().fileSnapshot(...args),
  };
  const asserts = Object.fromEntries(
    Object.entries({ ...assert, ...later })
      .filter(([name, value]) => typeof value === 'function' && !['AssertionError', 'strict'].includes(name))
      .map(([name, check]) => [
        name,
        (...args) => {
          one.asserted = (one.asserted ?? 0) + 1;
          return check(...args);
        },
      ]),
  );
  one.context = {
    name: one.name,
    get fullName() {
      return fullName(one);
    },
    get filePath() {
      return info.file;
    },
    get passed() {
      return one.passed === true;
    },
    get error() {
      return one.failure?.error ?? null;
    },
    attempt: 0,
    signal: new AbortController().signal,
    assert: asserts,
    get mock() {
      one.mock ??= new (host.importNow('node:internal/test/mock').MockTracker)();
      return one.mock;
    },
    diagnostic: (text) => void one.notes.push(String(text)),
    skip(text) {
      one.skip = text ?? true;
    },
    todo(text) {
      one.todo = text ?? true;
    },
    plan(count) {
      one.planned = count;
    },
    runOnly: noop,
    before: (fn, options) => beforeOf(one, fn, options),
    after: (fn, options) => afterOf(one, fn, options),
    beforeEach: (fn, options) => hook(one, 'beforeEach', fn, options),
    afterEach: (fn, options) => hook(one, 'afterEach', fn, options),
    test(...args) {
      one.asserted = (one.asserted ?? 0) + 1;
      return testIn(one, args, {});
    },
  };
  return one.context;
}

/** Counts a test that has ended and tells of it. */
function settle(one) {
  one.ended = true;
  const failed = one.children.filter((child) => child.failure !== undefined && child.todo === undefined && child.ended);
  if (one.failure === undefined && failed.length > 0)
    one.failure = {
      error: testError(`${failed.length} subtest${failed.length === 1 ? '' : 's'} failed`, 'subtestsFailed'),
    };
  count(counts, one);
  if (one.failure !== undefined && !one.todo && !one.skip) process.exitCode = 1;
  const parents = [];
  for (let at = one.parent; at !== root; at = at.parent) parents.unshift(at);
  for (const parent of parents) {
    if (!parent.said) report({ type: 'start', name: parent.name, depth: parent.depth });
    parent.said = true;
  }
  const result = resultOf(one);
  if (result.failure !== undefined) failures.push(result);
  report({ type: 'result', said: one.said, ...result });
  for (const text of one.notes) report({ type: 'note', text, depth: one.depth });
}

function resultOf(one) {
  const { name, depth, number, kind, place, skip, todo } = one;
  const ms = one.started === undefined ? undefined : performance.now() - one.started;
  const children = one.children.filter((child) => child.ended).length;
  const { caller } = one;
  const { cancelled } = one;
  return { name, depth, number, kind, place, caller, skip, todo, cancelled, ms, children, failure: failureOf(one) };
}

/** An error as plain data: it may have to travel from one program to another. */
function failureOf(one) {
  if (one.failure === undefined) return undefined;
  const { error } = one.failure;
  const isError = error instanceof Error;
  const trace = (at) => {
    if (!(at instanceof Error)) return;
    define(at, 'stack', withRunner(at, one));
    trace(at.cause);
    for (const each of at.errors ?? []) trace(each);
  };
  trace(error);
  if (error?.code === 'ERR_ASSERTION') {
    if (error.actual instanceof Error) define(error.actual, 'stack', withRunner(error.actual, one));
    if (settings.child) for (const side of ['actual', 'expected']) send(error, side);
  }
  const { code, name, expected, actual, operator } = error ?? {};
  const isTold = expected !== undefined || actual !== undefined;
  return {
    type: one.failure.hook ? 'hookFailed' : (error?.failureType ?? one.event ?? 'testCodeFailure'),
    message: error?.message ?? (typeof error === 'string' ? error : inspect(error)),
    shown: isError && code === 'ERR_TEST_FAILURE' ? `'${error.message}'` : shown(error),
    code: code ?? 'ERR_TEST_FAILURE',
    ...(name !== 'Error' ? { name } : {}),
    ...(code === 'ERR_ASSERTION' ? { operator } : {}),
    ...(code === 'ERR_ASSERTION' && isTold ? { expected: tapValue(expected), actual: tapValue(actual) } : {}),
    stack: isError ? framesIn(error.stack) : [],
  };
}

const framesIn = (stack) =>
  String(stack)
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .map((line) => line.trim().replace(/^at /, ''));

/** The stack with the runner's own frames; the function of a test is called with its context as `this`. */
function withRunner(error, one) {
  const stack = String(error.stack);
  const lines = stack.split('\n');
  const end = lines.findLastIndex((line) => /^ {4}at /.test(line));
  const last = / process\.processTicks/.test(lines[end] ?? '') ? end - 1 : end;
  // A check that waits, and that the test itself does not wait for, is told of by the runner alone.
  if (end < 0 && /^(rejects|doesNotReject)$/.test(error.operator) && !told.has(error)) {
    told.add(error);
    return [...lines, ...framesBelow(one, true).map((line) => `    at ${line}`)].join('\n');
  }
  if (last < 0 || told.has(error)) return stack;
  const { hook, at } = one.failure;
  if (one.kind === 'suite' && hook === undefined) return stack;
  told.add(error);
  const { fn } = hook ?? one;
  const name = fn.name || '<anonymous>';
  lines[last] = lines[last]
    .replace(/^( {4}at (?:async )?)((?:file:\/\/)?\/[^\s()]+:\d+:\d+)$/, '$1<anonymous> ($2)')
    .replace(` ${name} (`, ` TestContext.${name} (`);
  const isAsync = / at async /.test(lines[last]);
  if (!/ TestContext\./.test(lines[last])) return lines.join('\n');
  if (one.kind === 'suite' && !hook.isAtOnce) lines[last] = lines[last].replace('TestContext.', 'SuiteContext.');
  const start = lines.findIndex((line) => /^ {4}at /.test(line));
  const room = 10 - (end - start + 1);
  const isLate = isAsync || tracedOf(error)?.isLate === true;
  const isWithin = hook?.isAtOnce && stack.includes('.createHook ');
  const below =
    hook === undefined || isWithin ? framesBelow(hook?.owner ?? one, isLate) : framesOfHook(one, hook, at, isLate);
  return lines.toSpliced(end + 1, 0, ...below.slice(0, room).map((line) => `    at ${line}`)).join('\n');
}

const told = new WeakSet();

/** Between programs values travel as data: a function does not, and of an error only what every error has. */
function send(error, side) {
  const value = error[side];
  if (typeof value === 'function') delete error[side];
  else error[side] = sent(value);
}

function sent(value) {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  if (value instanceof Error) {
    const copy = new Error(value.message);
    Object.setPrototypeOf(copy, Object.getPrototypeOf(value));
    define(copy, 'stack', value.stack);
    return copy;
  }
  const prototype = Object.getPrototypeOf(value);
  if (Array.isArray(value) || prototype === Object.prototype || prototype === null || isBuiltIn(value)) return value;
  return { ...value };
}

const isBuiltIn = (value) => [Map, Set, Date, RegExp, Promise].some((Class) => value instanceof Class);

/** A program that was started for its tests alone tells more of the values in an error. */
const shown = (error) => inspect(error, { breakLength: Infinity, ...(settings.child ? { customInspect: false } : {}) });

/** A value for a TAP report: text as it stands there, or pairs of a key and such a value. */
function tapValue(value, depth = 0) {
  if (typeof value !== 'object' || value === null || depth > 5) return { text: inspect(value) };
  if (value instanceof Error) {
    const { message, code, name, stack } = value;
    return { error: { message, code, name, stack: framesIn(stack) } };
  }
  if (value instanceof Date || value instanceof RegExp) return { text: inspect(value) };
  const entries = Object.entries(value);
  return { entries: entries.map(([key, one]) => [key, tapValue(one, depth + 1)]) };
}

let finished = false;
let left = false;

async function leaveWhenDone() {
  for (let seen; seen !== root.chain; ) {
    seen = root.chain;
    await seen;
  }
  if (root.hooks.after.length > 0) await leaveRoot();
}

async function leaveRoot() {
  if (left) return;
  left = true;
  const { length } = root.children;
  root.started = performance.now();
  try {
    await runHooks(root.hooks.after, root);
  } catch (failure) {
    const { hook } = failure;
    const one = { ...root, ...hook, failure, name: hook.place[0], depth: 0, number: length + 1, kind: undefined };
    failures.push(resultOf(one));
    report({ type: 'result', ...failures.at(-1) });
  }
}

/** Nothing is left to do. Whoever has not ended is waited for all the same, for ever if need be. */
async function finish() {
  if (finished) return;
  if (hasOpen(root)) {
    host.keepAlive(1);
    while (hasOpen(root)) await root.chain;
    host.keepAlive(-1);
  }
  finished = true;
  await leaveRoot();
  for (const text of root.notes) report({ type: 'note', text, depth: 0 });
  report({ type: 'end', counts, failures, ms: performance.now() - began, total: root.ran ?? 0 });
}

const hasOpen = (one) => one.children.some((child) => child.begun && !child.ended);
