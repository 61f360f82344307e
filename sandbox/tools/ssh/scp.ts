import { type Command, type CommandIO, FileError } from '../../machine/index.ts';
import type { HostFile, Production } from '../../platform/index.ts';
import { type FoundFile, filesBelow, type Place, placeOf, reasonOf, unknownHost } from './place.ts';

/** `scp`: copies files from the desk to a host, and back. */
export function createScp(production: Production): Command {
  /** Files of a place, or undefined after the reason has been told. */
  async function read(
    { host, path, shown }: Place,
    recursive: boolean,
    target: Place,
    io: CommandIO,
  ): Promise<readonly FoundFile[] | undefined> {
    const files =
      host === undefined ? io.machine.files : (await production.look(io.machine))?.hosts.get(host)?.machine.files;
    if (files === undefined) {
      io.stderr(`${unknownHost(host ?? '')}scp: Connection closed\n`);
      return undefined;
    }
    try {
      if (files.stat(path).type === 'directory' && !recursive) {
        io.stderr(
          host === undefined
            ? `scp: local "${shown}" is not a regular file\n${failedUpload(shown, target)}`
            : `scp: download ${path}: not a regular file\n`,
        );
        return undefined;
      }
      return filesBelow(files, path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      io.stderr(
        host === undefined ? `scp: stat local "${shown}": ${reasonOf(error)}\n` : `scp: ${shown}: ${reasonOf(error)}\n`,
      );
      return undefined;
    }
  }

  async function write(target: Place, source: Place, files: readonly HostFile[], io: CommandIO): Promise<number> {
    const { host, path } = target;
    if (host === undefined) {
      try {
        for (const { path: file, bytes, mode } of files) {
          if (bytes === undefined) io.machine.files.mkdir(file, { recursive: true });
          else io.machine.files.writeFile(file, bytes, mode);
        }
        return 0;
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        io.stderr(`scp: open local "${error.path}": ${reasonOf(error)}\n`);
        return 1;
      }
    }
    const refused = await production.put(io.machine, host, files);
    if (refused === undefined) return 0;
    io.stderr(
      refused === 'no-host'
        ? `${unknownHost(host)}scp: Connection closed\n`
        : `scp: dest open "${path}": ${reasonOf(refused)}\n${failedUpload(source.shown, target)}`,
    );
    return refused === 'no-host' ? 255 : 1;
  }

  return {
    name: 'scp',
    summary: { es: 'copia archivos entre el escritorio y un host', en: 'copies files between the desk and a host' },
    async run(args, io) {
      const words: string[] = [];
      let recursive = false;
      for (let at = 0; at < args.length; at++) {
        const arg = args[at] as string;
        if (/^-[oiPF]$/.test(arg)) at += 1;
        else if (/^-[rpqvCOB46]+$/.test(arg)) recursive ||= arg.includes('r');
        else if (arg.startsWith('-')) {
          io.stderr(`scp: '${arg}' is not part of this sandbox\n`);
          return 1;
        } else words.push(arg);
      }
      const last = words.pop();
      if (last === undefined || words.length === 0) {
        io.stderr('usage: scp [-pqr] source ... target\n');
        return 1;
      }
      const target = placeOf(last, io.cwd);
      const there =
        target.host === undefined
          ? io.machine.files
          : (await production.look(io.machine))?.hosts.get(target.host)?.machine.files;
      const isFolder = there?.exists(target.path) === true && there.stat(target.path).type === 'directory';
      if (words.length > 1 && !isFolder && there !== undefined) {
        io.stderr(`scp: ${target.path}: No such file or directory\n`);
        return 1;
      }
      let exitCode = 0;
      for (const word of words) {
        const source = placeOf(word, io.cwd);
        if (source.host !== undefined && target.host !== undefined) {
          io.stderr('scp: from one host to another is not part of this sandbox\n');
          return 1;
        }
        const found = await read(source, recursive, target, io);
        if (found === undefined) {
          exitCode = source.host !== undefined && there === undefined ? 255 : 1;
          continue;
        }
        const base = isFolder ? `${target.path === '/' ? '' : target.path}/${nameOf(source.path)}` : target.path;
        const files = found.map(({ path, ...rest }) => ({ ...rest, path: path === '' ? base : `${base}/${path}` }));
        exitCode = (await write(target, source, files, io)) || exitCode;
        if (exitCode === 0 && io.isTerminal)
          for (const { path, bytes } of files) if (bytes !== undefined) io.stdout(progress(nameOf(path), bytes.length));
      }
      return exitCode;
    },
  };
}

function failedUpload(source: string, { shown }: Place): string {
  return `scp: failed to upload file ${source} to ${shown}\n`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The line that stands when a file has been copied. */
function progress(name: string, size: number): string {
  const shown =
    size < 1024 ? `${size}` : size < 1024 ** 2 ? `${Math.round(size / 1024)}KB` : `${Math.round(size / 1024 ** 2)}MB`;
  return `${name.padEnd(50)} 100% ${shown.padStart(6)}     -.-KB/s   00:00\n`;
}
