// The real `node`, `npm` and `npx` of the computer on which the engine runs.
import { spawn } from 'node:child_process';
import { request as ask } from 'node:http';
import { constants } from 'node:os';
import type { HttpRequest, HttpResponse, NetworkFailure, RealPrograms, RealStart } from '../../../machine/index.ts';
import { type Folder, openFolder } from './folder.ts';

/** How often what a running program wrote is looked for: ms. */
const LOOK = 300;
/** More of an answer is not read: bytes. */
const LARGEST_ANSWER = 16_000_000;

/** @param root a folder of the disk for the desk's files */
export function createRealPrograms(root: string): RealPrograms {
  let folder: { readonly of: RealStart['files']; readonly on: Folder } | undefined;

  function folderOf({ files, home }: RealStart): Folder {
    if (folder?.of !== files) folder = { of: files, on: openFolder(root, files, home) };
    return folder.on;
  }

  return {
    names: ['node', 'npm', 'npx'],
    start(start) {
      const { words, cwd, home, env, columns, isTerminal, stdout, stderr } = start;
      const on = folderOf(start);
      const place = on.real(cwd);
      const [name = '', ...args] = words;
      if (place === undefined) {
        stderr(`${name}: the real programs see your home folder only, and this is ${cwd}\n`);
        return { write() {}, endInput() {}, kill() {}, ended: Promise.resolve(1) };
      }
      on.push();
      const child = spawn(name, args, {
        cwd: place,
        env: {
          ...env,
          PATH: process.env.PATH,
          HOME: on.real(home),
          PWD: place,
          COLUMNS: String(columns),
          ...(isTerminal && { FORCE_COLOR: '1' }),
        },
        stdio: 'pipe',
      });
      const pull = (): void => {
        for (const refused of on.pull()) stderr(`${name}: ${refused} (it stays with the real programs)\n`);
      };
      // What is edited meanwhile is there for the program at once, and what it writes soon here.
      const looking = setInterval(() => {
        on.push();
        pull();
      }, LOOK);
      child.stdout.on('data', (bytes: Uint8Array) => stdout(new Uint8Array(bytes)));
      child.stderr.setEncoding('utf8').on('data', stderr);
      // A program that has ended hears nothing any more.
      child.stdin.on('error', () => {});
      const ended = new Promise<number>((resolve) => {
        child.on('error', (error) => {
          stderr(`bash: ${name}: ${error.message}\n`);
          resolve(127);
        });
        child.on('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
      });
      return {
        write: (bytes) => void child.stdin.write(bytes),
        endInput: () => void child.stdin.end(),
        kill: (signal) => void child.kill(signal),
        ended: ended.finally(() => {
          clearInterval(looking);
          pull();
        }),
      };
    },
    request: answerOf,
  };
}

function answerOf(
  port: number,
  { method, target, headers, body }: HttpRequest,
): Promise<HttpResponse | NetworkFailure> {
  return new Promise((resolve) => {
    const asking = ask({ host: 'localhost', port, method, path: target, headers }, (answer) => {
      const parts: Uint8Array[] = [];
      let size = 0;
      answer.on('data', (part: Uint8Array) => {
        size += part.length;
        if (size > LARGEST_ANSWER) answer.destroy();
        else parts.push(part);
      });
      answer.on('error', () => resolve('ECONNRESET'));
      answer.on('close', () => {
        if (!answer.complete) return resolve('ECONNRESET');
        const names = answer.rawHeaders.filter((_, index) => index % 2 === 0);
        resolve({
          status: answer.statusCode ?? 0,
          statusText: answer.statusMessage ?? '',
          headers: names.map((name, index) => [name, answer.rawHeaders[2 * index + 1] ?? '']),
          body: new Uint8Array(Buffer.concat(parts)),
        });
      });
    });
    asking.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED' ? code : 'ECONNRESET'));
    asking.end(body);
  });
}
