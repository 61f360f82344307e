// Checksums that few files come with.
import { blake2b } from '@noble/hashes/blake2.js';
import type { Command } from '../../command.ts';
import { sumTool } from '../archive/sums.ts';
import { defineTool, tryInput } from '../tool.ts';
import { rareSummaries } from './summaries.ts';

/** The sum of 16 bits that turns right before each byte, and how many blocks the bytes take. */
const sum = defineTool({
  name: 'sum',
  summary: rareSummaries.sum,
  synopsis: '[OPTION]... [FILE]...',
  options: 'r s|sysv',
  run(given, io) {
    const names = given.operands.length === 0 ? [undefined] : given.operands;
    const isLong = given.order.at(-1)?.[0] === 's';
    let exitCode = 0;
    for (const name of names) {
      const bytes = tryInput('sum', name ?? '-', io);
      if (bytes === undefined) {
        exitCode = 1;
        continue;
      }
      const shown = name === undefined ? '' : ` ${name}`;
      if (isLong) {
        const total = bytes.reduce((all, byte) => all + byte, 0);
        const folded = (total % 0x10000) + Math.floor((total % 2 ** 32) / 0x10000);
        io.stdout(`${(folded % 0x10000) + Math.floor(folded / 0x10000)} ${Math.ceil(bytes.length / 512)}${shown}\n`);
        continue;
      }
      const turned = bytes.reduce((all, byte) => (((all >> 1) | ((all & 1) << 15)) + byte) & 0xffff, 0);
      const blocks = Math.ceil(bytes.length / 1024);
      io.stdout(`${String(turned).padStart(5, '0')} ${String(blocks).padStart(5)}${shown}\n`);
    }
    return exitCode;
  },
});

export const rareSums: readonly Command[] = [
  sum,
  sumTool('b2sum', { digest: (bytes) => blake2b(bytes), tag: 'BLAKE2b', size: 128 }, rareSummaries.b2sum),
];
