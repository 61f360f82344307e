// The programs of a GNU system, as Debian 12 has them: a folder for each kind. They are part of every machine.
import type { Command } from '../command.ts';
import { find } from './starting/find.ts';
import { xargs } from './starting/xargs.ts';
import { fieldTools } from './text/fields.ts';
import { grepTools } from './text/grep.ts';
import { lineTools } from './text/lines.ts';
import { sed } from './text/sed/index.ts';
import { sort } from './text/sort.ts';
import { date } from './time/date.ts';

export const systemTools: readonly Command[] = [
  ...grepTools,
  sed,
  sort,
  ...lineTools,
  ...fieldTools,
  find,
  xargs,
  date,
];
