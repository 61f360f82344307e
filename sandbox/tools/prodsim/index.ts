// `prodsim`: a day of production again, with the learner's rules of capacity and alerts. A tool of the company, over the world.
import { type Command, type CommandIO, FileError, resolvePath, type Words } from '../../machine/index.ts';
import {
  formatRun,
  keepRun,
  LARGEST_ARTIFACT,
  type RunAnswer,
  type RunDocument,
  type RunFile,
  runDay,
  runFiles,
  type WatchedDay,
  writeLogs,
} from '../../monitoring/index.ts';
import type { ProgramSurroundings } from '../../platform/index.ts';
import { formatTime } from '../../telemetry/time/index.ts';
import { type CompanyDay, companyDays, type Minute } from '../../world/index.ts';
import { words } from './words.ts';

const days = Object.keys(companyDays) as readonly CompanyDay[];
/** Files that are read without being named, where they are there. */
const usual: Readonly<Record<RunFile, string>> = {
  capacity: 'capacity.yaml',
  rules: 'monitoring/alerts.yaml',
  alertmanager: 'monitoring/alertmanager.yml',
  notify: 'monitoring/notify.yaml',
  oncall: 'monitoring/oncall.yaml',
};

export function createProdsim(surroundings: ProgramSurroundings): Command {
  return {
    name: 'prodsim',
    summary: words.summary,
    run: (args, io) => prodsim(args, io, surroundings),
    complete(typed) {
      if (typed.length === 0) return ['days', 'run'];
      return typed[0] === 'run' && typed.length === 1
        ? days
        : [...[...runFiles, 'artifact', 'seed', 'out'].map((name) => `--${name}`), '--json'];
    },
  };
}

async function prodsim(args: readonly string[], io: CommandIO, surroundings: ProgramSurroundings): Promise<number> {
  const { language } = io.machine;
  const [verb, ...rest] = args;
  if (verb === undefined || verb === 'help' || args.includes('--help')) {
    io.stdout(`${words.usage(days.join(', '))[language]}\n`);
    return verb === undefined ? 2 : 0;
  }
  if (verb === 'days' && rest.length === 0) {
    for (const day of days) io.stdout(`${day}  ${formatTime(companyDays[day].start)}\n`);
    return 0;
  }
  if (verb !== 'run') return refuse(io, words.notUnderstood(args.join(' ')));
  const asked = readOptions(rest);
  if (typeof asked === 'string') return refuse(io, words.notUnderstood(asked));
  return run(asked, io, surroundings);
}

interface Asked extends Partial<Readonly<Record<RunFile, string>>> {
  readonly day: string;
  readonly artifact?: string;
  readonly seed?: string;
  readonly out?: string;
  readonly json: boolean;
}

/** The options, or the word that was not understood. */
function readOptions(args: readonly string[]): Asked | string {
  let asked: Asked = { day: '', json: false };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string;
    const [, name, inline] =
      /^--(capacity|rules|alertmanager|notify|oncall|artifact|seed|out)(?:=(.*))?$/.exec(arg) ?? [];
    const value = name === undefined ? undefined : (inline ?? args[++at]);
    if (name !== undefined && value !== undefined && value !== '') asked = { ...asked, [name]: value };
    else if (arg === '--json') asked = { ...asked, json: true };
    else if (!arg.startsWith('-') && asked.day === '') asked = { ...asked, day: arg };
    else return arg;
  }
  return asked;
}

function refuse(io: CommandIO, message: Words, exitCode = 2): number {
  io.stderr(`${message[io.machine.language]}\n`);
  return exitCode;
}

async function run(asked: Asked, io: CommandIO, surroundings: ProgramSurroundings): Promise<number> {
  const { language } = io.machine;
  const { seed = '1', json } = asked;
  const day = days.find((one) => one === asked.day);
  if (day === undefined) return refuse(io, words.noDay(asked.day, days.join(', ')));
  const given = readFiles(asked, io);
  if (typeof given === 'string') return refuse(io, words.noFile(given));
  const artifact = asked.artifact === undefined ? undefined : readArtifact(asked.artifact, io);
  if (typeof artifact === 'object') return refuse(io, artifact);
  const document: RunDocument = { day, seed, ...given.texts, ...(artifact !== undefined && { artifact }) };
  const answer = await runDay(document, surroundings);
  if (!answer.ok) {
    for (const problem of answer.problems) io.stderr(`${shownProblem(problem, given.shown, io)}\n`);
    return 1;
  }
  const folder = asked.out ?? `production/${day}`;
  try {
    writeDay(answer.day, document, resolvePath(io.cwd, folder), io);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return refuse(io, words.noFolder(folder, error.message), 1);
  }
  if (json) io.stdout(`${JSON.stringify(summaryOf(answer.day), null, 2)}\n`);
  else io.stdout(`${told(answer.day, given, folder)[language]}\n`);
  return 0;
}

interface Given {
  readonly texts: Partial<Readonly<Record<RunFile, string>>>;
  /** Each file's name as it was given. */
  readonly shown: Partial<Readonly<Record<RunFile | 'artifact', string>>>;
  /** Rules that lie in the home folder while none do here: whoever stands elsewhere may think that they count. */
  readonly rulesAtHome?: string;
}

/** Texts of the files that were named and of the usual ones; or the name of one that is not there. */
function readFiles(asked: Asked, io: CommandIO): Given | string {
  const { files } = io.machine;
  const texts: Partial<Record<RunFile, string>> = {};
  const shown: Partial<Record<RunFile | 'artifact', string>> =
    asked.artifact === undefined ? {} : { artifact: asked.artifact };
  for (const file of runFiles) {
    const name = asked[file] ?? usual[file];
    const path = resolvePath(io.cwd, name);
    if (files.exists(path) && files.stat(path).type === 'file') {
      texts[file] = files.readText(path);
      shown[file] = name;
    } else if (asked[file] !== undefined) return name;
  }
  const elsewhere = resolvePath(io.machine.home, usual.rules);
  return {
    texts,
    shown,
    ...(texts.rules === undefined && files.exists(elsewhere) && { rulesAtHome: `~/${usual.rules}` }),
  };
}

/** The bytes of a file in base64, or why there are none. */
function readArtifact(name: string, { machine: { files }, cwd }: CommandIO): string | Words {
  const path = resolvePath(cwd, name);
  if (!files.exists(path) || files.stat(path).type !== 'file') return words.noFile(name);
  if (files.stat(path).size > LARGEST_ARTIFACT) return words.tooLarge(name, LARGEST_ARTIFACT / 1000);
  let binary = '';
  for (const byte of files.readFile(path)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

type Problem = Extract<RunAnswer, { readonly ok: false }>['problems'][number];

function shownProblem({ file, line, column, message }: Problem, shown: Given['shown'], io: CommandIO): string {
  const place = [shown[file] ?? file, line, column].filter((part) => part !== undefined).join(':');
  return `${place}: ${message[io.machine.language]}`;
}

/** What happened, for programs. */
function summaryOf({ replay: { day, seed, summary }, alerts, messages, searches }: WatchedDay): unknown {
  const time = (at: number | undefined): string | null => (at === undefined ? null : formatTime(at));
  return {
    day,
    seed,
    ...summary,
    ...(searches && { searches }),
    alerts: alerts.map(({ name, labels, activeAt, firedAt, resolvedAt }) => {
      return { name, labels, activeAt: time(activeAt), firedAt: time(firedAt), resolvedAt: time(resolvedAt) };
    }),
    messages: messages.length,
  };
}

function told(
  { replay: { day, summary }, alerts, messages, searches }: WatchedDay,
  { shown, rulesAtHome }: Given,
  folder: string,
): Words {
  const values = {
    asked: `${summary.asked}`,
    failed: `${summary.failed}`,
    minutesInTime: `${(Math.floor(summary.minutesInTime * 10_000) / 100).toFixed(2)} %`,
    supportCalls: `${summary.supportCalls}`,
    cost: summary.cost.toFixed(2),
    seatsSold: `${summary.seatsSold}`,
  };
  const inLanguage = (language: keyof Words): string => {
    const lines = Object.entries(values).map(
      ([field, value]) => `  ${words[field as keyof typeof values][language].padEnd(28)}${value}`,
    );
    const fired = alerts.map(({ name, firedAt, resolvedAt }) => [
      name,
      formatTime(firedAt),
      resolvedAt === undefined ? words.stillFiring[language] : formatTime(resolvedAt),
    ]);
    const table = fired.length === 0 ? [] : [words.alertColumns[language], ...fired];
    const widest = Math.max(...table.map(([name = '']) => name.length));
    const watched =
      shown.rules === undefined
        ? rulesAtHome === undefined
          ? []
          : [words.noRules(usual.rules, rulesAtHome)[language]]
        : [
            words.alerts(shown.rules, fired.length)[language],
            ...table.map(([name = '', at = '', end = '']) => `    ${name.padEnd(widest)}  ${at.padEnd(20)}  ${end}`),
            `  ${words.messages[language].padEnd(28)}${messages.length}`,
          ];
    const served = searches === undefined ? [] : [words.searches(shown.artifact ?? '', searches)[language]];
    return [
      `${day}, ${words.rules(shown.capacity, companyDays[day].services.seats.instances)[language]}`,
      ...served,
      ...lines,
      ...watched,
      words.left(folder)[language],
    ].join('\n');
  };
  return { es: inLanguage('es'), en: inLanguage('en') };
}

/** Leaves what happened as files that awk, grep and jq can read, and where `promtool query` and `logcli` ask. */
function writeDay(watched: WatchedDay, document: RunDocument, folder: string, io: CommandIO): void {
  const { files } = io.machine;
  const { replay, alerts, messages, logs } = watched;
  const { minutes, events } = replay;
  const jsonLines = (of: readonly object[]): string => of.map((one) => `${JSON.stringify(one)}\n`).join('');
  const timed = (of: typeof events): string =>
    jsonLines(of.map(({ at, ...rest }) => ({ time: formatTime(Math.floor(at)), ...rest })));
  const services = Object.keys(minutes[0]?.services ?? {});
  const head = [
    'time,requests,failed,p50_ms,p95_ms,p99_ms,support_calls,cost',
    ...services.flatMap((name) => [`${name}_instances`, `${name}_waiting`, `${name}_cpu_percent`]),
  ].join(',');
  files.mkdir(folder, { recursive: true });
  const write = (name: string, text: string): void => files.writeFile(`${folder}/${name}`, text);
  write('minutes.csv', `${[head, ...minutes.map((minute) => row(minute, services))].join('\n')}\n`);
  write('calls.jsonl', timed(events.filter(({ type }) => type === 'SupportCalled')));
  write('events.jsonl', timed(events.filter(({ type }) => type !== 'SupportCalled')));
  write('logs.jsonl', logs.map(({ line }) => `${line}\n`).join(''));
  write('alerts.jsonl', jsonLines(alerts.map(alertLine)));
  write('messages.jsonl', jsonLines(messages.map(({ at, ...rest }) => ({ time: formatTime(at), ...rest }))));
  write('run.json', formatRun(document));
  keepRun(files, document);
  writeLogs(files, replay.day, logs);
}

function alertLine({ name, labels, annotations, activeAt, firedAt, resolvedAt }: WatchedDay['alerts'][number]): object {
  return {
    alert: name,
    active: formatTime(activeAt),
    fired: formatTime(firedAt),
    ...(resolvedAt !== undefined && { resolved: formatTime(resolvedAt) }),
    labels,
    annotations,
  };
}

function row(minute: Minute, services: readonly string[]): string {
  const { at, asked, failed, p50, p95, p99, support, cost } = minute;
  const own = services.flatMap((name) => {
    const service = minute.services[name];
    return [service?.instances ?? 0, service?.waiting ?? 0, Math.round((service?.utilisation ?? 0) * 100)];
  });
  const times = [p50, p95, p99].map((ms) => Math.round(ms));
  return [formatTime(at), asked, failed, ...times, support, cost.toFixed(4), ...own].join(',');
}
