// gzip (RFC 1952) on pako, which the engine has already for git's objects.
import pako, { type GzipHeader } from 'pako';
import type { Command, CommandIO } from '../../command.ts';
import { FileError, nameOf, operandPath } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { defineTool, readInput, reason } from '../tool.ts';

export function compress(bytes: Uint8Array, level = 6, header: GzipHeader = { os: UNIX }): Uint8Array {
  return pako.gzip(bytes, { level: level as 6, header });
}

const UNIX = 3;

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** @throws when the data are no gzip file. */
export function decompress(bytes: Uint8Array): Uint8Array {
  return members(bytes).plain;
}

/** A gzip file may be several, one after the other; what follows and is none is garbage. */
function members(bytes: Uint8Array): { readonly plain: Uint8Array; readonly hasGarbage: boolean } {
  const parts: Uint8Array[] = [];
  let rest = bytes;
  while (isGzip(rest)) {
    const inflator = new pako.Inflate();
    inflator.push(rest, true);
    if (inflator.err !== 0 || inflator.result === undefined) throw new Error(inflator.msg || 'unexpected end of file');
    const end = rest.length - inflator.strm.avail_in;
    // The length at the end is how a file that stops too early is told from a whole one.
    const size = new DataView(rest.buffer, rest.byteOffset, end).getUint32(Math.max(0, end - 4), true);
    if (size !== inflator.result.length) throw new Error('unexpected end of file');
    parts.push(inflator.result);
    rest = rest.subarray(end);
    if (inflator.strm.avail_in === 0) break;
  }
  const plain = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    plain.set(part, at);
    at += part.length;
  }
  return { plain, hasGarbage: !isGzip(rest) && rest.some((byte) => byte !== 0) };
}

function gzipNamed(name: 'gzip' | 'gunzip' | 'zcat'): Command {
  return defineTool({
    name,
    summary:
      name === 'gzip'
        ? { es: 'comprime archivos', en: 'compresses files' }
        : name === 'gunzip'
          ? { es: 'descomprime archivos', en: 'decompresses files' }
          : { es: 'muestra archivos comprimidos', en: 'shows compressed files' },
    synopsis: '[OPTION]... [FILE]...',
    options:
      'c|stdout to-stdout d|decompress uncompress f|force k|keep l|list n|no-name N|name q|quiet r|recursive S|suffix= t|test v|verbose 1|fast 2 3 4 5 6 7 8 9|best',
    absent: 'a|ascii b= rsyncable synchronous',
    usage: "Try `gzip --help' for more information.\n",
    version: 'gzip 1.12',
    run(given, io) {
      const names = given.operands.length === 0 ? ['-'] : given.operands;
      const opens = name !== 'gzip' || given.has('d', 'uncompress', 't', 'l');
      let exitCode = 0;
      for (const file of names) {
        const code = one(file, opens, name === 'zcat' || given.has('c', 'to-stdout'), given, io);
        // 1 is an error, 2 only a warning.
        if (exitCode !== 1 && code !== 0) exitCode = code;
      }
      return exitCode;
    },
  });
}

/** Of files that are packed already. */
const suffixes = /(?:[.-]gz|[._-]z|\.t[ag]z)$/i;

function one(name: string, opens: boolean, toOutput: boolean, given: Given, io: CommandIO): number {
  const { files } = io.machine;
  const suffix = given.value('S') ?? '.gz';
  let file = name;
  const complain = (text: string, code = 1): number => {
    if (!(code === 2 && given.has('q'))) io.stderr(text.startsWith('\n') ? `${text}\n` : `gzip: ${text}\n`);
    return code;
  };
  const path = (): string => operandPath(io.cwd, file);
  if (opens && name !== '-' && !files.exists(path()) && files.exists(path() + suffix)) file += suffix;
  let bytes: Uint8Array;
  try {
    if (name !== '-' && files.exists(path()) && files.stat(path()).type === 'directory')
      return complain(`${file} is a directory -- ignored`, 2);
    bytes = readInput(file, io);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return complain(`${opens && !file.endsWith(suffix) ? file + suffix : file}: ${reason(error)}`);
  }
  if (!opens) {
    const level = Number(given.order.findLast(([key]) => /^[1-9]$/.test(key))?.[0] ?? 6);
    const named = name !== '-' && !given.has('n');
    const time = named ? Math.floor(files.stat(path()).mtimeMs / 1000) : 0;
    const packed = compress(bytes, level, named ? { os: UNIX, name: nameOf(file), time } : undefined);
    if (toOutput || name === '-') {
      io.stdout(packed);
      return 0;
    }
    const packedAs = file.endsWith(suffix) ? suffix : suffixes.exec(file)?.[0];
    if (packedAs !== undefined && !given.has('f')) {
      complain(`${file} already has ${packedAs} suffix -- unchanged`, 2);
      return 0;
    }
    return replace(file, file + suffix, packed, bytes.length, packed.length, given, io);
  }
  if (name !== '-' && !toOutput && !given.has('t', 'l') && !suffixes.test(file) && !file.endsWith(suffix))
    return complain(`${file}: unknown suffix -- ignored`, 2);
  let plain: Uint8Array;
  let status = 0;
  try {
    if (bytes.length === 0) throw new Error('empty');
    if (!isGzip(bytes)) return complain(`\ngzip: ${name === '-' ? 'stdin' : file}: not in gzip format`, 1);
    const found = members(bytes);
    plain = found.plain;
    if (found.hasGarbage)
      status = complain(`\ngzip: ${name === '-' ? 'stdin' : file}: decompression OK, trailing garbage ignored`, 2);
  } catch {
    return complain(`\ngzip: ${name === '-' ? 'stdin' : file}: unexpected end of file`, 1);
  }
  if (given.has('t')) {
    if (given.has('v')) io.stderr(`${file}:\t OK\n`);
    return status;
  }
  if (given.has('l')) {
    const ratio = plain.length === 0 ? 0 : (1 - (bytes.length - 18 - nameLength(bytes)) / plain.length) * 100;
    io.stdout('         compressed        uncompressed  ratio uncompressed_name\n');
    io.stdout(
      `${String(bytes.length).padStart(19)} ${String(plain.length).padStart(19)} ${`${ratio.toFixed(1)}%`.padStart(6)} ${file.replace(/\.gz$/, '')}\n`,
    );
    return 0;
  }
  if (toOutput || name === '-') {
    io.stdout(plain);
    return status;
  }
  const target = file.endsWith(suffix)
    ? file.slice(0, -suffix.length)
    : file.replace(suffixes, (found) => (/^\.t/i.test(found) ? '.tar' : ''));
  return replace(file, target, plain, plain.length, bytes.length, given, io);
}

function replace(
  from: string,
  to: string,
  bytes: Uint8Array,
  plain: number,
  packed: number,
  given: Given,
  io: CommandIO,
): number {
  const { files } = io.machine;
  const [source, target] = [operandPath(io.cwd, from), operandPath(io.cwd, to)];
  if (files.exists(target) && !given.has('f')) {
    io.stderr(`gzip: ${to} already exists;\tnot overwritten\n`);
    return 2;
  }
  const { mode, mtimeMs } = files.stat(source);
  files.writeFile(target, bytes, mode);
  files.utimes(target, mtimeMs);
  if (!given.has('k')) files.remove(source);
  if (given.has('v')) {
    const ratio =
      plain === 0
        ? 0
        : (1 - (packed - 18 - (given.has('n') ? 0 : nameOf(from.replace(/\.gz$/, '')).length + 1)) / plain) * 100;
    io.stderr(
      `${from}:\t${`${ratio.toFixed(1)}%`.padStart(6)} -- ${given.has('k') ? 'created' : 'replaced with'} ${to}\n`,
    );
  }
  return 0;
}

export const gzipTools: readonly Command[] = [gzipNamed('gzip'), gzipNamed('gunzip'), gzipNamed('zcat')];

/** Bytes of the name in the header, with the zero that ends it. */
function nameLength(bytes: Uint8Array): number {
  return ((bytes[3] ?? 0) & 8) === 0 ? 0 : bytes.indexOf(0, 10) - 9;
}
