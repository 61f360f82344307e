// Programs that are seldom used: a part of the engine brings them.
import type { Command } from '../../command.ts';
import { bc } from './bc.ts';
import { csplit, tsort } from './csplit.ts';
import { getopt } from './getopt.ts';
import { hexdump } from './hexdump.ts';
import { od } from './od.ts';
import { pr } from './pr.ts';
import { smallRareTools } from './small.ts';
import { rareSums } from './sums.ts';
import { xxd } from './xxd.ts';
import { unzip, zip } from './zip.ts';

export const rareTools: readonly Command[] = [
  bc,
  csplit,
  tsort,
  getopt,
  hexdump,
  od,
  pr,
  ...smallRareTools,
  ...rareSums,
  xxd,
  unzip,
  zip,
];
