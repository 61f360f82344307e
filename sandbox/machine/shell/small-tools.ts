// Small programs that every Linux machine has, beside those of `tools/`.
import type { Command } from '../command.ts';
import { systemTools } from '../tools/index.ts';
import { sizeOf } from '../tools/text/lines.ts';
import { defineTool, misuse, ToolEnd, tryInput } from '../tools/tool.ts';

const uname = defineTool({
  name: 'uname',
  summary: { es: 'el sistema de la máquina', en: 'the system of the machine' },
  synopsis: '[OPTION]...',
  options:
    'a|all s|kernel-name n|nodename r|kernel-release v|kernel-version m|machine p|processor i|hardware-platform o|operating-system',
  run(given, { machine, stdout }) {
    const [extra] = given.operands;
    if (extra !== undefined) throw misuse(`extra operand ‘${extra}’`);
    const parts: Readonly<Record<string, string>> = {
      s: 'Linux',
      n: machine.hostname,
      r: '6.1.0-37-amd64',
      v: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)',
      m: 'x86_64',
      p: 'unknown',
      i: 'unknown',
      o: 'GNU/Linux',
    };
    const asked = given.has('a') ? [...'snrvmo'] : [...'snrvmpio'].filter((letter) => given.has(letter));
    stdout(`${(asked.length === 0 ? ['s'] : asked).map((letter) => parts[letter]).join(' ')}\n`);
    return 0;
  },
});

const id = defineTool({
  name: 'id',
  summary: { es: 'tu usuario y tus grupos', en: 'your user and groups' },
  synopsis: '[OPTION]... [USER]...',
  options: 'u|user g|group G|groups n|name r|real z|zero a',
  absent: 'Z|context',
  run(given, io) {
    const numbers: Readonly<Record<string, number>> = { [io.machine.user]: 1000, root: 0, '1000': 1000, '0': 0 };
    let exitCode = 0;
    for (const wanted of given.operands.length === 0 ? [io.machine.user] : given.operands) {
      const number = numbers[wanted];
      if (number === undefined) {
        io.stderr(`id: ‘${wanted}’: no such user\n`);
        exitCode = 1;
        continue;
      }
      const name = number === 0 ? 'root' : io.machine.user;
      if (given.has('u', 'g', 'G')) io.stdout(`${given.has('n') ? name : number}\n`);
      else if (given.has('n', 'r')) throw new ToolEnd('cannot print only names or real IDs in default format');
      else io.stdout(`uid=${number}(${name}) gid=${number}(${name}) groups=${number}(${name})\n`);
    }
    return exitCode;
  },
});

const cmp = defineTool({
  name: 'cmp',
  summary: { es: 'compara dos archivos byte a byte', en: 'compares two files byte by byte' },
  synopsis: '[OPTION]... FILE1 [FILE2]',
  options: 'b|print-bytes l|verbose n|bytes= s|quiet silent i|ignore-initial=',
  misuse: 2,
  version: 'GNU diffutils 3.8',
  usage: "cmp: Try 'cmp --help' for more information.\n",
  run(given, io) {
    const [one, other = '-', extra] = given.operands;
    if (one === undefined) throw misuse("missing operand after 'cmp'", 2);
    if (extra !== undefined) throw misuse(`extra operand '${extra}'`, 2);
    for (const [key, long] of [
      ['i', 'ignore-initial'],
      ['n', 'bytes'],
    ] as const)
      if (sizeOf(given.value(key) ?? '0') === undefined)
        throw misuse(`invalid --${long} value '${given.value(key)}'`, 2);
    const skip = sizeOf(given.value('i') ?? '0');
    const most = given.has('n') ? sizeOf(given.value('n') ?? '') : undefined;
    const cut = (bytes: Uint8Array | undefined) =>
      bytes?.subarray(skip, most === undefined ? undefined : (skip ?? 0) + most);
    const a = cut(tryInput('cmp', one, io));
    const b = a && cut(tryInput('cmp', other, io));
    if (a === undefined || b === undefined) return 2;
    const silent = given.has('s', 'silent');
    const shorter = Math.min(a.length, b.length);
    let at = 0;
    let line = 1;
    for (; at < shorter && a[at] === b[at]; at++) if (a[at] === 10) line++;
    if (at === a.length && at === b.length) return 0;
    if (silent) return 1;
    const octal = (byte = 0): string => byte.toString(8).padStart(3);
    if (given.has('l')) {
      const digits = String(shorter).length;
      for (let index = at; index < shorter; index++)
        if (a[index] !== b[index])
          io.stdout(`${String(index + 1).padStart(digits)} ${octal(a[index])} ${octal(b[index])}\n`);
    } else if (at < shorter) {
      const bytes = given.has('b')
        ? ` is ${[a[at], b[at]].map((byte = 0) => `${octal(byte)} ${String.fromCharCode(byte)}`).join(' ')}`
        : '';
      io.stdout(`${one} ${other} differ: byte ${at + 1}, line ${line}${bytes}\n`);
    }
    if (at < shorter && (!given.has('l') || a.length === b.length)) return 1;
    const ended = a.length < b.length ? one : other;
    if (given.has('l')) at = shorter;
    const where = given.has('l') ? '' : a[at - 1] === 10 ? `, line ${line - 1}` : `, in line ${line}`;
    io.stderr(at === 0 ? `cmp: EOF on ${ended} which is empty\n` : `cmp: EOF on ${ended} after byte ${at}${where}\n`);
    return 1;
  },
});

/** @param pause lets messages arrive. */
export function smallTools(pause: () => Promise<void>): readonly Command[] {
  return [...systemTools(pause), uname, id, cmp];
}
