/** What of a thread's globals is replaced. */
export interface ClockGlobals {
  Date: unknown;
  Math: { random(): number };
}

/**
 * Puts simulated time and seeded chance in the place of `Date` and `Math.random`, so that libraries obey them too, and makes
 * UTC the local time, wherever the browser is.
 * @param now simulated time, ms since 1970. @param random gives the next number in [0, 1).
 */
export function installVirtualGlobals(target: ClockGlobals, now: () => number, random: () => number): void {
  const Real = target.Date as RealDate;
  const offsetOf = Real.prototype.getTimezoneOffset as (this: object) => number;
  const realParse = Real.parse;
  makeLocalTimeUtc(Real.prototype);

  const parse = (text: string): number => {
    const time = realParse(text);
    return saysItsZone(text) ? time : time - offsetOf.call(new Real(time)) * 60_000;
  };
  const construct = (args: readonly unknown[]): readonly unknown[] => {
    if (args.length === 0) return [now()];
    if (args.length > 1) return [Real.UTC(...(args as number[]))];
    return typeof args[0] === 'string' ? [parse(args[0])] : args;
  };
  const VirtualDate = new Proxy(Real, {
    construct: (real, args, newTarget) => Reflect.construct(real, construct(args), newTarget),
    apply: () => String(new Real(now())),
    get: (real, key) => (key === 'now' ? now : key === 'parse' ? parse : Reflect.get(real, key)),
  });
  Object.defineProperty(Real.prototype, 'constructor', { value: VirtualDate, configurable: true, writable: true });
  target.Date = VirtualDate;
  target.Math.random = random;
}

interface RealDate {
  new (...args: readonly unknown[]): object;
  readonly prototype: Record<string, unknown>;
  parse(text: string): number;
  UTC(...parts: readonly number[]): number;
}

/** ECMAScript: dates without a time are UTC, times without a zone are local. */
function saysItsZone(text: string): boolean {
  return /^[+-]?\d{4,6}(-\d\d){0,2}$/.test(text) || /(Z|GMT|UTC|[+-]\d\d:?\d\d)\s*(\(.*\))?$/i.test(text.trim());
}

function makeLocalTimeUtc(prototype: Record<string, unknown>): void {
  for (const part of ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']) {
    prototype[`get${part}`] = prototype[`getUTC${part}`];
    if (part !== 'Day') prototype[`set${part}`] = prototype[`setUTC${part}`];
  }
  prototype.getTimezoneOffset = () => 0;
  // `toUTCString` gives "Mon, 02 Mar 2026 09:00:00 GMT"; the other forms have the same parts in other places.
  const form = (arrange: (parts: readonly string[]) => string) =>
    function (this: unknown): string {
      const text = (prototype.toUTCString as () => string).call(this);
      return text === 'Invalid Date' ? text : arrange(text.split(' '));
    };
  const dateOf = ([weekday = '', day, month, year]: readonly string[]): string =>
    `${weekday.slice(0, 3)} ${month} ${day} ${year}`;
  const timeOf = ([, , , , time]: readonly string[]): string => `${time} GMT+0000 (Coordinated Universal Time)`;
  prototype.toDateString = form(dateOf);
  prototype.toTimeString = form(timeOf);
  prototype.toString = form((parts) => `${dateOf(parts)} ${timeOf(parts)}`);
}
