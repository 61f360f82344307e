// gzip (RFC 1952) on pako, which the engine has already for git's objects.
import pako from 'pako';
import type { Command, CommandIO } from '../../command.ts';
import { FileError, resolvePath } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { defineTool, readInput, reason } from '../tool.ts';

export function compress(bytes: Uint8Array, level = 6): Uint8Array {
  const out = pako.gzip(bytes, { level: level as 6 });
  // No time in the header and Unix as its system: the same bytes for the same input, wherever it runs.
  out[9] = 3;
  return out;
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** @throws when the data are no gzip file. */
export function decompress(bytes: Uint8Array): Uint8Array {
  return pako.ungzip(bytes);
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
    version: 'gzip 1.12',
    run(given, io) {
      const names = given.operands.length === 0 ? ['-'] : given.operands;
      const opens = name !== 'gzip' || given.has('d', 'uncompress', 't', 'l');
      let exitCode = 0;
      for (const file of names)
        exitCode = Math.max(exitCode, one(file, opens, name === 'zcat' || given.has('c', 'to-stdout'), given, io));
      return exitCode;
    },
  });
}

function one(name: string, opens: boolean, toOutput: boolean, given: Given, io: CommandIO): number {
  const { files } = io.machine;
  const suffix = given.value('S') ?? '.gz';
  let file = name;
  const complain = (text: string, code = 1): number => {
    if (!(code === 2 && given.has('q'))) io.stderr(text.startsWith('\n') ? `${text}\n` : `gzip: ${text}\n`);
    return code;
  };
  const path = (): string => resolvePath(io.cwd, file);
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
    const packed = compress(bytes, Number(given.order.findLast(([key]) => /^[1-9]$/.test(key))?.[0] ?? 6));
    if (toOutput || name === '-') {
      io.stdout(packed);
      return 0;
    }
    if (file.endsWith(suffix)) return complain(`${file} already has ${suffix} suffix -- unchanged`, 2);
    return replace(file, file + suffix, packed, bytes.length, packed.length, given, io);
  }
  if (name !== '-' && !toOutput && !given.has('t', 'l') && !/\.(gz|tgz)$/.test(file) && !file.endsWith(suffix))
    return complain(`${file}: unknown suffix -- ignored`, 2);
  let plain: Uint8Array;
  try {
    if (!isGzip(bytes)) return complain(`\ngzip: ${name === '-' ? 'stdin' : file}: not in gzip format`, 1);
    plain = decompress(bytes);
  } catch {
    return complain(`\ngzip: ${name === '-' ? 'stdin' : file}: unexpected end of file`, 1);
  }
  if (given.has('t')) return 0;
  if (given.has('l')) {
    const ratio = plain.length === 0 ? 0 : (1 - (bytes.length - 18 - file.length) / plain.length) * 100;
    io.stdout('         compressed        uncompressed  ratio uncompressed_name\n');
    io.stdout(
      `${String(bytes.length).padStart(19)} ${String(plain.length).padStart(19)} ${`${ratio.toFixed(1)}%`.padStart(6)} ${file.replace(/\.gz$/, '')}\n`,
    );
    return 0;
  }
  if (toOutput || name === '-') {
    io.stdout(plain);
    return 0;
  }
  const target = file.endsWith('.tgz') ? file.replace(/tgz$/, 'tar') : file.slice(0, -suffix.length);
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
  const [source, target] = [resolvePath(io.cwd, from), resolvePath(io.cwd, to)];
  if (files.exists(target) && !given.has('f')) {
    io.stderr(`gzip: ${to} already exists;\tnot overwritten\n`);
    return 2;
  }
  const { mode, mtimeMs } = files.stat(source);
  files.writeFile(target, bytes, mode);
  files.utimes(target, mtimeMs);
  if (!given.has('k')) files.remove(source);
  if (given.has('v')) {
    const ratio = plain === 0 ? 0 : (1 - (packed - 18 - Math.min(from.length, to.length)) / plain) * 100;
    io.stderr(
      `${from}:\t${`${ratio.toFixed(1)}%`.padStart(6)} -- ${given.has('k') ? 'created' : 'replaced with'} ${to}\n`,
    );
  }
  return 0;
}

export const gzipTools: readonly Command[] = [gzipNamed('gzip'), gzipNamed('gunzip'), gzipNamed('zcat')];
