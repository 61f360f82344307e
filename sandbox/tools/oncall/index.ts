// `oncall`: who is on call, what rings, and the answer to it. The company's own tool.
import type { Command, CommandIO } from '../../machine/index.ts';
import { loadOf, type OnCallSchedule, onCallAt, pagesOf, readSchedule } from '../../telemetry/oncall/index.ts';
import { type AlertingState, alertingPaths, readAlerting, writeAlerting } from '../../telemetry/service/index.ts';
import { formatTime, parseTime } from '../../telemetry/time/index.ts';
import { diskOf } from '../amtool/disk.ts';
import { words } from './words.ts';

const DAY = 86_400_000;

export const oncall: Command = {
  name: 'oncall',
  summary: words.summary,
  run(args, io) {
    const { language } = io.machine;
    const [name = '', ...rest] = args;
    const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
    if (act !== undefined) return act(io, rest);
    if (name === '' || name === 'help' || name === '--help') {
      io.stdout(`${words.usage[language]}\n`);
      return name === '' ? 2 : 0;
    }
    io.stderr(`${words.unknown(name)[language]}\n`);
    return 2;
  },
  complete: (typed) => (typed.length === 0 ? Object.keys(acts) : []),
};

const acts: Readonly<Record<string, (io: CommandIO, rest: readonly string[]) => number>> = {
  now: (io, [at]) => whoIsOn(io, at),
  incidents: showIncidents,
  ack: (io, [id]) => acknowledge(io, id ?? ''),
  load: (io, [days]) => showLoad(io, days ?? '7'),
};

/** The rota, or undefined after saying what is wrong with it. */
function rota(io: CommandIO): OnCallSchedule | undefined {
  const { files, language } = io.machine;
  const text = diskOf(files).read(alertingPaths.oncall);
  const answer = text === undefined ? undefined : readSchedule(text);
  if (answer === undefined) io.stderr(`${words.noRota[language]}\n`);
  else if (!answer.ok) io.stderr(`oncall.yaml:${answer.problem.line}: ${answer.problem[language]}\n`);
  return answer?.ok === true ? answer.schedule : undefined;
}

function stateOf(io: CommandIO): AlertingState | undefined {
  const found = readAlerting(diskOf(io.machine.files), io.machine.kernel.now());
  if (found === undefined) io.stderr(`${words.noAlerting[io.machine.language]}\n`);
  return found?.state;
}

/** `oncall now [TIME]` */
function whoIsOn(io: CommandIO, at: string | undefined): number {
  const { kernel, language } = io.machine;
  const moment = at === undefined ? kernel.now() : parseTime(at);
  if (moment === undefined) {
    io.stderr(`${words.noTime(at ?? '')[language]}\n`);
    return 2;
  }
  const schedule = rota(io);
  if (schedule === undefined) return 1;
  for (const { name } of schedule.rotations)
    io.stdout(`${name.padEnd(12)} ${onCallAt(schedule, name, moment) ?? words.nobody[language]}\n`);
  return 0;
}

/** `oncall incidents` */
function showIncidents(io: CommandIO): number {
  const { language } = io.machine;
  const state = stateOf(io);
  if (state === undefined) return 1;
  for (const { id, openedAt, acknowledgedBy, resolvedAt, title } of state.incidents) {
    const now =
      resolvedAt !== undefined ? words.over : acknowledgedBy !== undefined ? words.taken(acknowledgedBy) : words.rings;
    io.stdout(`${String(id).padStart(3)}  ${formatTime(openedAt)}  ${now[language]}  ${title}\n`);
  }
  if (state.incidents.length === 0) io.stdout(`${words.quiet[language]}\n`);
  return 0;
}

/** `oncall ack ID`: the pager falls silent. */
function acknowledge(io: CommandIO, id: string): number {
  const { kernel, language, files } = io.machine;
  const state = stateOf(io);
  if (state === undefined) return 1;
  const incident = state.incidents.find((one) => String(one.id) === id);
  if (incident === undefined) {
    io.stderr(`${words.noIncident(id)[language]}\n`);
    return 1;
  }
  if (incident.acknowledgedAt !== undefined || incident.resolvedAt !== undefined) {
    io.stdout(`${words.nothingRings(id)[language]}\n`);
    return 0;
  }
  const by = io.env.ONCALL_ROLE ?? 'operations';
  const acknowledged = { ...incident, acknowledgedAt: kernel.now(), acknowledgedBy: by };
  const incidents = state.incidents.map((one) => (one === incident ? acknowledged : one));
  writeAlerting(diskOf(files), { ...state, incidents });
  kernel.record({ type: 'PageAcknowledged', incident: incident.id, by });
  io.stdout(`${words.acknowledged(id)[language]}\n`);
  return 0;
}

/** `oncall load [DAYS]`: hours and pages of each role. */
function showLoad(io: CommandIO, days: string): number {
  const { kernel, language } = io.machine;
  if (!/^[1-9]\d{0,2}$/.test(days)) {
    io.stderr(`${words.noDays(days)[language]}\n`);
    return 2;
  }
  const schedule = rota(io);
  const state = schedule === undefined ? undefined : stateOf(io);
  if (schedule === undefined || state === undefined) return 1;
  const now = kernel.now();
  const pages = state.incidents.flatMap((incident) => pagesOf(schedule, incident, now));
  io.stdout(`${words.loadHeader[language]}\n`);
  for (const { role, hours, pages: count, nightPages } of loadOf(schedule, pages, now - Number(days) * DAY, now))
    io.stdout(
      `${role.padEnd(16)} ${hours.toFixed(1).padStart(7)} ${String(count).padStart(7)} ${String(nightPages).padStart(7)}\n`,
    );
  return 0;
}
