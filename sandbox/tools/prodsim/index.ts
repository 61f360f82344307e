// `prodsim`: a day of production again, with the learner's capacity rules. A tool of the company, over the world.
import { type Command, type CommandIO, FileError, resolvePath, type Words } from '../../machine/index.ts';
import { formatTime } from '../../telemetry/time/index.ts';
import {
  type CompanyDay,
  companyDays,
  type Minute,
  type Replay,
  readCapacity,
  replayDay,
  servicesOf,
} from '../../world/index.ts';
import { words } from './words.ts';

const days = Object.keys(companyDays) as readonly CompanyDay[];
const RULES = 'capacity.yaml';

export const prodsim: Command = {
  name: 'prodsim',
  summary: words.summary,
  run(args, io) {
    const { language } = io.machine;
    const [verb, ...rest] = args;
    if (verb === undefined || verb === '--help' || verb === 'help') {
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
    return run(asked, io);
  },
  complete(typed) {
    if (typed.length === 0) return ['days', 'run'];
    return typed[0] === 'run' && typed.length === 1 ? days : ['--capacity', '--seed', '--out', '--json'];
  },
};

interface Asked {
  readonly day: string;
  readonly capacity?: string;
  readonly seed?: string;
  readonly out?: string;
  readonly json: boolean;
}

/** The options, or the word that was not understood. */
function readOptions(args: readonly string[]): Asked | string {
  let asked: Asked = { day: '', json: false };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string;
    const [, name, inline] = /^--(capacity|seed|out)(?:=(.*))?$/.exec(arg) ?? [];
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

function run({ day: name, capacity, seed, out, json }: Asked, io: CommandIO): number {
  const { files, language } = io.machine;
  const day = days.find((one) => one === name);
  if (day === undefined) return refuse(io, words.noDay(name, days.join(', ')));
  const isFile = (path: string): boolean => files.exists(path) && files.stat(path).type === 'file';
  const rulesPath = resolvePath(io.cwd, capacity ?? RULES);
  if (capacity !== undefined && !isFile(rulesPath)) return refuse(io, words.noFile(capacity));
  const shown = isFile(rulesPath) ? (capacity ?? RULES) : undefined;
  const read = shown === undefined ? undefined : readCapacity(files.readText(rulesPath), shown, servicesOf(day));
  if (read !== undefined && !read.ok) {
    for (const { file, line, column, message } of read.problems)
      io.stderr(`${file}:${line}:${column}: ${message[language]}\n`);
    return 1;
  }
  const replay = replayDay(day, { ...(read && { capacity: read.value }), ...(seed !== undefined && { seed }) });
  const folder = out ?? `production/${day}`;
  try {
    writeReplay(replay, resolvePath(io.cwd, folder), io);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return refuse(io, words.noFolder(folder, error.message), 1);
  }
  if (json) io.stdout(`${JSON.stringify({ day, seed: replay.seed, ...replay.summary }, null, 2)}\n`);
  else io.stdout(told(replay, shown, folder, io));
  return 0;
}

function told({ day, summary }: Replay, rules: string | undefined, folder: string, io: CommandIO): string {
  const { language } = io.machine;
  const values = {
    asked: `${summary.asked}`,
    failed: `${summary.failed}`,
    minutesInTime: `${(Math.floor(summary.minutesInTime * 10_000) / 100).toFixed(2)} %`,
    supportCalls: `${summary.supportCalls}`,
    cost: summary.cost.toFixed(2),
    seatsSold: `${summary.seatsSold}`,
  };
  const lines = Object.entries(values).map(
    ([field, value]) => `  ${words[field as keyof typeof values][language].padEnd(28)}${value}`,
  );
  return `${[`${day}, ${words.rules(rules)[language]}`, ...lines, words.left(folder)[language]].join('\n')}\n`;
}

/** Leaves what happened as files that awk, grep and jq can read. */
function writeReplay({ minutes, events }: Replay, folder: string, io: CommandIO): void {
  const { files } = io.machine;
  files.mkdir(folder, { recursive: true });
  const services = Object.keys(minutes[0]?.services ?? {});
  const head = [
    'time,requests,failed,p50_ms,p95_ms,p99_ms,support_calls,cost',
    ...services.flatMap((name) => [`${name}_instances`, `${name}_waiting`, `${name}_cpu_percent`]),
  ].join(',');
  files.writeFile(`${folder}/minutes.csv`, `${[head, ...minutes.map((minute) => row(minute, services))].join('\n')}\n`);
  const jsonLines = (of: Replay['events']): string =>
    of.map(({ at, ...rest }) => `${JSON.stringify({ time: formatTime(Math.floor(at)), ...rest })}\n`).join('');
  files.writeFile(`${folder}/calls.jsonl`, jsonLines(events.filter(({ type }) => type === 'SupportCalled')));
  files.writeFile(`${folder}/events.jsonl`, jsonLines(events.filter(({ type }) => type !== 'SupportCalled')));
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
