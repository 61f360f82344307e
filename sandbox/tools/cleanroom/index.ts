// `cleanroom`: an empty machine of the company, made for one try and thrown away. A tool of our own, so its words are ours.
import { type Command, type CommandIO, FileError, resolvePath } from '../../machine/index.ts';
import { runCommit, startArtifact, type Told } from './room.ts';
import { words } from './words.ts';

/** @param commands the programs that the empty machine has. @param pause gives them their turn. */
export function createCleanroom(commands: readonly Command[], pause: () => Promise<void>): Command {
  const parts = { commands, pause };
  return {
    name: 'cleanroom',
    summary: words.summary,
    async run(args, io) {
      const { language } = io.machine;
      const [verb, file, ...rest] = args;
      if (verb === undefined || verb === '--help' || verb === 'help') {
        io.stdout(`${words.usage[language]}\n`);
        return verb === undefined ? 2 : 0;
      }
      if (verb !== 'run') return refuse(io, 'verb', verb);
      if (file === undefined) return refuse(io, 'nothing', '');
      if (file.startsWith('-')) return refuse(io, 'flag', file);
      const bytes = read(io, file);
      if (bytes === undefined) return refuse(io, 'missing', file);
      if (!isArtifact(file)) return told(io, file, await runCommit(parts, io, file, rest));
      if (rest.some(isArtifact)) return refuse(io, 'several', [file, ...rest].join(' '));
      if (rest[0] !== undefined) return refuse(io, 'more', rest[0]);
      return told(io, file, await startArtifact(parts, io, file, bytes));
    },
    complete: (before) => (before.length === 0 ? ['run'] : []),
  };
}

const isArtifact = (file: string): boolean => /\.(tgz|tar\.gz)$/.test(file);

function read({ machine, cwd }: CommandIO, file: string): Uint8Array | undefined {
  try {
    return machine.files.readFile(resolvePath(cwd, file));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

function told(io: CommandIO, file: string, { exitCode, last, holds = '' }: Told): number {
  io.machine.kernel.record({ type: 'CleanroomRan', file, holds, exitCode });
  const line = `cleanroom: ${last[io.machine.language]}\n`;
  if (exitCode === 0) io.stdout(line);
  else io.stderr(line);
  return exitCode;
}

function refuse(io: CommandIO, what: keyof typeof words.refused, word: string): number {
  io.stderr(`cleanroom: ${words.refused[what](word)[io.machine.language]}\n`);
  return 2;
}
