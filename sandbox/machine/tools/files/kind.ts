// `file`: what kind of data a file holds, in the words of file 5.44 for the kinds that a desk has.
import { type FileStat, operandPath, PIPE } from '../../files/index.ts';
import { defineTool } from '../tool.ts';

/** First bytes, in base 16, and what they say. */
const signatures: readonly (readonly [string, string])[] = [
  ['1f8b', 'gzip compressed data'],
  ['0061736d01000000', 'WebAssembly (wasm) binary module version 0x1 (MVP)'],
  ['89504e470d0a1a0a0000000d49484452', 'PNG image data'],
  ['ffd8ff', 'JPEG image data'],
  ['47494638', 'GIF image data'],
  ['504b0304140', 'Zip archive data'],
  ['7f454c46', 'ELF'],
];

/** Interpreters of a first line, and what file calls their scripts. */
const interpreters: Readonly<Record<string, string>> = {
  bash: 'Bourne-Again shell script',
  sh: 'POSIX shell script',
  node: 'Node.js script executable',
  python3: 'Python script',
  python: 'Python script',
};

/** Of a text or other data of which nothing more is known. */
function contentOf(bytes: Uint8Array): string {
  const first = Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const known = signatures.find(([start]) => first.startsWith(start));
  if (known !== undefined) return known[1];
  const [tar, kind = ''] = /^ustar(.)/s.exec(new TextDecoder().decode(bytes.subarray(257, 263))) ?? [];
  if (tar !== undefined) return `POSIX tar archive${kind === ' ' ? ' (GNU)' : ''}`;
  const encoding = encodingOf(bytes);
  if (encoding === undefined) return 'data';
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const pdf = /^%PDF-([\d.]+)/.exec(text);
  if (pdf !== null) return `PDF document, version ${pdf[1]}`;
  if (/^\s*[[{]/.test(text)) {
    if (isJson(text)) return 'JSON text data';
    const lines = text.trim().split('\n');
    if (lines.length > 1 && lines.every(isJson)) return 'New Line Delimited JSON text data';
  }
  return `${languageOf(text, encoding)}${linesOf(text)}`;
}

/** How the bytes write text, or undefined when they are none. */
function encodingOf(bytes: Uint8Array): 'ASCII' | 'Unicode' | 'ISO-8859' | undefined {
  // Control characters that texts have: bell to carriage return, and escape.
  if (bytes.some((byte) => byte < 32 && !(byte >= 7 && byte <= 13) && byte !== 27)) return undefined;
  if (bytes.every((byte) => byte < 127)) return 'ASCII';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return 'Unicode';
  } catch {
    return bytes.every((byte) => byte < 127 || byte >= 160) ? 'ISO-8859' : undefined;
  }
}

function languageOf(text: string, encoding: 'ASCII' | 'Unicode' | 'ISO-8859'): string {
  const written =
    encoding === 'Unicode'
      ? `Unicode text, UTF-8 ${text.startsWith('\ufeff') ? '(with BOM) ' : ''}text`
      : `${encoding} text`;
  const program = /^#!\s*\S*\/(?:env\s+)?([\w.-]+)/.exec(text)?.[1];
  const script = program !== undefined && Object.hasOwn(interpreters, program) ? interpreters[program] : undefined;
  if (script !== undefined)
    return script.endsWith('executable') ? `${script}, ${written}` : `${script}, ${written} executable`;
  if (/^\s*<!doctype html|^\s*<html/i.test(text)) return `HTML document, ${written}`;
  return written;
}

/** What is unusual about its lines. */
function linesOf(text: string): string {
  const longest = Math.max(...text.split('\n').map((line) => line.length));
  const ends = text.match(/\r\n/g)?.length ?? 0;
  const all = text.match(/\n/g)?.length ?? 0;
  return [
    longest > 300 ? `, with very long lines (${longest})` : '',
    all === 0 ? ', with no line terminators' : '',
    ends > 0 ? (ends === all ? ', with CRLF line terminators' : ', with CRLF, LF line terminators') : '',
  ].join('');
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

function kindOfBytes(bytes: Uint8Array): string {
  return bytes.length === 0 ? 'empty' : contentOf(bytes);
}

export const file = defineTool({
  name: 'file',
  summary: { es: 'qué clase de datos tiene un archivo', en: 'what kind of data a file holds' },
  synopsis: '[OPTION]... FILE...',
  options: 'b|brief L|dereference h|no-dereference',
  absent: 'i|mime mime-type mime-encoding z|uncompress s|special-files f|files-from= m|magic-file= k|keep-going',
  usage: 'Usage: file [-bhL] <file> ...\n',
  version: '=file-5.44',
  run(given, io) {
    const { operands } = given;
    if (operands.length === 0) {
      io.stderr('Usage: file [-bhL] <file> ...\n');
      return 1;
    }
    const { files } = io.machine;
    const widest = Math.max(...operands.map((name) => (name === '-' ? '/dev/stdin' : name).length)) + 2;
    for (const name of operands) {
      const label = given.has('b') ? '' : `${name === '-' ? '/dev/stdin' : name}:`.padEnd(widest);
      const kind = name === '-' ? kindOfBytes(io.stdin) : kindOf(operandPath(io.cwd, name), name);
      io.stdout(`${label}${kind}\n`);
    }
    return 0;

    function kindOf(path: string, name: string): string {
      let facts: FileStat;
      try {
        facts = files.lstat(path);
      } catch {
        return `cannot open \`${name}' (No such file or directory)`;
      }
      if (facts.type === 'symlink' && !given.has('L')) {
        const target = files.readlink(path);
        return files.exists(path) ? `symbolic link to ${target}` : `broken symbolic link to ${target}`;
      }
      if (files.stat(path).type === 'directory') return 'directory';
      if (facts.mode & PIPE) return 'fifo (named pipe)';
      return kindOfBytes(files.readFile(path));
    }
  },
});
