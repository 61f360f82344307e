import { type FileStat, PIPE, parentOf } from '../../files/index.ts';
import type { Machine } from '../../machine.ts';
import { formatTime } from '../time/format.ts';

export interface Entry {
  /** As it is shown: begins with the starting point. */
  readonly name: string;
  readonly path: string;
  /** What the folder tells of it. */
  readonly type: string;
  /** Looked up when a test first asks. */
  readonly stat: FileStat;
  readonly depth: number;
  readonly start: string;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '0': '\0', '\\': '\\', a: '\x07', r: '\r' };

/** `-printf` of find. */
export function formatEntry(format: string, entry: Entry, { files, user }: Machine): string {
  const { stat, name, path, depth, start } = entry;
  const value = (directive: string): string => {
    switch (directive[0]) {
      case 'p':
        return name;
      case 'f':
        return name === '/' ? '/' : (name.replace(/\/+$/, '').split('/').at(-1) ?? name);
      case 'h':
        return name.includes('/') ? parentOf(name) || '/' : '.';
      case 'P':
        return name === start ? '' : name.slice(start.endsWith('/') ? start.length : start.length + 1);
      case 'H':
        return start;
      case 's':
        return String(stat.size);
      case 'k':
        return String(Math.ceil(stat.size / 4096) * 4);
      case 'b':
        return String(Math.ceil(stat.size / 4096) * 8);
      case 'd':
        return String(depth);
      case 'm':
        return (stat.mode & 0o7777).toString(8);
      case 'M':
        return permissions(stat.type, stat.mode);
      case 'y':
        return stat.type === 'directory' ? 'd' : stat.type === 'symlink' ? 'l' : stat.mode & PIPE ? 'p' : 'f';
      case 'u':
      case 'g':
        return user;
      case 'U':
      case 'G':
        return '1000';
      case 'i':
        return String(stat.inode);
      case 'n':
        return String(stat.links);
      case 'l':
        return stat.type === 'symlink' ? files.readlink(path) : '';
      case 't':
      case 'a':
      case 'c':
        return formatTime('%a %b %e %H:%M:%S.%N0 %Y', stat.mtimeMs);
      case 'e':
        return formatTime('%e', stat.mtimeMs);
      default:
        if (/^[TAC]@$/.test(directive))
          return `${Math.floor(stat.mtimeMs / 1000)}.${String(stat.mtimeMs % 1000).padStart(3, '0')}0000000`;
        if (/^[TAC]T$/.test(directive)) return formatTime('%H:%M:%S.%N0', stat.mtimeMs);
        if (/^[TAC]\+$/.test(directive)) return formatTime('%F+%H:%M:%S.%N0', stat.mtimeMs);
        if (/^[TAC]S$/.test(directive)) return formatTime('%S.%N0', stat.mtimeMs);
        return /^[TAC]./.test(directive) ? formatTime(`%${directive[1]}`, stat.mtimeMs) : `%${directive}`;
    }
  };
  return format.replaceAll(
    /\\([nt0\\ar])|%(-?)(\d*)([TAC].|[a-zA-Z%])/g,
    (_, escaped: string | undefined, left: string, width: string, directive: string) => {
      if (escaped !== undefined) return escapes[escaped] ?? escaped;
      if (directive === '%') return '%';
      const text = value(directive);
      return left === '-' ? text.padEnd(Number(width)) : text.padStart(Number(width));
    },
  );
}

/** `drwxr-xr-x`, with the letters for set-user-id, set-group-id and the sticky bit. */
export function permissions(type: 'file' | 'directory' | 'symlink', mode: number): string {
  const bits = [...'rwxrwxrwx'].map((letter, index) => (mode & (0o400 >> index) ? letter : '-'));
  const special = (at: number, bit: number, set: string): void => {
    if (mode & bit) bits[at] = bits[at] === 'x' ? set : set.toUpperCase();
  };
  special(2, 0o4000, 's');
  special(5, 0o2000, 's');
  special(8, 0o1000, 't');
  return (type === 'directory' ? 'd' : type === 'symlink' ? 'l' : mode & PIPE ? 'p' : '-') + bits.join('');
}
