// `gh` and the forge's REST interface as the engine's core knows them.
import type { Command, Machine, Network } from '../machine/index.ts';
import type { Ci } from '../pipeline/index.ts';
import { lateCommand, type Parts } from './index.ts';

const FORGE_HOST = 'git.ventarela.test';
const summary = { es: 'mira y manda en la forja de la empresa', en: "looks at the company's forge and acts on it" };

/** `gh` at the desk. */
export function lateGh(parts: Parts, ci: Ci): Command {
  let gh: Command | undefined;
  return lateCommand('gh', summary, async () => {
    const { createGh } = await parts.get('forge');
    gh ??= createGh(ci);
    return gh;
  });
}

/** `gh` in the jobs of workflows. */
export const lateGhOfJobs = (parts: Parts): Command =>
  lateCommand('gh', summary, async () => (await parts.get('forge')).ghOfJobs);

/** Requests of jobs that are for the forge; all others go on to `beyond`. */
export const withForge =
  (parts: Parts, machine: Machine, beyond: Network['request']): Network['request'] =>
  async (host, port, asked) =>
    host === FORGE_HOST ? (await parts.get('forge')).answerJob(machine, asked) : beyond(host, port, asked);
