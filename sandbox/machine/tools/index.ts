// The programs of a GNU system, as Debian 12 has them: a folder for each kind. They are part of every machine.
import type { Command } from '../command.ts';
import { gzipTools } from './archive/gzip.ts';
import { sumTools } from './archive/sums.ts';
import { tar } from './archive/tar.ts';
import { diff } from './diff/index.ts';
import { patch } from './diff/patch.ts';
import { byteTools } from './files/bytes.ts';
import { cp } from './files/copy.ts';
import { factTools } from './files/facts.ts';
import { folderTools } from './files/folders.ts';
import { file } from './files/kind.ts';
import { modeTools } from './files/modes.ts';
import { jq } from './jq/index.ts';
import { find } from './starting/find.ts';
import { wrapperTools } from './starting/wrappers.ts';
import { xargs } from './starting/xargs.ts';
import { machineTools } from './system/index.ts';
import { awkTools } from './text/awk/index.ts';
import { columnTools } from './text/columns.ts';
import { fieldTools } from './text/fields.ts';
import { grepTools } from './text/grep.ts';
import { lineTools } from './text/lines.ts';
import { numberTools } from './text/numbers.ts';
import { sed } from './text/sed/index.ts';
import { sort } from './text/sort.ts';
import { tr } from './text/tr.ts';
import { date } from './time/date.ts';

/** @param pause lets messages arrive: a program with a time limit waits for what it started. */
export function systemTools(pause: () => Promise<void>): readonly Command[] {
  return [
    ...grepTools,
    sed,
    sort,
    ...lineTools,
    ...fieldTools,
    ...columnTools,
    find,
    xargs,
    jq,
    ...gzipTools,
    ...sumTools,
    tar,
    ...numberTools,
    ...byteTools,
    ...factTools,
    ...modeTools,
    cp,
    file,
    ...folderTools,
    tr,
    ...wrapperTools(pause),
    ...machineTools,
    diff,
    patch,
    ...awkTools,
    date,
  ];
}
