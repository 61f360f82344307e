// `inbox`: what the company's channels, mailboxes and pagers have received. The same lines lie in /srv/messages.jsonl for jq and grep.
import type { Command, CommandIO } from '../../machine/index.ts';
import { formatMessage, type Message, parseMessages } from '../../telemetry/messages/index.ts';
import { alertingPaths } from '../../telemetry/service/index.ts';
import { formatTime, parseDuration } from '../../telemetry/time/index.ts';
import { diskOf } from '../amtool/disk.ts';
import { words } from './words.ts';

export const inbox: Command = {
  name: 'inbox',
  summary: words.summary,
  run(args, io) {
    const { language, files, kernel } = io.machine;
    if (args.includes('--help') || args[0] === 'help') {
      io.stdout(`${words.usage[language]}\n`);
      return 0;
    }
    const asked = ask(args, io);
    if (asked === undefined) return 2;
    // News of what people did and alerts are told in turns: a turn's messages may be older than those of the turn before.
    const all = parseMessages(diskOf(files).read(alertingPaths.messages) ?? '').toSorted((a, b) => a.at - b.at);
    if (asked.to === undefined) return overview(all, io);
    const since = asked.since === undefined ? Number.NEGATIVE_INFINITY : kernel.now() - asked.since;
    const own = all.filter(({ to, at }) => isFor(to, asked.to ?? '') && at >= since && at <= kernel.now());
    for (const message of own) io.stdout(asked.json ? formatMessage(message) : shown(message));
    if (own.length === 0 && !asked.json) io.stdout(`${words.empty(asked.to)[language]}\n`);
    return 0;
  },
  complete: (typed, _start, { machine }) =>
    typed.length > 0
      ? ['--since', '--json']
      : [
          ...new Set(parseMessages(diskOf(machine.files).read(alertingPaths.messages) ?? '').map(({ to }) => bare(to))),
        ].sort(),
};

interface Asked {
  readonly to: string | undefined;
  readonly since: number | undefined;
  readonly json: boolean;
}

/** Undefined after saying what cannot be understood. */
function ask(args: readonly string[], io: CommandIO): Asked | undefined {
  const { language } = io.machine;
  let since: number | undefined;
  let json = false;
  const names: string[] = [];
  const queue = [...args];
  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    const [, inline] = /^--since(?:=(.*))?$/.exec(arg) ?? [];
    if (arg.startsWith('--since')) {
      const text = inline ?? queue.shift() ?? '';
      since = parseDuration(text);
      if (since === undefined) {
        io.stderr(`${words.noDuration(text)[language]}\n`);
        return undefined;
      }
    } else if (arg === '--json') json = true;
    else if (arg.startsWith('-')) {
      io.stderr(`${words.unknown(arg)[language]}\n`);
      return undefined;
    } else names.push(arg);
  }
  if (names.length > 1) {
    io.stderr(`${words.unknown(names[1] ?? '')[language]}\n`);
    return undefined;
  }
  return { to: names[0], since, json };
}

/** `operations` is `#operations` too: a shell takes an unquoted # for a comment. */
function isFor(to: string, asked: string): boolean {
  return to === asked || bare(to) === asked;
}

function bare(to: string): string {
  return to.replace(/^#/, '');
}

function overview(all: readonly Message[], io: CommandIO): number {
  const { language } = io.machine;
  const places = [...new Set(all.map(({ to }) => to))].sort();
  for (const to of places) {
    const own = all.filter((message) => message.to === to);
    const last = own.at(-1);
    if (last !== undefined) io.stdout(`${to.padEnd(28)} ${words.count(own.length, formatTime(last.at))[language]}\n`);
  }
  if (places.length === 0) io.stdout(`${words.nothing[language]}\n`);
  return 0;
}

function shown({ at, title, lines }: Message): string {
  return `${formatTime(at)}  ${title}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}
