// Where a background job writes: to the terminal from which it was started, or into files.
import { FileError, resolvePath } from '../files/index.ts';
import type { Machine } from '../machine.ts';
import { diverted, outletsOf, send } from './descriptors.ts';
import type { Interpreter, Outlets, Redirection, ScriptResult, State, Statement } from './just-bash.ts';

/** Shows text on the terminal from which a job was started. */
export type Show = (stream: 'stdout' | 'stderr', bytes: Uint8Array) => void;

/** The terminal's. */
export const ofTerminal: Outlets = { 1: 1, 2: 2 };

/** Where a job's output goes from the shell that starts it. @param base the outlets that `show` stands for. */
export function showFrom(state: State, base: Outlets, show: Show): Show {
  const outlets = outletsOf(state);
  return (stream, bytes) => {
    const outlet = outlets[stream === 'stdout' ? 1 : 2] ?? 1;
    if (outlet === base[1]) show('stdout', bytes);
    else if (outlet === base[2]) show('stderr', bytes);
    else send(state, outlet, new TextDecoder().decode(bytes));
  };
}

/** The outlets of the shell into which a job may write: not those that it has redirected. */
export function outletsWritten({ pipelines }: Statement, state: State): readonly number[] {
  const outlets = outletsOf(state);
  return [1, 2]
    .filter((fd) => pipelines.some(({ commands }) => !diverted(commands.at(-1)?.redirections).includes(fd)))
    .map((fd) => outlets[fd] ?? fd);
}

/**
 * Where a job writes. Redirections of a single command to files are taken out of it and done here, piece by piece as it writes:
 * just-bash would fill the file only when the job ends.
 */
export async function sinkOf(
  statement: Statement,
  shell: Interpreter,
  machine: Machine,
  show: Show,
): Promise<{ readonly statement: Statement; readonly sink: Show }> {
  const [pipeline, ...others] = statement.pipelines;
  const [command, ...piped] = pipeline?.commands ?? [];
  const whole = { statement, sink: show };
  if (pipeline === undefined || command?.redirections === undefined || others.length > 0 || piped.length > 0)
    return whole;
  const { redirections } = command;
  if (redirections.length === 0 || !redirections.every(isPlainOutput)) return whole;

  const routes: { stdout?: string; stderr?: string } = {};
  for (const redirection of redirections) {
    const word = await shell.expandWord(redirection.target);
    const streams = streamsOf(redirection);
    if (redirection.operator === '>&' && word === '1') routes.stderr = routes.stdout;
    else {
      const path = resolvePath(shell.ctx.state.cwd, word);
      // The null device takes everything and holds nothing.
      if (path !== '/dev/null') {
        try {
          if (redirection.operator.endsWith('>>')) machine.files.appendFile(path, '');
          else machine.files.writeFile(path, '');
        } catch (error) {
          throw error instanceof FileError ? new FileError(error.code, error.syscall, word) : error;
        }
      }
      for (const stream of streams) routes[stream] = path;
    }
  }
  const sink: Show = (stream, bytes) => {
    const path = routes[stream];
    if (path === undefined) return show(stream, bytes);
    if (path === '/dev/null') return;
    try {
      machine.files.appendFile(path, bytes);
    } catch (error) {
      show('stderr', new TextEncoder().encode(redirectionFailure(error).stderr));
    }
  };
  return {
    statement: { ...statement, pipelines: [{ ...pipeline, commands: [{ ...command, redirections: [] }] }] },
    sink,
  };
}

export function redirectionFailure(error: unknown): ScriptResult {
  if (!(error instanceof FileError)) throw error;
  const reasons: Partial<Record<string, string>> = {
    ENOENT: 'No such file or directory',
    EISDIR: 'Is a directory',
    ENOSPC: 'No space left on device',
    EFBIG: 'File too large',
  };
  return { stdout: '', stderr: `bash: ${error.path}: ${reasons[error.code] ?? error.message}\n`, exitCode: 1 };
}

function isPlainOutput({ operator, fd, target }: Redirection): boolean {
  if (target.type !== 'Word') return false;
  if (operator === '>&') return fd === 2;
  return ['>', '>>', '>|', '&>', '&>>'].includes(operator) && (fd === null || fd === 1 || fd === 2);
}

function streamsOf({ operator, fd }: Redirection): readonly ('stdout' | 'stderr')[] {
  if (operator.startsWith('&')) return ['stdout', 'stderr'];
  return fd === 2 ? ['stderr'] : ['stdout'];
}
