// `amtool`: looks at Alertmanager and silences alerts, with the words of amtool 0.25 for the part that is here.
import { type Command, type CommandIO, resolvePath } from '../../machine/index.ts';
import { type AlertingConfig, readAlertingConfig } from '../../telemetry/alerting/index.ts';
import { queryAlerts } from './alert.ts';
import { AmtoolStop, type FlagTable, type Given, readFlags } from './flags.ts';
import { openPlace, type Place } from './place.ts';
import { showRoutes, testRoutes } from './routes.ts';
import { addSilence, expireSilences, querySilences } from './silence.ts';

const value = { takesValue: true };
const bare = { takesValue: false };
const global: FlagTable = {
  'alertmanager.url': value,
  output: { short: 'o', takesValue: true },
  verbose: { short: 'v', takesValue: false },
};

interface Act {
  readonly flags: FlagTable;
  readonly run: (given: Given, io: CommandIO) => number;
}

const atPlace =
  (path: string, act: (place: Place, given: Given, io: CommandIO) => number) =>
  (given: Given, io: CommandIO): number =>
    act(openPlace(io, path), given, io);

/** Every command by its words; `default` marks what its group runs when nothing follows. */
const acts: Readonly<Record<string, Act>> = {
  'check-config': { flags: {}, run: checkConfig },
  'alert query': {
    flags: {
      inhibited: { short: 'i', ...bare },
      silenced: { short: 's', ...bare },
      active: { short: 'a', ...bare },
      unprocessed: { short: 'u', ...bare },
      receiver: { short: 'r', ...value },
    },
    run: atPlace('alerts', queryAlerts),
  },
  'silence add': {
    flags: {
      author: { short: 'a', ...value },
      duration: { short: 'd', ...value },
      comment: { short: 'c', ...value },
      start: value,
      end: value,
    },
    run: atPlace('silences', addSilence),
  },
  'silence query': {
    flags: { expired: bare, quiet: { short: 'q', ...bare }, 'created-by': value, id: value, within: value },
    run: atPlace('silences', querySilences),
  },
  'silence expire': { flags: {}, run: atPlace('silences', expireSilences) },
  'config show': {
    flags: {},
    run: atPlace('status', ({ state }, _given, io) => {
      io.stdout(`${state.config}\n`);
      return 0;
    }),
  },
  'config routes show': {
    flags: { 'config.file': value },
    run: (given, io) => showRoutes(configOf(given, io), io),
  },
  'config routes test': {
    flags: { 'config.file': value, 'verify.receivers': value, tree: bare },
    run: (given, io) => testRoutes(configOf(given, io), given, io),
  },
};

/** Groups and the command that they stand for alone, as in the real tool. */
const groups: Readonly<Record<string, string>> = {
  alert: 'alert query',
  silence: 'silence query',
  config: 'config show',
  'config routes': 'config routes show',
};

const absentCommands = ['cluster', 'template', 'alert add', 'silence import', 'silence update'];
const absentFlags = [
  'date.format',
  'timeout',
  'http.config.file',
  'version-check',
  'annotation',
  'help-long',
  'help-man',
];

const usage = `usage: amtool [<flags>] <command> [<args> ...]

View and modify the current Alertmanager state.

Commands:
  alert [query] [-i] [-s] [-a] [-u] [-r RECEIVER] [<matcher-groups>...]
  silence add -c COMMENT [-a AUTHOR] [-d 1h] [--start=START] [--end=END] <matcher-groups>...
  silence [query] [--expired] [-q] [--created-by=ROLE] [--id=ID] [--within=8h] [<matcher-groups>...]
  silence expire <silence-ids>...
  check-config [<check-files>...]
  config [show]
  config routes [show] [--config.file=FILE]
  config routes test [--config.file=FILE] [--verify.receivers=NAMES] [--tree] [<labels>...]
`;

export const amtool: Command = {
  name: 'amtool',
  summary: {
    es: 'mira las alertas, las silencia y comprueba sus rutas',
    en: 'looks at alerts, silences them, checks their routes',
  },
  run(args, io) {
    try {
      if (args.length === 0 || args[0] === 'help' || args.some((arg) => arg === '--help' || arg === '-h')) {
        io.stdout(usage);
        return 0;
      }
      if (args[0] === '--version') {
        io.stderr('amtool, version 0.25.0\n');
        return 0;
      }
      return dispatch(args, io);
    } catch (error) {
      if (!(error instanceof AmtoolStop)) throw error;
      io.stderr(`amtool: error: ${error.message}\n\n`);
      return 1;
    }
  },
  complete(words) {
    const typed = words.join(' ');
    const next = Object.keys(acts)
      .filter((name) => typed === '' || name.startsWith(`${typed} `))
      .map((name) => name.slice(typed === '' ? 0 : typed.length + 1).split(' ')[0] as string);
    return [...new Set(next)];
  },
};

function dispatch(args: readonly string[], io: CommandIO): number {
  const { name, rest } = commandOf(args);
  const act = acts[name] as Act;
  const given = readFlags(rest, { ...global, ...act.flags }, absentFlags);
  const { output = 'simple' } = given.flags;
  if (!['simple', 'extended', 'json'].includes(output))
    throw new AmtoolStop(`enum value must be one of simple,extended,json, got '${output}'`);
  if (output !== 'simple') throw new AmtoolStop(`output '${output}' is not part of this sandbox (there is: simple)`);
  return act.run(given, io);
}

/** The longest command that the first words name; global flags may stand before. */
function commandOf(args: readonly string[]): { readonly name: string; readonly rest: readonly string[] } {
  const before: string[] = [];
  const words = [...args];
  while (words[0]?.startsWith('-')) {
    const flag = words.shift() as string;
    before.push(flag);
    const takesValue = /^(?:--alertmanager\.url|--output|-o)$/.test(flag);
    if (takesValue && words[0] !== undefined) before.push(words.shift() as string);
  }
  for (let count = 3; count > 0; count--) {
    const name = words.slice(0, count).join(' ');
    if (absentCommands.includes(name)) throw new AmtoolStop(`'${name}' is not part of this sandbox`);
    const known = Object.hasOwn(acts, name) ? name : Object.hasOwn(groups, name) ? groups[name] : undefined;
    if (known === undefined || words.length < count) continue;
    const rest = words.slice(count);
    // Only queries take words of their own when their name is left out.
    const stray = rest.find((word) => !word.startsWith('-'));
    if (known.startsWith('config') && known !== name && stray !== undefined)
      throw new AmtoolStop(`unexpected ${stray}`);
    return { name: known, rest: [...before, ...rest] };
  }
  if (words[0] === undefined) readFlags(before, global, absentFlags);
  throw new AmtoolStop(words[0] === undefined ? 'must select a subcommand' : `expected command but got "${words[0]}"`);
}

function checkConfig({ words }: Given, io: CommandIO): number {
  const { files } = io.machine;
  const paths = words.map((word) => resolvePath(io.cwd, word));
  const missing = paths.findIndex((path) => !files.exists(path));
  if (missing >= 0) throw new AmtoolStop(`path '${words[missing]}' does not exist`);
  if (words.length === 0 && io.isTyped === true) throw new AmtoolStop('Failed to read from standard input');
  const texts =
    words.length === 0
      ? [['/dev/stdin', new TextDecoder().decode(io.stdin)]]
      : words.map((word, index) => [word, files.readText(paths[index] as string)]);
  let failed = 0;
  for (const [name, text] of texts) {
    const answer = readAlertingConfig(text as string);
    if (!answer.ok) failed++;
    io.stdout(
      `Checking '${name}'${answer.ok ? `  SUCCESS\n${found(answer.config)}` : `  FAILED: ${answer.message}\n`}\n`,
    );
  }
  if (failed > 0) throw new AmtoolStop(`failed to validate ${failed} file(s)`);
  return 0;
}

function found({ inhibitRules, receivers }: AlertingConfig): string {
  const counted = [`${inhibitRules.length} inhibit rules`, `${receivers.length} receivers`, '0 templates'];
  return `Found:\n${['global config', 'route', ...counted].map((line) => ` - ${line}\n`).join('')}`;
}

function configOf({ flags }: Given, io: CommandIO): AlertingConfig {
  const name = flags['config.file'];
  if (name === undefined) return openPlace(io, 'status').config;
  const path = resolvePath(io.cwd, name);
  if (!io.machine.files.exists(path)) throw new AmtoolStop(`path '${name}' does not exist`);
  const answer = readAlertingConfig(io.machine.files.readText(path));
  if (!answer.ok) throw new AmtoolStop(answer.message);
  return answer.config;
}
