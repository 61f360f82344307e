// A little of Intl: numbers and dates in English and Spanish, which are the languages of this sandbox, on UTC.
const define = (target, name, value) =>
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
const languageOf = (locales) => (String([locales].flat()[0] ?? 'en-US').startsWith('es') ? 'es' : 'en');

const texts = {
  en: {
    months: 'January February March April May June July August September October November December'.split(' '),
    days: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
    short: (name) => name.slice(0, 3),
  },
  es: {
    months: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(' '),
    days: 'domingo lunes martes miércoles jueves viernes sábado'.split(' '),
    short: (name) => (name === 'septiembre' ? 'sept' : name.slice(0, 3)),
  },
};
const symbols = { USD: '$', EUR: '€', GBP: '£' };

class NumberFormat {
  #language;
  #options;
  constructor(locales, options = {}) {
    this.#language = languageOf(locales);
    this.#options = options;
  }
  format(value) {
    const { style = 'decimal', currency = 'USD', notation, useGrouping = true } = this.#options;
    if (notation === 'compact') throw new RangeError('compact notation is not part of this sandbox');
    const money = style === 'currency';
    const least = this.#options.minimumFractionDigits ?? (money ? 2 : 0);
    const most = this.#options.maximumFractionDigits ?? Math.max(least, money ? 2 : style === 'percent' ? 0 : 3);
    const number = Number(value) * (style === 'percent' ? 100 : 1);
    if (!Number.isFinite(number)) return Number.isNaN(number) ? 'NaN' : number < 0 ? '-∞' : '∞';
    let [whole, part = ''] = Math.abs(number).toFixed(most).split('.');
    while (part.length > least && part.endsWith('0')) part = part.slice(0, -1);
    const [thousands, point] = this.#language === 'es' ? ['.', ','] : [',', '.'];
    if (useGrouping && !(this.#language === 'es' && whole.length < 5))
      whole = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
    const digits = part === '' ? whole : `${whole}${point}${part}`;
    const sign = number < 0 && /[1-9]/.test(digits) ? '-' : '';
    if (money) {
      const symbol = symbols[currency] ?? currency;
      return this.#language === 'es'
        ? `${sign}${digits}\u00a0${symbol}`
        : `${sign}${symbol}${symbol.length > 1 ? '\u00a0' : ''}${digits}`;
    }
    if (style === 'percent') return this.#language === 'es' ? `${sign}${digits}\u00a0%` : `${sign}${digits}%`;
    return sign + digits;
  }
  resolvedOptions() {
    return {
      locale: this.#language === 'es' ? 'es-ES' : 'en-US',
      numberingSystem: 'latn',
      style: 'decimal',
      ...this.#options,
    };
  }
}

const two = (number) => String(number).padStart(2, '0');

class DateTimeFormat {
  #language;
  #options;
  constructor(locales, options = {}) {
    this.#language = languageOf(locales);
    this.#options = options;
    if (options.timeZone !== undefined && !/^(utc|gmt|etc\/utc)$/i.test(options.timeZone))
      throw new RangeError(`the time zone ${options.timeZone} is not part of this sandbox`);
  }
  format(date = new Date()) {
    const when = new Date(date);
    const o = this.#options;
    const styles = {
      full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
      long: { year: 'numeric', month: 'long', day: 'numeric' },
      medium: { year: 'numeric', month: 'short', day: 'numeric' },
      short: { year: '2-digit', month: 'numeric', day: 'numeric' },
    };
    const clocks = {
      full: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
      long: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
      medium: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
      short: { hour: 'numeric', minute: '2-digit' },
    };
    const named = ['weekday', 'year', 'month', 'day', 'hour', 'minute', 'second'].some((part) => o[part] !== undefined);
    const parts =
      o.dateStyle || o.timeStyle
        ? { ...styles[o.dateStyle], ...clocks[o.timeStyle] }
        : named
          ? o
          : { year: 'numeric', month: 'numeric', day: 'numeric' };
    const day = this.#day(when, parts);
    const clock = this.#clock(when, { ...parts, hour12: o.hour12, hourCycle: o.hourCycle });
    const zone = o.timeZoneName === undefined ? '' : ' UTC';
    return (
      (day !== '' && clock !== ''
        ? `${day}${o.dateStyle === 'full' || o.dateStyle === 'long' ? (this.#language === 'es' ? ', ' : ' at ') : ', '}${clock}`
        : day + clock) + zone
    );
  }
  #day(when, { weekday, year, month, day }) {
    const words = texts[this.#language];
    const named = month === 'long' || month === 'short';
    const shown = {
      weekday:
        weekday === undefined
          ? ''
          : weekday === 'long'
            ? words.days[when.getUTCDay()]
            : words.short(words.days[when.getUTCDay()]),
      year:
        year === undefined ? '' : year === '2-digit' ? two(when.getUTCFullYear() % 100) : String(when.getUTCFullYear()),
      month:
        month === undefined
          ? ''
          : month === 'long'
            ? words.months[when.getUTCMonth()]
            : month === 'short'
              ? words.short(words.months[when.getUTCMonth()])
              : month === '2-digit'
                ? two(when.getUTCMonth() + 1)
                : String(when.getUTCMonth() + 1),
      day: day === undefined ? '' : day === '2-digit' ? two(when.getUTCDate()) : String(when.getUTCDate()),
    };
    if (!named) {
      const order =
        this.#language === 'es' ? [shown.day, shown.month, shown.year] : [shown.month, shown.day, shown.year];
      const numbers = order.filter((part) => part !== '').join('/');
      return [shown.weekday, numbers].filter((part) => part !== '').join(', ');
    }
    if (this.#language === 'es')
      return [
        shown.weekday,
        [shown.day, shown.month, shown.year].filter((part) => part !== '').join(month === 'long' ? ' de ' : ' '),
      ]
        .filter((part) => part !== '')
        .join(', ');
    const front = [shown.month, shown.day].filter((part) => part !== '').join(' ');
    const whole = shown.year === '' ? front : shown.day === '' ? `${front} ${shown.year}` : `${front}, ${shown.year}`;
    return [shown.weekday, whole].filter((part) => part !== '').join(', ');
  }
  #clock(when, { hour, minute, second, hour12, hourCycle }) {
    if (hour === undefined && minute === undefined && second === undefined) return '';
    const half = hour12 ?? (hourCycle === undefined ? this.#language === 'en' : hourCycle === 'h12');
    const hours = when.getUTCHours();
    const number = half ? hours % 12 || 12 : hours;
    const list = [];
    if (hour !== undefined) list.push(hour === '2-digit' || (!half && hour12 === false) ? two(number) : String(number));
    if (minute !== undefined) list.push(two(when.getUTCMinutes()));
    if (second !== undefined) list.push(two(when.getUTCSeconds()));
    return `${list.join(':')}${half && hour !== undefined ? ` ${hours < 12 ? 'AM' : 'PM'}` : ''}`;
  }
  resolvedOptions() {
    return {
      locale: this.#language === 'es' ? 'es-ES' : 'en-US',
      calendar: 'gregory',
      numberingSystem: 'latn',
      timeZone: 'UTC',
      ...this.#options,
    };
  }
}

/** Letters first without accents and case, then with accents, then small before capital. */
function compare(a, b) {
  const bare = (text) => text.normalize('NFD').replace(/\p{Mn}/gu, '');
  const key = (text) =>
    [...bare(text).toLowerCase()]
      .map((sign) => (/[\p{L}]/u.test(sign) ? `2${sign}` : /\d/.test(sign) ? `1${sign}` : `0${sign}`))
      .join('');
  const order = (x, y) => (x < y ? -1 : x > y ? 1 : 0);
  const swapped = (text) =>
    [...text].map((sign) => (sign === sign.toLowerCase() ? sign.toUpperCase() : sign.toLowerCase())).join('');
  return (
    order(key(a), key(b)) ||
    order(a.normalize('NFD').toLowerCase(), b.normalize('NFD').toLowerCase()) ||
    order(swapped(a), swapped(b))
  );
}

class Collator {
  #options;
  constructor(_, options = {}) {
    this.#options = options;
    this.compare = (a, b) => {
      const { numeric, sensitivity } = this.#options;
      if (numeric) {
        const parts = (text) => text.match(/\d+|\D+/g) ?? [];
        const [left, right] = [parts(a), parts(b)];
        for (let at = 0; at < Math.min(left.length, right.length); at++) {
          const both = /^\d/.test(left[at]) && /^\d/.test(right[at]);
          const found = both ? Number(left[at]) - Number(right[at]) : compare(left[at], right[at]);
          if (found !== 0) return found < 0 ? -1 : 1;
        }
        return Math.sign(left.length - right.length);
      }
      if (sensitivity === 'base')
        return compare(
          a
            .normalize('NFD')
            .replace(/\p{Mn}/gu, '')
            .toLowerCase(),
          b
            .normalize('NFD')
            .replace(/\p{Mn}/gu, '')
            .toLowerCase(),
        );
      return compare(a, b);
    };
  }
}

class PluralRules {
  select(number) {
    return number === 1 ? 'one' : 'other';
  }
}

const all = { NumberFormat, DateTimeFormat, Collator, PluralRules };
for (const [name, value] of Object.entries(all))
  all[name] = new Proxy(value, { apply: (Class, _, args) => new Class(...args) });
define(all, Symbol.toStringTag, 'Intl');

export { all as Intl };

const dayParts = { year: 'numeric', month: 'numeric', day: 'numeric' };
const clockParts = { hour: 'numeric', minute: '2-digit', second: '2-digit' };
const asks = (options, parts) => parts.some((part) => options?.[part] !== undefined);
define(Number.prototype, 'toLocaleString', function (locales, options) {
  return new NumberFormat(locales, options).format(this);
});
define(BigInt.prototype, 'toLocaleString', function (locales, options) {
  return new NumberFormat(locales, options).format(this);
});
define(Date.prototype, 'toLocaleDateString', function (locales, options = {}) {
  const named = asks(options, ['weekday', 'year', 'month', 'day', 'dateStyle']);
  return new DateTimeFormat(locales, named ? options : { ...dayParts, ...options }).format(this);
});
define(Date.prototype, 'toLocaleTimeString', function (locales, options = {}) {
  const named = asks(options, ['hour', 'minute', 'second', 'timeStyle']);
  return new DateTimeFormat(locales, named ? options : { ...clockParts, ...options }).format(this);
});
define(Date.prototype, 'toLocaleString', function (locales, options = {}) {
  const named = asks(options, [
    'weekday',
    'year',
    'month',
    'day',
    'hour',
    'minute',
    'second',
    'dateStyle',
    'timeStyle',
  ]);
  return new DateTimeFormat(locales, named ? options : { ...dayParts, ...clockParts, ...options }).format(this);
});
define(String.prototype, 'localeCompare', function (other, locales, options) {
  return new Collator(locales, options).compare(String(this), String(other));
});
