// `journalctl`: reads the journal of one host.
import { type Command, type CommandIO, formatTime } from '../../machine/index.ts';
import type { Journal, JournalEntry } from './journal.ts';

/** What a program wrote, without its colours: systemd's short formats leave them out, `cat` and JSON do not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const plain = (message: string): string => message.replace(/\u001b\[[\d;]*[A-Za-z]/g, '');

export function journalLine({ at, identifier, pid, message }: JournalEntry, hostname: string): string {
  return `${formatTime('%b %d %H:%M:%S', at)} ${hostname} ${identifier}[${pid}]: ${plain(message)}`;
}

type Format = (entry: JournalEntry, hostname: string) => string;

/** `-o`: systemd's output modes, those that are here. */
const formats: Readonly<Record<string, Format>> = {
  short: journalLine,
  'short-iso': ({ at, identifier, pid, message }, hostname) =>
    `${formatTime('%Y-%m-%dT%H:%M:%S+0000', at)} ${hostname} ${identifier}[${pid}]: ${plain(message)}`,
  'short-precise': ({ at, identifier, pid, message }, hostname) =>
    `${formatTime('%b %d %H:%M:%S', at)}.${String(at % 1000).padStart(3, '0')}000 ${hostname} ${identifier}[${pid}]: ${plain(message)}`,
  cat: ({ message }) => message,
  json: (entry, hostname) => JSON.stringify(fieldsOf(entry, hostname)),
  'json-pretty': (entry, hostname) => JSON.stringify(fieldsOf(entry, hostname), undefined, '\t'),
};

/** systemd.journal-fields(7); numbers are texts there. */
function fieldsOf({ at, unit, identifier, pid, message, priority }: JournalEntry, hostname: string) {
  return {
    __REALTIME_TIMESTAMP: String(Math.round(at * 1000)),
    PRIORITY: String(priority),
    SYSLOG_IDENTIFIER: identifier,
    _PID: String(pid),
    _HOSTNAME: hostname,
    ...(identifier === 'systemd' ? { UNIT: unit } : { _SYSTEMD_UNIT: unit }),
    MESSAGE: message,
  };
}

interface Query {
  readonly units: readonly string[];
  readonly count: number | undefined;
  readonly follow: boolean;
  readonly reverse: boolean;
  readonly format: Format;
  readonly since: number;
  readonly until: number;
  readonly pattern: RegExp | undefined;
  readonly priority: number;
}

export function createJournalctl(journal: Journal): Command {
  return {
    name: 'journalctl',
    summary: { es: 'lee el registro de los servicios del host', en: 'reads the journal of the services of the host' },
    async run(args, io) {
      const { kernel, hostname } = io.machine;
      const query = readQuery(args, kernel.now());
      if ('problem' in query) {
        io.stderr(`${query.problem}\n`);
        return 1;
      }
      const isWanted = (entry: JournalEntry): boolean =>
        (query.units.length === 0 || query.units.includes(entry.unit)) &&
        entry.at >= query.since &&
        entry.at <= query.until &&
        entry.priority <= query.priority &&
        (query.pattern === undefined || query.pattern.test(entry.message));
      const write = (entry: JournalEntry): void => io.stdout(`${query.format(entry, hostname)}\n`);
      const found = journal.entries().filter(isWanted);
      const count = query.count ?? (query.follow ? 10 : undefined);
      const shown = count === undefined ? found : count === 0 ? [] : found.slice(-count);
      if (shown.length === 0 && !query.follow) io.stdout('-- No entries --\n');
      for (const entry of query.reverse ? shown.toReversed() : shown) write(entry);
      return query.follow ? follow(journal, (entry) => isWanted(entry) && write(entry), io) : 0;
    },
  };
}

function follow(journal: Journal, hear: (entry: JournalEntry) => unknown, io: CommandIO): Promise<number> {
  return new Promise((resolve) => {
    const stop = journal.follow(hear);
    const end = (): void => {
      stop();
      resolve(130);
    };
    if (io.signal.aborted) end();
    else io.signal.addEventListener('abort', end);
  });
}

const priorities: readonly string[] = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];

function readQuery(args: readonly string[], now: number): Query | { readonly problem: string } {
  const query = {
    units: [] as string[],
    count: undefined as number | undefined,
    follow: false,
    reverse: false,
    format: journalLine as Format,
    since: Number.NEGATIVE_INFINITY,
    until: Number.POSITIVE_INFINITY,
    pattern: undefined as RegExp | undefined,
    priority: 7,
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string;
    // -xeu NAME, -n20
    const [letters, rest] = /^-[a-zA-Z]/.test(arg) ? lettersOf(arg) : [[arg.split('=', 1)[0] as string], undefined];
    const attached = arg.startsWith('--') && arg.includes('=') ? arg.slice(arg.indexOf('=') + 1) : rest;
    for (const name of letters) {
      const value = (): string | undefined => attached ?? args[++at];
      if (name === '-u' || name === '--unit') {
        const unit = value() ?? '';
        query.units.push(/\.\w+$/.test(unit) ? unit : `${unit}.service`);
      } else if (name === '-n' || name === '--lines') {
        const given = value() ?? '10';
        if (given !== 'all' && !/^\d+$/.test(given)) return { problem: `Failed to parse lines '${given}'` };
        query.count = given === 'all' ? undefined : Number(given);
      } else if (name === '-f' || name === '--follow') query.follow = true;
      else if (name === '-r' || name === '--reverse') query.reverse = true;
      else if (name === '-o' || name === '--output') {
        const given = value() ?? '';
        if (!Object.hasOwn(formats, given)) return { problem: `Unknown output format '${given}'.` };
        query.format = formats[given] as Format;
      } else if (['-S', '--since', '-U', '--until'].includes(name)) {
        const given = value() ?? '';
        const moment = momentOf(given, now);
        if (moment === undefined) return { problem: `Failed to parse timestamp: ${given}` };
        if (name === '-S' || name === '--since') query.since = moment;
        else query.until = moment;
      } else if (name === '-g' || name === '--grep') {
        const given = value() ?? '';
        try {
          query.pattern = new RegExp(given, /[A-Z]/.test(given) ? '' : 'i');
        } catch {
          return { problem: `Bad pattern "${given}"` };
        }
      } else if (name === '-p' || name === '--priority') {
        const given = value() ?? '';
        const level = /^[0-7]$/.test(given) ? Number(given) : priorities.indexOf(given);
        if (level < 0) return { problem: `Unknown log level ${given}` };
        query.priority = level;
      } else if (
        ![
          '-e',
          '-x',
          '-b',
          '-a',
          '-q',
          '--no-pager',
          '--pager-end',
          '--quiet',
          '--no-hostname',
          '--boot',
          '--utc',
        ].includes(name)
      )
        return { problem: `journalctl: '${name}' is not part of this sandbox` };
    }
  }
  return query;
}

/** Bundled letters; the rest after the first that takes a value is its value. */
function lettersOf(arg: string): readonly [letters: readonly string[], value: string | undefined] {
  const letters: string[] = [];
  for (let at = 1; at < arg.length; at++) {
    letters.push(`-${arg[at]}`);
    if ('unoSUgp'.includes(arg[at] as string) && at + 1 < arg.length) return [letters, arg.slice(at + 1)];
  }
  return [letters, undefined];
}

const spans: Readonly<Record<string, number>> = {
  s: 1000,
  sec: 1000,
  second: 1000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
};

/** systemd.time(7), timestamps: a date, a time of today, words, and spans before now. */
function momentOf(text: string, now: number): number | undefined {
  const today = Math.floor(now / 86_400_000) * 86_400_000;
  const words: Readonly<Record<string, number>> = { now, today, yesterday: today - 86_400_000 };
  if (Object.hasOwn(words, text)) return words[text];
  const [, ago, number, unit] = /^(?:(-)?(\d+)\s*([a-z]+?)s?)(?: ago)?$/.exec(text) ?? [];
  if (number !== undefined && unit !== undefined && (ago === '-' || text.endsWith(' ago'))) {
    const span = spans[unit] ?? spans[`${unit}s`];
    return span === undefined ? undefined : now - Number(number) * span;
  }
  const [, date, clock] = /^(?:(\d{4}-\d\d-\d\d)[ T]?)?(\d\d?:\d\d(?::\d\d)?)?(?: UTC|Z)?$/.exec(text) ?? [];
  if (date === undefined && clock === undefined) return undefined;
  const [hour = 0, minute = 0, second = 0] = (clock ?? '').split(':').map(Number);
  const day = date === undefined ? today : dayOf(date);
  return Number.isNaN(day) ? undefined : day + ((hour * 60 + minute) * 60 + second) * 1000;
}

function dayOf(date: string): number {
  // biome-ignore lint/style/noRestrictedGlobals: a moment that is given, not the present one
  return Date.parse(`${date}T00:00:00Z`);
}
