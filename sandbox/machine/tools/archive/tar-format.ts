// How tar's entries stand in an archive: in GNU's format, in POSIX's of 1988 (ustar), and in its of 2001 (pax: what has no room in a header
// stands in one of its own before it). GNU tar 1.34; POSIX.1-2001, pax, "ustar Interchange Format" and "pax Extended Header".
import type { FileStat } from '../../files/index.ts';
import type { Given } from '../options.ts';
import { globMatcher } from '../text/glob.ts';
import { bytesOf, misuse, ToolEnd } from '../tool.ts';
import type { Owner } from './tar-metadata.ts';

export interface Entry {
  readonly name: string;
  readonly type: FileStat['type'];
  readonly mode: number;
  readonly mtimeMs: number;
  readonly ctimeMs?: number;
  readonly bytes: Uint8Array;
  readonly target: string;
  readonly owner: Owner;
}

export const BLOCK = 512;
const RECORD = 10_240;
const NAME = 100;
const PREFIX = 155;
const nobody: Owner = { uid: 0, gid: 0, user: '', group: '' };
const nothing = new Uint8Array();

export interface Format {
  readonly kind: 'gnu' | 'ustar' | 'posix';
  readonly deletes: readonly ((keyword: string) => boolean)[];
  /** `%d/PaxHeaders/%f`: the name of a header of its own, from the folder and the name of the file. */
  readonly headerName: string;
  /** Seconds. */
  readonly headerTime?: number;
}

/** `--format` and `--pax-option`, which by itself asks for pax. */
export function formatGiven(given: Given): Format {
  const options = given.all('pax-option');
  const said = given.value('H') ?? (options.length > 0 ? 'posix' : 'gnu');
  if (said === 'v7') throw new ToolEnd('--format=v7 is not part of this sandbox', 2);
  if (!/^(?:(?:old)?gnu|ustar|pax|posix)$/.test(said)) throw misuse(`${said}: Invalid archive format`, 2);
  const kind = said === 'ustar' ? said : said.endsWith('gnu') ? 'gnu' : 'posix';
  if (options.length > 0 && kind !== 'posix') throw misuse('--pax-option can be used only on POSIX archives', 2);
  let headerName = '%d/PaxHeaders/%f';
  let headerTime: number | undefined;
  const deletes: Format['deletes'][number][] = [];
  for (const option of options.flatMap((list) => list.split(','))) {
    const [, keyword = option, value] = /^(.*?)=(.*)$/.exec(option) ?? [];
    if (value === undefined) throw misuse(`Keyword ${keyword} is unknown or not yet implemented`, 2);
    if (keyword === 'delete') deletes.push(globMatcher(value));
    else if (keyword === 'exthdr.name') headerName = value;
    else if (keyword === 'exthdr.mtime' && /^\d+$/.test(value)) headerTime = Number(value);
    else throw new ToolEnd(`--pax-option=${option} is not part of this sandbox`, 2);
  }
  return { kind, deletes, headerName, ...(headerTime === undefined ? {} : { headerTime }) };
}

/** @param fails hears the names that the format has no room for; they stay out. */
export function pack(entries: readonly Entry[], format: Format, fails: (name: string) => void): Uint8Array {
  const blocks: Uint8Array[] = [];
  const put = (entry: Entry, kind: string, prefix = ''): void => {
    const header = new Uint8Array(BLOCK);
    const text = (value: string, from: number, length: number): void =>
      header.set(bytesOf(value).subarray(0, length), from);
    const number = (value: number, from: number, length: number): void =>
      text(`${value.toString(8).padStart(length - 1, '0')}\0`, from, length);
    text(entry.name, 0, NAME);
    number(entry.mode, 100, 8);
    number(entry.owner.uid, 108, 8);
    number(entry.owner.gid, 116, 8);
    number(entry.bytes.length, 124, 12);
    number(Math.max(0, Math.floor(entry.mtimeMs / 1000)), 136, 12);
    text('        ', 148, 8);
    text(kind, 156, 1);
    text(entry.target, 157, NAME);
    text(format.kind === 'gnu' ? 'ustar  \0' : 'ustar\x0000', 257, 8);
    text(entry.owner.user, 265, 32);
    text(entry.owner.group, 297, 32);
    // The numbers of a device, which no file here is: not in the headers that stand for themselves alone.
    if (format.kind !== 'gnu' && kind !== 'x') for (const from of [329, 337]) number(0, from, 8);
    text(prefix, 345, PREFIX);
    const sum = header.reduce((total, byte) => total + byte, 0);
    text(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8);
    const body = new Uint8Array(Math.ceil(entry.bytes.length / BLOCK) * BLOCK);
    body.set(entry.bytes);
    blocks.push(header, body);
  };
  const own = { mode: 0o644, target: '', type: 'file', owner: nobody } as const;
  const isLong = (name: string): boolean => bytesOf(name).length > NAME;
  for (const entry of entries) {
    const { name, target, mtimeMs } = entry;
    const kind = { file: '0', directory: '5', symlink: '2' }[entry.type];
    if (format.kind === 'ustar' && isLong(name)) {
      const [prefix, rest] = split(name);
      if (rest === '') fails(name);
      else put({ ...entry, name: rest }, kind, prefix);
      continue;
    }
    if (format.kind === 'gnu') {
      for (const [letter, long] of Object.entries({ K: target, L: name }))
        if (isLong(long)) put({ ...own, name: '././@LongLink', mtimeMs: 0, bytes: bytesOf(`${long}\0`) }, letter);
    } else if (format.kind === 'posix') {
      const bytes = records(entry, format);
      if (bytes.length > 0) {
        const time = format.headerTime === undefined ? mtimeMs : format.headerTime * 1000;
        put({ ...own, name: headerName(name, format.headerName), mtimeMs: time, bytes }, 'x');
      }
    }
    put(entry, kind);
  }
  const size = blocks.reduce((sum, { length }) => sum + length, 0);
  const out = new Uint8Array(Math.ceil((size + 2 * BLOCK) / RECORD) * RECORD);
  let at = 0;
  for (const block of blocks) {
    out.set(block, at);
    at += block.length;
  }
  return out;
}

/** A name of ustar in two parts, cut at the last `/` that leaves room for both; the second is empty where there is none. */
function split(name: string): readonly [prefix: string, rest: string] {
  const at = name.slice(0, Math.min(PREFIX + 1, name.length - 1)).lastIndexOf('/');
  const rest = name.slice(at + 1);
  return at > 0 && bytesOf(rest).length <= NAME ? [name.slice(0, at), rest] : ['', ''];
}

function headerName(name: string, pattern: string): string {
  const [, folder = '', base = ''] = /^(?:(.*)\/)?([^/]*)$/.exec(name.replace(/\/$/, '')) ?? [];
  const parts: Readonly<Record<string, string>> = { '%d': folder || '.', '%f': base, '%%': '%' };
  return pattern.replace(/%[df%]/g, (part) => parts[part] as string);
}

/** What a header has no room for, each as `LENGTH KEYWORD=VALUE`. */
function records({ name, target, mtimeMs, ctimeMs = mtimeMs }: Entry, { deletes }: Format): Uint8Array {
  const hasNoRoom = (text: string): boolean => bytesOf(text).length > NAME || /[^\0-\x7f]/.test(text);
  const seconds = (ms: number): string => String(ms / 1000);
  const values: readonly (readonly [keyword: string, value: string | undefined])[] = [
    ['path', hasNoRoom(name) ? name : undefined],
    ['linkpath', hasNoRoom(target) ? target : undefined],
    ['mtime', mtimeMs % 1000 === 0 ? undefined : seconds(mtimeMs)],
    ['atime', seconds(mtimeMs)],
    ['ctime', seconds(ctimeMs)],
  ];
  const lines = values.flatMap(([keyword, value]) =>
    value === undefined || deletes.some((matches) => matches(keyword)) ? [] : [withLength(` ${keyword}=${value}\n`)],
  );
  return lines.length === 0 ? nothing : bytesOf(lines.join(''));
}

/** The length counts its own digits. */
function withLength(record: string): string {
  const { length } = bytesOf(record);
  const once = length + String(length).length;
  return length + String(once).length + record;
}
