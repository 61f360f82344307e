// What files take on the machine's disk: blocks of 4096 bytes, counted as du and df count them.
import type { Command } from '../../command.ts';
import {
  defaultFileLimits,
  FileError,
  type FileStat,
  type Files,
  operandPath,
  resolvePath,
} from '../../files/index.ts';
import { globMatcher } from '../text/glob.ts';
import { defineTool, reason, ToolEnd } from '../tool.ts';

function blocksOf({ type, size }: FileStat): number {
  return type === 'symlink' ? 0 : type === 'directory' ? 4096 : Math.ceil(size / 4096) * 4096;
}

/** `4.0K`: rounded up, with one decimal below ten. */
export function humanSize(bytes: number, step = 1024): string {
  let value = bytes;
  let unit = 0;
  for (; value >= step; unit++) value /= step;
  if (unit === 0) return String(bytes);
  const shown = value < 10 ? (Math.ceil(value * 10) / 10).toFixed(1) : String(Math.ceil(value));
  return `${shown}${(step === 1000 ? 'kMGT' : 'KMGT')[unit - 1]}`;
}

const du = defineTool({
  name: 'du',
  summary: { es: 'cuánto espacio ocupan carpetas y archivos', en: 'how much room folders and files take' },
  synopsis: '[OPTION]... [FILE]...',
  options:
    'a|all b|bytes c|total h|human-readable s|summarize k m d|max-depth= apparent-size B|block-size= exclude= S|separate-dirs x|one-file-system si 0|null t|threshold=',
  absent: 'D H L l P X|exclude-from= time? time-style= inodes files0-from=',
  run(given, io) {
    const { files } = io.machine;
    const depthText = given.value('d') ?? (given.has('s') ? '0' : undefined);
    if (given.has('s') && given.has('a')) throw new ToolEnd('cannot both summarize and show all entries', 1, true);
    if (given.has('s') && Number(given.value('d') ?? 0) > 0)
      throw new ToolEnd(`warning: summarizing conflicts with --max-depth=${given.value('d')}`, 1, true);
    if (depthText !== undefined && !/^\d+$/.test(depthText))
      throw new ToolEnd(`invalid maximum depth ‘${depthText}’`, 1, true);
    const deepest = depthText === undefined ? Number.POSITIVE_INFINITY : Number(depthText);
    const apparent = given.has('b', 'apparent-size');
    const dropped = given.all('exclude').map((glob) => globMatcher(glob));
    const unit = given.has('b') ? 1 : given.has('m') ? 2 ** 20 : unitOf(given.value('B'));
    if (given.has('B') && !/^(?:\d+|\d*[KMG]i?B?)$/.test(given.value('B') ?? ''))
      throw new ToolEnd(`invalid -B argument '${given.value('B')}'`);
    const show = (bytes: number, name: string): void => {
      const size = given.has('h')
        ? humanSize(bytes)
        : given.has('si')
          ? humanSize(bytes, 1000)
          : String(Math.ceil(bytes / unit));
      io.stdout(`${size}\t${name}${given.has('0') ? '\0' : '\n'}`);
    };
    const walk = (path: string, name: string, depth: number): number => {
      const stat = files.lstat(path);
      let size = apparent ? stat.size : blocksOf(stat);
      if (stat.type === 'directory') {
        for (const child of files.list(path)) {
          const shown = `${name === '/' ? '' : name}/${child}`;
          if (dropped.some((matches) => matches(child) || matches(shown))) continue;
          size += walk(resolvePath(path, child), shown, depth + 1);
        }
      }
      if (depth === 0 || (depth <= deepest && (stat.type === 'directory' || given.has('a')))) show(size, name);
      return size;
    };
    let exitCode = 0;
    let total = 0;
    for (const name of given.operands.length === 0 ? ['.'] : given.operands) {
      try {
        total += walk(operandPath(io.cwd, name), name.length > 1 ? name.replace(/\/+$/, '') : name, 0);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        io.stderr(`du: cannot access '${name}': ${reason(error)}\n`);
        exitCode = 1;
      }
    }
    if (given.has('c')) show(total, 'total');
    return exitCode;
  },
});

function unitOf(text: string | undefined): number {
  return { K: 1024, M: 2 ** 20, G: 2 ** 30, '1': 1 }[(text ?? 'K').replace(/^1(?=[KMG])/, '')] ?? 1024;
}

/** The one disk: as large as the machine's files may be in all. */
const DISK = defaultFileLimits.totalBytes;

/** As many as ext4 makes room for: one for 16 KiB (mke2fs.conf, inode_ratio). */
const INODES = Math.floor(DISK / 16_384);

const shares = (all: number, used: number, show: (amount: number) => string): readonly string[] => [
  show(all),
  show(used),
  show(all - used),
  `${Math.ceil((used / all) * 100)}%`,
];

function inodesUsed(files: Files, path: string): number {
  if (files.lstat(path).type !== 'directory') return 1;
  return files.list(path).reduce((sum, child) => sum + inodesUsed(files, resolvePath(path, child)), 1);
}

const df = defineTool({
  name: 'df',
  summary: { es: 'cuánto espacio queda en el disco', en: 'how much room is left on the disk' },
  synopsis: '[OPTION]... [FILE]...',
  options:
    'h|human-readable H|si k m T|print-type a|all l|local P|portability t|type= x|exclude-type= total B|block-size= output? i|inodes',
  absent: 'sync no-sync',
  run(given, io) {
    const { files } = io.machine;
    for (const name of given.operands) {
      if (!files.exists(operandPath(io.cwd, name))) throw new ToolEnd(`${name}: No such file or directory`);
    }
    const kinds = given.all('t');
    if (kinds.length > 0 && !kinds.includes('ext4')) throw new ToolEnd('no file systems processed');
    const used = files.totalBytes;
    const unit = given.has('m') ? 2 ** 20 : unitOf(given.value('B'));
    const show = (bytes: number): string =>
      given.has('h') ? humanSize(bytes) : given.has('H') ? humanSize(bytes, 1000) : String(Math.ceil(bytes / unit));
    const human = given.has('h', 'H');
    const head = given.has('P')
      ? '1024-blocks'
      : human
        ? 'Size'
        : unit === 1024
          ? '1K-blocks'
          : `1${unit === 2 ** 20 ? 'M' : 'G'}-blocks`;
    const isOfInodes = given.has('i');
    const cells = isOfInodes ? shares(INODES, inodesUsed(files, '/'), human ? show : String) : shares(DISK, used, show);
    const titles = isOfInodes
      ? ['Inodes', 'IUsed', 'IFree', 'IUse%']
      : [head, 'Used', human ? 'Avail' : 'Available', given.has('P') ? 'Capacity' : 'Use%'];
    const rows: (readonly [string, readonly string[], string])[] = [
      ['Filesystem', titles, 'Mounted on'],
      ['/dev/vda1', cells, '/'],
      ...(given.has('total') ? [['total', cells, '-'] as const] : []),
    ];
    const least = human || isOfInodes ? [5, 5, 5, 4] : [9, 8, 9, 4];
    const widths = titles.map((title, index) =>
      Math.max(title.length, least[index] ?? 0, ...rows.map(([, all]) => (all[index] ?? '').length)),
    );
    for (const [name, all, mounted] of rows) {
      const kind = given.has('T')
        ? `${(name === 'Filesystem' ? 'Type' : name === 'total' ? '-' : 'ext4').padEnd(4)} `
        : '';
      const numbers = all.map((cell, index) => cell.padStart(widths[index] ?? 0)).join(' ');
      io.stdout(`${name.padEnd(14)} ${kind}${numbers} ${mounted}\n`);
    }
    return 0;
  },
});

export const diskTools: readonly Command[] = [du, df];
