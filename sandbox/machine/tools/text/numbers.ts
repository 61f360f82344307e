// Tools of numbers and of chance.
import type { Command, CommandIO } from '../../command.ts';
import { operandPath } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { bytesOf, defineTool, linesOf, misuse, ToolEnd, textOf, tryInput } from '../tool.ts';
import { expr } from './expr.ts';
import { formatDirective } from './printf.ts';

const seq = defineTool({
  name: 'seq',
  summary: { es: 'números en orden', en: 'numbers in order' },
  synopsis: '[OPTION]... [FIRST [INCREMENT]] LAST',
  options: 'f|format= s|separator= w|equal-width',
  // A negative number is no option.
  rewrite: (args) => {
    const at = args.findIndex(
      (arg, index) => /^-?[\d.]/.test(arg) && !/^(-[fs]|--format|--separator)$/.test(args[index - 1] ?? ''),
    );
    return at < 0 ? args : [...args.slice(0, at), '--', ...args.slice(at)];
  },
  run(given, io) {
    const words = given.operands;
    if (words.length === 0) throw misuse('missing operand');
    const format = given.value('f');
    if (format !== undefined) checkFormat(format, given.has('w'));
    if (words.length > 3) throw misuse(`extra operand ‘${words[3]}’`);
    const wrong = words.find((word) => word === '' || Number.isNaN(Number(word)));
    if (wrong !== undefined) throw misuse(`invalid floating point argument: ‘${wrong}’`);
    const [first = 1, step = 1, last = 1] =
      words.length === 1
        ? [1, 1, Number(words[0])]
        : words.length === 2
          ? [Number(words[0]), 1, Number(words[1])]
          : words.map(Number);
    if (step === 0) throw misuse(`invalid Zero increment value: ‘${words[1]}’`);
    const decimals = Math.max(
      0,
      ...words
        .slice(0, words.length === 3 ? 2 : 1)
        .map((word) => (words.length === 1 ? 0 : (word.split('.')[1]?.length ?? 0))),
    );
    const count = Math.floor((last - first) / step + 1e-10) + 1;
    if (count > 2_000_000) throw new ToolEnd(`'${count}' numbers are more than this sandbox writes at once`);
    const texts = Array.from({ length: Math.max(0, count) }, (_, index) => {
      const value = first + index * step;
      if (format === undefined) return value.toFixed(decimals);
      return format.replace(
        /%%|%([-+ #0]*)(\d*)(?:\.(\d+))?([aefgEFG])/g,
        (_whole, flags: string, width: string, precision: string | undefined, letter: string | undefined) =>
          letter === undefined
            ? '%'
            : formatDirective(flags, Number(width), precision === undefined ? undefined : Number(precision), letter, {
                number: value,
                text: '',
              }),
      );
    });
    const width = given.has('w') ? Math.max(0, ...texts.map(({ length }) => length), last.toFixed(decimals).length) : 0;
    const padded = texts.map((text) =>
      text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, '0'),
    );
    if (padded.length > 0) io.stdout(`${padded.join(given.value('s') ?? '\n')}\n`);
    return 0;
  },
});

/** @throws ToolEnd for what is no format of one number */
function checkFormat(format: string, isPadded: boolean): void {
  const wrong = (why: string): never => {
    throw new ToolEnd(`format ‘${format}’ ${why}`);
  };
  const [, letter, rest = ''] = /^(?:[^%]|%%)*%[-+#0 ']*\d*(?:\.\d*)?L?(.?)(.*)$/s.exec(format) ?? [];
  if (letter === undefined) wrong('has no % directive');
  if (letter === '') wrong('ends in %');
  if (!/[aefgAEFG]/.test(letter ?? '')) wrong(`has unknown %${letter} directive`);
  if (rest.replaceAll('%%', '').includes('%')) wrong('has too many % directives');
  if (isPadded) throw misuse('format string may not be specified when printing equal width strings');
}

const shuf = defineTool({
  name: 'shuf',
  summary: { es: 'líneas en un orden al azar', en: 'lines in a random order' },
  synopsis: '[OPTION]... [FILE]',
  options: 'e|echo i|input-range= n|head-count= o|output= r|repeat z|zero-terminated',
  absent: 'random-source=',
  run(given, io) {
    const random = io.machine.kernel.random('shuf');
    const end = given.has('z') ? '\0' : '\n';
    let lines: readonly string[];
    const range = given.value('i');
    if (given.has('e')) lines = given.operands;
    else if (range !== undefined) {
      const [, low, high] = /^(\d+)-(\d+)$/.exec(range) ?? [];
      if (low === undefined || high === undefined || Number(low) > Number(high) + 1)
        throw new ToolEnd(`invalid input range: ‘${range}’`);
      lines = Array.from({ length: Number(high) - Number(low) + 1 }, (_, index) => String(Number(low) + index));
    } else {
      const bytes = tryInput('shuf', given.operands[0] ?? '-', io);
      if (bytes === undefined) return 1;
      lines = linesOf(textOf(bytes), end).lines;
    }
    const count = given.has('n') ? Number(given.value('n')) : undefined;
    if (count !== undefined && !/^\d+$/.test(given.value('n') ?? ''))
      throw new ToolEnd(`invalid line count: ‘${given.value('n')}’`);
    let chosen: string[];
    if (given.has('r'))
      chosen = Array.from({ length: count ?? 1000 }, () => lines[random.integer(0, lines.length - 1)] ?? '');
    else {
      chosen = [...lines];
      for (let at = chosen.length - 1; at > 0; at--) {
        const other = random.integer(0, at);
        [chosen[at], chosen[other]] = [chosen[other] as string, chosen[at] as string];
      }
      chosen = chosen.slice(0, count);
    }
    const text = chosen.map((line) => line + end).join('');
    const output = given.value('o');
    if (output === undefined) io.stdout(text);
    else io.machine.files.writeFile(operandPath(io.cwd, output), bytesOf(text));
    return 0;
  },
});

const envsubst = defineTool({
  name: 'envsubst',
  summary: { es: 'pone variables del entorno en un texto', en: 'puts variables of the environment into a text' },
  synopsis: '[OPTION] [SHELL-FORMAT]',
  options: 'v|variables',
  version: 'GNU gettext-runtime 0.21',
  run(given, io) {
    const [format] = given.operands;
    const names =
      format === undefined
        ? undefined
        : new Set(
            [...format.matchAll(/\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g)].map(([, bare, braced]) => bare ?? braced),
          );
    if (given.has('v')) {
      for (const name of names ?? []) io.stdout(`${name}\n`);
      return 0;
    }
    const text = textOf(io.stdin).replaceAll(
      /\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})/g,
      (whole, bare: string | undefined, braced: string | undefined) => {
        const name = bare ?? braced ?? '';
        return names === undefined || names.has(name) ? (io.env[name] ?? '') : whole;
      },
    );
    io.stdout(text);
    return 0;
  },
});

const units = ['K', 'M', 'G', 'T', 'P', 'E'];

/** `--round` of numfmt. */
const roundings: Readonly<Record<string, (amount: number) => number>> = {
  up: Math.ceil,
  down: Math.floor,
  'from-zero': (amount) => Math.sign(amount) * Math.ceil(Math.abs(amount)),
  'towards-zero': Math.trunc,
  nearest: (amount) => Math.sign(amount) * Math.round(Math.abs(amount)),
};

const numfmt = defineTool({
  name: 'numfmt',
  summary: { es: 'números con y sin unidades', en: 'numbers with and without units' },
  synopsis: '[OPTION]... [NUMBER]...',
  options:
    'to=none/si/iec/iec-i from=none/auto/si/iec/iec-i suffix= field= padding= round=up/down/from-zero/towards-zero/nearest invalid=abort/fail/warn/ignore d|delimiter= header? grouping to-unit= from-unit= format=',
  absent: 'z|zero-terminated debug',
  misuse: 1,
  run(given, io) {
    checkNumfmt(given);
    const convert = (text: string): string => {
      const from = given.value('from');
      const to = given.value('to');
      const suffix = given.value('suffix') ?? '';
      const plain = suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
      const [, number, rest = ''] = /^(-?\d+(?:\.\d+)?)(.*)$/.exec(plain) ?? [];
      if (number === undefined) throw new ToolEnd(`invalid number: ‘${text}’`, 2);
      const unit = rest.slice(0, 1);
      if (unit !== '' && !units.includes(unit)) throw new ToolEnd(`invalid suffix in input: ‘${text}’`, 2);
      if (unit !== '' && from === undefined)
        throw new ToolEnd(`rejecting suffix in input: ‘${text}’ (consider using --from)`, 2);
      const after = rest.slice(/^i/.test(rest.slice(1)) && /^(auto|iec-i)$/.test(from ?? '') ? 2 : 1);
      if (after !== '') throw new ToolEnd(`invalid suffix in input ‘${text}’: ‘${after}’`, 2);
      const base = from === 'si' ? 1000 : from === 'auto' && !text.includes('i') ? 1000 : 1024;
      const scale = sizeOfUnit(given.value('from-unit')) / sizeOfUnit(given.value('to-unit'));
      const value = Number(number) * (unit === '' ? 1 : base ** (units.indexOf(unit) + 1)) * scale;
      const decimals = /\.(\d+)f/.exec(given.value('format') ?? '')?.[1];
      const rounds = roundings[given.value('round') ?? 'from-zero'] ?? Math.ceil;
      const rounded = (amount: number, digits: number): number =>
        rounds(Number((amount * 10 ** digits).toPrecision(15))) / 10 ** digits;
      const inFormat = (shown: string): string => (given.value('format') ?? '%f').replace(/%'?-?\d*(?:\.\d+)?f/, shown);
      if (to === undefined || to === 'none') {
        const isWhole = !number.includes('.') || unit !== '' || scale !== 1;
        const places = Number(decimals ?? 0);
        const shown = isWhole || decimals !== undefined ? rounded(value, places).toFixed(places) : number;
        return inFormat(`${shown}${suffix}`);
      }
      const step = to === 'si' ? 1000 : 1024;
      let shown = value;
      let power = 0;
      for (; Math.abs(shown) >= step && power < units.length; power++) shown /= step;
      shown = rounded(
        shown,
        decimals === undefined ? Number(Math.abs(shown) < 10) : Math.min(power * 3, Number(decimals)),
      );
      // Rounding may have made a whole unit of it (999,999 is 1.0M), or a number without decimals (9,999 is 10K).
      if (Math.abs(shown) >= step) [shown, power] = [shown / step, power + 1];
      const digits = decimals ?? Number(shown !== 0 && Math.abs(shown) < 10 && power > 0);
      const letters = `${units[power - 1] ?? ''}${to === 'iec-i' && power > 0 ? 'i' : ''}`;
      return inFormat(`${shown.toFixed(Number(digits))}${letters}${suffix}`);
    };
    const isChosen = fieldsChosen(given.value('field') ?? '1');
    const width = Number(given.value('padding') ?? /%'?(-?\d+)/.exec(given.value('format') ?? '')?.[1] ?? 0);
    const pad = (text: string, own = 0): string =>
      width < 0 ? text.padEnd(-width) : text.padStart(width === 0 ? own : width);
    /** What `--invalid` makes of a number that is none. */
    const onFault = given.value('invalid') ?? 'abort';
    let exitCode = 0;
    const attempt = (text: string): string => {
      try {
        return convert(text);
      } catch (error) {
        if (!(error instanceof ToolEnd) || error.exitCode !== 2 || onFault === 'abort') throw error;
        if (onFault !== 'ignore') io.stderr(`numfmt: ${error.message}\n`);
        if (onFault === 'fail') exitCode = 2;
        return text;
      }
    };
    if (given.operands.length > 0) for (const word of given.operands) io.stdout(`${pad(attempt(word))}\n`);
    else {
      const headers = given.has('header') ? Number(given.value('header') || 1) : 0;
      for (const [index, line] of linesOf(textOf(io.stdin)).lines.entries()) {
        const separator = given.value('d');
        const cells = separator === undefined ? line.split(/(?<=\S)\s/) : line.split(separator);
        // A field that is not the first keeps its width where blanks stand between fields.
        const shown = cells.map((cell, at) => {
          if (index < headers || !isChosen(at + 1)) return cell;
          const isWide = separator === undefined && (at > 0 || /^\s/.test(cell));
          return pad(attempt(cell.trim()), isWide ? cell.length : 0);
        });
        io.stdout(`${shown.join(separator ?? ' ')}\n`);
      }
    }
    return exitCode;
  },
});

function checkNumfmt(given: Given): void {
  const [format, padding, header] = [given.value('format'), given.value('padding'), given.value('header')];
  if (padding !== undefined && !Number(padding)) throw new ToolEnd(`invalid padding value ‘${padding}’`);
  if (header && !/^[1-9]\d*$/.test(header)) throw new ToolEnd(`invalid header value ‘${header}’`);
  if ([...(given.value('d') ?? '')].length > 1) throw new ToolEnd('the delimiter must be a single character');
  if (/(?:^|,)0/.test(given.value('field') ?? '')) throw misuse('fields are numbered from 1');
  if (format === undefined) return;
  const bare = format.replaceAll('%%', '');
  if (!bare.includes('%')) throw new ToolEnd(`format ‘${format}’ has no % directive`);
  if (!/%[-'0 ]*\d*(?:\.\d*)?f/.test(bare))
    throw new ToolEnd(`invalid format ‘${format}’, directive must be %[0]['][-][N][.][N]f`);
  if (/%.*%/s.test(bare)) throw new ToolEnd(`format ‘${format}’ has too many % directives`);
}

function sizeOfUnit(text = '1'): number {
  const [, number = '', unit = '', binary] = /^(\d*)([KMGTPE]?)(i?)$/.exec(text) ?? [];
  if (number === '' && unit === '') throw new ToolEnd(`invalid unit size: ‘${text}’`);
  return Number(number || 1) * (unit === '' ? 1 : (binary === '' ? 1000 : 1024) ** (units.indexOf(unit) + 1));
}

/** `2`, `1,3`, `2-`, `-` (all). */
function fieldsChosen(list: string): (field: number) => boolean {
  const ranges = list.split(',').map((part) => {
    const [, from = '', dash, to = ''] = /^(\d*)(-?)(\d*)$/.exec(part) ?? [];
    if (dash === undefined || part === '') throw new ToolEnd(`invalid field value ‘${part}’`, 1, true);
    return [Number(from || 1), dash === '' ? Number(from) : Number(to || Number.MAX_SAFE_INTEGER)] as const;
  });
  return (field) => ranges.some(([from, to]) => field >= from && field <= to);
}

const factor = defineTool({
  name: 'factor',
  summary: { es: 'los factores primos de un número', en: 'the prime factors of a number' },
  synopsis: '[NUMBER]...',
  options: '',
  run(given, io) {
    for (const word of given.operands.length > 0 ? given.operands : textOf(io.stdin).split(/\s+/).filter(Boolean)) {
      if (!/^\d{1,15}$/.test(word)) throw new ToolEnd(`‘${word}’ is not a valid positive integer`);
      const factors: number[] = [];
      let rest = Number(word);
      for (let prime = 2; prime * prime <= rest; prime++) for (; rest % prime === 0; rest /= prime) factors.push(prime);
      if (rest > 1) factors.push(rest);
      io.stdout(`${[`${word}:`, ...factors].join(' ')}\n`);
    }
    return 0;
  },
});

const unlink = defineTool({
  name: 'unlink',
  summary: { es: 'borra un archivo', en: 'removes a file' },
  synopsis: 'FILE',
  options: '',
  run(given, io: CommandIO) {
    const [name, extra] = given.operands;
    if (name === undefined) throw misuse('missing operand');
    if (extra !== undefined) throw misuse(`extra operand ‘${extra}’`);
    const { files } = io.machine;
    const path = operandPath(io.cwd, name);
    try {
      if (files.lstat(path).type === 'directory') throw new ToolEnd(`cannot unlink '${name}': Is a directory`);
    } catch (error) {
      if (error instanceof ToolEnd) throw error;
      throw new ToolEnd(`cannot unlink '${name}': No such file or directory`);
    }
    files.remove(path);
    return 0;
  },
});

const nothing = (name: string, summary: Command['summary']): Command =>
  defineTool({ name, summary, synopsis: '', options: 'd|data f|file-system', run: () => 0 });

const tty = defineTool({
  name: 'tty',
  summary: { es: 'el nombre de la terminal', en: 'the name of the terminal' },
  synopsis: '',
  misuse: 2,
  options: 's|silent quiet',
  run(given, io) {
    if (!given.has('s', 'quiet')) io.stdout(io.isTerminal ? '/dev/pts/0\n' : 'not a tty\n');
    return io.isTerminal ? 0 : 1;
  },
});

export const numberTools: readonly Command[] = [
  seq,
  shuf,
  envsubst,
  numfmt,
  factor,
  unlink,
  expr,
  tty,
  nothing('sync', { es: 'lleva al disco lo que falta por escribir', en: 'brings to the disk what is left to write' }),
];
