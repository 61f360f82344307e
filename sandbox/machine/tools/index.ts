// The programs of a GNU system, as Debian 12 has them: a folder for each kind. They are part of every machine.
import type { Command } from '../command.ts';
import { gzipTools } from './archive/gzip.ts';
import { sumTools } from './archive/sums.ts';
import { tar } from './archive/tar.ts';
import { diff } from './diff/index.ts';
import { patch } from './diff/patch.ts';
import { jq } from './jq/index.ts';
import { find } from './starting/find.ts';
import { xargs } from './starting/xargs.ts';
import { awkTools } from './text/awk/index.ts';
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
  jq,
  ...gzipTools,
  ...sumTools,
  tar,
  diff,
  patch,
  ...awkTools,
  date,
];
