// Timers, ticks and immediates. The machine's clock says when; the functions are kept here.
import { define, wrongType } from 'node:internal/errors';
import { host } from 'node:internal/host';

const LONGEST = 2 ** 31 - 1;
let nextId = 1;
const waiting = new Map();

export class Timeout {
  constructor(callback, delay, args, repeats) {
    const number = Number(delay);
    const wait = number >= 1 && number <= LONGEST ? Math.trunc(number) : 1;
    for (const [name, value] of Object.entries({ id: nextId++, callback, wait, args, repeats, keeps: true })) {
      define(this, name, value);
    }
    this.start();
  }
  start() {
    waiting.set(this.id, this);
    host.setTimer(this.id, this.wait, this.repeats);
    if (!this.keeps) host.keepTimer(this.id, false);
  }
  ref() {
    this.keeps = true;
    host.keepTimer(this.id, true);
    return this;
  }
  unref() {
    this.keeps = false;
    host.keepTimer(this.id, false);
    return this;
  }
  hasRef() {
    return this.keeps;
  }
  refresh() {
    host.cancelTimer(this.id);
    this.start();
    return this;
  }
  close() {
    clearTimeout(this);
    return this;
  }
  [Symbol.toPrimitive]() {
    return this.id;
  }
  [Symbol.dispose ?? Symbol('dispose')]() {
    clearTimeout(this);
  }
}

export class Immediate {}

function checked(callback) {
  if (typeof callback !== 'function') throw wrongType('callback', 'of type function', callback);
  return callback;
}

export function setTimeout(callback, delay, ...args) {
  return new Timeout(checked(callback), delay, args, false);
}

export function setInterval(callback, delay, ...args) {
  return new Timeout(checked(callback), delay, args, true);
}

export function clearTimeout(timer) {
  const id = timer instanceof Timeout ? timer.id : Number(timer);
  if (!waiting.delete(id)) return;
  host.cancelTimer(id);
}

export const clearInterval = (timer) => clearTimeout(timer);

export function fireTimer(id) {
  const timer = waiting.get(id);
  if (timer === undefined) return;
  if (!timer.repeats) waiting.delete(id);
  try {
    timer.callback(...timer.args);
  } finally {
    if (timer.repeats && waiting.get(id) === timer) timer.start();
  }
}

let immediates = [];

export function setImmediate(callback, ...args) {
  const immediate = new Immediate();
  immediates.push([immediate, checked(callback), args]);
  host.wantImmediates();
  return immediate;
}

export function clearImmediate(immediate) {
  immediates = immediates.filter(([other]) => other !== immediate);
}

/** Runs those that were set before this turn of the loop, each with the ticks and promise jobs that follow from it. */
export function runImmediates() {
  const [first, ...rest] = immediates;
  immediates = rest;
  if (rest.length > 0) host.wantImmediates();
  if (first !== undefined) first[1](...first[2]);
}

const ticks = [];

export function nextTick(callback, ...args) {
  ticks.push([checked(callback), args]);
}

/** Runs what `process.nextTick` left. Says whether there was anything. */
export function runTicks() {
  if (ticks.length === 0) return false;
  while (ticks.length > 0) {
    const [callback, args] = ticks.shift();
    callback(...args);
  }
  return true;
}
