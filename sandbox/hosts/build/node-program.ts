// The program that a container's Node runs, as one script without imports.
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { root } from './bundle.ts';

export interface NodeProgram {
  readonly text: string;
  /** The first 10 hex digits of the text's SHA-256. */
  readonly hash: string;
}

export async function bundleNodeProgram(): Promise<NodeProgram> {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'sandbox/hosts/webcontainer/inside/main.ts')],
    bundle: true,
    write: false,
    minify: true,
    legalComments: 'none',
    platform: 'node',
    format: 'cjs',
    target: 'node18',
  });
  const text = outputFiles[0]?.text ?? '';
  return { text, hash: createHash('sha256').update(text).digest('hex').slice(0, 10) };
}
