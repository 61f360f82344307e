import type { Command, CommandIO } from '../../command.ts';
import { FileError } from '../../files/index.ts';
import type { Words } from '../../words.ts';
import type { Given } from '../options.ts';
import { bytesOf, defineTool, linesOf, misuse, readInput, reason, textOf, tryInput } from '../tool.ts';
import { cksum, type Digest, hex, hmac, md5, sha1, sha224, sha256, sha384, sha512 } from './digests.ts';

const digests = {
  md5sum: { digest: md5, tag: 'MD5', size: 32 },
  sha1sum: { digest: sha1, tag: 'SHA1', size: 40 },
  sha224sum: { digest: sha224, tag: 'SHA224', size: 56 },
  sha256sum: { digest: sha256, tag: 'SHA256', size: 64 },
  sha384sum: { digest: sha384, tag: 'SHA384', size: 96 },
  sha512sum: { digest: sha512, tag: 'SHA512', size: 128 },
} as const;

interface Sum {
  readonly digest: Digest;
  /** As `--tag` writes it. */
  readonly tag: string;
  /** Digits of a sum. */
  readonly size: number;
}

export function sumTool(
  name: string,
  { digest, tag, size }: Sum,
  summary: Words = { es: `suma de verificación ${tag} de archivos`, en: `${tag} checksum of files` },
): Command {
  return defineTool({
    name,
    summary,
    synopsis: '[OPTION]... [FILE]...',
    options: 'b|binary c|check t|text tag z|zero ignore-missing quiet status strict w|warn',
    run(given, io) {
      if (given.has('c') && given.has('tag')) throw misuse('the --tag option is meaningless when verifying checksums');
      const forChecks = ['ignore-missing', 'status', 'warn', 'quiet', 'strict'] as const;
      const useless = given.has('c') ? undefined : forChecks.find((key) => given.has(key === 'warn' ? 'w' : key));
      if (useless !== undefined) throw misuse(`the --${useless} option is meaningful only when verifying checksums`);
      const names = given.operands.length === 0 ? ['-'] : given.operands;
      if (given.has('c')) return names.reduce((code, list) => Math.max(code, check(name, list, given, io)), 0);
      let exitCode = 0;
      for (const file of names) {
        const bytes = tryInput(name, file, io);
        if (bytes === undefined) exitCode = 1;
        else {
          const sum = hex(digest(bytes));
          io.stdout(
            given.has('tag')
              ? `${tag} (${file}) = ${sum}\n`
              : `${sum} ${given.has('b') ? '*' : ' '}${file}${given.has('z') ? '\0' : '\n'}`,
          );
        }
      }
      return exitCode;
    },
  });

  function check(tool: string, list: string, given: Given, io: CommandIO): number {
    const bytes = tryInput(tool, list, io);
    if (bytes === undefined) return 1;
    const counts = { read: 0, wrong: 0, malformed: 0, missing: 0, fine: 0 };
    const silent = given.has('status');
    for (const line of linesOf(textOf(bytes)).lines) {
      const plain = /^([0-9a-fA-F]+) [ *](.+)$/.exec(line);
      const tagged = /^\w+ \((.+)\) = ([0-9a-fA-F]+)$/.exec(line);
      const [sum, file] = plain === null ? [tagged?.[2], tagged?.[1]] : [plain[1], plain[2]];
      if (sum === undefined || file === undefined || sum.length !== size) {
        counts.malformed++;
        continue;
      }
      counts.read++;
      try {
        const same = hex(digest(readInput(file, io))) === sum.toLowerCase();
        if (same) counts.fine++;
        else counts.wrong++;
        if (!silent && !(same && given.has('quiet'))) io.stdout(`${file}: ${same ? 'OK' : 'FAILED'}\n`);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (given.has('ignore-missing') && error.code === 'ENOENT') continue;
        counts.missing++;
        io.stderr(`${tool}: ${file}: ${reason(error)}\n`);
        if (!silent) io.stdout(`${file}: FAILED open or read\n`);
      }
    }
    if (counts.read === 0) {
      io.stderr(`${tool}: ${list === '-' ? "'standard input'" : list}: no properly formatted checksum lines found\n`);
      return 1;
    }
    let noneFound = false;
    if (given.has('ignore-missing') && counts.fine === 0) {
      noneFound = true;
    }
    const warn = (count: number, one: string, many: string): void => {
      if (count > 0 && !silent) io.stderr(`${tool}: WARNING: ${count} ${count === 1 ? one : many}\n`);
    };
    warn(counts.malformed, 'line is improperly formatted', 'lines are improperly formatted');
    warn(counts.missing, 'listed file could not be read', 'listed files could not be read');
    warn(counts.wrong, 'computed checksum did NOT match', 'computed checksums did NOT match');
    if (noneFound && !silent) io.stderr(`${tool}: ${list}: no file was verified\n`);
    if (noneFound) return 1;
    return counts.wrong + counts.missing > 0 || (given.has('strict') && counts.malformed > 0) ? 1 : 0;
  }
}

const cksumTool = defineTool({
  name: 'cksum',
  summary: { es: 'suma CRC y tamaño de archivos', en: 'CRC checksum and size of files' },
  synopsis: '[FILE]...',
  options: '',
  absent: 'a|algorithm= c|check l|length= tag untagged z|zero debug',
  run(given, io) {
    let exitCode = 0;
    for (const file of given.operands.length === 0 ? [undefined] : given.operands) {
      const bytes = tryInput('cksum', file ?? '-', io);
      if (bytes === undefined) exitCode = 1;
      else io.stdout(`${cksum(bytes)} ${bytes.length}${file === undefined ? '' : ` ${file}`}\n`);
    }
    return exitCode;
  },
});

const shown: Readonly<Record<string, readonly [keyof typeof digests, string, number]>> = {
  md5: ['md5sum', 'MD5', 64],
  sha1: ['sha1sum', 'SHA1', 64],
  sha224: ['sha224sum', 'SHA2-224', 64],
  sha256: ['sha256sum', 'SHA2-256', 64],
  sha384: ['sha384sum', 'SHA2-384', 128],
  sha512: ['sha512sum', 'SHA2-512', 128],
};

/** openssl: chance, digests and base64, as far as scripts use them every day. */
const openssl: Command = {
  name: 'openssl',
  summary: { es: 'números al azar, resúmenes y base64', en: 'random numbers, digests and base64' },
  run(args, io) {
    const [name = '', ...rest] = args;
    if (name === '' || name === '--help' || name === 'help') {
      io.stdout(
        'openssl: rand [-hex|-base64] N, dgst [-sha256|…] [-hmac K] [-r] [FILE…], base64 [-d] [-A] [-in F], version\n',
      );
      return 0;
    }
    if (name === 'version') {
      io.stdout('OpenSSL 3.0.17 1 Jul 2025 (Library: OpenSSL 3.0.17 1 Jul 2025)\n');
      return 0;
    }
    if (name === 'rand') return random(rest, io);
    if (name === 'base64' || (name === 'enc' && (rest.includes('-base64') || rest.includes('-a'))))
      return base64(rest, io);
    if (name === 'dgst' || shown[name] !== undefined)
      return digestOf(name === 'dgst' ? rest : [`-${name}`, ...rest], io);
    io.stderr(`openssl: '${name}' is not part of this sandbox\n`);
    return 1;
  },
};

function random(args: readonly string[], io: CommandIO): number {
  const count = Number(args.find((arg) => /^\d+$/.test(arg)));
  const wrong = args.find((arg) => arg.startsWith('-') && arg !== '-hex' && arg !== '-base64');
  if (Number.isNaN(count) || wrong !== undefined) {
    io.stderr(
      wrong === undefined ? 'rand: Use -help for summary.\n' : `openssl: rand '${wrong}' is not part of this sandbox\n`,
    );
    return 1;
  }
  const source = io.machine.kernel.random('urandom');
  const bytes = Uint8Array.from({ length: count }, () => source.integer(0, 255));
  if (args.includes('-hex')) io.stdout(`${hex(bytes)}\n`);
  else io.stdout(args.includes('-base64') ? wrapped(bytes) : bytes);
  return 0;
}

function wrapped(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll(/.{1,64}/g, '$&\n');
}

function base64(args: readonly string[], io: CommandIO): number {
  const after = (option: string): string | undefined =>
    args.includes(option) ? args[args.indexOf(option) + 1] : undefined;
  const input = tryInput('openssl', after('-in') ?? '-', io);
  if (input === undefined) return 1;
  if (!args.includes('-d')) {
    io.stdout(args.includes('-A') ? wrapped(input).replaceAll('\n', '') : wrapped(input));
    return 0;
  }
  try {
    io.stdout(Uint8Array.from(atob(textOf(input).replaceAll(/\s/g, '')), (character) => character.charCodeAt(0)));
    return 0;
  } catch {
    io.stderr('error reading input file\n');
    return 1;
  }
}

function digestOf(args: readonly string[], io: CommandIO): number {
  let kind = 'sha256';
  let key: string | undefined;
  let layout = '';
  const files: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string;
    if (arg === '-hmac') key = args[++at];
    else if (arg === '-r' || arg === '-binary') layout = arg;
    else if (arg === '-hex') layout = layout === '-binary' ? '' : layout;
    else if (shown[arg.slice(1)] !== undefined && arg.startsWith('-')) kind = arg.slice(1);
    else if (arg.startsWith('-') && arg !== '-') {
      io.stderr(`openssl: dgst '${arg}' is not part of this sandbox\n`);
      return 1;
    } else files.push(arg);
  }
  const [tool, tag, block] = shown[kind] as readonly [keyof typeof digests, string, number];
  let exitCode = 0;
  for (const file of files.length === 0 ? [undefined] : files) {
    const bytes = tryInput('openssl', file ?? '-', io, file === undefined ? '' : `dgst: Can't open "%" for reading, `);
    if (bytes === undefined) {
      exitCode = 1;
      continue;
    }
    const { digest } = digests[tool];
    const sum = key === undefined ? digest(bytes) : hmac(digest, block, bytesOf(key), bytes);
    const name = file ?? 'stdin';
    if (layout === '-binary') io.stdout(sum);
    else if (layout === '-r') io.stdout(`${hex(sum)} *${name}\n`);
    else io.stdout(`${tag}(${name})= ${hex(sum)}\n`);
  }
  return exitCode;
}

export const sumTools: readonly Command[] = [
  ...Object.entries(digests).map(([name, sum]) => sumTool(name, sum)),
  cksumTool,
  openssl,
];
