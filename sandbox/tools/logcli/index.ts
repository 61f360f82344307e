// `logcli`: asks the company's logs in LogQL, with the words of Grafana Loki's logcli 3 for the part that is here.
import type { Command, CommandIO } from '../../machine/index.ts';
import { createLabels, formatLabels, type Labels } from '../../telemetry/labels.ts';
import { type LogAnswer, type LogStream, queryLogs, queryLogsAt, readLogs } from '../../telemetry/logs/index.ts';
import { formatPlain } from '../../telemetry/promql/format-number.ts';
import { formatTime, parseDuration, parseTime } from '../../telemetry/time/index.ts';
import { AmtoolStop, type FlagTable, type Given, readFlags } from '../amtool/flags.ts';

/** Where the company's logs lie: files of a JSON object a line. */
const FOLDER = '/srv/loki';

const value = { takesValue: true };
const bare = { takesValue: false };
const flags: FlagTable = {
  quiet: { short: 'q', ...bare },
  output: { short: 'o', ...value },
  timezone: { short: 'z', ...value },
  addr: value,
  stdin: bare,
  limit: value,
  since: value,
  from: value,
  to: value,
  step: value,
  now: value,
  forward: bare,
  'no-labels': bare,
  'include-label': value,
  'exclude-label': value,
  'include-common-labels': bare,
  'labels-length': value,
};
const absentFlags = (
  'tail follow delay-for interval batch parallel-duration parallel-max-workers part-path-prefix overwrite-completed-parts merge-parts ' +
  'keep-parts store-config remote-schema schema-store colored-output stats output-timestamp-format username password org-id analyze-labels'
).split(' ');
const absentCommands = 'fmt stats volume volume_range detected-fields delete'.split(' ');

const usage = `usage: logcli [<flags>] <command> [<args> ...]

A command-line for loki.

Commands:
  query [--since=1h] [--from=TIME] [--to=TIME] [--limit=30] [--forward] [--step=1m] <query>
  instant-query [--now=TIME] <query>
  labels [--since=1h] [<label>]
  series [--since=1h] <matcher>

Flags:
  -q, --quiet            Suppress query metadata
  -o, --output=default   Specify output mode [default, raw, jsonl]
      --stdin            Take input logs from stdin
      --no-labels        Do not print any labels
      --include-label, --exclude-label, --include-common-labels, --labels-length
`;

export const logcli: Command = {
  name: 'logcli',
  summary: { es: 'busca en los registros de la empresa con LogQL', en: "searches the company's logs with LogQL" },
  run(args, io) {
    try {
      if (args.length === 0 || args[0] === 'help' || args.includes('--help')) {
        io.stdout(usage);
        return 0;
      }
      return dispatch(readFlags(args, flags, absentFlags), io);
    } catch (error) {
      if (!(error instanceof AmtoolStop)) throw error;
      io.stderr(`logcli: error: ${error.message}, try --help\n`);
      return 1;
    }
  },
  complete: (words) => (words.length === 0 ? ['query', 'instant-query', 'labels', 'series'] : []),
};

function dispatch(given: Given, io: CommandIO): number {
  const [name = '', ...rest] = given.words;
  if (absentCommands.includes(name)) throw new AmtoolStop(`'${name}' is not part of this sandbox`);
  const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
  if (act === undefined) throw new AmtoolStop(`expected command but got "${name}"`);
  if (rest.length > 1) throw new AmtoolStop(`unexpected ${rest[1]}`);
  return act(given, rest[0], io);
}

const acts: Readonly<Record<string, (given: Given, argument: string | undefined, io: CommandIO) => number>> = {
  query: runQuery,
  'instant-query': runInstant,
  labels: showLabels,
  series: showSeries,
};

function openLogs({ flags: asked }: Given, io: CommandIO): readonly LogStream[] {
  const { files, kernel } = io.machine;
  if (asked.stdin !== undefined) {
    const lines = new TextDecoder()
      .decode(io.stdin)
      .split('\n')
      .filter((line) => line !== '');
    return [{ labels: [['source', 'logcli']], entries: lines.map((line) => ({ at: kernel.now() - 1, line })) }];
  }
  if (!files.exists(FOLDER)) return [];
  const names = files.list(FOLDER).filter((name) => name.endsWith('.jsonl'));
  return readLogs(names.map((name) => files.readText(`${FOLDER}/${name}`)));
}

function required(argument: string | undefined, name: string): string {
  if (argument === undefined) throw new AmtoolStop(`required argument '${name}' not provided`);
  return argument;
}

/** What stdin has one stream for needs no selector. */
function queryOf(given: Given, argument: string | undefined): string {
  const query = required(argument, 'query');
  return given.flags.stdin !== undefined && !query.includes('{') ? `{source="logcli"} ${query}` : query;
}

function durationOf(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms === 0) throw new AmtoolStop(`time: invalid duration "${text}"`);
  return ms;
}

function momentOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const ms = parseTime(text);
  if (ms === undefined)
    throw new AmtoolStop(`Unable to parse time parsing time "${text}" as "2006-01-02T15:04:05.999999999Z07:00"`);
  return ms;
}

function rangeOf({ flags: asked }: Given, io: CommandIO): { readonly from: number; readonly to: number } {
  const now = io.machine.kernel.now();
  return { from: momentOf(asked.from, now - durationOf(asked.since ?? '1h')), to: momentOf(asked.to, now) };
}

function runQuery(given: Given, argument: string | undefined, io: CommandIO): number {
  const { flags: asked } = given;
  const { from, to } = rangeOf(given, io);
  const limit = Number(asked.limit ?? '30');
  if (!Number.isInteger(limit) || limit < 0)
    throw new AmtoolStop(`strconv.ParseInt: parsing "${asked.limit}": invalid syntax`);
  const step =
    asked.step === undefined ? Math.max(Math.floor((to - from) / 250_000), 1) * 1000 : durationOf(asked.step);
  const forward = asked.forward !== undefined;
  return print(queryLogs(openLogs(given, io), queryOf(given, argument), { from, to, step, limit, forward }), given, io);
}

function runInstant(given: Given, argument: string | undefined, io: CommandIO): number {
  const at = momentOf(given.flags.now, io.machine.kernel.now());
  return print(queryLogsAt(openLogs(given, io), queryOf(given, argument), at), given, io);
}

function print(answer: LogAnswer, given: Given, io: CommandIO): number {
  switch (answer.kind) {
    case 'problem':
      io.stderr(`Query failed: ${answer.message.trimEnd()}\n`);
      return 1;
    case 'streams':
      return printStreams(answer.streams, given, io);
    case 'scalar':
      io.stdout(JSON.stringify([io.machine.kernel.now() / 1000, formatPlain(answer.value)], null, 2));
      return 0;
    case 'vector': {
      const at = momentOf(given.flags.now, io.machine.kernel.now()) / 1000;
      const rows = answer.samples.map(({ labels, value: one }) => ({
        metric: Object.fromEntries(labels),
        value: [at, formatPlain(one)],
      }));
      io.stdout(JSON.stringify(rows, null, 2));
      return 0;
    }
    case 'matrix': {
      const rows = answer.series.map(({ labels, points }) => ({
        metric: Object.fromEntries(labels),
        values: points.map(([at, one]) => [at / 1000, formatPlain(one)]),
      }));
      io.stdout(JSON.stringify(rows, null, 2));
      return 0;
    }
  }
}

function printStreams(streams: readonly LogStream[], { flags: asked }: Given, io: CommandIO): number {
  const mode = asked.output ?? 'default';
  if (!['default', 'raw', 'jsonl'].includes(mode)) throw new AmtoolStop(`unknown log output mode '${mode}'`);
  const included = asked['include-label'];
  const common = commonOf(streams).filter(([name]) => name !== included);
  if (common.length > 0 && asked.quiet === undefined) io.stderr(`Common labels: ${formatLabels(common)}\n`);
  const hidden = new Set(asked['include-common-labels'] === undefined ? common.map(([name]) => name) : []);
  const shown = (labels: Labels): Labels =>
    labels.filter(
      ([name]) => !hidden.has(name) && name !== asked['exclude-label'] && (included === undefined || name === included),
    );
  const rows = streams.flatMap(({ labels, entries }) => entries.map((entry) => ({ ...entry, labels: shown(labels) })));
  rows.sort((a, b) => (asked.forward === undefined ? b.at - a.at : a.at - b.at));
  const width = Math.max(Number(asked['labels-length'] ?? 0), ...rows.map(({ labels }) => formatLabels(labels).length));
  for (const { at, line, labels } of rows) {
    if (mode === 'raw') io.stdout(`${line}\n`);
    else if (mode === 'jsonl') {
      const record = asked['no-labels'] === undefined ? { labels: Object.fromEntries(labels) } : {};
      io.stdout(`${JSON.stringify({ ...record, line, timestamp: formatTime(at) })}\n`);
    } else {
      const time = `${formatTime(at).slice(0, 19)}Z`;
      const words = asked['no-labels'] === undefined ? `${formatLabels(labels).padEnd(width)} ` : '';
      io.stdout(`${time} ${words}${line.trim()}\n`);
    }
  }
  return 0;
}

function commonOf(streams: readonly LogStream[]): Labels {
  const [first, ...others] = streams;
  return createLabels(
    (first?.labels ?? []).filter(([name, one]) =>
      others.every(({ labels }) => labels.some(([other, its]) => other === name && its === one)),
    ),
  );
}

/** The streams with lines in the range that is asked for. */
function streamsWithin(given: Given, io: CommandIO): readonly LogStream[] {
  const { from, to } = rangeOf(given, io);
  return openLogs(given, io).filter(({ entries }) => entries.some(({ at }) => at >= from && at < to));
}

function showLabels(given: Given, argument: string | undefined, io: CommandIO): number {
  const pairs = streamsWithin(given, io).flatMap(({ labels }) => labels);
  const found =
    argument === undefined
      ? pairs.map(([name]) => name)
      : pairs.filter(([name]) => name === argument).map(([, one]) => one);
  for (const one of [...new Set(found)].sort()) io.stdout(`${one}\n`);
  return 0;
}

function showSeries(given: Given, argument: string | undefined, io: CommandIO): number {
  const query = required(argument, 'matcher');
  const { from, to } = rangeOf(given, io);
  const answer = queryLogs(openLogs(given, io), query, { from, to, step: to - from, limit: 0, forward: true });
  if (answer.kind === 'problem') return print(answer, given, io);
  if (answer.kind !== 'streams') throw new AmtoolStop('series takes a stream selector');
  for (const { labels } of answer.streams) io.stdout(`${formatLabels(labels)}\n`);
  return 0;
}
