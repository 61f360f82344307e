// A little of Intl: numbers and dates in the languages that programs here ask for, in UTC and the time zones of the places that they name.
// Source of the forms: Unicode CLDR 48, as Node 24 prints them.
const define = (target, name, value) =>
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });

/** Of each locale: the order and the signs of dates, clocks and numbers. `y`, `m`, `d` in figures; `Y` with a month in words. */
const locales = {
  'en-US': { half: true, numeric: '%m/%d/%y', words: '%W, %M %d, %Y', join: ', ', at: ' at ', group: ',', point: '.' },
  'en-GB': {
    pad: true,
    numeric: '%d/%m/%y',
    words: '%W %d %M %Y',
    join: ', ',
    at: ' at ',
    group: ',',
    point: '.',
    hour: 2,
  },
  'en-CA': {
    half: true,
    iso: true,
    dots: true,
    numeric: '%y-%m-%d',
    words: '%W, %M %d, %Y',
    join: ', ',
    at: ' at ',
    group: ',',
    point: '.',
  },
  'es-ES': {
    numeric: '%d/%m/%y',
    words: '%W, %d de %M de %Y',
    short: '%W, %d %M %Y',
    join: ', ',
    at: ', ',
    group: '.',
    point: ',',
    least: 5,
    after: true,
  },
  'es-MX': {
    numeric: '%d/%m/%y',
    words: '%W, %d de %M de %Y',
    short: '%W, %d %M %Y',
    join: ', ',
    at: ', ',
    group: ',',
    point: '.',
    half: true,
  },
  'de-DE': {
    numeric: '%d.%m.%y',
    words: '%W, %d. %M %Y',
    join: ', ',
    at: ' um ',
    group: '.',
    point: ',',
    after: true,
    hour: 2,
    dotted: true,
  },
  'fr-FR': {
    pad: true,
    numeric: '%d/%m/%y',
    words: '%W %d %M %Y',
    join: ' ',
    at: ' à ',
    group: '\u202f',
    point: ',',
    after: true,
    hour: 2,
  },
  'sv-SE': {
    iso: true,
    numeric: '%y-%m-%d',
    words: '%W %d %M %Y',
    join: ' ',
    at: ' kl. ',
    group: '\u00a0',
    point: ',',
    after: true,
    hour: 2,
    minus: '\u2212',
  },
};
const defaults = { en: 'en-US', es: 'es-ES', de: 'de-DE', fr: 'fr-FR', sv: 'sv-SE' };

/** The locale that is nearest to what is asked for. */
function localeOf(wanted) {
  const [first] = [wanted].flat();
  if (first === undefined) return 'en-US';
  const tag = String(first);
  if (!/^[a-z]{2,3}(-[\w]+)*$/i.test(tag)) throw new RangeError(`Incorrect locale information provided`);
  if (locales[tag] !== undefined) return tag;
  const language = tag.slice(0, 2).toLowerCase();
  if (language === 'en') return /-(AU|IE|NZ|IN|ZA)\b/.test(tag) ? 'en-GB' : 'en-US';
  if (language === 'es') return tag === 'es' || tag.endsWith('ES') ? 'es-ES' : 'es-MX';
  return defaults[language] ?? 'en-US';
}
const languageOf = (locale) => locale.slice(0, 2);

const texts = {
  en: {
    months: 'January February March April May June July August September October November December',
    days: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday',
    short: (name) => name.slice(0, 3),
  },
  es: {
    months: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
    days: 'domingo lunes martes miércoles jueves viernes sábado',
    short: (name) => (name === 'septiembre' ? 'sept' : name.slice(0, 3)),
  },
  de: {
    months: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
    days: 'Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag',
    short: (name, isDay) =>
      isDay
        ? name.slice(0, 2)
        : name === 'September'
          ? 'Sept.'
          : name.length < 5 || name === 'Juni'
            ? name
            : `${name.slice(0, 3)}.`,
  },
  fr: {
    months: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
    days: 'dimanche lundi mardi mercredi jeudi vendredi samedi',
    short: (name, isDay) =>
      isDay
        ? `${name.slice(0, 3)}.`
        : name.length < 5
          ? name
          : name === 'juillet'
            ? 'juil.'
            : `${name.slice(0, name[3] === 'r' || name[3] === 't' || name === 'février' ? 4 : 3)}.`,
  },
  sv: {
    months: 'januari februari mars april maj juni juli augusti september oktober november december',
    days: 'söndag måndag tisdag onsdag torsdag fredag lördag',
    short: (name, isDay) => (isDay ? name.slice(0, 3) : name.length < 5 ? name : `${name.slice(0, 3)}.`),
  },
};
const wordsOf = (language, kind) => texts[language][kind].split(' ');
const symbols = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', MXN: 'MX$', INR: '₹', BRL: 'R$', CAD: 'CA$', AUD: 'A$' };
/** What the dollar of the United States is called elsewhere. */
const dollars = { 'en-GB': 'US$', 'en-CA': 'US$', 'es-ES': 'US$', 'es-MX': 'USD', 'fr-FR': '$US', 'sv-SE': 'US$' };
const units = {
  byte: ['byte', 'byte'],
  kilobyte: ['kB', 'kilobyte'],
  megabyte: ['MB', 'megabyte'],
  gigabyte: ['GB', 'gigabyte'],
  second: ['sec', 'second'],
  millisecond: ['ms', 'millisecond'],
  minute: ['min', 'minute'],
  hour: ['hr', 'hour'],
  day: ['day', 'day'],
  percent: ['%', 'percent'],
  kilometer: ['km', 'kilometer'],
  celsius: ['°C', 'degree Celsius'],
};

/** The digits of a number with at most `most` behind the point; what lies half-way goes away from zero, as it is written. */
function rounded(number, most) {
  const [figure, exponent = '0'] = String(Math.abs(number)).split('e');
  const [whole, part = ''] = figure.split('.');
  const shift = Number(exponent);
  const digits = whole + part;
  const point = whole.length + shift;
  const all =
    point > digits.length
      ? digits.padEnd(point, '0')
      : point < 0
        ? digits.padStart(digits.length - point, '0')
        : digits;
  const front = point > 0 ? all.slice(0, point) : '0';
  const back = all.slice(Math.max(0, point));
  if (back.length <= most) return [front, back];
  const up = back[most] >= '5' ? 1n : 0n;
  const sum = String(BigInt(front + back.slice(0, most)) + up).padStart(most + 1, '0');
  return [sum.slice(0, sum.length - most), most === 0 ? '' : sum.slice(sum.length - most)];
}

/** Of the decimal number that is shown for it: of 0.99915 it is 99.915, which a product misses. */
function hundredfold(number) {
  if (typeof number === 'bigint') return number * 100n;
  if (number === 0 || !Number.isFinite(number)) return number;
  const [figures, power = '0'] = String(number).split('e');
  return Number(`${figures}e${Number(power) + 2}`);
}

class NumberFormat {
  #locale;
  #options;
  constructor(wanted, options = {}) {
    this.#locale = localeOf(wanted);
    this.#options = options;
    const { style, currency, unit } = options;
    if (style !== undefined && !['decimal', 'currency', 'percent', 'unit'].includes(style))
      throw new RangeError(`Value ${style} out of range for Intl.NumberFormat options property style`);
    if (style === 'currency' && currency === undefined)
      throw new TypeError('Currency code is required with currency style.');
    if (style === 'unit' && unit === undefined) throw new TypeError('Unit is required with unit style.');
    this.format = (value) =>
      this.formatToParts(value)
        .map((part) => part.value)
        .join('');
  }
  formatToParts(value) {
    const { style = 'decimal', currency, notation, useGrouping = true, signDisplay = 'auto' } = this.#options;
    const form = locales[this.#locale];
    const money = style === 'currency';
    const given = typeof value === 'bigint' ? value : Number(value);
    const counted = style === 'percent' ? hundredfold(given) : given;
    const number = Number(counted);
    const isNegative = number < 0 || Object.is(number, -0);
    const figures = Number.isFinite(number)
      ? this.#figures(counted, { money, notation, useGrouping, form })
      : [{ type: Number.isNaN(number) ? 'nan' : 'infinity', value: Number.isNaN(number) ? 'NaN' : '∞' }];
    const isZero = figures.every(({ type, value: text }) => !/integer|fraction/.test(type) || !/[1-9]/.test(text));
    const minus = form.minus ?? '-';
    const signs =
      isNegative &&
      signDisplay !== 'never' &&
      !(isZero && Number.isFinite(number) && !Object.is(number, -0) && signDisplay === 'negative')
        ? [{ type: 'minusSign', value: minus }]
        : (signDisplay === 'always' || (signDisplay === 'exceptZero' && !isZero)) && !isNegative
          ? [{ type: 'plusSign', value: '+' }]
          : [];
    const space = { type: 'literal', value: '\u00a0' };
    if (money) {
      const { currencyDisplay = 'symbol' } = this.#options;
      const local = currency === 'USD' ? dollars[this.#locale] : undefined;
      const shown = currencyDisplay === 'code' ? currency : (local ?? symbols[currency] ?? currency);
      const sign = { type: 'currency', value: shown };
      if (form.after) return [...signs, ...figures, space, sign];
      return [...signs, sign, ...(/^\w+$/.test(shown) ? [space] : []), ...figures];
    }
    if (style === 'percent')
      return [...signs, ...figures, ...(form.after ? [space] : []), { type: 'percentSign', value: '%' }];
    if (style === 'unit') {
      const { unit, unitDisplay = 'short' } = this.#options;
      const [brief, long] = units[unit] ?? [unit, unit];
      const one = number === 1;
      const name =
        unitDisplay === 'long' ? `${long}${one ? '' : 's'}` : brief === 'day' ? `day${one ? '' : 's'}` : brief;
      const glued = unitDisplay === 'narrow' || name === '%' || name === '°C';
      return [...signs, ...figures, ...(glued ? [] : [{ type: 'literal', value: ' ' }]), { type: 'unit', value: name }];
    }
    return [...signs, ...figures];
  }
  #figures(value, { money, notation, useGrouping, form }) {
    const o = this.#options;
    let number = Math.abs(Number(value));
    let mark;
    if (notation === 'compact') {
      const step = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(number, 1)) / 3)));
      number /= 1000 ** step;
      mark = ['', 'K', 'M', 'B', 'T'][step];
    }
    const least = o.minimumFractionDigits ?? (money && notation !== 'compact' && o.maximumFractionDigits !== 0 ? 2 : 0);
    const most = Math.max(
      least,
      o.maximumFractionDigits ??
        (notation === 'compact'
          ? number < 100 && mark !== ''
            ? number < 10
              ? 1
              : 0
            : 0
          : money
            ? 2
            : o.style === 'percent'
              ? 0
              : 3),
    );
    let [whole, part] = typeof value === 'bigint' ? [String(value < 0n ? -value : value), ''] : rounded(number, most);
    if (o.maximumSignificantDigits !== undefined) [whole, part] = significant(number, o.maximumSignificantDigits);
    while (part.length > least && part.endsWith('0')) part = part.slice(0, -1);
    part = part.padEnd(least, '0');
    whole = whole.padStart(o.minimumIntegerDigits ?? 1, '0');
    const isGrouped = useGrouping !== false && useGrouping !== 'false' && whole.length >= (form.least ?? 4);
    const groups = isGrouped ? whole.replace(/\B(?=(\d{3})+$)/g, '_').split('_') : [whole];
    const integer = groups.flatMap((text, at) => [
      ...(at === 0 ? [] : [{ type: 'group', value: form.group }]),
      { type: 'integer', value: text },
    ]);
    const fraction =
      part === ''
        ? []
        : [
            { type: 'decimal', value: form.point },
            { type: 'fraction', value: part },
          ];
    return [...integer, ...fraction, ...(mark ? [{ type: 'compact', value: mark }] : [])];
  }
  resolvedOptions() {
    return { locale: this.#locale, numberingSystem: 'latn', style: 'decimal', ...this.#options };
  }
}

function significant(number, most) {
  const [whole, part = ''] = String(Number(number.toPrecision(most))).split('.');
  return [whole, part];
}

const two = (number) => String(number).padStart(2, '0');

/** Places with their hours from UTC and when their summer is; names of the zones as English of the United States has them. */
const zones = {
  'Europe/London': [0, 'eu', 'GMT', 'GMT+1'],
  'Europe/Lisbon': [0, 'eu', 'GMT', 'GMT+1'],
  'Europe/Dublin': [0, 'eu', 'GMT', 'GMT+1'],
  'Atlantic/Canary': [0, 'eu', 'GMT', 'GMT+1'],
  'Europe/Madrid': [1, 'eu'],
  'Europe/Paris': [1, 'eu'],
  'Europe/Berlin': [1, 'eu'],
  'Europe/Rome': [1, 'eu'],
  'Europe/Amsterdam': [1, 'eu'],
  'Europe/Stockholm': [1, 'eu'],
  'Europe/Warsaw': [1, 'eu'],
  'Europe/Athens': [2, 'eu'],
  'America/New_York': [-5, 'us', 'EST', 'EDT'],
  'America/Toronto': [-5, 'us', 'EST', 'EDT'],
  'America/Chicago': [-6, 'us', 'CST', 'CDT'],
  'America/Denver': [-7, 'us', 'MST', 'MDT'],
  'America/Los_Angeles': [-8, 'us', 'PST', 'PDT'],
  'America/Mexico_City': [-6],
  'America/Bogota': [-5],
  'America/Lima': [-5],
  'America/Caracas': [-4],
  'America/Sao_Paulo': [-3],
  'America/Argentina/Buenos_Aires': [-3],
  'America/Buenos_Aires': [-3],
  'Asia/Tokyo': [9],
  'Asia/Shanghai': [8],
  'Asia/Singapore': [8],
  'Asia/Kolkata': [5.5],
  'Asia/Calcutta': [5.5],
  'Asia/Dubai': [4],
};
const HOUR = 3_600_000;

/** The n-th Sunday of a month (0: the last), at an hour of UTC. */
function sunday(year, month, n, hour) {
  const last = new Date(Date.UTC(year, month + 1, 0));
  const first = new Date(Date.UTC(year, month, 1));
  const day = n === 0 ? last.getUTCDate() - last.getUTCDay() : 1 + ((7 - first.getUTCDay()) % 7) + 7 * (n - 1);
  return Date.UTC(year, month, day, hour);
}

/** Hours from UTC at a moment, and whether it is summer there. */
function offsetAt(zone, ms) {
  if (zone === 'UTC') return [0, false];
  const fixed = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (fixed !== null) return [(fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) + Number(fixed[3]) / 60), false];
  const [hours, rule] = zones[zone];
  const year = new Date(ms).getUTCFullYear();
  // Directive 2000/84/EC; Energy Policy Act of 2005.
  const [from, to] =
    rule === 'eu'
      ? [sunday(year, 2, 0, 1), sunday(year, 9, 0, 1)]
      : [sunday(year, 2, 2, 2 - hours), sunday(year, 10, 1, 1 - hours)];
  const isSummer = rule !== undefined && ms >= from && ms < to;
  return [hours + (isSummer ? 1 : 0), isSummer];
}

function zoneNamed(name) {
  if (name === undefined || /^(utc|gmt|etc\/utc|etc\/gmt)$/i.test(name)) return 'UTC';
  const known = Object.keys(zones).find((one) => one.toLowerCase() === String(name).toLowerCase());
  if (known !== undefined) return known;
  if (/^[+-]\d\d:?\d\d$/.test(name)) return name;
  throw new RangeError(`Invalid time zone specified: ${name}`);
}

const universal = {
  en: 'Coordinated Universal Time',
  es: 'tiempo universal coordinado',
  de: 'Koordinierte Weltzeit',
  fr: 'temps universel coordonné',
  sv: 'koordinerad universell tid',
};

function zoneWord(zone, ms, locale, style) {
  const [hours, isSummer] = offsetAt(zone, ms);
  if (zone === 'UTC') return style === 'long' ? universal[languageOf(locale)] : 'UTC';
  const [, , winter, summer] = zones[zone] ?? [];
  const named = isSummer ? summer : winter;
  if (named !== undefined && /^en-(US|CA)$/.test(locale)) return named;
  const middle = { 'Europe/London': ['GMT', 'BST'] }[zone];
  if (middle !== undefined && locale === 'en-GB') return middle[isSummer ? 1 : 0];
  if (zones[zone]?.[0] === 1 && ['en-GB', 'es-ES', 'de-DE', 'fr-FR', 'sv-SE'].includes(locale))
    return locale === 'de-DE' ? (isSummer ? 'MESZ' : 'MEZ') : isSummer ? 'CEST' : 'CET';
  if (hours === 0) return 'GMT';
  const minutes = Math.round((Math.abs(hours) % 1) * 60);
  return `${languageOf(locale) === 'fr' ? 'UTC' : 'GMT'}${hours < 0 ? '-' : '+'}${Math.floor(Math.abs(hours))}${minutes ? `:${two(minutes)}` : ''}`;
}

const dateStyles = {
  full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  medium: { year: 'numeric', month: 'short', day: 'numeric' },
  short: { year: '2-digit', month: 'numeric', day: 'numeric' },
};
const clockOfStyle = {
  full: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'long' },
  long: { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
  medium: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  short: { hour: 'numeric', minute: '2-digit' },
};
const fields = ['weekday', 'year', 'month', 'day', 'hour', 'minute', 'second', 'fractionalSecondDigits', 'dayPeriod'];

class DateTimeFormat {
  #locale;
  #options;
  #zone;
  constructor(wanted, options = {}) {
    this.#locale = localeOf(wanted);
    this.#options = options;
    this.#zone = zoneNamed(options.timeZone);
    this.format = (date) =>
      this.formatToParts(date)
        .map(({ value }) => value)
        .join('');
  }
  formatToParts(date = Date.now()) {
    const ms = typeof date === 'number' ? date : new Date(date).getTime();
    if (Number.isNaN(ms)) throw new RangeError('Invalid time value');
    const when = new Date(ms + offsetAt(this.#zone, ms)[0] * HOUR);
    const o = this.#options;
    const isStyled = o.dateStyle !== undefined || o.timeStyle !== undefined;
    const isNamed = fields.some((part) => o[part] !== undefined);
    const parts = isStyled
      ? { ...this.#dateOf(o.dateStyle), ...clockOfStyle[o.timeStyle] }
      : isNamed
        ? o
        : { year: 'numeric', month: 'numeric', day: 'numeric', timeZoneName: o.timeZoneName };
    const day = this.#day(when, parts, o.dateStyle);
    const clock = this.#clock(when, { ...parts, hour12: o.hour12, hourCycle: o.hourCycle });
    const form = locales[this.#locale];
    const isLong = o.dateStyle === 'full' || o.dateStyle === 'long' || (!isStyled && parts.month === 'long');
    const between =
      day.length > 0 && clock.length > 0 ? [{ type: 'literal', value: this.#between(isLong, parts, form) }] : [];
    const zone = parts.timeZoneName;
    const named =
      zone === undefined ? [] : this.#zoneParts(zoneWord(this.#zone, ms, this.#locale, zone), zone, clock.length > 0);
    return [...day, ...between, ...clock, ...named];
  }
  #between(isLong, { weekday, month }, form) {
    if (month === undefined && weekday !== undefined) return this.#locale.startsWith('en') ? ' ' : form.join;
    if (isLong && this.#locale === 'es-ES' && weekday === undefined) return ' a las ';
    if (this.#locale === 'fr-FR' && !isLong && month === 'short') return ', ';
    return isLong ? form.at : form.join;
  }
  #zoneParts(name, style, hasClock) {
    if (style === 'long' && languageOf(this.#locale) === 'es')
      return [
        { type: 'literal', value: ' (' },
        { type: 'timeZoneName', value: name },
        { type: 'literal', value: ')' },
      ];
    return [
      { type: 'literal', value: hasClock ? ' ' : ', ' },
      { type: 'timeZoneName', value: name },
    ];
  }
  #dateOf(style) {
    const form = locales[this.#locale];
    if (style === 'short' && form.iso) return { year: 'numeric', month: '2-digit', day: '2-digit' };
    if (style === 'short' && this.#locale === 'en-GB') return { year: 'numeric', month: '2-digit', day: '2-digit' };
    if (style === 'short' && this.#locale === 'fr-FR') return { year: 'numeric', month: '2-digit', day: '2-digit' };
    if (style === 'short' && form.dotted) return { year: '2-digit', month: '2-digit', day: '2-digit' };
    if (style === 'medium' && form.dotted) return { year: 'numeric', month: '2-digit', day: '2-digit' };
    return dateStyles[style];
  }
  #day(when, { weekday, year, month, day }) {
    const form = locales[this.#locale];
    const language = languageOf(this.#locale);
    const isWord = month === 'long' || month === 'short' || month === 'narrow';
    const whole = year !== undefined && month !== undefined && day !== undefined;
    const padded = (form.pad && !isWord && month !== undefined && day !== undefined) || (form.iso && whole && !isWord);
    const figure = (value, style) => (style === '2-digit' || padded ? two(value) : String(value));
    const named = (list, at, style, isDay) => {
      const name = wordsOf(language, list)[at];
      if (style === 'narrow') return name[0].toUpperCase();
      const brief = style === 'long' ? name : texts[language].short(name, isDay);
      return style === 'short' && language === 'de' && isDay
        ? `${brief}${whole || month !== undefined ? '.' : ''}`
        : brief;
    };
    const britain = this.#locale === 'en-GB' && month === 'short' && when.getUTCMonth() === 8 ? 'Sept' : undefined;
    const values = {
      W: weekday && ['weekday', named('days', when.getUTCDay(), weekday, true)],
      M: isWord && ['month', britain ?? named('months', when.getUTCMonth(), month, false)],
      m: month && !isWord && ['month', figure(when.getUTCMonth() + 1, month)],
      d: day && ['day', isWord && day !== '2-digit' ? String(when.getUTCDate()) : figure(when.getUTCDate(), day)],
      y: year && ['year', year === '2-digit' ? two(when.getUTCFullYear() % 100) : String(when.getUTCFullYear())],
    };
    values.Y = values.y;
    const plain = isWord ? (month !== 'long' && form.short) || form.words : `%W, ${form.numeric}`;
    const isBare = weekday !== undefined && year === undefined && month === undefined && day === undefined;
    const isComma = this.#locale === 'en-GB' && isWord && (weekday === 'long' || year !== undefined);
    const pattern = isComma ? '%W, %d %M %Y' : isBare ? '%W' : plain;
    const parts = [];
    let literal = '';
    for (const piece of pattern.split(/(%[WMmdyY])/)) {
      if (!piece.startsWith('%')) {
        literal += piece;
        continue;
      }
      const value = values[piece[1]];
      if (!value) {
        // What stands before a part that is left out goes with it; what stands behind the first stays away too.
        if (parts.length === 0) literal = '';
        else literal = /^[/.-]?$/.test(literal) || /y/i.test(piece) ? '' : literal;
        continue;
      }
      if (parts.length > 0 && literal !== '')
        parts.push({ type: 'literal', value: joint(literal, parts.at(-1).type, value[0], this.#locale) });
      parts.push({ type: value[0], value: value[1] });
      literal = '';
    }
    return parts;
  }
  #clock(when, { hour, minute, second, hour12, hourCycle, fractionalSecondDigits }) {
    if (hour === undefined && minute === undefined && second === undefined) return [];
    const form = locales[this.#locale];
    const half = hour12 ?? (hourCycle === undefined ? form.half === true : hourCycle === 'h12' || hourCycle === 'h11');
    const hours = when.getUTCHours();
    const number = half ? hours % 12 || 12 : hours;
    const parts = [];
    const add = (type, value, before = ':') => {
      if (parts.length > 0) parts.push({ type: 'literal', value: before });
      parts.push({ type, value });
    };
    const isPadded = hour === '2-digit' || (!half && (form.hour === 2 || form.half === true || form.iso));
    if (hour !== undefined) add('hour', isPadded ? two(number) : String(number));
    const isLoneMinute = hour === undefined && second === undefined && minute !== '2-digit';
    if (minute !== undefined) add('minute', isLoneMinute ? String(when.getUTCMinutes()) : two(when.getUTCMinutes()));
    if (second !== undefined)
      add(
        'second',
        hour === undefined && minute === undefined ? String(when.getUTCSeconds()) : two(when.getUTCSeconds()),
      );
    if (fractionalSecondDigits !== undefined)
      add(
        'fractionalSecond',
        String(when.getUTCMilliseconds()).padStart(3, '0').slice(0, fractionalSecondDigits),
        form.point,
      );
    if (half && hour !== undefined) {
      const spanish = languageOf(this.#locale) === 'es' || form.dots === true;
      const [am, pm] = form.dots ? ['a.m.', 'p.m.'] : spanish ? ['a.\u00a0m.', 'p.\u00a0m.'] : ['AM', 'PM'];
      const word = hours < 12 ? am : pm;
      parts.push({ type: 'literal', value: spanish && !form.dots ? '\u00a0' : ' ' });
      parts.push({ type: 'dayPeriod', value: word });
    }
    return parts;
  }
  resolvedOptions() {
    const { timeZone: _, ...rest } = this.#options;
    return { locale: this.#locale, calendar: 'gregory', numberingSystem: 'latn', timeZone: this.#zone, ...rest };
  }
}

/** What stands between two parts when others are left out: `March 2026`, `2 de marzo`. */
function joint(literal, before, after, locale) {
  if (/\//.test(literal) || /-/.test(literal)) return literal;
  const language = languageOf(locale);
  if (language === 'es' && before === 'month' && after === 'year') return literal.includes('de') ? ' de ' : ' ';
  if (/^en-(US|CA)$/.test(locale) && before === 'month' && after === 'year') return ' ';
  return literal;
}

/** What is no letter and no digit, in the order in which it comes. */
const signs = ' _-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$';

/** Letters first without accents and case, then with accents, then small before capital. In Spanish ñ is a letter of its own, behind n. */
function compare(a, b, language) {
  const bare = (text) => {
    const apart = text.normalize('NFD');
    return (language === 'es' ? apart.replace(/(n)\u0303/gi, '$1\uffff') : apart).replace(/\p{Mn}/gu, '');
  };
  const key = (text) =>
    [...bare(text).toLowerCase()]
      .map((sign) =>
        /[\p{L}\uffff]/u.test(sign)
          ? `2${sign}`
          : /\d/.test(sign)
            ? `1${sign}`
            : `0${String.fromCharCode(signs.includes(sign) ? signs.indexOf(sign) + 1 : 99)}${sign}`,
      )
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

/** Numbers of the same length are in the order of their digits. */
const padded = (_, digits) => digits.padStart(24, '0');

class Collator {
  #options;
  constructor(wanted, options = {}) {
    this.#options = options;
    const language = languageOf(localeOf(wanted));
    this.compare = (one, other) => {
      const { numeric, sensitivity } = this.#options;
      const [a, b] = numeric ? [one, other].map((text) => String(text).replace(/0*(\d+)/g, padded)) : [one, other];
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
          language,
        );
      return compare(a, b, language);
    };
  }
}

const relativeWords = {
  en: {
    second: 'second',
    minute: 'minute',
    hour: 'hour',
    day: 'day',
    week: 'week',
    month: 'month',
    quarter: 'quarter',
    year: 'year',
  },
  es: {
    second: 'segundo',
    minute: 'minuto',
    hour: 'hora',
    day: 'día',
    week: 'semana',
    month: 'mes',
    quarter: 'trimestre',
    year: 'año',
  },
};
const nearWords = {
  en: {
    'day-1': 'yesterday',
    day0: 'today',
    day1: 'tomorrow',
    'year-1': 'last year',
    year0: 'this year',
    year1: 'next year',
    'month-1': 'last month',
    month0: 'this month',
    month1: 'next month',
    'week-1': 'last week',
    week0: 'this week',
    week1: 'next week',
    second0: 'now',
    minute0: 'this minute',
    hour0: 'this hour',
  },
  es: {
    'day-2': 'anteayer',
    'day-1': 'ayer',
    day0: 'hoy',
    day1: 'mañana',
    day2: 'pasado mañana',
    'year-1': 'el año pasado',
    year0: 'este año',
    year1: 'el próximo año',
    'month-1': 'el mes pasado',
    month0: 'este mes',
    month1: 'el próximo mes',
    'week-1': 'la semana pasada',
    week0: 'esta semana',
    week1: 'la próxima semana',
    second0: 'ahora',
  },
};

class RelativeTimeFormat {
  #locale;
  #options;
  constructor(wanted, options = {}) {
    this.#locale = localeOf(wanted);
    this.#options = options;
  }
  format(value, given) {
    const unit = String(given).replace(/s$/, '');
    const language = languageOf(this.#locale) === 'es' ? 'es' : 'en';
    const word = relativeWords.en[unit] && relativeWords[language][unit];
    if (word === undefined) throw new RangeError(`Invalid unit argument for format() '${given}'`);
    const near = this.#options.numeric === 'auto' ? nearWords[language][`${unit}${value}`] : undefined;
    if (near !== undefined) return near;
    const count = Math.abs(value);
    const figure = new NumberFormat(this.#locale).format(count);
    const plural = count === 1 ? word : language === 'es' && word.endsWith('s') ? `${word}es` : `${word}s`;
    const isPast = value < 0 || Object.is(value, -0);
    if (language === 'es') return isPast ? `hace ${figure} ${plural}` : `dentro de ${figure} ${plural}`;
    return isPast ? `${figure} ${plural} ago` : `in ${figure} ${plural}`;
  }
}

class ListFormat {
  #language;
  #type;
  constructor(wanted, { type = 'conjunction' } = {}) {
    this.#language = languageOf(localeOf(wanted));
    this.#type = type;
  }
  format(list) {
    const all = [...list];
    const last = all.at(-1) ?? '';
    const isOr = this.#type === 'disjunction';
    const words = { en: ['and', 'or'], es: ['y', 'o'], de: ['und', 'oder'], fr: ['et', 'ou'], sv: ['och', 'eller'] };
    let word = words[this.#language][isOr ? 1 : 0];
    if (word === 'y' && /^(i|hi(?!e))/i.test(last)) word = 'e';
    if (word === 'o' && /^(o|ho|8)/i.test(last)) word = 'u';
    if (this.#type === 'unit') return all.join(', ');
    if (all.length < 2) return last;
    const comma = this.#language === 'en' && all.length > 2 ? ',' : '';
    return `${all.slice(0, -1).join(', ')}${comma} ${word} ${last}`;
  }
}

class PluralRules {
  #language;
  #type;
  constructor(wanted, { type = 'cardinal' } = {}) {
    this.#language = languageOf(localeOf(wanted));
    this.#type = type;
  }
  select(number) {
    if (this.#type === 'cardinal')
      return this.#language === 'fr' ? (Math.abs(number) < 2 ? 'one' : 'other') : number === 1 ? 'one' : 'other';
    if (this.#language !== 'en') return 'other';
    const [one, ten] = [number % 10, number % 100];
    if (one === 1 && ten !== 11) return 'one';
    if (one === 2 && ten !== 12) return 'two';
    return one === 3 && ten !== 13 ? 'few' : 'other';
  }
}

const sign = '(?:\\r\\n|\\p{RI}\\p{RI}|[^])(?:[\\p{M}\\p{Emoji_Modifier}]|\\u200d\\p{Extended_Pictographic})*';
const pieces = {
  grapheme: sign,
  word: `[\\p{L}\\p{N}\\p{M}_]+(?:['’.:,][\\p{L}\\p{N}_]+)*| +|${sign}`,
  sentence: '(?:[^.!?\\n]|[.!?](?=[^\\s.!?]))*(?:[.!?]+\\s*|\\n)|[^]+$',
};

class Segmenter {
  #pattern;
  constructor(_, { granularity = 'grapheme' } = {}) {
    this.#pattern = granularity;
  }
  segment(input) {
    const isWord = this.#pattern === 'word';
    const all = [...String(input).matchAll(new RegExp(pieces[this.#pattern], 'gu'))].map(({ 0: segment, index }) => ({
      segment,
      index,
      input,
      ...(isWord ? { isWordLike: /[\p{L}\p{N}]/u.test(segment) } : {}),
    }));
    return {
      containing: (at = 0) => all.findLast(({ index, segment }) => index <= at && at < index + segment.length),
      [Symbol.iterator]: () => all.values(),
    };
  }
}

const all = { Segmenter, NumberFormat, DateTimeFormat, Collator, PluralRules, RelativeTimeFormat, ListFormat };
for (const [name, Class] of Object.entries(all)) {
  define(Class, 'name', name);
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: `Intl.${name}`, configurable: true });
  Class.supportedLocalesOf = (wanted) =>
    [wanted].flat().filter((tag) => defaults[String(tag).slice(0, 2)] !== undefined);
}
for (const [name, value] of Object.entries(all))
  all[name] = new Proxy(value, { apply: (Class, _, args) => new Class(...args) });
define(all, Symbol.toStringTag, 'Intl');
define(all, 'getCanonicalLocales', (tags) => [tags].flat().map(String));
define(all, 'supportedValuesOf', (key) => (key === 'timeZone' ? Object.keys(zones).sort() : []));

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
