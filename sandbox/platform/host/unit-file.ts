// Unit files of services, as systemd.syntax(7), systemd.unit(5), systemd.service(5) and systemd.exec(5) describe them.

/** A service as its file describes it. Times are in ms. */
export interface Unit {
  readonly description: string;
  readonly execStart: readonly string[];
  readonly execReload?: readonly string[];
  /** `ExecStart=-…`: an exit code other than 0 is no failure. */
  readonly ignoresFailure: boolean;
  readonly workingDirectory?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly environmentFiles: readonly { readonly path: string; readonly optional: boolean }[];
  readonly restart: Restart;
  readonly restartMs: number;
  readonly stopMs: number;
  readonly startLimit: { readonly intervalMs: number; readonly burst: number };
  readonly identifier?: string;
  readonly wantedBy: readonly string[];
  /** What systemd says of the file: lines that it ignores. */
  readonly warnings: readonly string[];
}

export type Restart = (typeof restarts)[number];
const restarts = ['no', 'always', 'on-success', 'on-failure', 'on-abnormal', 'on-abort'] as const;

/** What makes a unit unusable, in systemd's words. */
export interface BadUnit {
  readonly problem: string;
  readonly warnings: readonly string[];
}

interface Setting {
  readonly value: string;
  readonly line: number;
}

type Settings = ReadonlyMap<string, readonly Setting[]>;

/** Keys that change nothing here: order and ties between units, and who the program runs as. */
const accepted = new Set([
  'Unit/Documentation',
  'Unit/After',
  'Unit/Before',
  'Unit/Wants',
  'Unit/Requires',
  'Unit/ConditionPathExists',
  'Service/Type',
  'Service/User',
  'Service/Group',
  'Service/StandardOutput',
  'Service/StandardError',
  'Service/LimitNOFILE',
  'Service/KillSignal',
  'Install/Alias',
]);
const known = new Set([
  'Unit/Description',
  'Unit/StartLimitIntervalSec',
  'Unit/StartLimitBurst',
  'Service/ExecStart',
  'Service/ExecReload',
  'Service/WorkingDirectory',
  'Service/Environment',
  'Service/EnvironmentFile',
  'Service/Restart',
  'Service/RestartSec',
  'Service/TimeoutStopSec',
  'Service/TimeoutSec',
  'Service/SyslogIdentifier',
  'Install/WantedBy',
]);

/** @param name `seats.service`, or `seats@8081.service` of a template. */
export function readUnit(name: string, path: string, text: string): Unit | BadUnit {
  const warnings: string[] = [];
  const settings = settingsOf(path, text, warnings);
  const lastOf = (key: string): Setting | undefined => {
    const given = settings.get(key)?.at(-1);
    return given === undefined || given.value === '' ? undefined : { ...given, value: specifiers(given.value, name) };
  };
  const last = (key: string): string | undefined => lastOf(key)?.value;
  /** An empty value takes away those before it. */
  const all = (key: string): readonly Setting[] => {
    const values: Setting[] = [];
    for (const { value, line } of settings.get(key) ?? [])
      if (value === '') values.length = 0;
      else values.push({ value: specifiers(value, name), line });
    return values;
  };
  const ignore = (line: number, message: string): void => void warnings.push(`${path}:${line}: ${message}`);
  const bad = (problem: string): BadUnit => ({ problem: `${name}: ${problem}`, warnings });

  const type = last('Service/Type') ?? 'simple';
  if (type !== 'simple' && type !== 'exec') return bad(`Type=${type} is not part of this sandbox`);
  const signal = last('Service/KillSignal') ?? 'SIGTERM';
  if (signal !== 'SIGTERM' && signal !== 'SIGINT') return bad(`KillSignal=${signal} is not part of this sandbox`);
  const starts = all('Service/ExecStart');
  const [start] = starts;
  if (start === undefined) return bad('Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.');
  if (starts.length > 1)
    return bad(
      'Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.',
    );
  const [, prefix = '', line = ''] = /^([-@:+!]*)(.*)$/s.exec(start.value) ?? [];
  if (/[@:+!]/.test(prefix)) return bad(`the prefix ${prefix} of ExecStart= is not part of this sandbox`);
  const execStart = wordsOf(line);
  if (execStart === undefined) ignore(start.line, `Unbalanced quoting, ignoring: "${start.value}"`);
  if (execStart === undefined || execStart.length === 0) {
    return bad('Unit configuration has fatal error, unit will not be started.');
  }

  const reload = last('Service/ExecReload');
  const execReload = reload === undefined ? undefined : wordsOf(reload);

  const restart = lastOf('Service/Restart') ?? { value: 'no', line: 0 };
  if (!isRestart(restart.value))
    ignore(restart.line, `Failed to parse service restart specifier, ignoring: ${restart.value}`);
  const time = (key: string, usual: number): number => {
    const given = lastOf(key);
    const read = given === undefined ? usual : milliseconds(given.value);
    if (given !== undefined && read === undefined)
      ignore(given.line, `Failed to parse sec value, ignoring: ${given.value}`);
    return read ?? usual;
  };
  const environment: Record<string, string> = Object.create(null);
  for (const { value, line } of all('Service/Environment'))
    for (const word of wordsOf(value) ?? []) {
      const at = word.indexOf('=');
      if (at > 0) environment[word.slice(0, at)] = word.slice(at + 1);
      else ignore(line, `Invalid environment assignment, ignoring: ${word}`);
    }
  const workingDirectory = last('Service/WorkingDirectory');
  const identifier = last('Service/SyslogIdentifier');
  return {
    description: last('Unit/Description') ?? name,
    execStart,
    ...(execReload && { execReload }),
    ignoresFailure: prefix.includes('-'),
    ...(workingDirectory !== undefined && { workingDirectory }),
    environment,
    environmentFiles: all('Service/EnvironmentFile').map(({ value }) => ({
      path: value.replace(/^-/, ''),
      optional: value.startsWith('-'),
    })),
    restart: isRestart(restart.value) ? restart.value : 'no',
    restartMs: time('Service/RestartSec', 100),
    stopMs: time('Service/TimeoutStopSec', time('Service/TimeoutSec', 90_000)),
    startLimit: {
      intervalMs: time('Unit/StartLimitIntervalSec', 10_000),
      burst: Number(last('Unit/StartLimitBurst') ?? 5),
    },
    ...(identifier !== undefined && { identifier }),
    wantedBy: all('Install/WantedBy').flatMap(({ value }) => value.split(/\s+/)),
    warnings,
  };
}

function isRestart(value: string): value is Restart {
  return (restarts as readonly string[]).includes(value);
}

function settingsOf(path: string, text: string, warnings: string[]): Settings {
  const settings = new Map<string, Setting[]>();
  let section = '';
  let held = '';
  for (const [index, raw] of text.split('\n').entries()) {
    const line = index + 1;
    const trimmed = raw.trim();
    // Comments may stand between the lines of one that goes on.
    if (trimmed === '' || /^[#;]/.test(trimmed)) continue;
    if (trimmed.endsWith('\\')) {
      held += `${trimmed.slice(0, -1)} `;
      continue;
    }
    const whole = (held + trimmed).trim();
    held = '';
    const [, named] = /^\[(.+)\]$/.exec(whole) ?? [];
    if (named !== undefined) {
      section = named;
      if (!['Unit', 'Service', 'Install'].includes(section) && !section.startsWith('X-'))
        warnings.push(`${path}:${line}: Unknown section '${section}'. Ignoring.`);
      continue;
    }
    const at = whole.indexOf('=');
    if (section === '') warnings.push(`${path}:${line}: Assignment outside of section. Ignoring.`);
    else if (at < 1) warnings.push(`${path}:${line}: Missing '=', ignoring line.`);
    else if (['Unit', 'Service', 'Install'].includes(section)) {
      const name = whole.slice(0, at).trim();
      const key = `${section}/${name}`;
      if (!known.has(key) && !accepted.has(key))
        warnings.push(`${path}:${line}: Unknown key '${name}' in section [${section}], ignoring.`);
      settings.set(key, [...(settings.get(key) ?? []), { value: whole.slice(at + 1).trim(), line }]);
    }
  }
  return settings;
}

/** `%i` and its like (systemd.unit(5), "Specifiers"): what stands between `@` and the suffix of the name, and the name itself. */
function specifiers(value: string, name: string): string {
  const stem = name.replace(/\.service$/, '');
  const [prefix = '', instance = ''] = stem.includes('@') ? stem.split('@') : [stem];
  const meanings: Readonly<Record<string, string>> = {
    i: instance,
    I: instance,
    n: name,
    N: stem,
    p: prefix,
    '%': '%',
  };
  return value.replace(/%(.)/g, (whole, letter: string) => meanings[letter] ?? whole);
}

/** Words with systemd's quoting; undefined when a quote does not end. */
function wordsOf(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] as string;
    if (quote !== '') {
      if (letter === quote) quote = '';
      else if (letter === '\\') word = (word ?? '') + (text[++at] ?? '');
      else word = (word ?? '') + letter;
    } else if (letter === '"' || letter === "'") {
      quote = letter;
      word ??= '';
    } else if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (letter === '\\') word = (word ?? '') + (text[++at] ?? '');
    else word = (word ?? '') + letter;
  }
  if (quote !== '') return undefined;
  return word === undefined ? words : [...words, word];
}

const units: Readonly<Record<string, number>> = {
  '': 1000,
  ms: 1,
  msec: 1,
  s: 1000,
  sec: 1000,
  second: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hr: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
};

/** A span as systemd.time(7) writes it: `5`, `2min 20s`, `infinity`. */
function milliseconds(text: string): number | undefined {
  if (text === 'infinity') return Number.MAX_SAFE_INTEGER;
  let sum = 0;
  let rest = text.trim();
  if (rest === '') return undefined;
  while (rest !== '') {
    const [whole, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-z]*)\s*/.exec(rest) ?? [];
    const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (whole === undefined || number === undefined || factor === undefined) return undefined;
    sum += Number(number) * factor;
    rest = rest.slice(whole.length);
  }
  return sum;
}

/** The lines of an EnvironmentFile= (systemd.exec(5)): NAME=value, quotes taken away, comments left out. */
export function readEnvironmentFile(text: string): Readonly<Record<string, string>> {
  const environment: Record<string, string> = Object.create(null);
  for (const raw of text.replaceAll(/\\\n/g, '').split('\n')) {
    const line = raw.trim();
    const [, name, value = ''] = /^(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line) ?? [];
    if (/^[#;]/.test(line) || name === undefined) continue;
    const [, quoted] = /^"((?:[^"\\]|\\.)*)"$|^'[^']*'$/.exec(value) ?? [];
    environment[name] = quoted ?? (/^'.*'$/.test(value) ? value.slice(1, -1) : value);
  }
  return environment;
}
