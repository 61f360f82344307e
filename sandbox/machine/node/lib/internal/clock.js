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

export const performance = {
  now: elapsed,
  timeOrigin: startedAt,
  mark() {},
  measure() {},
  toJSON: () => ({ timeOrigin: startedAt }),
};
define(globalThis, 'performance', performance);
