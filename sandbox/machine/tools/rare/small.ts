// sdiff, who, killall, pidof and iconv.
import type { Command } from '../../command.ts';
import { signalName, signalNumbers } from '../../shell/signals.ts';
import { diff } from '../diff/index.ts';
import { programOf, rowsOf } from '../system/processes.ts';
import { bytesOf, byteText, defineTool, fromByteText, ToolEnd, textOf, tryInput } from '../tool.ts';
import { rareSummaries } from './summaries.ts';

const sdiff = defineTool({
  name: 'sdiff',
  summary: rareSummaries.sdiff,
  synopsis: '[OPTION]... FILE1 FILE2',
  options:
    's|suppress-common-lines w|width= l|left-column i|ignore-case W|ignore-all-space b|ignore-space-change B|ignore-blank-lines',
  absent:
    'o|output= a|text d|minimal E|ignore-tab-expansion Z|ignore-trailing-space H|speed-large-files I= t|expand-tabs',
  misuse: 2,
  version: 'GNU diffutils 3.8',
  usage: "sdiff: Try 'sdiff --help' for more information.\n",
  run(given, io) {
    const [one, other, extra] = given.operands;
    if (one === undefined || other === undefined)
      throw new ToolEnd(`missing operand after '${one ?? 'sdiff'}'`, 2, true);
    if (extra !== undefined) throw new ToolEnd(`extra operand '${extra}'`, 2, true);
    const words: Readonly<Record<string, string>> = { s: '--suppress-common-lines', l: '--left-column', W: '-w' };
    const options = given.order.map(([key, value]) => (key === 'w' ? `-W${value}` : (words[key] ?? `-${key}`)));
    return diff.run(['-y', ...options, '--', one, other], io);
  },
});

/** Nobody has logged in: the desk's terminal is no login. */
const who = defineTool({
  name: 'who',
  summary: rareSummaries.who,
  synopsis: '[OPTION]...',
  options: 'a|all b|boot H|heading q|count r|runlevel u|users m',
  run(given, io) {
    if (given.has('H')) io.stdout('NAME     LINE         TIME             COMMENT\n');
    if (given.has('q')) io.stdout('\n# users=0\n');
    return 0;
  },
});

const pidof = defineTool({
  name: 'pidof',
  summary: rareSummaries.pidof,
  synopsis: '[OPTION]... PROGRAM...',
  options: 's q x S=',
  absent: 'c n w o= t z',
  version: 'pidof from sysvinit 3.06',
  run(given, io) {
    const found = rowsOf(io).filter(({ command }) =>
      given.operands.some((name) => programOf(command) === name.split('/').at(-1)),
    );
    const pids = found.map(({ pid }) => pid).reverse();
    if (pids.length === 0) return 1;
    if (!given.has('q')) io.stdout(`${pids.slice(0, given.has('s') ? 1 : undefined).join(given.value('S') ?? ' ')}\n`);
    return 0;
  },
});

const killall = defineTool({
  name: 'killall',
  summary: rareSummaries.killall,
  synopsis: '[OPTION]... NAME...',
  options: 's|signal= q|quiet e|exact v|verbose',
  absent:
    'I|ignore-case g|process-group i|interactive l|list o|older-than= y|younger-than= r|regexp u|user= w|wait n|ns= Z|context=',
  version: 'PSmisc 23.6',
  rewrite: (args) =>
    args.flatMap((arg) => (/^-(\d+|(SIG)?(HUP|INT|KILL|TERM))$/.test(arg) ? ['-s', arg.slice(1)] : [arg])),
  run(given, io) {
    const signal = signalName(given.value('s') ?? 'TERM');
    if (signal === undefined) throw new ToolEnd(`${given.value('s')}: unknown signal; killall -l lists signals.`);
    let exitCode = given.operands.length === 0 ? 1 : 0;
    for (const name of given.operands) {
      const found = rowsOf(io).filter(({ command, pid }) => programOf(command) === name && pid !== io.pid);
      for (const { pid } of found) {
        io.machine.processes.find(pid)?.kill(signal === 'INT' || signal === 'KILL' ? `SIG${signal}` : 'SIGTERM');
        if (given.has('v')) io.stderr(`Killed ${name}(${pid}) with signal ${signalNumbers.get(signal)}\n`);
      }
      if (found.length > 0) continue;
      exitCode = 1;
      if (!given.has('q')) io.stderr(`${name}: no process found\n`);
    }
    return exitCode;
  },
});

/** Encodings as they are named, without what people vary. */
const encodings: Readonly<Record<string, 'utf8' | 'latin1' | 'ascii' | 'utf16le' | 'utf16be' | 'utf16'>> = {
  UTF8: 'utf8',
  ISO88591: 'latin1',
  LATIN1: 'latin1',
  ASCII: 'ascii',
  USASCII: 'ascii',
  UTF16: 'utf16',
  UTF16LE: 'utf16le',
  UTF16BE: 'utf16be',
};

const iconv = defineTool({
  name: 'iconv',
  summary: rareSummaries.iconv,
  synopsis: '[-f ENCODING] [-t ENCODING] [FILE]...',
  options: 'f|from-code= t|to-code= c o|output= s|silent',
  absent: 'l|list verbose',
  version: 'Debian GLIBC 2.36',
  run(given, io) {
    const [to = '', mode] = (given.value('t') ?? 'UTF-8').split('//');
    const kind = (name: string) => encodings[name.toUpperCase().replaceAll(/[-_]/g, '')];
    const [from, target] = [kind(given.value('f') ?? 'UTF-8'), kind(to)];
    if (from === undefined || target === undefined)
      throw new ToolEnd('failed to start conversion processing: No such file or directory');
    let exitCode = 0;
    for (const name of given.operands.length === 0 ? ['-'] : given.operands) {
      const bytes = tryInput('iconv', name, io, "cannot open input file `%': ");
      if (bytes === undefined) {
        exitCode = 1;
        continue;
      }
      const { text, stop } = decoded(bytes, from);
      const letters = [...text].map((letter) => {
        const most = { ascii: 0x7f, latin1: 0xff }[target as string] ?? 0x10ffff;
        if ((letter.codePointAt(0) ?? 0) <= most) return letter;
        if (mode?.startsWith('TRANSLIT')) return letter.normalize('NFD').replace(/[^\0-\x7f]/g, '') || '?';
        if (given.has('c') || mode?.startsWith('IGNORE')) {
          return '';
        }
        return undefined;
      });
      const end = letters.indexOf(undefined);
      const out = encoded((end < 0 ? letters : letters.slice(0, end)).join(''), target);
      const file = given.value('o');
      if (file === undefined) io.stdout(out);
      else io.machine.files.writeFile(io.cwd === '/' ? `/${file}` : `${io.cwd}/${file}`, out);
      if (end >= 0 || stop !== undefined) {
        const at = end >= 0 ? bytesOf([...text].slice(0, end).join('')).length : stop;
        io.stderr(`iconv: illegal input sequence at position ${at}\n`);
        return 1;
      }
    }
    return exitCode;
  },
});

function decoded(bytes: Uint8Array, from: string): { readonly text: string; readonly stop?: number } {
  if (from === 'latin1') return { text: byteText(bytes) };
  if (from.startsWith('utf16')) {
    const isBig = from === 'utf16be' || (from === 'utf16' && bytes[0] === 0xfe);
    const units = Array.from({ length: bytes.length >> 1 }, (_, at) => {
      const [one = 0, two = 0] = [bytes[2 * at], bytes[2 * at + 1]];
      return isBig ? one * 256 + two : two * 256 + one;
    });
    if (from === 'utf16' && units[0] === 0xfeff) units.shift();
    return { text: units.map((unit) => String.fromCharCode(unit)).join('') };
  }
  const wrong = from === 'ascii' ? bytes.findIndex((byte) => byte > 127) : wrongByte(bytes);
  return wrong < 0 ? { text: textOf(bytes) } : { text: textOf(bytes.subarray(0, wrong)), stop: wrong };
}

/** Where what is not UTF-8 begins; -1 when all is. */
function wrongByte(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const length =
      byte < 0x80
        ? 1
        : byte >= 0xc2 && byte < 0xe0
          ? 2
          : byte >= 0xe0 && byte < 0xf0
            ? 3
            : byte >= 0xf0 && byte < 0xf5
              ? 4
              : 0;
    const rest = bytes.subarray(at + 1, at + length);
    if (length === 0 || rest.length !== length - 1 || rest.some((one) => one >> 6 !== 2)) return at;
    at += length;
  }
  return -1;
}

function encoded(text: string, to: string): Uint8Array {
  if (to === 'latin1' || to === 'ascii') return fromByteText(text);
  if (!to.startsWith('utf16')) return bytesOf(text);
  const units = [...(to === 'utf16' ? '\ufeff' : ''), ...Array.from(text)].join('');
  const pairs = Array.from(units, (_, at) => units.charCodeAt(at)).flatMap((unit) => [unit & 255, unit >> 8]);
  return Uint8Array.from(
    to === 'utf16be' ? pairs.flatMap((_, at) => (at % 2 ? [] : [pairs[at + 1] ?? 0, pairs[at] ?? 0])) : pairs,
  );
}

export const smallRareTools: readonly Command[] = [sdiff, who, iconv, killall, pidof];
