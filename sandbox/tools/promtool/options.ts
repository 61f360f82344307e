// The command line of promtool, in the words of the parser that it uses (kingpin).

interface Command {
  readonly flags: Readonly<Record<string, 'switch' | 'value'>>;
  readonly args: readonly {
    readonly name: string;
    readonly many?: boolean;
    readonly isFile?: boolean;
    readonly optional?: boolean;
  }[];
}

const query = { format: 'value' } as const;

export const commands: Readonly<Record<string, Command>> = {
  'check rules': {
    flags: { lint: 'value', 'lint-fatal': 'switch' },
    args: [{ name: 'rule-files', many: true, isFile: true }],
  },
  'check config': {
    flags: { 'syntax-only': 'switch', lint: 'value', 'lint-fatal': 'switch' },
    args: [{ name: 'config-files', many: true, isFile: true }],
  },
  'check metrics': { flags: {}, args: [] },
  'test rules': { flags: { run: 'value' }, args: [{ name: 'test-rule-file', many: true, isFile: true }] },
  'query instant': { flags: { ...query, time: 'value' }, args: [{ name: 'server' }, { name: 'expr' }] },
  'query range': {
    flags: { ...query, start: 'value', end: 'value', step: 'value' },
    args: [{ name: 'server' }, { name: 'expr' }],
  },
  'query series': { flags: { ...query, match: 'value', start: 'value', end: 'value' }, args: [{ name: 'server' }] },
  'query labels': {
    flags: { ...query, match: 'value', start: 'value', end: 'value' },
    args: [{ name: 'server' }, { name: 'name' }],
  },
};

/** Commands of the real promtool that are not here: refused by name. */
const absent = new Set(['debug', 'tsdb', 'push', 'promql']);
const absentIn = new Set([
  'check service-discovery',
  'check web-config',
  'check healthy',
  'check ready',
  'query analyze',
]);

export interface Parsed {
  readonly command: string;
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly args: readonly string[];
}

/** What is asked for, or why it cannot be done. */
export function parseArgs(
  args: readonly string[],
  exists: (path: string) => boolean,
): Parsed | { readonly error: string } {
  const kingpin = (message: string): { error: string } => ({ error: `promtool: error: ${message}, try --help\n` });
  const words: string[] = [];
  let rest = [...args];
  while (words.length < 2 && rest.length > 0 && !(rest[0] as string).startsWith('-'))
    words.push(rest.shift() as string);
  const [first, second] = words;
  if (first === undefined) return kingpin('command not specified');
  if (absent.has(first)) return { error: `promtool: '${first}' is not part of this sandbox\n` };
  const siblings = Object.keys(commands).filter((name) => name.startsWith(`${first} `));
  if (siblings.length === 0) return kingpin(`expected command but got "${first}"`);
  if (second === undefined) return kingpin(`must select a subcommand of '${first}'`);
  const name = `${first} ${second}`;
  if (absentIn.has(name)) return { error: `promtool: '${name}' is not part of this sandbox\n` };
  const command = commands[name];
  if (command === undefined) return kingpin(`expected command but got "${second}"`);
  const flags = new Map<string, string[]>();
  const given: string[] = [];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      given.push(...rest);
      rest = [];
    } else if (arg.startsWith('-') && arg !== '-') {
      const [, flag = '', inline] = /^(?:--?)([^=]*)(?:=(.*))?$/s.exec(arg) as RegExpExecArray;
      const full = arg.startsWith('--') ? flag : flag === 'o' ? 'format' : flag;
      const kind = Object.hasOwn(command.flags, full) ? command.flags[full] : undefined;
      if (kind === undefined) {
        return kingpin(
          arg.startsWith('--') ? `unknown long flag '--${flag}'` : `unknown short flag '${arg.slice(0, 2)}'`,
        );
      }
      const value = kind === 'switch' ? 'true' : (inline ?? rest.shift());
      if (value === undefined) return kingpin(`expected argument for flag '--${full}'`);
      flags.set(full, [...(flags.get(full) ?? []), value]);
    } else given.push(arg);
  }
  const bad = checkArgs(command, given, exists);
  return bad === undefined ? { command: name, flags, args: given } : kingpin(bad);
}

function checkArgs(command: Command, given: readonly string[], exists: (path: string) => boolean): string | undefined {
  for (const [i, { name, isFile, many }] of command.args.entries()) {
    if (given[i] === undefined) return `required argument '${name}' not provided`;
    const files = isFile ? (many ? given.slice(i) : [given[i]]) : [];
    const missing = files.find((path) => !exists(path as string));
    if (missing !== undefined) return `path '${missing}' does not exist`;
  }
  const last = command.args.at(-1);
  if (last?.many !== true && given.length > command.args.length) return `unexpected ${given[command.args.length]}`;
  return undefined;
}

export const help = `usage: promtool [<flags>] <command> [<args> ...]

Tooling for the Prometheus monitoring system.

Commands of this sandbox:
  check config [<flags>] <config-files>...
  check rules [<flags>] <rule-files>...
  check metrics
  query instant [<flags>] <server> <expr>
  query range [<flags>] <server> <expr>
  query series --match=MATCH [<flags>] <server>
  query labels [<flags>] <server> <name>
  test rules [<flags>] <test-rule-file>...
`;
