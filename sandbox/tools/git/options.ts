import type { CommandIO } from '../../machine/index.ts';

/** Ends a git command with what git says on standard error, and its exit code. */
export class GitStop extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 128) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** A command line that does not fit: `git` shows how the command is used below what it says. */
export class UsageStop extends GitStop {
  /** As its usage is kept: `commit`, `worktree add`. */
  readonly command: string;
  /** The option that is not in the command's table, as it was typed: either nobody's, or the real tool's and not ours. */
  readonly option: string | undefined;

  constructor(command: string, { message = '', option }: { message?: string; option?: string } = {}) {
    super(message, 129);
    this.command = command;
    this.option = option;
  }
}

export const fatal = (message: string): GitStop => new GitStop(`fatal: ${message}`);
export const failed = (message: string): GitStop => new GitStop(`error: ${message}`, 1);

/**
 * Options of a subcommand: name as typed → what it is called here, and whether a value follows. An optional one comes behind `=`
 * and makes a flag `name=value` beside the plain one.
 */
export type OptionTable = Readonly<Record<string, { readonly as: string; readonly value?: boolean | 'optional' }>>;

export interface Parsed {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly words: readonly string[];
  /** What stands after `--`; undefined when there is no `--`. */
  readonly paths: readonly string[] | undefined;
}

/**
 * Reads a subcommand's arguments. @param first whether options stand before the first word only (PARSE_OPT_STOP_AT_NON_OPTION).
 * @throws UsageStop for an option that is not in the table.
 */
export function readOptions(command: string, args: readonly string[], table: OptionTable, first = false): Parsed {
  const flags = new Set<string>();
  const values = new Map<string, readonly string[]>();
  const words: string[] = [];
  const put = (name: string, value: string): void => void values.set(name, [...(values.get(name) ?? []), value]);
  const refuse = (shown: string): never => {
    throw new UsageStop(command, { option: shown });
  };

  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string;
    if (arg === '--') return { flags, values, words, paths: args.slice(at + 1) };
    if (!arg.startsWith('-') || arg === '-') {
      words.push(arg);
      if (!first) continue;
      words.push(...args.slice(at + 1));
      break;
    }
    const [name = '', inline] = arg.startsWith('--') && table[arg] === undefined ? splitOnce(arg, '=') : [arg];
    const known = table[name] ?? abbreviated(command, name, table);
    if (known !== undefined) {
      if (known.value !== true) {
        if (inline !== undefined && known.value === undefined) refuse(arg);
        flags.add(known.as);
        if (inline !== undefined) flags.add(`${known.as}=${inline}`);
      } else {
        const value = inline ?? args[++at];
        if (value === undefined)
          throw new GitStop(
            name.startsWith('--')
              ? `error: option \`${name.slice(2)}' requires a value`
              : `error: switch \`${name.slice(1)}' requires a value`,
            129,
          );
        put(known.as, value);
      }
      continue;
    }
    if (arg.startsWith('--')) refuse(name);
    // -am 'text', -n3, -3
    for (let letter = 1; letter < arg.length; letter++) {
      const short = table[`-${arg[letter]}`] ?? (/\d/.test(arg[letter] ?? '') ? table['-#'] : undefined);
      if (short === undefined) refuse(`-${arg[letter]}`);
      else if (short.value !== true) flags.add(short.as);
      else {
        const rest = table[`-${arg[letter]}`] === undefined ? arg.slice(letter) : arg.slice(letter + 1);
        const value = rest === '' ? args[++at] : rest;
        if (value === undefined) throw new GitStop(`error: switch \`${arg[letter]}' requires a value`, 129);
        put(short.as, value);
        break;
      }
    }
  }
  return { flags, values, words, paths: undefined };
}

/** Commands whose options are not abbreviated. */
const inFull: readonly string[] = ['diff', 'log', 'rev-list', 'rev-parse', 'show'];

/** A long option of which only the beginning was typed; undefined when it could be several, or none. */
function abbreviated(command: string, name: string, table: OptionTable): OptionTable[string] | undefined {
  if (!name.startsWith('--') || inFull.includes(command)) return undefined;
  const found = Object.entries(table).filter(([full]) => full.startsWith(name) && !full.includes('='));
  const [first] = found;
  return found.every(([, { as }]) => as === first?.[1].as) ? first?.[1] : undefined;
}

function splitOnce(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** The last value of an option. */
export function lastValue({ values }: Parsed, name: string): string | undefined {
  return values.get(name)?.at(-1);
}

/** ANSI colours, only for a person at a terminal. */
export function painter(
  { isTerminal }: Pick<CommandIO, 'isTerminal'>,
  always = false,
): (code: string, text: string) => string {
  return (code, text) => (isTerminal || always ? `\x1b[${code}m${text}\x1b[m` : text);
}
