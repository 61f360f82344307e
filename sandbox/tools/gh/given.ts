// The words and flags of a `gh` command line, read as its library (cobra) reads them.

/** Ends a command with what `gh` says on standard error, and its exit code. */
export class GhStop extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Flags: `limit L=` takes a value, `log` does not. */
export type Flags = readonly string[];

export interface Given {
  readonly words: readonly string[];
  has(flag: string): boolean;
  /** The last value of a flag. */
  value(flag: string): string | undefined;
  values(flag: string): readonly string[];
  /** Names of the flags that were given. */
  readonly flags: readonly string[];
}

/** @throws GhStop for a flag that the command does not have here. */
export function readFlags(args: readonly string[], flags: Flags): Given {
  const known = new Map<string, { readonly name: string; readonly takes: boolean }>();
  for (const flag of flags) {
    const takes = flag.endsWith('=');
    const [name = '', letter] = flag.replace(/=$/, '').split(' ');
    known.set(`--${name}`, { name, takes });
    if (letter !== undefined) known.set(`-${letter}`, { name, takes });
  }
  let rest = args;
  const words: string[] = [];
  const found = new Map<string, string[]>();
  for (let at = 0; at < rest.length; at++) {
    const arg = rest[at] ?? '';
    if (arg === '--') {
      words.push(...rest.slice(at + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      words.push(arg);
      continue;
    }
    const [, long, short, inline] = /^(?:(--[^=]+)|(-.))(?:=?([\s\S]+))?$/.exec(arg) ?? [];
    const flag = known.get(long ?? short ?? '');
    if (flag === undefined)
      throw new GhStop(long === undefined ? `unknown shorthand flag: '${arg[1]}' in ${arg}` : `unknown flag: ${long}`);
    // `-sd`: letters that take no value may stand together.
    if (short !== undefined && !flag.takes && inline !== undefined && arg[2] !== '=') {
      rest = rest.toSpliced(at, 1, short, `-${inline}`);
      at--;
      continue;
    }
    const value = flag.takes ? (inline ?? rest[++at]) : (inline ?? 'true');
    if (value === undefined) throw new GhStop(`flag needs an argument: ${arg}`);
    found.set(flag.name, [...(found.get(flag.name) ?? []), value]);
  }
  return {
    words,
    flags: [...found.keys()],
    has: (name) => found.has(name) && found.get(name)?.at(-1) !== 'false',
    value: (name) => found.get(name)?.at(-1),
    values: (name) => found.get(name) ?? [],
  };
}
