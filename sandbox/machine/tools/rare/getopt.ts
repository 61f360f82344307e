// getopt of util-linux: a script's options in an order that a loop can read.
import type { Command, CommandIO } from '../../command.ts';
import { rareSummaries } from './summaries.ts';

/** How many values an option takes; `possible` is one that is joined to it. */
type Takes = 'none' | 'needed' | 'possible';

const takes = (colons: string): Takes => (colons === '' ? 'none' : colons === ':' ? 'needed' : 'possible');
const hint = "Try 'getopt --help' for more information.\n";
const inQuotes = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

interface Wanted {
  readonly short: ReadonlyMap<string, Takes>;
  readonly long: ReadonlyMap<string, Takes>;
  /** Long options after one dash. */
  readonly isAlternative: boolean;
  /** `+`: the first operand ends the options; `-`: operands stay where they are. */
  readonly mode: string;
  complain(text: string): void;
}

export const getopt: Command = {
  name: 'getopt',
  summary: rareSummaries.getopt,
  run(args, io) {
    if (args.length === 0) return misuse(io, 'missing optstring argument');
    const [first = ''] = args;
    // The old form: what follows the letters is the line, and nothing is quoted.
    if (!first.startsWith('-'))
      return print(io, { letters: first, words: [], quoted: false, name: 'getopt' }, args.slice(1));
    let letters: string | undefined;
    const found = {
      words: [] as string[],
      quoted: true,
      name: 'getopt',
      isAlternative: false,
      isQuiet: false,
      isMute: false,
    };
    let at = 0;
    for (; at < args.length; at++) {
      const word = args[at] ?? '';
      if (word === '--') {
        at++;
        break;
      }
      const [, letter, rest] = /^-([aqQuThVolns])([\s\S]*)$/.exec(word) ?? [];
      const [, long, given] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
      const [name = '', inline] = letter === undefined ? [long, given] : [letter, rest];
      if (/^(?:o|options|l|longoptions|long|n|name|s|shell)$/.test(name)) {
        const value = inline === undefined || inline === '' ? args[++at] : inline;
        if (value === undefined)
          return misuse(
            io,
            word.startsWith('--')
              ? `option '${word}' requires an argument`
              : `option requires an argument -- '${name}'`,
          );
        if (name[0] === 'o') letters = value;
        else if (name[0] === 'l') found.words.push(...value.split(/[,\s]+/).filter(Boolean));
        else if (name[0] === 'n') found.name = value;
      } else if (/^(u|unquoted)$/.test(name)) found.quoted = false;
      else if (/^(a|alternative)$/.test(name)) found.isAlternative = true;
      else if (/^(q|quiet)$/.test(name)) found.isQuiet = true;
      else if (/^(Q|quiet-output)$/.test(name)) found.isMute = true;
      else if (/^(T|test)$/.test(name)) return 4;
      else if (/^(V|version)$/.test(name)) {
        io.stdout('getopt from util-linux 2.38.1\n');
        return 0;
      } else if (/^(h|help)$/.test(name)) {
        io.stdout(usage[io.machine.language]);
        return 0;
      } else if (word.startsWith('-') && word !== '-')
        return misuse(io, word.startsWith('--') ? `unrecognized option '${word}'` : `invalid option -- '${word[1]}'`);
      else break;
    }
    if (letters === undefined) {
      letters = args[at++];
      if (letters === undefined) return misuse(io, 'missing optstring argument');
    }
    return print(io, { ...found, letters }, args.slice(at));
  },
};

const usage = {
  es: 'Uso: getopt LETRAS PALABRAS...\n     getopt -o LETRAS [-l NOMBRES] [-n NOMBRE] [-a] [-q] [-Q] [-u] -- PALABRAS...\n',
  en: 'Usage: getopt LETTERS WORDS...\n       getopt -o LETTERS [-l NAMES] [-n NAME] [-a] [-q] [-Q] [-u] -- WORDS...\n',
};

function misuse(io: CommandIO, text: string): number {
  io.stderr(`getopt: ${text}\n${hint}`);
  return 2;
}

interface Asked {
  readonly letters: string;
  readonly words: readonly string[];
  readonly quoted: boolean;
  readonly name: string;
  readonly isAlternative?: boolean;
  readonly isQuiet?: boolean;
  readonly isMute?: boolean;
}

function print(io: CommandIO, asked: Asked, line: readonly string[]): number {
  const [, mode = '', letters = ''] = /^([-+]?)(.*)$/.exec(asked.letters) ?? [];
  let failed = false;
  const told = parse(line, {
    short: new Map(
      [...letters.matchAll(/([^:])(:{0,2})/g)].map(([, letter = '', colons = '']) => [letter, takes(colons)]),
    ),
    long: new Map(asked.words.map((word) => [word.replace(/:+$/, ''), takes(/:*$/.exec(word)?.[0] ?? '')])),
    isAlternative: asked.isAlternative ?? false,
    mode: mode || (io.env.POSIXLY_CORRECT === undefined ? '' : '+'),
    complain(text) {
      failed = true;
      if (!asked.isQuiet) io.stderr(`${asked.name}: ${text}\n`);
    },
  });
  const shown = (text: string): string => (asked.quoted ? inQuotes(text) : text);
  const out = told.options.map(
    ([option, value]) => (option === undefined ? '' : ` ${option}`) + (value === undefined ? '' : ` ${shown(value)}`),
  );
  if (!asked.isMute) io.stdout(`${out.join('')} --${told.operands.map((word) => ` ${shown(word)}`).join('')}\n`);
  return failed ? 1 : 0;
}

function parse(
  line: readonly string[],
  { short, long, isAlternative, mode, complain }: Wanted,
): { readonly options: readonly (readonly [string | undefined, string?])[]; readonly operands: readonly string[] } {
  const options: (readonly [string | undefined, string?])[] = [];
  const operands: string[] = [];
  for (let at = 0; at < line.length; at++) {
    const word = line[at] ?? '';
    if (word === '--') {
      operands.push(...line.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      if (mode === '+') {
        operands.push(...line.slice(at));
        break;
      }
      if (mode === '-') options.push([undefined, word]);
      else operands.push(word);
      continue;
    }
    const [, dashes = '', name = '', joined, inline] = /^(--?)([^=]*)(=([\s\S]*))?$/.exec(word) ?? [];
    const isLong = dashes === '--' || (isAlternative && [...long.keys()].some((one) => one.startsWith(name)));
    if (isLong) {
      const near = long.has(name) ? [name] : [...long.keys()].filter((one) => one.startsWith(name));
      const [whole = ''] = near;
      if (near.length === 0) complain(`unrecognized option '${dashes}${name}'`);
      else if (near.length > 1)
        complain(`option '${word}' is ambiguous; possibilities:${near.map((one) => ` '--${one}'`).join('')}`);
      else if (long.get(whole) === 'none' && joined !== undefined)
        complain(`option '--${whole}' doesn't allow an argument`);
      else if (long.get(whole) === 'none') options.push([`--${whole}`]);
      else if (joined !== undefined || long.get(whole) === 'possible') options.push([`--${whole}`, inline ?? '']);
      else if (at + 1 < line.length) options.push([`--${whole}`, line[++at]]);
      else complain(`option '--${whole}' requires an argument`);
      continue;
    }
    for (let letter = 1; letter < word.length; letter++) {
      const key = word[letter] ?? '';
      const kind = short.get(key);
      const rest = word.slice(letter + 1);
      if (kind === undefined) complain(`invalid option -- '${key}'`);
      else if (kind === 'none') options.push([`-${key}`]);
      else {
        if (rest !== '' || kind === 'possible') options.push([`-${key}`, rest]);
        else if (at + 1 < line.length) options.push([`-${key}`, line[++at]]);
        else complain(`option requires an argument -- '${key}'`);
        break;
      }
    }
  }
  return { options, operands };
}
