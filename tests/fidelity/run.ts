// One script in an empty home folder, run by the sandbox and by the real bash.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createKernel, DAY_START } from '../../sandbox/kernel/index.ts';
import { createMachine, createNodeRuntime, createShell } from '../../sandbox/machine/index.ts';
import { rareNode } from '../../sandbox/machine/node/rare/index.ts';
import { stripTypes } from '../../sandbox/machine/node/strip-types.ts';
import { rareTools } from '../../sandbox/machine/tools/rare/index.ts';
import { rareGit } from '../../sandbox/tools/git/rare/index.ts';
import { createCommands } from '../../sandbox/tools/index.ts';
import { watchingTools } from '../../sandbox/tools/watching.ts';

export interface Script {
  /** What is typed, for `bash -c`. */
  readonly run: string;
  /** What is in the home folder before: path and text. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const HOME = '/home/dev';

/** The same for both: who commits, and when, so that ids of commits are equal. */
const environment = {
  USER: 'dev',
  LOGNAME: 'dev',
  TZ: 'UTC',
  GIT_AUTHOR_DATE: '1772442000 +0000',
  GIT_COMMITTER_DATE: '1772442000 +0000',
};
const identity = {
  '.gitconfig':
    '[user]\n\tname = Ana Prado\n\temail = ana@ventarela.test\n[init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = false\n',
};

/** As in every host: one turn of the event loop. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const quickjs = createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm');
const runtime = createNodeRuntime(async () => readFileSync(quickjs), {
  loadRareNode: async () => rareNode,
  loadTypeScript: async () => stripTypes,
  pause,
});

export async function inSandbox({ run, files }: Script): Promise<Outcome> {
  await runtime.load();
  const machine = createMachine({ kernel: createKernel({ seed: 'fidelity' }), language: 'en' });
  for (const [path, text] of Object.entries({ ...identity, ...files })) {
    machine.files.mkdir(dirname(join(HOME, path)), { recursive: true });
    machine.files.writeFile(join(HOME, path), new TextEncoder().encode(text));
  }
  const watching = watchingTools({ commands: () => commands, language: 'en', pause });
  const commands = createCommands(runtime, { rareGit: async () => rareGit, rareTools, watching, pause });
  const shell = createShell(machine, commands, undefined, { pause });
  const exported = Object.entries(environment).map(([name, value]) => `export ${name}='${value}'`);
  await shell.run(exported.join('; '));
  const { stdout, stderr, exitCode } = await shell.run(run, { asScript: true });
  return withoutMoments({ stdout, stderr, exitCode });
}

/** The folders that stand for the home folder and for `/tmp` are called in the output as in the sandbox. */
export function onThisMachine({ run, files }: Script): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'noventa-real-'));
  const home = join(folder, 'dev');
  const temporary = join(folder, 'tmp');
  try {
    mkdirSync(temporary);
    for (const [path, text] of Object.entries({ ...identity, ...files })) {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    }
    const tools = resolve(import.meta.dirname, '../../node_modules/node/bin');
    const env = {
      ...environment,
      PATH: `${tools}:${process.env.PATH ?? ''}`,
      HOME: home,
      TMPDIR: temporary,
      LC_ALL: 'C.UTF-8',
      TERM: 'dumb',
      GIT_CONFIG_NOSYSTEM: '1',
      // What git itself reads in its tests: a date without a time takes the time of now, which is the sandbox's on both sides.
      GIT_TEST_DATE_NOW: String(DAY_START / 1000),
      NO_COLOR: '1',
      npm_config_update_notifier: 'false',
    };
    const limits = { timeout: 20_000, maxBuffer: 64 * 1024 * 1024 };
    // Detached: bash leads a session of its own, by which whoever outlives it is found.
    const place = { cwd: home, env, detached: true };
    const { pid, stdout, stderr, status } = spawnSync('bash', ['-c', run], { ...place, ...limits, encoding: 'utf8' });
    endSession(pid);
    const named = (text: string): string => text.replaceAll(home, HOME).replaceAll(temporary, '/tmp');
    return withoutMoments({ stdout: named(stdout), stderr: named(stderr), exitCode: status ?? -1 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ends who is left of a session, in whatever group of processes (`set -m` and `timeout` make their own). */
function endSession(session: number): void {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      // Its name, in parentheses, may hold anything; then come state, parent, group and session.
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      if (Number(fields[3]) === session) process.kill(Number(id), 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
}

/** npm and the test runner tell how long it took, npm names its log after the moment, Node its warnings and commands after the process: none of it can agree. */
function withoutMoments({ stdout, stderr, exitCode }: Outcome): Outcome {
  const plain = (text: string): string =>
    text
      .replaceAll(/_logs\/[\dTZ_-]+-debug-\d+\.log/g, '_logs/MOMENT-debug-0.log')
      .replaceAll(/\(node:\d+\)/g, '(node:SOME)')
      .replaceAll(/^( +pid: )\d+,$/gm, '$1SOME,')
      .replaceAll(/\((?:\d+\.)?\d+ms\)/g, '(SOME ms)')
      .replaceAll(/duration_ms:? [\d.]+/g, 'duration_ms SOME')
      .replaceAll(/^((?:added|removed|changed|up to date).* in )\d+m?s$/gm, '$1SOME TIME');
  const [out, errors] = [stdout, stderr].map((text) => withoutProse(plain(text)));
  return { stdout: out as string, stderr: errors as string, exitCode };
}

/** How git and npm explain their options is their own prose, which is not ours to hand on: the options are listed without it. */
function withoutProse(text: string): string {
  const ofGit = text.includes('usage: git ')
    ? text.replaceAll(/^( {4}-\S.*?) {2,}.*\n/gm, '$1\n').replaceAll(/^ {20,}\S.*\n/gm, '')
    : text;
  return ofGit.replaceAll(/^npm error {3}-.*\nnpm error {5}.*\nnpm error ?\n/gm, '');
}
