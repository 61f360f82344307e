import type { CommandIO } from '../../machine/index.ts';

/** Ends npm with an error as npm tells it: each line behind `npm error`. */
export class NpmStop extends Error {
  readonly code: string | undefined;
  readonly lines: readonly string[];
  readonly exitCode: number;
  constructor(code: string | undefined, lines: readonly string[], exitCode = 1) {
    super(lines.join('\n'));
    this.code = code;
    this.lines = lines;
    this.exitCode = exitCode;
  }
}

/** Ends npm without a word: a script has told what went wrong. */
export class QuietStop extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super('');
    this.exitCode = exitCode;
  }
}

/** The registry, on a machine that no network leaves. */
export function unreachable(url: string): NpmStop {
  const { hostname } = new URL(url);
  return new NpmStop('ENOTFOUND', [
    'syscall getaddrinfo',
    'errno ENOTFOUND',
    `network request to ${url} failed, reason: getaddrinfo ENOTFOUND ${hostname}`,
    'network This is a problem related to network connectivity.',
    'network In most cases you are behind a proxy or have bad network settings.',
    'network',
    "network If you are behind a proxy, please make sure that the 'proxy' config is set properly.  See: 'npm help config'",
  ]);
}

/** What is not here, refused. */
export function notHere(what: string): NpmStop {
  return new NpmStop(undefined, [`'${what}' is not part of this sandbox`]);
}

/** `npm notice`, `npm warn` or `npm error` before each line. */
export function say(io: CommandIO, level: 'notice' | 'warn' | 'error', lines: readonly string[]): void {
  io.stderr(lines.map((line) => `npm ${level}${line === '' ? '' : ` ${line}`}\n`).join(''));
}

/** Writes the error, and the log of the run where npm keeps it. */
export function tellError(io: CommandIO, { code, lines }: NpmStop, args: readonly string[]): void {
  const told = [...(code === undefined ? [] : [`code ${code}`]), ...lines];
  const { files, kernel, home } = io.machine;
  const folder = `${home}/.npm/_logs`;
  const name = `${isoTime(kernel.now()).replaceAll(/[:.]/g, '_')}-debug-0.log`;
  files.mkdir(folder, { recursive: true });
  const entries = [`verbose argv ${args.map((arg) => `"${arg}"`).join(' ')}`, ...told.map((line) => `error ${line}`)];
  files.writeFile(`${folder}/${name}`, entries.map((line, index) => `${index} ${line}\n`).join(''));
  say(io, 'error', [...told, `A complete log of this run can be found in: ${folder}/${name}`]);
}

/** An error for whoever asked for JSON. */
export function errorAsJson({ code, lines }: NpmStop): string {
  const told = lines
    .filter((line) => !/^(syscall|path|errno) /.test(line))
    .map((line) => line.replace(/^enoent ?/, ''));
  // What the system said is one line; what npm says about it follows.
  const cut = code === 'ENOENT' ? 1 : told.length;
  const text = (part: readonly string[]): string => part.join('\n').trim();
  const error = {
    ...(code === undefined ? {} : { code }),
    summary: text(told.slice(0, cut)),
    detail: text(told.slice(cut)),
  };
  return `${JSON.stringify({ error }, undefined, 2)}\n`;
}

/** 2026-03-02T09:00:00.000Z of ms since 1970 (civil calendar from days). */
export function isoTime(ms: number): string {
  const days = Math.floor(ms / 86_400_000);
  const rest = ms - days * 86_400_000;
  // Days are counted from 1 March of year 0, so that the leap day is a year's last.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const ofEra = shifted - era * 146_097;
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * month + 2) / 5) + 1;
  const two = (value: number, width = 2): string => String(Math.floor(value)).padStart(width, '0');
  const civilMonth = month < 10 ? month + 3 : month - 9;
  const civilYear = year + era * 400 + (civilMonth <= 2 ? 1 : 0);
  const time = `${two(rest / 3_600_000)}:${two((rest / 60_000) % 60)}:${two((rest / 1000) % 60)}.${two(rest % 1000, 3)}`;
  return `${two(civilYear, 4)}-${two(civilMonth)}-${two(day)}T${time}Z`;
}
