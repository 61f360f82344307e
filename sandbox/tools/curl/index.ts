// curl, to the programs that listen in the sandbox.
import { type Command, type CommandIO, FileError, type HttpResponse, resolvePath } from '../../machine/index.ts';
import { parseOptions, type UrlOptions } from './options.ts';
import { type Surroundings, type Transfer, transfer } from './transfer.ts';
import { writeOut } from './write-out.ts';

/** @param pause lets the program that is asked have its turn */
export const createCurl = (pause: () => Promise<void>): Command => ({
  name: 'curl',
  summary: { es: 'hace una petición HTTP y muestra la respuesta', en: 'makes an HTTP request and shows the answer' },
  async run(args, given) {
    const io = { ...given, pause };
    const parsed = parseOptions(args);
    if ('say' in parsed) io.stdout(parsed.say);
    if ('refuse' in parsed) io.stderr(parsed.refuse);
    if (!('options' in parsed)) return 'refuse' in parsed ? parsed.exitCode : 0;
    const { head, get, data, silent } = parsed.options;
    if (head && !get && data.length > 0) {
      if (!silent) warn(BOTH_METHODS, io);
      return 2;
    }
    let exitCode = 0;
    for (const [index, url] of parsed.options.urls.entries()) {
      const upload = parsed.options.uploads[index];
      const options = { ...parsed.options, ...(upload !== undefined && { upload }) };
      exitCode = await fetchOne(url, parsed.options.outputs[index], options, io);
      if (io.signal.aborted) return 130;
      // What cannot be sent ends it; after what cannot be fetched it goes on (curl's tool_operate.c).
      if (upload !== undefined && (exitCode === 3 || exitCode === 26)) break;
    }
    return exitCode;
  },
});

const BOTH_METHODS =
  'You can only select one HTTP request method! You asked for both POST (-d, --data) and HEAD (-I, --head).';

async function fetchOne(
  url: string,
  output: string | undefined,
  options: UrlOptions,
  io: Surroundings,
): Promise<number> {
  const file = output === 'remote' ? remoteName(url) : output === '-' ? undefined : output;
  if (file === '')
    return fail({ exitCode: 23, message: 'Failed writing received data to disk/application' }, options, io);
  const { done, problem } = await attempts(url, file, options, io);
  const written = deliver(done, options, file, io);
  const exitCode = problem?.exitCode ?? written?.exitCode ?? 0;
  const shown = problem ?? written;
  if (shown !== undefined && shown.message !== '') fail(shown, options, io);
  if (options.writeOut !== undefined) {
    io.stdout(writeOut(options.writeOut, { ...done, ...(problem && { problem }) }, exitCode, file, io.stderr));
  }
  return exitCode;
}

interface Attempt {
  readonly done: Transfer;
  readonly problem: Problem | undefined;
}

/** Asks until the answer is good, the failure is one that will not pass, or `--retry` is used up (curl's manual, --retry). */
async function attempts(
  url: string,
  file: string | undefined,
  options: UrlOptions,
  io: Surroundings,
): Promise<Attempt> {
  for (let left = options.retries, pause = 1; ; left--, pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const done = await transfer(url, options, io);
    const problem = done.problem ?? refusedStatus(done, options);
    const reason = left > 0 ? reasonToRetry({ done, problem }, options) : undefined;
    if (reason === undefined || io.run === undefined || io.signal.aborted) return { done, problem };
    // What went to standard output cannot be taken back; a file begins anew.
    if (file === undefined) deliver(done, options, file, io);
    if (problem !== undefined && problem.message !== '') fail(problem, options, io);
    const seconds = options.retryDelay > 0 ? options.retryDelay : pause;
    if (!options.silent) warn(`Problem ${reason}. Will retry in ${seconds} seconds. ${left} retries left.`, io);
    await io.run({ words: ['sleep', String(seconds)] });
  }
}

/** Seconds: from there on the pauses do not grow any more. */
const LONGEST_PAUSE = 600;

function reasonToRetry({ done, problem }: Attempt, options: UrlOptions): string | undefined {
  const status = done.responses.at(-1)?.status ?? 0;
  if (problem?.exitCode === 28) return ': timeout';
  if (problem?.exitCode === 7 && options.retryConnRefused) return ': connection refused';
  if (done.problem === undefined && transient.includes(status)) return ': HTTP error';
  return problem !== undefined && options.retryAllErrors ? '(retrying all errors)' : undefined;
}

/** A warning is broken at blanks so that no line is longer than a screen (curl's tool_msgs.c). */
function warn(message: string, io: CommandIO): void {
  const width = 79 - 'Warning: '.length;
  let rest = message;
  // The line's own end counts.
  while (rest.length + 1 > width) {
    const cut = rest.lastIndexOf(' ', width - 1);
    io.stderr(`Warning: ${rest.slice(0, cut + 1)}\n`);
    rest = rest.slice(cut + 1);
  }
  io.stderr(`Warning: ${rest}\n`);
}

const transient: readonly number[] = [408, 429, 500, 502, 503, 504];

type Problem = NonNullable<Transfer['problem']>;

function fail({ exitCode, message }: Problem, options: UrlOptions, io: CommandIO): number {
  if (!options.silent || options.showError) io.stderr(`curl: (${exitCode}) ${message}\n`);
  return exitCode;
}

function refusedStatus({ responses }: Transfer, { fail: fails, failWithBody }: UrlOptions): Problem | undefined {
  const status = responses.at(-1)?.status ?? 0;
  if (status < 400 || !(fails || failWithBody)) return undefined;
  return { exitCode: 22, message: `The requested URL returned error: ${status}` };
}

function remoteName(url: string): string {
  const path = url.replace(/^[\w+.-]+:\/\//, '').replace(/[?#].*$/s, '');
  return path.includes('/') ? path.slice(path.lastIndexOf('/') + 1) : '';
}

/** Writes what arrived to standard output or to the file that was asked for. */
function deliver(
  { responses, problem }: Transfer,
  options: UrlOptions,
  file: string | undefined,
  io: CommandIO,
): Problem | undefined {
  const heads = responses.map(headOf);
  const last = responses.at(-1);
  const shows = options.include || options.head;
  const refused = options.fail && (last?.status ?? 0) >= 400;
  const body = last === undefined || problem !== undefined || refused ? new Uint8Array() : last.body;
  try {
    if (options.dumpHeader === '-') io.stdout(heads.join(''));
    else if (options.dumpHeader !== undefined) io.machine.files.writeFile(at(io, options.dumpHeader), heads.join(''));
    const before = new TextEncoder().encode(shows ? heads.join('') : '');
    if (file === undefined) {
      if (before.length > 0) io.stdout(before);
      if (body.length > 0) io.stdout(body);
    } else if (last !== undefined && file !== '/dev/null' && (!refused || before.length > 0)) {
      const content = new Uint8Array(before.length + body.length);
      content.set(before);
      content.set(body, before.length);
      io.machine.files.writeFile(at(io, file), content);
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    io.stderr(options.silent ? '' : `Warning: Failed to open the file ${file}: ${wordsFor(error)}\n`);
    return { exitCode: 23, message: 'Failure writing output to destination' };
  }
}

const at = (io: CommandIO, path: string): string => resolvePath(io.cwd, path);

function wordsFor({ code }: FileError): string {
  return (
    { ENOENT: 'No such file or directory', EISDIR: 'Is a directory', ENOTDIR: 'Not a directory' }[code as string] ??
    code
  );
}

function headOf({ status, statusText, headers }: HttpResponse): string {
  return `${[`HTTP/1.1 ${status} ${statusText}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n')}`;
}
