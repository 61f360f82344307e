// Programs that start another one in some other way: with a time limit, other variables, no terminal.
import type { Command, CommandIO } from '../../command.ts';
import { operandPath } from '../../files/index.ts';
import { waitUntil } from '../../go-on.ts';
import type { Machine } from '../../machine.ts';
import { milliseconds } from '../../shell/duration.ts';
import { quote } from '../../shell/quote.ts';
import { signalNumbers } from '../../shell/signals.ts';
import { createWaiting } from '../../shell/waiting.ts';
import type { Given } from '../options.ts';
import { defineTool, misuse, quoted as quotedName, ToolEnd } from '../tool.ts';
import { start } from './xargs.ts';

const quoted = (name: string): string => `‘${name}’`;

/** GNU timeout in simulated time: what waits longer than it may is ended when the clock gets there. */
function timeout(pause: () => Promise<void>): Command {
  return defineTool({
    name: 'timeout',
    summary: { es: 'ejecuta un programa con un límite de tiempo', en: 'runs a program with a time limit' },
    synopsis: '[OPTION] DURATION COMMAND [ARG]...',
    options: 'k|kill-after= s|signal= preserve-status v|verbose foreground',
    misuse: 125,
    inOrder: true,
    async run(given, io) {
      const [duration, ...words] = given.operands;
      if (duration === undefined || words.length === 0) throw new ToolEnd('', 125, true);
      const limit = milliseconds(duration);
      if (limit === undefined) throw misuse(`invalid time interval ‘${duration}’`, 125);
      const signal = (given.value('s') ?? 'TERM').replace(/^SIG/, '');
      const number = signalNumbers.get(signal) ?? Number(signal);
      if (Number.isNaN(number)) throw misuse(`‘${signal}’: invalid signal`, 125);
      const { kernel } = io.machine;
      const stopping = new AbortController();
      const stop = (): void => stopping.abort();
      io.signal.addEventListener('abort', stop);
      let late = false;
      const sent = ({ 2: 'SIGINT', 9: 'SIGKILL' } as const)[number] ?? 'SIGTERM';
      const killedBy = () => (late ? sent : io.killedBy?.());
      const cancel =
        limit === 0
          ? () => {}
          : kernel.schedule(limit, () => {
              late = true;
              stop();
            });
      let code: number | undefined;
      const ended = start(
        'timeout: failed to run command',
        words,
        {
          ...io,
          signal: stopping.signal,
          run: (one) =>
            io.run?.({ ...one, signal: stopping.signal, killedBy }) ?? Promise.reject(new Error('no shell')),
        },
        quoted,
        io.stdin,
      ).then((exitCode) => {
        code = exitCode;
      });
      await waitUntil(() => code !== undefined || late, io, pause);
      await ended;
      cancel();
      if (!late) return code ?? 0;
      if (given.has('v')) io.stderr(`timeout: sending signal ${signal} to command ‘${words[0]}’\n`);
      if (number === 9) return 137;
      return given.has('preserve-status') ? 128 + number : 124;
    },
  });
}

/** Whether only options stand before a word of the line. */
function isOption(args: readonly string[], at: number): boolean {
  return args.slice(0, at).every((arg, index) => arg.startsWith('-') || /^-[uC]$/.test(args[index - 1] ?? ''));
}

/** Words of `env -S`: quotes hold them together, `${NAME}` is the environment's. */
function split(text: string, io: CommandIO): string[] {
  const open = text.replaceAll(/'[^']*'/g, (whole) => ' '.repeat(whole.length)).search(/(?<!\\)\$(?!\{\w+\})/);
  if (open >= 0) throw new ToolEnd(`only \${VARNAME} expansion is supported, error at: ${text.slice(open)}`, 125);
  const filled = (part: string): string => part.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => io.env[name] ?? '');
  return (text.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/gs) ?? []).map((word) =>
    word.replaceAll(
      /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)|[^'"\\]+/gs,
      (part, plain, quoted, escaped) =>
        plain ?? (quoted === undefined ? (escaped ?? filled(part)) : filled(quoted.replaceAll(/\\(.)/gs, '$1'))),
    ),
  );
}

const env = defineTool({
  name: 'env',
  summary: { es: 'muestra o cambia las variables de un programa', en: 'shows or changes the variables of a program' },
  synopsis: '[OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]',
  options: 'i|ignore-environment u|unset= 0|null C|chdir= S|split-string= v|debug',
  absent: 'block-signal? default-signal? ignore-signal? list-signal-handling',
  misuse: 125,
  inOrder: true,
  rewrite(args, io) {
    const at = args.findIndex((arg, index) => /^(?:-v*S|--split-string=)/s.test(arg) && isOption(args, index));
    if (at < 0) return args;
    const [, attached = ''] = /^(?:-v*S|--split-string=)(.*)$/s.exec(args[at] ?? '') ?? [];
    const isApart = attached === '' && !args[at]?.startsWith('--');
    const text = isApart ? (args[at + 1] ?? '') : attached;
    return [...args.slice(0, at), ...split(text, io), ...args.slice(at + (isApart ? 2 : 1))];
  },
  async run(given, io) {
    const words = [...given.operands];
    const kept = new Map<string, string>(given.has('i') || words[0] === '-' ? [] : Object.entries(io.env));
    if (words[0] === '-') words.shift();
    for (const name of given.all('u')) kept.delete(name);
    while (words[0]?.includes('=')) {
      const word = words.shift() as string;
      kept.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1));
    }
    // `env` in `env` would show what a shell adds: here it is the same list.
    if (words.length === 0 || (words.length === 1 && /^(?:\/usr\/bin\/|\/bin\/)?env$/.test(words[0] ?? ''))) {
      for (const [name, value] of kept) io.stdout(`${name}=${value}${given.has('0') ? '\0' : '\n'}`);
      return 0;
    }
    const folder = given.value('C');
    if (folder !== undefined && !io.machine.files.exists(operandPath(io.cwd, folder)))
      throw new ToolEnd(`cannot change directory to ${quotedName(folder)}: No such file or directory`, 125);
    // Without PATH nothing would be found: the real env looks in the usual places then.
    const gone = Object.keys(io.env).filter(
      (name) => !kept.has(name) && name !== 'PATH' && /^[A-Za-z_]\w*$/.test(name),
    );
    const changed = [...kept].filter(([name, value]) => io.env[name] !== value);
    // A shell exports no such name, but hands it on when it began with it.
    const isOdd = ([name]: readonly [string, string]): boolean => !/^[A-Za-z_]\w*$/.test(name);
    const odd = Object.fromEntries(changed.filter(isOdd));
    const before = [
      ...(gone.length === 0 ? [] : [`unset ${gone.join(' ')}`]),
      ...(kept.has('PATH') || io.env.PATH === undefined ? [] : ['export -n PATH']),
      ...changed.filter((one) => !isOdd(one)).map(([name, value]) => `export ${name}=${quote(value)}`),
      ...(folder === undefined ? [] : [`cd ${quote(folder)}`]),
    ];
    return start(
      'env',
      `${before.map((line) => `${line}; `).join('')}${words.map(quote).join(' ')}`,
      { ...io, env: { ...io.env, ...odd } },
      quoted,
      io.stdin,
      words[0],
    );
  },
});

const printenv = defineTool({
  name: 'printenv',
  summary: { es: 'muestra las variables de entorno', en: 'shows the environment variables' },
  synopsis: '[OPTION]... [VARIABLE]...',
  options: '0|null',
  misuse: 2,
  run(given, io) {
    const end = given.has('0') ? '\0' : '\n';
    const asked = given.operands;
    if (asked.length === 0) for (const [name, value] of Object.entries(io.env)) io.stdout(`${name}=${value}${end}`);
    for (const name of asked) if (io.env[name] !== undefined) io.stdout(`${io.env[name]}${end}`);
    return asked.every((name) => io.env[name] !== undefined) ? 0 : 1;
  },
});

/** Programs that start another one with something changed that does not exist in this sandbox. */
function plain(
  name: string,
  summary: Command['summary'],
  synopsis: string,
  options: string,
  skip: number,
  pause: () => Promise<void> = () => Promise.resolve(),
): Command {
  return defineTool({
    name,
    summary,
    synopsis,
    options,
    misuse: 125,
    inOrder: true,
    run(given, io: CommandIO) {
      const words = given.operands.slice(skip);
      if (name === 'flock') return lock(given, io, pause);
      const adjustment = given.value('n');
      if (name === 'nice' && adjustment !== undefined && !/^[-+]?\d+$/.test(adjustment))
        throw new ToolEnd(`invalid adjustment ‘${adjustment}’`, 125);
      if (words.length === 0) {
        if (name === 'nice') {
          io.stdout('0\n');
          return 0;
        }
        throw misuse('missing operand', 125);
      }
      return start(
        name === 'nohup' || name === 'nice' || name === 'stdbuf' ? `${name}: failed to run command` : name,
        words,
        io,
        quoted,
        io.stdin,
      );
    },
  });
}

/** Files that a `flock FILE COMMAND` holds while its command runs. */
const held = new WeakMap<Machine, Set<string>>();

/** `flock FILE COMMAND`, `flock FILE -c LINE` wait for each other in background jobs; `flock FD` always finds its lock free. */
async function lock(given: Given, io: CommandIO, pause: () => Promise<void>): Promise<number> {
  const [place, ...words] = given.operands;
  if (place === undefined) throw misuse('not enough arguments', 64);
  if (words.length === 0) {
    if (/^\d+$/.test(place)) return 0;
    throw new ToolEnd(`bad file descriptor: '${place}'`, 64);
  }
  const path = operandPath(io.cwd, place);
  if (!io.machine.files.exists(path)) io.machine.files.writeFile(path, '');
  const [first, line, ...more] = words;
  const isLine = first === '-c' || first === '--command';
  if (isLine && (line === undefined || more.length > 0)) throw misuse('-c requires exactly one command argument', 64);
  const locks = held.get(io.machine) ?? new Set<string>();
  held.set(io.machine, locks);
  const { kernel } = io.machine;
  const patience = given.has('n', 'nb') ? 0 : milliseconds(given.value('w') ?? '');
  const until = patience === undefined ? undefined : kernel.now() + patience;
  for (const letPass = createWaiting(io.machine, pause, io.pid === undefined); locks.has(path); await letPass())
    if (io.signal.aborted || (until !== undefined && kernel.now() >= until)) return Number(given.value('E') ?? 1);
  locks.add(path);
  try {
    return await start('flock', isLine ? ['bash', '-c', line ?? ''] : words, io, quoted, io.stdin);
  } finally {
    locks.delete(path);
  }
}

/** Bytes: a million lines of the shortest kind. */
const MOST_OF_YES = 2_000_000;

const yes = defineTool({
  name: 'yes',
  summary: { es: 'repite una línea sin parar', en: 'repeats a line for ever' },
  synopsis: '[STRING]...',
  options: '',
  run(given, io) {
    const line = `${given.operands.length === 0 ? 'y' : given.operands.join(' ')}\n`;
    if (io.isTerminal)
      throw new ToolEnd("'yes' on the terminal is not part of this sandbox: give it to another program with |");
    // Whoever reads it takes what is wanted and leaves the rest.
    io.stdout(line.repeat(Math.ceil(MOST_OF_YES / line.length)));
    // It only ends by the signal of a pipe that nobody reads any more.
    return 141;
  },
});

export function wrapperTools(pause: () => Promise<void>): readonly Command[] {
  return [
    timeout(pause),
    env,
    printenv,
    yes,
    plain(
      'nohup',
      { es: 'un programa que sigue al cerrar la terminal', en: 'a program that goes on when the terminal closes' },
      'COMMAND [ARG]...',
      '',
      0,
    ),
    plain(
      'nice',
      { es: 'un programa con otra prioridad', en: 'a program with another priority' },
      '[-n N] COMMAND [ARG]...',
      'n|adjustment=',
      0,
    ),
    plain(
      'setsid',
      { es: 'un programa en una sesión propia', en: 'a program in a session of its own' },
      'COMMAND [ARG]...',
      'w|wait f|fork c|ctty',
      0,
    ),
    plain(
      'stdbuf',
      { es: 'un programa con otros búferes', en: 'a program with other buffers' },
      '-oL COMMAND [ARG]...',
      'i|input= o|output= e|error=',
      0,
    ),
    plain(
      'flock',
      { es: 'un programa que espera su turno por un archivo', en: 'a program that waits for its turn by a file' },
      'FILE COMMAND [ARG]...',
      'n|nonblock nb x|exclusive e s|shared w|timeout= o|close u|unlock E|conflict-exit-code= F|no-fork verbose',
      1,
      pause,
    ),
  ];
}
