// For tests: a desk with a clone of `seats`, a repository of the forge.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createKernel } from '../../sandbox/kernel/index.ts';
import { createMachine, createNodeRuntime, createShell, type Machine } from '../../sandbox/machine/index.ts';
import { rareNode } from '../../sandbox/machine/node/rare/index.ts';
import { stripTypes } from '../../sandbox/machine/node/strip-types.ts';
import { type Ci, createCi } from '../../sandbox/pipeline/index.ts';
import { answerRegistry } from '../../sandbox/platform/registry/http.ts';
import { createGh } from '../../sandbox/tools/gh/index.ts';
import { answerJob, ghOfJobs } from '../../sandbox/tools/gh/of-jobs.ts';
import { rareGit } from '../../sandbox/tools/git/rare/index.ts';
import { createCommands, forge } from '../../sandbox/tools/index.ts';

const quickjs = createRequire(import.meta.url).resolve('@jitl/quickjs-ng-wasmfile-release-sync/wasm');
const runtime = createNodeRuntime(async () => readFileSync(quickjs), {
  loadRareNode: async () => rareNode,
  loadTypeScript: async () => stripTypes,
});
export interface Desk {
  readonly machine: Machine;
  readonly ci: Ci;
  /** Runs a script that must succeed. */
  run(script: string): Promise<string>;
  /** Runs a script that must fail, and gives what it said on standard error. */
  fail(script: string): Promise<string>;
}

/** A desk with a clone of `seats`, whose main branch has the workflows. */
export async function desk(workflows: Readonly<Record<string, string>>): Promise<Desk> {
  await runtime.load();
  const pause = (): Promise<void> => Promise.resolve();
  const onRunners = createCommands(runtime, { rareGit: async () => rareGit, pause });
  const ci = createCi({
    commands: () => [...onRunners, ghOfJobs],
    beyond: (one) => async (host, _, asked) => {
      if (host === 'git.ventarela.test') return answerJob(one, asked);
      if (host !== 'registry.ventarela.test') return 'ENOTFOUND';
      return answerRegistry(one, asked, { user: one.user, now: one.kernel.now() });
    },
    pause,
    onKernel: () => {},
  });
  const machine = createMachine({ kernel: createKernel({ seed: 'ci' }), language: 'en', settle: ci.settle });
  const shell = createShell(
    machine,
    [...createCommands(runtime, { rareGit: async () => rareGit, remote: [createGh(ci)], pause }), forge],
    undefined,
    {
      pause,
    },
  );
  const run = async (script: string): Promise<string> => {
    const { stdout, stderr, exitCode } = await shell.run(script, { asScript: true });
    if (exitCode !== 0) throw new Error(`${script}\n${stdout}${stderr}`);
    return stdout;
  };
  const fail = async (script: string): Promise<string> => {
    const { stdout, stderr, exitCode } = await shell.run(`cd ~/seats; ${script}`, { asScript: true });
    if (exitCode === 0) throw new Error(`${script} did not fail\n${stdout}`);
    return stderr;
  };
  for (const [name, text] of Object.entries(workflows)) {
    machine.files.mkdir('/home/dev/seats/.github/workflows', { recursive: true });
    machine.files.writeFile(`/home/dev/seats/.github/workflows/${name}`, text);
  }
  await run(`
    git config --global user.name Ana; git config --global user.email ana@ventarela.test
    git config --global init.defaultBranch main
    git init -q --bare /srv/git/seats.git
    mkdir -p ~/seats; cd ~/seats; echo hello > README.md; git init -q; git add .; git commit -qm 'Begin'
    git remote add origin https://git.ventarela.test/seats.git; git push -qu origin main`);
  return { machine, ci, run: (script) => run(`cd ~/seats; ${script}`), fail };
}
