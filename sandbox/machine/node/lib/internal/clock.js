// Time and chance of the machine in the place of QuickJS's own. The time zone of a sandbox is UTC.
import { define } from 'node:internal/errors';
import { host } from 'node:internal/host';

const RealDate = Date;
const fields = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'];
const { prototype } = RealDate;

/** Text without a zone is local time; QuickJS took it in the zone of the computer that runs it. */
const localFields = fields.map((field) => prototype[`get${field}`]);
function parse(text) {
  const time = RealDate.parse(text);
  const hasZone =
    /(?:Z|GMT|UTC|[+-]\d{2}:?\d{2})(?:\s*\(.*\))?\s*$/i.test(text) || /^\s*[+-]?\d{4,6}(-\d\d){0,2}\s*$/.test(text);
  if (Number.isNaN(time) || hasZone) return time;
  const local = new RealDate(time);
  return RealDate.UTC(...localFields.map((get) => get.call(local)));
}

function VirtualDate(...args) {
  if (new.target === undefined) return new VirtualDate().toString();
  const time =
    args.length === 0
      ? host.now()
      : args.length > 1
        ? RealDate.UTC(...args)
        : typeof args[0] === 'string'
          ? parse(args[0])
          : args[0];
  return Reflect.construct(RealDate, [time], new.target);
}

define(VirtualDate, 'name', 'Date');
define(VirtualDate, 'length', 7);
define(VirtualDate, 'now', () => host.now());
define(VirtualDate, 'parse', (text) => parse(String(text)));
define(VirtualDate, 'UTC', RealDate.UTC);
Object.defineProperty(VirtualDate, 'prototype', { value: prototype, writable: false });
define(prototype, 'constructor', VirtualDate);
for (const field of [...fields, 'Day']) {
  define(prototype, `get${field}`, prototype[`getUTC${field}`]);
  if (field !== 'Day') define(prototype, `set${field}`, prototype[`setUTC${field}`]);
}
define(prototype, 'getTimezoneOffset', () => 0);

const pad = (number, width = 2) => String(number).padStart(width, '0');
const methods = {
  toDateString() {
    const [, day, date, month, year] = /^(\w+), (\d+) (\w+) (-?\d+)/.exec(this.toUTCString()) ?? [];
    return day === undefined ? 'Invalid Date' : `${day} ${month} ${date} ${year}`;
  },
  toTimeString() {
    if (Number.isNaN(this.getTime())) return 'Invalid Date';
    const time = [this.getUTCHours(), this.getUTCMinutes(), this.getUTCSeconds()].map((part) => pad(part)).join(':');
    return `${time} GMT+0000 (Coordinated Universal Time)`;
  },
  toString() {
    return Number.isNaN(this.getTime()) ? 'Invalid Date' : `${this.toDateString()} ${this.toTimeString()}`;
  },
  toLocaleDateString() {
    if (Number.isNaN(this.getTime())) return 'Invalid Date';
    return `${this.getUTCMonth() + 1}/${this.getUTCDate()}/${this.getUTCFullYear()}`;
  },
  toLocaleTimeString() {
    if (Number.isNaN(this.getTime())) return 'Invalid Date';
    const hours = this.getUTCHours();
    return `${hours % 12 || 12}:${pad(this.getUTCMinutes())}:${pad(this.getUTCSeconds())} ${hours < 12 ? 'AM' : 'PM'}`;
  },
  toLocaleString() {
    if (Number.isNaN(this.getTime())) return 'Invalid Date';
    return `${this.toLocaleDateString()}, ${this.toLocaleTimeString()}`;
  },
};
for (const [name, method] of Object.entries(methods)) define(prototype, name, method);

define(globalThis, 'Date', VirtualDate);
define(Math, 'random', () => host.random());

const startedAt = host.now();
/** Milliseconds since the program started. */
export const elapsed = () => host.now() - startedAt;

/** A moment that was marked, or the time between two. */
export class PerformanceEntry {
  constructor(name, entryType, startTime, duration, detail = null) {
    Object.assign(this, { name, entryType, startTime, duration, detail });
  }
  toJSON() {
    return { ...this };
  }
}
export class PerformanceMark extends PerformanceEntry {}
export class PerformanceMeasure extends PerformanceEntry {}
let entries = [];
const markedAt = (name) => {
  if (typeof name === 'number') return name;
  const mark = entries.findLast((entry) => entry.entryType === 'mark' && entry.name === name);
  if (mark !== undefined) return mark.startTime;
  throw new globalThis.DOMException(`The "${name}" performance mark has not been set`, 'SyntaxError');
};
const kept = (entry) => {
  entries.push(entry);
  for (const watcher of watchers) watcher.tell(entry);
  return entry;
};
const clear = (type) => (name) => {
  entries = entries.filter((entry) => entry.entryType !== type || (name !== undefined && entry.name !== name));
};

class Performance {
  timeOrigin = startedAt;
  now() {
    return elapsed() + STARTED;
  }
  mark(name, { startTime = elapsed() + STARTED, detail } = {}) {
    return kept(new PerformanceMark(`${name}`, 'mark', startTime, 0, detail));
  }
  measure(name, from, to) {
    const given = typeof from === 'object' && from !== null ? from : { start: from, end: to };
    const start = given.start === undefined ? 0 : markedAt(given.start);
    const end = given.end === undefined ? elapsed() + STARTED : markedAt(given.end);
    return kept(new PerformanceMeasure(`${name}`, 'measure', start, end - start, given.detail));
  }
  getEntries() {
    return [...entries];
  }
  getEntriesByName(name, type) {
    return entries.filter((entry) => entry.name === name && (type === undefined || entry.entryType === type));
  }
  getEntriesByType(type) {
    return entries.filter((entry) => entry.entryType === type);
  }
  clearMarks = clear('mark');
  clearMeasures = clear('measure');
  timerify(action) {
    return action;
  }
  eventLoopUtilization() {
    return { idle: 0, active: 0, utilization: 0 };
  }
  toJSON() {
    return { nodeTiming: {}, timeOrigin: startedAt, eventLoopUtilization: this.eventLoopUtilization() };
  }
}
/** Node has run for a moment, in ms, when the first line of a program does. */
const STARTED = 20;
export const performance = new Performance();

const watchers = new Set();
export class PerformanceObserver {
  #action;
  #types = [];
  #seen = [];
  constructor(action) {
    this.#action = action;
  }
  observe({ entryTypes, type }) {
    this.#types = entryTypes ?? [type];
    watchers.add(this);
  }
  disconnect() {
    watchers.delete(this);
  }
  tell(entry) {
    if (!this.#types.includes(entry.entryType)) return;
    if (this.#seen.length === 0) globalThis.setImmediate(() => this.#flush());
    this.#seen.push(entry);
  }
  #flush() {
    const list = this.#seen.splice(0);
    const by = (test) => list.filter(test);
    const found = {
      getEntries: () => list,
      getEntriesByName: (name) => by((entry) => entry.name === name),
      getEntriesByType: (type) => by((entry) => entry.entryType === type),
    };
    this.#action(found, this);
  }
}
define(globalThis, 'performance', performance);
