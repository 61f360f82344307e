/** What a line of amtool says, by kingpin's rules: flags may stand anywhere, `--name=value`, `--name value`, `-n value`, `-nvalue`. */
export interface Given {
  readonly flags: Readonly<Record<string, string>>;
  readonly words: readonly string[];
}

/** Flags by name: the letter, if it has one, and whether a value follows. */
export type FlagTable = Readonly<Record<string, { readonly short?: string; readonly takesValue: boolean }>>;

/** What amtool ends with: its message without `amtool: error: `. */
export class AmtoolStop extends Error {}

/** @throws AmtoolStop in kingpin's words */
export function readFlags(args: readonly string[], table: FlagTable, absent: readonly string[]): Given {
  const flags: Record<string, string> = {};
  const words: string[] = [];
  const queue = [...args];
  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    if (arg === '--') {
      words.push(...queue);
      break;
    }
    const [, name, inline] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(arg) ?? [];
    const letter = name === undefined ? /^-([A-Za-z])([\s\S]*)$/.exec(arg) : null;
    if (name === undefined && letter === null) {
      words.push(arg);
      continue;
    }
    const found = name ?? Object.keys(table).find((one) => table[one]?.short === letter?.[1]);
    const flag = found !== undefined && Object.hasOwn(table, found) ? table[found] : undefined;
    if (found === undefined || flag === undefined) {
      if (absent.includes(found ?? '')) throw new AmtoolStop(`flag '--${found}' is not part of this sandbox`);
      throw new AmtoolStop(
        name === undefined ? `unknown short flag '-${letter?.[1]}'` : `unknown long flag '--${name}'`,
      );
    }
    if (!flag.takesValue) {
      flags[found] = 'true';
      // Letters may stand together: `-sq`.
      if (letter !== null && letter[2] !== '') queue.unshift(`-${letter[2]}`);
      continue;
    }
    const attached = inline ?? (letter?.[2] === '' ? undefined : letter?.[2]);
    const value = attached ?? queue.shift();
    if (value === undefined) throw new AmtoolStop(`expected argument for flag '--${found}'`);
    flags[found] = value;
  }
  return { flags, words };
}
