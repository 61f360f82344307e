import { type CommandIO, FileError, resolvePath } from '../../machine/index.ts';
import type { Data } from './options.ts';

/** The body that the pieces make: text of `-d` is joined with &, `--json` is not. Files are read from the machine. */
export function bodyOf(data: readonly Data[], joint: string, io: CommandIO, silent: boolean): Uint8Array {
  const parts = data.map((piece) => bytesOf(piece, io, silent));
  const chunks = parts.flatMap((part, index) => (index === 0 ? [part] : [new TextEncoder().encode(joint), part]));
  const body = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

/** The bytes of `-T`, or undefined when there is no such file. */
export function uploadOf(name: string, io: CommandIO): Uint8Array | undefined {
  if (name === '-') return io.stdin;
  try {
    return io.machine.files.readFile(resolvePath(io.cwd, name));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return undefined;
  }
}

function bytesOf({ kind, text }: Data, io: CommandIO, silent: boolean): Uint8Array {
  const encoder = new TextEncoder();
  if (kind === 'raw') return encoder.encode(text);
  if (kind === 'urlencode') return encoder.encode(urlEncoded(text, io, silent));
  if (!text.startsWith('@')) return encoder.encode(text);
  const content = readFrom(text.slice(1), io, silent);
  // `-d @file` drops the ends of lines; `--data-binary` keeps everything.
  return kind === 'binary' ? content : content.filter((byte) => byte !== 10 && byte !== 13);
}

function readFrom(name: string, io: CommandIO, silent: boolean): Uint8Array {
  if (name === '-') return io.stdin;
  try {
    return io.machine.files.readFile(resolvePath(io.cwd, name));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (!silent) io.stderr(`Warning: Couldn't read data from file "${name}", this makes an empty POST.\n`);
    return new Uint8Array();
  }
}

/** `content`, `=content`, `name=content`, `@file`, `name@file` (curl's manual, --data-urlencode). */
function urlEncoded(text: string, io: CommandIO, silent: boolean): string {
  const [, name = '', sign, content = ''] = /^([^=@]*)([=@])(.*)$/s.exec(text) ?? [];
  if (sign === undefined) return percent(new TextEncoder().encode(text));
  const bytes = sign === '@' ? readFrom(content, io, silent) : new TextEncoder().encode(content);
  return name === '' ? percent(bytes) : `${name}=${percent(bytes)}`;
}

function percent(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9._~-]/.test(character)) text += character;
    else if (character === ' ') text += '+';
    else text += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return text;
}
