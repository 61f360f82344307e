// The forms in which `git log` and `git show` put a commit into words.
import type { ReadCommitResult } from 'isomorphic-git';
import { type Person, short, zone } from '../../forge/git/index.ts';
import { formatTime } from '../../machine/index.ts';
import { calendar, dateOf, days, months } from './dates.ts';
import { mailmapOf } from './mailmap.ts';
import { failed, fatal, lastValue, painter, type readOptions } from './options.ts';
import { config } from './sources.ts';
import { cutTrailers, trailerLine } from './trailers.ts';
import type { Work } from './work.ts';

export type Entry = Pick<ReadCommitResult, 'oid' | 'commit'>;

/** How commits are shown, as the options ask for it. */
export interface Look {
  /** `medium` and its like, or a text with placeholders. */
  readonly format: string;
  /** What stands between commits and before their details: a paragraph, lines that end, lines that are separated, or nothing. */
  readonly shape: 'block' | 'ended' | 'separated' | 'line';
  readonly date: (person: Person) => string;
  readonly abbreviated: boolean;
  /** An id, abbreviated. */
  readonly short: (oid: string) => string;
  readonly decorate: boolean;
  readonly paint: (code: string, text: string) => string;
  readonly now: number;
  /** A person as `.mailmap` names them. */
  readonly mailmap: <P extends { readonly name: string; readonly email: string }>(person: P) => P;
  /** Commit → its note, below the line that names it. */
  readonly notes?: ReadonlyMap<string, string>;
  /** The parent against which a merge is shown, and all that it has. */
  readonly from?: string;
  readonly parents?: readonly string[];
  /** What stands before the id: the side of `a...b` on which the commit is. */
  readonly sign?: string;
  /** The entry of a ref's log through which the commit is shown. */
  readonly at?: { readonly name: string; readonly message: string; readonly who: string };
}

const blocks = ['medium', 'short', 'full', 'fuller', 'raw', 'email'];

export function lookOf(work: Work, parsed: ReturnType<typeof readOptions>): Look {
  const { io } = work;
  const { flags } = parsed;
  const given = flags.has('oneline')
    ? 'oneline'
    : (lastValue(parsed, 'format') ?? config(work, 'format.pretty') ?? 'medium');
  const named = given === 'reference' ? '%h (%s, %as)' : given;
  const isText = named.includes('%') || /^t?format:/.test(named) || named === '';
  if (!isText && !blocks.includes(named) && named !== 'oneline') throw fatal(`invalid --pretty format: ${named}`);
  const now = Math.floor(io.machine.kernel.now() / 1000);
  return {
    format: named.replace(/^t?format:/, ''),
    shape: !isText ? (named === 'oneline' ? 'line' : 'block') : named.startsWith('format:') ? 'separated' : 'ended',
    date: dateForm(
      lastValue(parsed, 'date') ?? (flags.has('relative-date') ? 'relative' : config(work, 'log.date')) ?? 'default',
      now,
    ),
    abbreviated:
      (flags.has('oneline') || flags.has('abbrev-commit') || config(work, 'log.abbrevCommit') === 'true') &&
      !flags.has('whole-ids'),
    short: (oid) => short({ abbrev: Number(lastValue(parsed, 'abbrev') ?? work.abbrev ?? 7) }, oid),
    decorate: flags.has('decorate') || flags.has('decorate-full') || (io.isTerminal && !flags.has('no-decorate')),
    paint: flags.has('no-color') ? (_, text) => text : painter(io, flags.has('color')),
    now,
    mailmap: mailmapOf(work),
  };
}

/** A commit without its changes. `names` are those of the refs that point at it. */
export function commitText({ oid, commit }: Entry, look: Look, names: readonly string[]): string {
  const { format, paint } = look;
  if (look.shape === 'ended' || look.shape === 'separated') {
    const text = fillIn(format, { oid, commit }, look, names);
    return look.shape === 'separated' || format === '' ? text : `${text}\n`;
  }
  const id = `${look.sign === undefined || look.sign === '' ? '' : `${look.sign} `}${look.abbreviated ? look.short(oid) : oid}`;
  const from = look.from === undefined ? '' : ` (from ${look.abbreviated ? look.short(look.from) : look.from})`;
  const suffix = from + (look.decorate && names.length > 0 ? paint('33', ` (${names.join(', ')})`) : '');
  const { subject } = partsOf(commit.message);
  const { at } = look;
  if (look.shape === 'line')
    return `${paint('33', id)}${suffix} ${at === undefined ? subject : `${at.name}: ${at.message}`}\n`;

  if (format === 'email') {
    const { body } = partsOf(commit.message);
    const author = look.mailmap(commit.author);
    return `From ${oid} Mon Sep 17 00:00:00 2001\nFrom: ${author.name} <${author.email}>\nDate: ${mailDate(author)}\nSubject: [PATCH] ${subject}\n\n${body}`;
  }
  const raw = format === 'raw';
  const [author, committer] = [commit.author, commit.committer].map((one) => (raw ? one : look.mailmap(one))) as [
    Person,
    Person,
  ];
  const who = ({ name, email }: Person): string => `${name} <${email}>`;
  const lines = [`${paint('33', `commit ${id}`)}${suffix}`];
  if (at !== undefined) lines.push(`Reflog: ${at.name} (${at.who})`, `Reflog message: ${at.message}`);
  if (raw) {
    const moment = (role: string, one: Person): string =>
      `${role} ${who(one)} ${one.timestamp} ${zone(one.timezoneOffset)}`;
    const parents = commit.parent.map((parent) => `parent ${parent}`);
    lines.push(`tree ${commit.tree}`, ...parents, moment('author', author), moment('committer', committer));
    return `${lines.join('\n')}\n\n${commit.message
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}\n`)
      .join('')}`;
  }
  const parents = look.parents ?? commit.parent;
  if (parents.length > 1) lines.push(`Merge: ${parents.map(look.short).join(' ')}`);
  if (format === 'fuller')
    lines.push(
      `Author:     ${who(author)}`,
      `AuthorDate: ${look.date(author)}`,
      `Commit:     ${who(committer)}`,
      `CommitDate: ${look.date(committer)}`,
    );
  else lines.push(`Author: ${who(author)}`);
  if (format === 'full') lines.push(`Commit: ${who(committer)}`);
  if (format === 'medium') lines.push(`Date:   ${look.date(author)}`);
  const shown = format === 'short' ? subject : commit.message.trimEnd();
  const indented = (text: string): string =>
    text
      .split('\n')
      .map((line) => `    ${untabbed(line)}\n`)
      .join('');
  const [title = '', ...note] = look.notes?.get(oid)?.trimEnd().split('\n') ?? [];
  return `${lines.join('\n')}\n\n${indented(shown)}${title === '' ? '' : `\n${title}\n${indented(note.join('\n'))}`}`;
}

/** The first paragraph as one line, and what follows it. */
function partsOf(message: string): { readonly subject: string; readonly body: string } {
  const [first = '', ...rest] = message.trimEnd().split('\n\n');
  return { subject: first.replaceAll('\n', ' '), body: rest.length === 0 ? '' : `${rest.join('\n\n')}\n` };
}

export const isoDate = (person: Person): string => {
  const { year, month, day, time } = calendar(person.timestamp - person.timezoneOffset * 60);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')} ${time} ${zone(person.timezoneOffset)}`;
};
export const strictDate = (person: Person): string => isoDate(person).replace(/^(\S+) (\S+) (...)(..)$/, '$1T$2$3:$4');

const mailDate = ({ timestamp, timezoneOffset }: Person): string =>
  formatTime('%a, %-d %b %Y %H:%M:%S %z', timestamp * 1000, -timezoneOffset);

/** The forms of `--date`. @throws GitStop for one that git does not know. */
export function dateForm(name: string, now: number): (person: Person) => string {
  if (name.startsWith('format:'))
    return ({ timestamp, timezoneOffset }) => formatTime(name.slice(7), timestamp * 1000, -timezoneOffset);
  if (name.endsWith('local')) {
    // The machine's own zone is UTC.
    const form = dateForm(name.replace(/-?local$/, '') || 'default', now);
    return (person) => form({ ...person, timezoneOffset: 0 }).replace(name === 'local' ? / \+0000$/ : /$^/, '');
  }
  const forms: Readonly<Record<string, (person: Person) => string>> = {
    default: dateOf,
    iso: isoDate,
    iso8601: isoDate,
    'iso-strict': strictDate,
    'iso8601-strict': strictDate,
    rfc: mailDate,
    rfc2822: mailDate,
    short: (person) => isoDate(person).slice(0, 10),
    relative: (person) => ago(now - person.timestamp),
    unix: (person) => String(person.timestamp),
    human: (person) => humanDate(person, now),
    raw: (person) => `${person.timestamp} ${zone(person.timezoneOffset)}`,
  };
  const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
  if (form === undefined) throw fatal(`unknown date format ${name}`);
  return form;
}

/** Without what goes without saying: the zone here, the year of today, the hour of what is long past (show_date_normal in git's date.c). */
function humanDate(person: Person, now: number): string {
  if (now >= person.timestamp && now - person.timestamp < 86_400 && dayOf(now) === dayOf(person.timestamp))
    return ago(now - person.timestamp);
  const { year, month, day, weekday, time } = calendar(person.timestamp - person.timezoneOffset * 60);
  const today = calendar(now);
  const clock = time.slice(0, 5);
  const name = days[weekday] ?? '';
  const zoned = person.timezoneOffset === 0 ? '' : ` ${zone(person.timezoneOffset)}`;
  if (year !== today.year) return `${months[month - 1]} ${day} ${year}`;
  const isNear = month === today.month && day < today.day && day + 5 > today.day;
  return isNear ? `${name} ${clock}${zoned}` : `${name} ${months[month - 1]} ${day} ${clock}`;
}

const dayOf = (timestamp: number): number => Math.floor(timestamp / 86_400);

/** Git's words for a time that has passed (show_date_relative in its date.c): the unit changes where it would read oddly. */
export function ago(seconds: number): string {
  const told = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (seconds < 0) return 'in the future';
  if (seconds < 90) return `${told(seconds, 'second')} ago`;
  const minutes = Math.floor((seconds + 30) / 60);
  if (minutes < 90) return `${told(minutes, 'minute')} ago`;
  const hours = Math.floor((minutes + 30) / 60);
  if (hours < 36) return `${told(hours, 'hour')} ago`;
  const days = Math.floor((hours + 12) / 24);
  if (days < 14) return `${told(days, 'day')} ago`;
  if (days < 70) return `${told(Math.floor((days + 3) / 7), 'week')} ago`;
  if (days < 365) return `${told(Math.floor((days + 15) / 30), 'month')} ago`;
  if (days >= 1825) return `${told(Math.floor((days + 183) / 365), 'year')} ago`;
  const months = Math.floor((days * 24 + 365) / 730);
  const rest = months % 12;
  return `${told(Math.floor(months / 12), 'year')}${rest === 0 ? '' : `, ${told(rest, 'month')}`} ago`;
}

const colours: Readonly<Record<string, string>> = {
  reset: '',
  bold: '1',
  dim: '2',
  red: '31',
  green: '32',
  yellow: '33',
  blue: '34',
  magenta: '35',
  cyan: '36',
};

/** The subject as part of a file's name. */
const titleWords = (subject: string): string =>
  subject
    .replaceAll(/[^A-Za-z0-9_.]+/g, '-')
    .replaceAll(/\.{2,}/g, '.')
    .replaceAll(/^-|[-.]+$/g, '');

/** Tabs as spaces up to every eighth column: `--expand-tabs`, which is usual for these forms. */
function untabbed(line: string): string {
  let shown = '';
  for (const sign of line) shown += sign === '\t' ? ' '.repeat(8 - (shown.length % 8)) : sign;
  return shown;
}

/** The placeholders of `--format`. @throws GitStop for one that is not here. */
function fillIn(format: string, { oid, commit }: Entry, look: Look, names: readonly string[]): string {
  const { subject, body } = partsOf(commit.message);
  const person = (letter: string, who: Person): Readonly<Record<string, () => string>> => ({
    [`${letter}n`]: () => who.name,
    [`${letter}e`]: () => who.email,
    [`${letter}N`]: () => look.mailmap(who).name,
    [`${letter}E`]: () => look.mailmap(who).email,
    [`${letter}d`]: () => look.date(who),
    [`${letter}D`]: () => mailDate(who),
    [`${letter}i`]: () => isoDate(who),
    [`${letter}I`]: () => strictDate(who),
    [`${letter}s`]: () => isoDate(who).slice(0, 10),
    [`${letter}t`]: () => String(who.timestamp),
    [`${letter}r`]: () => ago(look.now - who.timestamp),
  });
  const values: Readonly<Record<string, () => string>> = {
    H: () => oid,
    h: () => look.short(oid),
    T: () => commit.tree,
    t: () => look.short(commit.tree),
    P: () => commit.parent.join(' '),
    p: () => commit.parent.map(look.short).join(' '),
    ...person('a', commit.author),
    ...person('c', commit.committer),
    s: () => subject,
    b: () => body,
    B: () => commit.message,
    d: () => (names.length === 0 ? '' : ` (${names.join(', ')})`),
    D: () => names.join(', '),
    f: () => titleWords(commit.message.trimStart().split('\n')[0] ?? ''),
    n: () => '\n',
    m: () => look.sign || '>',
    N: () => look.notes?.get(oid)?.replace(/^.*\n/, '') ?? '',
    e: () => '',
    'G?': () => 'N',
    gd: () => look.at?.name ?? '',
    gD: () => look.at?.name ?? '',
    gs: () => look.at?.message ?? '',
    '%': () => '%',
  };
  // A column that the next value is to fill: `%<(12)`, `%>(12)`, `%<(12,trunc)`.
  let column: { readonly side: string; readonly width: number; readonly cut: boolean } | undefined;
  const filled = (text: string): string => {
    if (column === undefined) return text;
    const { side, width, cut } = column;
    column = undefined;
    const fitting = cut && text.length > width ? `${text.slice(0, width - 2)}..` : text;
    return side === '>' ? fitting.padStart(width) : fitting.padEnd(width);
  };
  return format.replaceAll(
    /%([<>]\((\d+)(,trunc)?\)|\(trailers(?::([^)]*))?\)|C\(([\w ]+)\)|C(red|green|blue|reset)|x([0-9a-f]{2})|G\?|g[dDs]|[ac][a-zA-Z]|.)/gi,
    (mark, name: string, ...rest) => {
      const [width, cut, trailers, bracketed, plain, hex] = rest as (string | undefined)[];
      if (width !== undefined) {
        column = { side: name[0] ?? '<', width: Number(width), cut: cut !== undefined };
        return '';
      }
      if (name.startsWith('(trailers')) return filled(trailersOf(commit.message, trailers ?? ''));
      const colour = (bracketed ?? plain)?.split(' ').at(-1);
      if (colour === 'auto') return '';
      if (colour !== undefined && Object.hasOwn(colours, colour))
        return look.paint('0', '') === '' ? '' : `\x1b[${colours[colour]}m`;
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value === undefined) throw failed(`git log: '${mark}' is not part of this sandbox`);
      return filled(value());
    },
  );
}

/** The last paragraph when it is of lines such as `Reviewed-by: Ana`: all of them, or those of one key ("PRETTY FORMATS"). */
function trailersOf(message: string, options: string): string {
  const { text, trailers } = cutTrailers(message);
  const keys = [...options.matchAll(/key=([^,]+)/g)].map(([, key = '']) => key.replace(/:$/, '').toLowerCase());
  const says = (name: string): boolean => new RegExp(`(^|,)${name}(=(true|yes|on))?(,|$)`).test(options);
  const [, separator] = /(?:^|,)separator=([^,]*)/.exec(options) ?? [];
  if (keys.length === 0 && separator === undefined && !/only|unfold/.test(options)) return text;
  const shown = trailers
    .filter(({ key }) => (keys.length > 0 ? keys.includes(key.toLowerCase()) : key !== '' || !says('only')))
    .map(({ key, value }) => ({ key, value: says('unfold') ? value.replaceAll(/\s*\n\s*/g, ' ') : value }))
    .map((one) => (says('valueonly') ? one.value : says('keyonly') ? one.key : trailerLine(one).slice(0, -1)));
  if (separator !== undefined) return shown.join(separator.replaceAll('%x2C', ',').replaceAll('%x20', ' '));
  return shown.map((line) => `${line}\n`).join('');
}
