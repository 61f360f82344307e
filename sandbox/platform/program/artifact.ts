// An artifact as a program: unpacked as a host unpacks it, and started.
import { createKernel } from '../../kernel/index.ts';
import { createMachine, createShell } from '../../machine/index.ts';
import type { ProgramSurroundings } from './instance.ts';
import { type SampledProgram, startSampled } from './sampled.ts';

const PACKED = '/tmp/artifact.tgz';
const FOLDER = '/opt/program';
const PORT = '8080';

/**
 * Starts `node app.mjs` in what a .tgz holds, with PORT in its environment.
 * @param at the moment at which it starts, ms since 1970
 * @returns what tar or the program wrote, when there is nothing that listens.
 */
export async function startArtifact(
  { bytes, seed, at }: { readonly bytes: Uint8Array; readonly seed: string; readonly at: number },
  surroundings: ProgramSurroundings,
): Promise<SampledProgram | { readonly output: readonly string[] }> {
  const { commands, language, pause } = surroundings;
  const machine = createMachine({ kernel: createKernel({ seed, now: at }), language });
  machine.files.writeFile(PACKED, bytes);
  const shell = createShell(machine, commands(), undefined, { pause });
  const script = `mkdir -p ${FOLDER} && tar -xzf ${PACKED} -C ${FOLDER}`;
  const { exitCode, stderr } = await shell.run(script, { asScript: true });
  if (exitCode !== 0) return { output: stderr.trimEnd().split('\n') };
  const files = Object.entries(machine.files.snapshot()).flatMap(([path, entry]) =>
    path.startsWith(`${FOLDER}/`) && entry.type === 'file'
      ? [[path.slice(FOLDER.length + 1), entry.bytes] as const]
      : [],
  );
  return startSampled({ files: Object.fromEntries(files), args: ['app.mjs'], env: { PORT }, seed, at }, surroundings);
}
