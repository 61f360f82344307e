// Tools that make, cut and encode bytes.
import type { Command, CommandIO } from '../../command.ts';
import { FileError, operandPath } from '../../files/index.ts';
import { start } from '../starting/xargs.ts';
import { sizeOf } from '../text/lines.ts';
import { byteText, defineTool, fromByteText, misuse, readInput, ToolEnd, textOf, tryInput } from '../tool.ts';

/** Zero is a number, and not one that is asked for. */
function outOfRange(text: string | undefined): string {
  return text !== undefined && /^0+$/.test(text) ? ': Numerical result out of range' : '';
}

const split = defineTool({
  name: 'split',
  summary: { es: 'parte un archivo en trozos', en: 'cuts a file into pieces' },
  synopsis: '[OPTION]... [FILE [PREFIX]]',
  options:
    'a|suffix-length= additional-suffix= b|bytes= C|line-bytes= d numeric-suffixes? e|elide-empty-files filter= l|lines= n|number= x hex-suffixes? verbose',
  absent: 't|separator= u|unbuffered',
  async run(given, io) {
    const [name = '-', prefix = 'x', extra] = given.operands;
    if (extra !== undefined) throw misuse(`extra operand ‘${extra}’`);
    const bytes = tryInput('split', name, io, "cannot open '%' for reading: ");
    if (bytes === undefined) return 1;
    const pieces: Uint8Array[] = [];
    if (!/^\d+$/.test(given.value('a') ?? '2')) throw new ToolEnd(`invalid suffix length: ‘${given.value('a')}’`);
    const asked = given.value('b') ?? given.value('C');
    const pieceBytes = asked === undefined ? undefined : sizeOf(asked);
    if (asked !== undefined && !pieceBytes)
      throw new ToolEnd(`invalid number of bytes: ‘${asked}’${outOfRange(asked)}`);
    if (pieceBytes !== undefined && given.has('C'))
      for (let at = 0; at < bytes.length; ) {
        // As many whole lines as there is room for; a longer one is cut.
        const last = bytes.subarray(at, at + pieceBytes).lastIndexOf(10);
        const end = at + pieceBytes >= bytes.length || last < 0 ? at + pieceBytes : at + last + 1;
        pieces.push(bytes.subarray(at, end));
        at = end;
      }
    else if (pieceBytes !== undefined)
      for (let at = 0; at < bytes.length; at += pieceBytes) pieces.push(bytes.subarray(at, at + pieceBytes));
    else if (given.has('n')) {
      const [, how = '', , only, count = given.value('n')] =
        /^(?:([lr])\/)?((\d+)\/)?(\d+)$/.exec(given.value('n') ?? '') ?? [];
      if (!Number(count)) throw new ToolEnd(`invalid number of chunks: ‘${count}’${outOfRange(count)}`);
      if (only !== undefined && (Number(only) < 1 || Number(only) > Number(count)))
        throw new ToolEnd(`invalid chunk number: ‘${only}’: Numerical result out of range`);
      pieces.push(...chunks(bytes, Number(count), how));
      if (only !== undefined) {
        io.stdout(pieces[Number(only) - 1] ?? new Uint8Array());
        return 0;
      }
    } else {
      const lines = Number(given.value('l') ?? 1000);
      if (!(lines > 0))
        throw new ToolEnd(`invalid number of lines: ‘${given.value('l')}’${outOfRange(given.value('l'))}`);
      for (let at = 0; at < bytes.length; ) {
        let end = at;
        for (let line = 0; line < lines && end < bytes.length; line++) {
          const next = bytes.indexOf(10, end);
          end = next < 0 ? bytes.length : next + 1;
        }
        pieces.push(bytes.subarray(at, end));
        at = end;
      }
    }
    const length = Number(given.value('a') ?? 2);
    const base = given.has('d', 'numeric-suffixes') ? 10 : given.has('x', 'hex-suffixes') ? 16 : 26;
    const first = Number.parseInt(given.value('numeric-suffixes') || given.value('hex-suffixes') || '0', base);
    const kept = given.has('e') ? pieces.filter(({ length }) => length > 0) : pieces;
    for (const [index, piece] of kept.entries()) {
      const number = first + index;
      if (number >= base ** length) throw new ToolEnd('output file suffixes exhausted');
      const suffix = base === 26 ? lettersOf(number, length) : number.toString(base).padStart(length, '0');
      const file = `${prefix}${suffix}${given.value('additional-suffix') ?? ''}`;
      const filter = given.value('filter');
      if (filter !== undefined) {
        if (given.has('verbose')) io.stdout(`executing with FILE=${file}\n`);
        const exitCode = await start(
          'split',
          ['sh', '-c', filter],
          { ...io, env: { ...io.env, FILE: file } },
          String,
          piece,
        );
        if (exitCode > 0) throw new ToolEnd(`with FILE=${file}, exit ${exitCode} from command: ${filter}`, exitCode);
        continue;
      }
      if (given.has('verbose')) io.stdout(`creating file '${file}'\n`);
      io.machine.files.writeFile(operandPath(io.cwd, file), piece);
    }
    return 0;
  },
});

/** So many pieces: of bytes, of whole lines (`l`), or of lines dealt out in turn (`r`). */
function chunks(bytes: Uint8Array, count: number, how: string): readonly Uint8Array[] {
  if (how === 'r') {
    const lines = byteText(bytes).split(/(?<=\n)/);
    return Array.from({ length: count }, (_, piece) =>
      fromByteText(lines.filter((_line, index) => index % count === piece).join('')),
    );
  }
  const size = Math.max(1, Math.floor(bytes.length / count));
  let at = 0;
  return Array.from({ length: count }, (_, piece) => {
    const start = at;
    at = piece === count - 1 ? bytes.length : Math.max(at, Math.min(bytes.length, (piece + 1) * size));
    if (how === 'l' && piece < count - 1 && at > start) at = Math.max(start, bytes.indexOf(10, at - 1) + 1);
    return bytes.subarray(start, at);
  });
}

function lettersOf(number: number, length: number): string {
  let text = '';
  for (let rest = number; text.length < length; rest = Math.floor(rest / 26))
    text = String.fromCharCode(97 + (rest % 26)) + text;
  return text;
}

function encoder(name: 'base64' | 'base32'): Command {
  return defineTool({
    name,
    summary: { es: `codifica bytes en ${name}, y al revés`, en: `encodes bytes as ${name}, and back` },
    synopsis: '[OPTION]... [FILE]',
    options: 'd|decode i|ignore-garbage w|wrap=',
    counts: { w: ['wrap size'] },
    run(given, io) {
      const [file = '-', extra] = given.operands;
      if (extra !== undefined) throw misuse(`extra operand ‘${extra}’`);
      const bytes = tryInput(name, file, io);
      if (bytes === undefined) return 1;
      if (!given.has('d')) {
        const text = name === 'base64' ? btoa(byteText(bytes)) : base32(bytes);
        const wrap = Number(given.value('w') ?? 76);
        io.stdout(wrap === 0 ? text : text.replaceAll(new RegExp(`.{1,${wrap}}`, 'g'), '$&\n'));
        return 0;
      }
      const alphabet = name === 'base64' ? /[^A-Za-z0-9+/=]/g : /[^A-Z2-7=]/g;
      const text = textOf(bytes).replaceAll('\n', '');
      const clean = given.has('i') ? text.replaceAll(alphabet, '') : text;
      // As far as it can be read: of a group that breaks off too, but for a single letter.
      const whole = name === 'base64' ? (/^[A-Za-z0-9+/]*/.exec(clean)?.[0] ?? '') : clean;
      io.stdout(
        name === 'base64'
          ? fromByteText(atob(whole.slice(0, whole.length % 4 === 1 ? -1 : undefined)))
          : unbase32(whole),
      );
      const broken =
        name === 'base64'
          ? clean.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(clean)
          : !/^[A-Z2-7]*=*$/.test(clean);
      if (broken) throw new ToolEnd('invalid input');
      return 0;
    },
  });
}

const letters32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  const text = (bits.match(/.{1,5}/g) ?? []).map((part) => letters32[Number.parseInt(part.padEnd(5, '0'), 2)]).join('');
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=');
}

function unbase32(text: string): Uint8Array {
  const bits = Array.from(text.replaceAll('=', ''), (letter) =>
    letters32.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (part) => Number.parseInt(part, 2));
}

const truncate = defineTool({
  name: 'truncate',
  summary: { es: 'cambia el tamaño de archivos', en: 'changes the size of files' },
  synopsis: 'OPTION... FILE...',
  options: 'c|no-create s|size= r|reference=',
  absent: 'o|io-blocks',
  run(given, io) {
    const text = given.value('s');
    if (text === undefined && !given.has('r')) throw misuse('you must specify either ‘--size’ or ‘--reference’');
    if (given.operands.length === 0) throw misuse('missing file operand');
    const { files } = io.machine;
    for (const name of given.operands) {
      const path = operandPath(io.cwd, name);
      if (!files.exists(path) && given.has('c')) continue;
      const old = files.exists(path) ? files.readFile(path) : new Uint8Array();
      const [, sign = '', number = ''] = /^([-+<>/%]?)(.*)$/.exec(text ?? '') ?? [];
      const size = given.has('r') ? files.stat(operandPath(io.cwd, given.value('r') ?? '')).size : sizeOf(number);
      if (size === undefined) throw new ToolEnd(`Invalid number: ‘${text}’`);
      const wanted =
        sign === '+'
          ? old.length + size
          : sign === '-'
            ? Math.max(0, old.length - size)
            : sign === '<'
              ? Math.min(old.length, size)
              : sign === '>'
                ? Math.max(old.length, size)
                : size;
      const bytes = new Uint8Array(wanted);
      bytes.set(old.subarray(0, wanted));
      files.writeFile(path, bytes);
    }
    return 0;
  },
});

const dd = defineTool({
  name: 'dd',
  version: 'coreutils 9.1',
  summary: { es: 'copia bloques de bytes', en: 'copies blocks of bytes' },
  synopsis: '[if=FILE] [of=FILE] [bs=N] [count=N] [skip=N] [seek=N] [conv=notrunc] [status=none]',
  options: '',
  run(given, io) {
    const options = new Map<string, string>();
    for (const word of given.operands) {
      const at = word.indexOf('=');
      const name = word.slice(0, at);
      if (!['if', 'of', 'bs', 'ibs', 'obs', 'count', 'skip', 'seek', 'conv', 'status', 'iflag', 'oflag'].includes(name))
        throw misuse(`unrecognized operand ‘${word}’`);
      options.set(name, word.slice(at + 1));
    }
    const size = sizeOf(options.get('bs') ?? '512') ?? 512;
    const count = options.has('count') ? (sizeOf(options.get('count') ?? '') ?? 0) : undefined;
    const skip = (sizeOf(options.get('skip') ?? '0') ?? 0) * size;
    const input = options.get('if') ?? '-';
    const most = count === undefined ? undefined : skip + count * size;
    let all: Uint8Array;
    try {
      all = readInput(input, io, most);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new ToolEnd(`failed to open '${input}': No such file or directory`);
    }
    const bytes = all.subarray(skip, most);
    const output = options.get('of');
    if (output === undefined) io.stdout(bytes);
    else
      writeAt(
        operandPath(io.cwd, output),
        bytes,
        (sizeOf(options.get('seek') ?? '0') ?? 0) * size,
        options.get('conv')?.includes('notrunc') ?? false,
        io,
      );
    if (options.get('status') !== 'none') {
      const blocks = `${Math.floor(bytes.length / size)}+${bytes.length % size === 0 ? 0 : 1}`;
      io.stderr(`${blocks} records in\n${blocks} records out\n`);
      if (options.get('status') !== 'noxfer')
        io.stderr(`${bytes.length} byte${bytes.length === 1 ? '' : 's'} copied, 0 s, Infinity B/s\n`);
    }
    return 0;
  },
});

function writeAt(
  path: string,
  bytes: Uint8Array,
  seek: number,
  keeps: boolean,
  { machine: { files } }: CommandIO,
): void {
  if (path === '/dev/null') return;
  const old = files.exists(path) ? files.readFile(path) : new Uint8Array();
  const out = new Uint8Array(Math.max(seek + bytes.length, keeps ? old.length : 0));
  out.set(old.subarray(0, keeps ? undefined : seek));
  out.set(bytes, seek);
  files.writeFile(path, out);
}

export const byteTools: readonly Command[] = [split, encoder('base64'), encoder('base32'), truncate, dd];
