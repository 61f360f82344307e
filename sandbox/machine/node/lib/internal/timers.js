// Timers, ticks and immediates. The machine's clock says when; the functions are kept here.
import { wrongType } from 'node:internal/errors';
import { host } from 'node:internal/host';

const LONGEST = 2 ** 31 - 1;
let nextId = 2;
const waiting = new Map();
/** The one whose function runs just now. */
let firing;
// Under these names, and in this order, a timer is shown.
const refed = Symbol('refed');
const hasPrimitive = Symbol('kHasPrimitive');
const asyncId = Symbol('asyncId');
const triggerId = Symbol('triggerId');
const frame = Symbol('kAsyncContextFrame');
const custom = Symbol.for('nodejs.util.inspect.custom');
/** What an AsyncLocalStorage holds for the code that runs now: it goes with whatever that code sets going. */
export const context = { frame: undefined };
const asyncFields = (one) => Object.assign(one, { [asyncId]: nextId++, [triggerId]: 1, [frame]: context.frame });

class TimersList {
  expiry = 0;
}
const list = new TimersList();

/** What is said once of a delay that is none. */
const warned = new Set();
function waitFor(delay) {
  const number = delay === undefined ? 1 : Number(delay);
  if (number >= 1 && number <= LONGEST) return number;
  const kind = number > LONGEST ? 'Overflow' : number < 0 ? 'Negative' : Number.isNaN(number) ? 'NaN' : undefined;
  if (kind === undefined || (kind !== 'Overflow' && warned.has(kind))) return 1;
  warned.add(kind);
  const what = {
    Overflow: 'does not fit into a 32-bit signed integer',
    Negative: 'is a negative number',
    NaN: 'is not a number',
  };
  globalThis.process.emitWarning(`${number} ${what[kind]}.\nTimeout duration was set to 1.`, `Timeout${kind}Warning`);
  return 1;
}

export class Timeout {
  constructor(callback, delay, args, repeats) {
    const wait = waitFor(delay);
    Object.assign(this, {
      _idleTimeout: wait,
      _idlePrev: list,
      _idleNext: list,
      _idleStart: null,
      _onTimeout: callback,
      _timerArgs: args.length === 0 ? undefined : args,
      _repeat: repeats ? wait : null,
      _destroyed: false,
      [refed]: true,
      [hasPrimitive]: false,
    });
    begin(asyncFields(this));
  }
  ref() {
    this[refed] = true;
    host.keepTimer(this[asyncId], true);
    return this;
  }
  unref() {
    this[refed] = false;
    host.keepTimer(this[asyncId], false);
    return this;
  }
  hasRef() {
    return this[refed];
  }
  refresh() {
    if (this._destroyed) return this;
    host.cancelTimer(this[asyncId]);
    begin(this);
    return this;
  }
  close() {
    clearTimeout(this);
    return this;
  }
  [Symbol.toPrimitive]() {
    this[hasPrimitive] = true;
    return this[asyncId];
  }
  [Symbol.dispose ?? Symbol('dispose')]() {
    clearTimeout(this);
  }
  [custom](_, options, inspect) {
    return inspect(this, { ...options, depth: 0, customInspect: false });
  }
}

function begin(timer) {
  const id = timer[asyncId];
  timer._idleStart = Math.trunc(globalThis.performance?.now() ?? 0);
  waiting.set(id, timer);
  host.setTimer(id, Math.trunc(timer._idleTimeout), timer._repeat !== null);
  if (!timer[refed]) host.keepTimer(id, false);
}

function end(timer, _idleTimeout = -1) {
  waiting.delete(timer[asyncId]);
  Object.assign(timer, { _idleTimeout, _idlePrev: null, _idleNext: null, _destroyed: true });
}

export class Immediate {
  constructor(callback, args) {
    Object.assign(this, {
      _idleNext: null,
      _idlePrev: null,
      _onImmediate: callback,
      _argv: args.length === 0 ? undefined : args,
      _destroyed: false,
      [refed]: true,
    });
    asyncFields(this);
  }
  ref() {
    this[refed] = true;
    return this;
  }
  unref() {
    this[refed] = false;
    return this;
  }
  hasRef() {
    return this[refed];
  }
}

function checked(callback) {
  if (typeof callback !== 'function') throw wrongType('callback', 'of type function', callback);
  return callback;
}

export function setTimeout(callback, delay, ...args) {
  return new Timeout(checked(callback), delay, args, false);
}

// As `util.promisify` gives it.
for (const waited of [setTimeout, setImmediate])
  Object.defineProperty(waited, Symbol.for('nodejs.util.promisify.custom'), {
    enumerable: true,
    get: () => host.importNow('node:timers/promises')[waited.name],
  });

export function setInterval(callback, delay, ...args) {
  return new Timeout(checked(callback), delay, args, true);
}

export function clearTimeout(timer) {
  const id = timer instanceof Timeout ? timer[asyncId] : Number(timer);
  const known = waiting.get(id);
  if (known === undefined) return;
  host.cancelTimer(id);
  known._onTimeout = known === firing ? null : undefined;
  end(known);
}

export function clearInterval(timer) {
  clearTimeout(timer);
}

/** Says whether another comes next that was set at the same time for the same time. */
export function fireTimer(id) {
  const timer = waiting.get(id);
  if (timer === undefined) return;
  if (timer._repeat === null) waiting.delete(id);
  firing = timer;
  context.frame = timer[frame];
  const { _idleStart: set, _idleTimeout: wait } = timer;
  try {
    timer._onTimeout(...(timer._timerArgs ?? []));
    // What it throws is heard where it was set.
    context.frame = undefined;
  } finally {
    firing = undefined;
    if (waiting.get(id) !== timer) {
      if (timer._repeat === null && !waiting.has(id)) end(timer, timer._idleTimeout);
    } else if (timer._repeat !== null) begin(timer);
  }
  return waiting.values().some((one) => one[asyncId] > id && one._idleStart === set && one._idleTimeout === wait);
}

let immediates = [];

export function setImmediate(callback, ...args) {
  const immediate = new Immediate(checked(callback), args);
  immediates.push(immediate);
  host.wantImmediates();
  return immediate;
}

export function clearImmediate(immediate) {
  immediates = immediates.filter((other) => other !== immediate);
  if (immediate instanceof Immediate) Object.assign(immediate, { _destroyed: true, _onImmediate: null });
}

/** Runs those that were set before this turn of the loop, each with the ticks and promise jobs that follow from it. */
export function runImmediates() {
  const [first, ...rest] = immediates;
  immediates = rest;
  if (rest.length > 0) host.wantImmediates();
  if (first === undefined) return;
  const { _onImmediate: action, _argv: args = [] } = first;
  first._destroyed = true;
  context.frame = first[frame];
  action(...args);
  first._onImmediate = null;
}

const ticks = [];

export function nextTick(callback, ...args) {
  ticks.push([checked(callback), args, context.frame]);
}

/** Runs what `process.nextTick` left. Says whether there was anything. */
export function runTicks() {
  if (ticks.length === 0) return false;
  while (ticks.length > 0) {
    const [callback, args, held] = ticks.shift();
    context.frame = held;
    callback(...args);
  }
  return true;
}
