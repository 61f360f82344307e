// The parts as modules, where nothing has to be fetched: for tests of the engine without a host.
import type { PartName } from '../checks/part-names.ts';
import type { PartExports } from './contract.ts';
import type { LoadPart } from './index.ts';

const parts: { readonly [N in PartName]: () => Promise<PartExports[N]> } = {
  forge: () => import('./forge.ts'),
  git: () => import('./git.ts'),
  node: () => import('./node.ts'),
  tools: () => import('./tools.ts'),
  production: () => import('./production.ts'),
  typescript: () => import('./typescript.ts'),
};

export const loadPart: LoadPart = (name) => parts[name]();
