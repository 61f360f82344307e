import { type Files, parentOf } from '../../machine/index.ts';
import type { Disk } from '../../telemetry/service/index.ts';

/** The files of a machine as the alerting service wants them. */
export function diskOf(files: Files): Disk {
  return {
    read: (path) => (files.exists(path) && files.stat(path).type === 'file' ? files.readText(path) : undefined),
    write(path, text) {
      files.mkdir(parentOf(path), { recursive: true });
      files.writeFile(path, text);
    },
  };
}
