// Stands in for a WebContainer: a folder of this computer and its Node, behind the part of the library's interface that we use.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileSystemTree, WebContainerProcess } from '@webcontainer/api';
import type { Container } from '../../sandbox/hosts/webcontainer/client.ts';

/**
 * @param how `terminal`: processes have a pseudo-terminal of the system, which echoes what comes in until it is told not to, puts `\r`
 * before `\n` and mixes both outputs, as the library's documentation says of its own; `pipes`: plain ones.
 */
export function standInContainer(how: 'terminal' | 'pipes'): Container & { readonly torn: () => boolean } {
  const folder = mkdtempSync(join(tmpdir(), 'noventa-container-'));
  const running = new Set<ChildProcess>();
  let torn = false;
  return {
    async mount(tree) {
      write(folder, tree as FileSystemTree);
    },
    async spawn(command: string, args?: unknown) {
      const words = [command, ...(args as string[])];
      const line = words.map((word) => `'${word}'`).join(' ');
      const [program = '', ...rest] = how === 'terminal' ? ['script', '-qefc', line, '/dev/null'] : words;
      // A group of its own: what it started ends with it, as in a container.
      const child = spawn(program, rest, {
        cwd: folder,
        // What it puts aside goes with the folder.
        env: { ...process.env, TMPDIR: folder },
        stdio: ['pipe', 'pipe', 'pipe'],
        detached: true,
      });
      running.add(child);
      child.on('close', () => running.delete(child));
      return processOf(child);
    },
    on: (() => () => {}) as Container['on'],
    teardown() {
      torn = true;
      for (const child of running) end(child);
      rmSync(folder, { recursive: true, force: true });
    },
    torn: () => torn,
  };
}

function processOf(child: ChildProcess): WebContainerProcess {
  child.stdin?.on('error', () => {});
  const output = new ReadableStream<string>({
    start(controller) {
      for (const stream of [child.stdout, child.stderr])
        stream?.setEncoding('utf8').on('data', (text: string) => {
          try {
            controller.enqueue(text);
          } catch {
            // Nobody reads any more.
          }
        });
      child.on('close', () => controller.close());
    },
  });
  const input = new WritableStream<string>({
    write: (text) => new Promise((resolve) => void child.stdin?.write(text, () => resolve())),
  });
  return {
    input,
    output,
    exit: new Promise((resolve) => void child.on('close', (code) => resolve(code ?? 137))),
    kill: () => end(child),
    resize() {},
  } as WebContainerProcess;
}

function end({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function write(at: string, tree: FileSystemTree): void {
  mkdirSync(at, { recursive: true });
  for (const [name, node] of Object.entries(tree)) {
    if ('directory' in node) write(join(at, name), node.directory);
    else if ('contents' in node.file) writeFileSync(join(at, name), node.file.contents);
  }
}
