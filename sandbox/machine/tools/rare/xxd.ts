// xxd: bytes as hexadecimal or bits, as a C array, and back.
import type { CommandIO } from '../../command.ts';
import type { Given } from '../options.ts';
import { defineTool, linesOf, misuse, ToolEnd, textOf, tryInput } from '../tool.ts';
import { rareSummaries } from './summaries.ts';

export const xxd = defineTool({
  name: 'xxd',
  summary: rareSummaries.xxd,
  synopsis: '[OPTION]... [FILE]',
  options: 'p|plain ps r|revert c|cols= g|groupsize= l|len= s|seek= u b|bits i|include e d C|capitalize n|name=',
  absent: 'a|autoskip E|EBCDIC o=',
  version: '=xxd 2022-01-14 by Juergen Weigert et al.',
  run(given, io) {
    const [name = '-', out, extra] = given.operands;
    if (extra !== undefined || out !== undefined) throw misuse(`extra operand '${out}'`);
    const all = tryInput('xxd', name, io);
    if (all === undefined) return 2;
    if (given.has('r')) {
      io.stdout(back(textOf(all), given.has('p', 'ps')));
      return 0;
    }
    const seek = number(given, 's') ?? 0;
    const skip = seek < 0 ? Math.max(0, all.length + seek) : seek;
    const length = number(given, 'l');
    const bytes = all.subarray(skip, length === undefined ? undefined : skip + length);
    if (given.has('i')) include(bytes, name, given, io);
    else if (given.has('p', 'ps')) plain(bytes, number(given, 'c') ?? 30, given, io);
    else rows(bytes, skip, given, io);
    return 0;
  },
});

function number(given: Given, key: string): number | undefined {
  const text = given.value(key);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isNaN(value)) throw new ToolEnd(`invalid number '${text}'`);
  return value;
}

function digits(byte: number, given: Given): string {
  if (given.has('b')) return byte.toString(2).padStart(8, '0');
  const text = byte.toString(16).padStart(2, '0');
  return given.has('u') ? text.toUpperCase() : text;
}

function plain(bytes: Uint8Array, columns: number, given: Given, io: CommandIO): void {
  const text = Array.from(bytes, (byte) => digits(byte, given)).join('');
  const lines = columns === 0 ? [text] : (text.match(new RegExp(`.{1,${columns * 2}}`, 'g')) ?? []);
  io.stdout(lines.map((line) => `${line}\n`).join(''));
}

/** An array of C; without a name where the bytes come from standard input. */
function include(bytes: Uint8Array, file: string, given: Given, io: CommandIO): void {
  const columns = number(given, 'c') ?? 12;
  const cells = Array.from(bytes, (byte) => `0x${digits(byte, given)}`);
  const lines: string[] = [];
  for (let at = 0; at < cells.length; at += columns) lines.push(`  ${cells.slice(at, at + columns).join(', ')}`);
  const body = `${lines.join(',\n')}\n`;
  const label = given.value('n') ?? (file === '-' ? undefined : file);
  if (label === undefined) {
    io.stdout(body);
    return;
  }
  const word = label.replaceAll(/[^A-Za-z0-9]/g, '_').replace(/^(?=\d)/, '__');
  const name = given.has('C') ? word.toUpperCase() : word;
  io.stdout(
    `unsigned char ${name}[] = {\n${body}};\nunsigned int ${name}_${given.has('C') ? 'LEN' : 'len'} = ${bytes.length};\n`,
  );
}

function rows(bytes: Uint8Array, skip: number, given: Given, io: CommandIO): void {
  const little = given.has('e');
  const columns = number(given, 'c') ?? (given.has('b') ? 6 : 16);
  const group = number(given, 'g') ?? (given.has('b') ? 1 : little ? 4 : 2);
  const size = group === 0 ? columns : group;
  const width = given.has('b') ? 8 : 2;
  for (let at = 0; at < bytes.length; at += columns) {
    const row = bytes.subarray(at, at + columns);
    const cells = Array.from({ length: Math.min(columns, Math.ceil(row.length / size) * size) }, (_, index) => {
      // A group in the other order shows its last byte first.
      const place = little ? index - (index % size) + (size - 1 - (index % size)) : index;
      const byte = row[place];
      const space = index % size === size - 1 ? ' ' : '';
      return (byte === undefined ? ' '.repeat(width) : digits(byte, given)) + space;
    });
    const text = Array.from(row, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    const full = Math.floor(((size * width + 1) * columns - 1) / size);
    const address = (at + skip).toString(given.has('d') ? 10 : 16).padStart(8, '0');
    io.stdout(`${address}: ${cells.join('').trimEnd().padEnd(full)}  ${text}\n`);
  }
}

/** What a dump was made of; where its addresses leave something out there are zeros. */
function back(text: string, isPlain: boolean): Uint8Array {
  const bytes: number[] = [];
  for (const line of linesOf(text).lines) {
    const [, address, rest = ''] = isPlain ? ['', undefined, line] : (/^([0-9a-f]+): ?(.*)$/i.exec(line) ?? []);
    if (address !== undefined) while (bytes.length < Number.parseInt(address, 16)) bytes.push(0);
    const pairs = rest.replace(/ {2}.*$/, '').replaceAll(/[^0-9a-fA-F]/g, '');
    for (const pair of pairs.match(/../g) ?? []) bytes.push(Number.parseInt(pair, 16));
  }
  return Uint8Array.from(bytes);
}
