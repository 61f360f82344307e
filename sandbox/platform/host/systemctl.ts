// `systemctl`, for the services of one host.
import { type Command, type CommandIO, formatTime } from '../../machine/index.ts';
import { globMatcher } from '../../machine/tools/text/glob.ts';
import type { Journal } from './journal.ts';
import { journalLine } from './journalctl.ts';
import type { JobEnd, Service, Services } from './services.ts';

const WANTS = '/etc/systemd/system/multi-user.target.wants';

const help = `systemctl [OPTIONS...] COMMAND ...

Query or send control commands to the system manager.

Unit Commands:
  list-units                          List units currently in memory
  is-active UNIT...                   Check whether units are active
  is-failed [UNIT...]                 Check whether units are failed
  status [UNIT...]                    Show runtime status of one or more units
  show UNIT -p PROPERTY               Show properties of a unit
  cat UNIT...                         Show the file of a unit
  start UNIT...                       Start (activate) units
  stop UNIT...                        Stop (deactivate) units
  restart UNIT...                     Start or restart units
  reload UNIT...                      Reload one or more units
  try-restart UNIT...                 Restart units if active
  reset-failed [UNIT...]              Reset failed state of units

Unit File Commands:
  enable [--now] UNIT...              Enable units at boot
  disable [--now] UNIT...             Disable units at boot
  is-enabled UNIT...                  Check whether unit files are enabled

Manager State Commands:
  daemon-reload                       Reload systemd manager configuration

systemctl's other commands are not part of this sandbox.
`;

interface Words {
  readonly verb: string;
  readonly units: readonly string[];
  readonly now: boolean;
  readonly quiet: boolean;
  readonly value: boolean;
  readonly properties: readonly string[];
  /** Of `list-units`. */
  readonly list: List;
}

interface List {
  /** Also units that are not running. */
  readonly all: boolean;
  readonly plain: boolean;
  readonly legend: boolean;
  /** Only units in one of these states (ACTIVE or SUB); none: in any. */
  readonly states: readonly string[];
}

export function createSystemctl(services: Services, journal: Journal): Command {
  const verbs: Readonly<Record<string, (words: Words, io: CommandIO) => Promise<number> | number>> = {
    start: (words, io) => each(words, io, 'start', (name) => services.start(name)),
    stop: (words, io) => each(words, io, 'stop', (name) => services.stop(name)),
    restart: (words, io) => each(words, io, 'restart', again),
    'try-restart': (words, io) =>
      each(words, io, 'restart', async (name) =>
        stateOf(name)?.active === 'active' ? again(name) : { outcome: 'done' },
      ),
    reload: (words, io) => each(words, io, 'reload', (name) => services.reloadUnit(name)),
    status: (words, io) => status(words, io),
    'is-active': (words, io) => tellStates(words, io, (active) => active === 'active', 3),
    'is-failed': (words, io) => tellStates(words, io, (active) => active === 'failed', 1),
    'is-enabled': isEnabled,
    enable: (words, io) => enable(words, io),
    disable: (words, io) => disable(words, io),
    'daemon-reload'() {
      services.reload();
      return 0;
    },
    'reset-failed'({ units }) {
      if (units.length === 0) services.resetFailed();
      for (const unit of units) services.resetFailed(unit);
      return 0;
    },
    cat: (words, io) => cat(words, io),
    show: (words, io) => show(words, io),
    'list-units': listUnits,
  };

  /** A pattern stands for the units in memory that it matches. */
  function namesOf(name: string): readonly string[] {
    if (!/[*?[]/.test(name)) return [name];
    const known = services.list().filter(({ active }) => active !== 'inactive');
    return known.map((service) => service.name).filter(globMatcher(fullName(name)));
  }

  function stateOf(name: string): Service | undefined {
    const found = services.find(name);
    return found === undefined || 'problem' in found ? undefined : found;
  }

  async function again(name: string): Promise<JobEnd> {
    const stopped = await services.stop(name);
    return stopped.outcome === 'done' ? services.start(name) : stopped;
  }

  async function each(
    { units, verb }: Words,
    io: CommandIO,
    word: string,
    action: (name: string) => Promise<JobEnd>,
  ): Promise<number> {
    if (units.length === 0) return refuse(io, 'Too few arguments.');
    let exitCode = 0;
    for (const name of units) {
      const full = fullName(name);
      const service = stateOf(name);
      if (service !== undefined && services.isStale(service)) io.stderr(staleWords(full));
      const end = await action(name);
      if (end.outcome === 'not-found') {
        io.stderr(`Failed to ${word} ${full}: Unit ${full} not found.\n`);
        exitCode = 5;
      } else if (end.outcome === 'bad-unit') {
        io.stderr(
          `Failed to ${word} ${full}: Unit ${full} has a bad unit file setting.\nSee system logs and 'systemctl status ${full}' for details.\n`,
        );
        exitCode = 1;
      } else if (end.outcome === 'not-reloadable') {
        io.stderr(`Failed to reload ${full}: Job type reload is not applicable for unit ${full}.\n`);
        exitCode = 1;
      } else if (end.outcome === 'failed') {
        io.stderr(
          `Job for ${full} failed.\nSee "systemctl status ${full}" and "journalctl -xeu ${full}" for details.\n`,
        );
        exitCode = 1;
      }
      if (verb === 'stop' && io.signal.aborted) return 130;
    }
    return exitCode;
  }

  function tellStates(
    { units, quiet }: Words,
    io: CommandIO,
    isWanted: (active: Service['active']) => boolean,
    otherwise: number,
  ): number {
    const states = units.map((name) => stateOf(name)?.active ?? 'inactive');
    if (!quiet) io.stdout(states.map((state) => `${state}\n`).join(''));
    return states.some(isWanted) ? 0 : otherwise;
  }

  function linkOf(name: string): string {
    return `${WANTS}/${fullName(name)}`;
  }

  function isEnabled({ units, quiet }: Words, io: CommandIO): number {
    let exitCode = 0;
    for (const name of units) {
      const service = stateOf(name);
      if (service === undefined) {
        io.stderr(`Failed to get unit file state for ${fullName(name)}: No such file or directory\n`);
        exitCode = 1;
        continue;
      }
      const state = enablement(service, io);
      if (state === 'disabled') exitCode = 1;
      if (!quiet) io.stdout(`${state}\n`);
    }
    return exitCode;
  }

  function enablement({ name, unit }: Service, io: CommandIO): string {
    if (io.machine.files.exists(linkOf(name))) return 'enabled';
    return unit.wantedBy.length === 0 ? 'static' : 'disabled';
  }

  async function enable(words: Words, io: CommandIO): Promise<number> {
    const { files } = io.machine;
    for (const name of words.units) {
      const service = stateOf(name);
      if (service === undefined) {
        io.stderr(`Failed to enable unit: Unit file ${fullName(name)} does not exist.\n`);
        return 1;
      }
      if (service.unit.wantedBy.length === 0) io.stderr(noInstallWords);
      else if (!files.exists(linkOf(name))) {
        files.mkdir(WANTS, { recursive: true });
        files.symlink(service.path, linkOf(name));
        io.stderr(`Created symlink ${linkOf(name)} → ${service.path}.\n`);
      }
    }
    return words.now ? each(words, io, 'start', (name) => services.start(name)) : 0;
  }

  async function disable(words: Words, io: CommandIO): Promise<number> {
    for (const name of words.units) {
      if (stateOf(name) === undefined) {
        io.stderr(`Failed to disable unit: Unit file ${fullName(name)} does not exist.\n`);
        return 1;
      }
      if (!io.machine.files.exists(linkOf(name))) continue;
      io.machine.files.remove(linkOf(name));
      io.stderr(`Removed "${linkOf(name)}".\n`);
    }
    return words.now ? each(words, io, 'stop', (name) => services.stop(name)) : 0;
  }

  function cat({ units }: Words, io: CommandIO): number {
    for (const name of units) {
      const service = stateOf(name);
      if (service === undefined) {
        io.stderr(`No files found for ${fullName(name)}.\n`);
        return 1;
      }
      io.stdout(`# ${service.path}\n${io.machine.files.readText(service.path)}`);
    }
    return 0;
  }

  function show({ units, properties, value }: Words, io: CommandIO): number {
    for (const name of units) {
      const service = stateOf(name);
      const [code, status] =
        service?.exit === undefined ? ['0', '0'] : [exitNumbers[service.exit.how], service.exit.status];
      const all: readonly (readonly [string, string])[] = [
        ['Restart', service?.unit.restart ?? 'no'],
        ['MainPID', String(service?.active === 'active' ? service.pid : 0)],
        ['Result', service?.result ?? 'success'],
        ['NRestarts', String(service?.restarts ?? 0)],
        ['ExecMainPID', String(service?.pid ?? 0)],
        ['ExecMainCode', String(code)],
        ['ExecMainStatus', String(status).split('/')[0] ?? '0'],
        ['Id', fullName(name)],
        ['Description', service?.unit.description ?? fullName(name)],
        ['LoadState', service === undefined ? 'not-found' : 'loaded'],
        ['ActiveState', service?.active ?? 'inactive'],
        ['SubState', service?.sub ?? 'dead'],
        ['UnitFileState', service === undefined ? '' : enablement(service, io)],
        [
          'ActiveEnterTimestamp',
          service?.active === 'active' ? formatTime('%a %Y-%m-%d %H:%M:%S UTC', service.since) : '',
        ],
      ];
      for (const [key, text] of all)
        if (properties.length === 0 || properties.includes(key)) io.stdout(value ? `${text}\n` : `${key}=${text}\n`);
    }
    return 0;
  }

  function listUnits({ units, list: { all, plain, legend, states } }: Words, io: CommandIO): number {
    const isAsked = units.map((pattern) => globMatcher(fullName(pattern)));
    const rows = services
      .list()
      .filter(({ name }) => isAsked.length === 0 || isAsked.some((matches) => matches(name)))
      .filter(({ active, sub }) =>
        states.length === 0 ? all || active !== 'inactive' : states.includes(active) || states.includes(sub),
      );
    const width = Math.max(4, ...rows.map(({ name }) => name.length));
    const line = (mark: string, cells: string): void => io.stdout(plain ? `${cells}\n` : `${mark} ${cells}\n`);
    if (legend && rows.length > 0) line(' ', `${'UNIT'.padEnd(width)} LOAD   ACTIVE SUB     DESCRIPTION`);
    for (const { name, active, sub, unit } of rows)
      line(
        active === 'failed' ? '●' : ' ',
        `${name.padEnd(width)} loaded ${active.padEnd(6)} ${sub.padEnd(7)} ${unit.description}`,
      );
    if (legend) io.stdout(`${rows.length} loaded units listed.\n`);
    return 0;
  }

  function status({ units }: Words, io: CommandIO): number {
    if (units.length === 0) return refuse(io, "'systemctl status' without a unit is not part of this sandbox");
    let exitCode = 0;
    for (const [index, name] of units.entries()) {
      if (index > 0) io.stdout('\n');
      const found = services.find(name);
      if (found === undefined) {
        io.stderr(`Unit ${fullName(name)} could not be found.\n`);
        exitCode = 4;
        continue;
      }
      if ('problem' in found) {
        io.stdout(
          `● ${fullName(name)}\n     Loaded: bad-setting (Reason: Unit ${fullName(name)} has a bad unit file setting.)\n     Active: inactive (dead)\n`,
        );
        exitCode = 3;
        continue;
      }
      if (services.isStale(found)) io.stderr(staleWords(found.name));
      io.stdout(statusOf(found, enablement(found, io), io.machine.kernel.now()));
      const told = journal
        .entries()
        .filter(({ unit }) => unit === found.name)
        .slice(-10);
      if (told.length > 0)
        io.stdout(`\n${told.map((entry) => `${journalLine(entry, io.machine.hostname)}\n`).join('')}`);
      if (found.active !== 'active') exitCode = 3;
    }
    return exitCode;
  }

  return {
    name: 'systemctl',
    summary: {
      es: 'arranca, para y muestra los servicios del host',
      en: 'starts, stops and shows the services of the host',
    },
    run(args, io) {
      const read = readWords(args);
      if ('problem' in read) return refuse(io, read.problem);
      if (read.verb === 'help') {
        io.stdout(help);
        return 0;
      }
      const verb = Object.hasOwn(verbs, read.verb) ? verbs[read.verb] : undefined;
      if (verb === undefined) {
        const isReal = realVerbs.includes(read.verb);
        return refuse(io, isReal ? `'${read.verb}' is not part of this sandbox` : `Unknown command verb ${read.verb}.`);
      }
      return verb(read.verb === 'list-units' ? read : { ...read, units: read.units.flatMap(namesOf) }, io);
    },
    complete: (words, start) =>
      (words.length === 0 ? Object.keys(verbs) : services.list().map(({ name }) => name)).filter((word) =>
        word.startsWith(start),
      ),
  };
}

const realVerbs: readonly string[] =
  'reload-or-restart isolate kill mask unmask edit list-unit-files list-timers list-sockets list-dependencies set-property poweroff reboot halt is-system-running preset link revert get-default set-default'.split(
    ' ',
  );

const exitNumbers: Readonly<Record<'exited' | 'killed' | 'dumped', string>> = { exited: '1', killed: '2', dumped: '3' };

const noInstallWords = `The unit files have no installation config (WantedBy=, RequiredBy=, Also=,
Alias= settings in the [Install] section, and DefaultInstance= for template
units). This means they are not meant to be enabled or disabled using systemctl.
`;

function fullName(name: string): string {
  return /\.\w+$/.test(name) ? name : `${name}.service`;
}

function staleWords(name: string): string {
  return `Warning: The unit file, source configuration file or drop-ins of ${name} changed on disk. Run 'systemctl daemon-reload' to reload units.\n`;
}

function refuse(io: CommandIO, problem: string): number {
  io.stderr(`${problem.startsWith("'") ? 'systemctl: ' : ''}${problem}\n`);
  return 1;
}

function readWords(args: readonly string[]): Words | { readonly problem: string } {
  const words: string[] = [];
  const properties: string[] = [];
  const flags = { now: false, quiet: false, value: false };
  const list = { all: false, plain: false, legend: true, states: [] as string[] };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string;
    const [name = '', attached] = arg.startsWith('--') ? arg.split('=', 2) : [arg];
    if (name === '--help' || name === '-h') return { verb: 'help', units: [], properties, list, ...flags };
    if (name === '--now') flags.now = true;
    else if (name === '--quiet' || name === '-q') flags.quiet = true;
    else if (name === '--value') flags.value = true;
    else if (name === '-p' || name === '--property') properties.push(...(attached ?? args[++at] ?? '').split(','));
    else if (name.startsWith('-p')) properties.push(...name.slice(2).split(','));
    else if (name === '--all' || name === '-a') list.all = true;
    else if (name === '--plain') list.plain = true;
    else if (name === '--no-legend' || arg === '--legend=false') list.legend = false;
    else if (name === '--failed') list.states.push('failed');
    else if (name === '--state') list.states.push(...(attached ?? args[++at] ?? '').split(','));
    else if (name === '--type' || name === '-t') {
      // Whoever asks for another type would see services here.
      const type = attached ?? args[++at] ?? '';
      if (type !== 'service') return { problem: `'--type=${type}' is not part of this sandbox` };
    } else if (['--no-pager', '--full', '-l', '--no-block'].includes(name)) continue;
    else if (arg.startsWith('-')) return { problem: `'${arg}' is not part of this sandbox` };
    else words.push(arg);
  }
  const [verb = 'list-units', ...units] = words;
  return { verb, units, properties, list, ...flags };
}

const marks: Readonly<Record<Service['active'], string>> = {
  active: '●',
  activating: '●',
  deactivating: '●',
  inactive: '○',
  failed: '×',
};

/** As systemctl of systemd 252 lays it out, without what is not measured here (tasks, memory). */
function statusOf(service: Service, enabled: string, now: number): string {
  const { name, unit, path, active, sub, since, result, pid, exit } = service;
  const why = result !== 'success' && active !== 'active' ? ` (Result: ${result})` : '';
  const when = pid === undefined ? '' : ` since ${formatTime('%a %Y-%m-%d %H:%M:%S UTC', since)}; ${ago(now - since)}`;
  const shownState = active === 'failed' ? 'failed' : `${active} (${sub})`;
  const rows = [
    `${marks[active]} ${name} - ${unit.description}`,
    `     Loaded: loaded (${path}; ${enabled}; preset: enabled)`,
    `     Active: ${shownState}${why}${when}`,
  ];
  const isRunning = active === 'active' || active === 'deactivating';
  if (!isRunning && exit !== undefined) {
    const ended = `code=${exit.how}, status=${exit.status}`;
    rows.push(`    Process: ${pid ?? 0} ExecStart=${unit.execStart.join(' ')} (${ended})`);
    rows.push(`   Main PID: ${pid ?? 0} (${ended})`);
  }
  if (isRunning) {
    rows.push(`   Main PID: ${pid} (${unit.execStart[0]?.split('/').at(-1)})`);
    rows.push(`     CGroup: /system.slice/${name}`, `             └─${pid} ${unit.execStart.join(' ')}`);
  }
  return `${rows.join('\n')}\n`;
}

/** How long ago, in the two largest units (systemd's format_timestamp_relative). */
function ago(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 1) return `${Math.floor(ms)}ms ago`;
  if (seconds < 60) return `${seconds}s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60)
    return minutes < 10 && seconds % 60 > 0 ? `${minutes}min ${seconds % 60}s ago` : `${minutes}min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours}h${minutes % 60 > 0 ? ` ${minutes % 60}min` : ''} ago`;
  const days = Math.floor(hours / 24);
  return `${days} day${days === 1 ? '' : 's'}${hours % 24 > 0 ? ` ${hours % 24}h` : ''} ago`;
}
