// What the script of the part `node` holds: the modules of Node that few programs import.
export { rareNode } from '../machine/node/rare/index.ts';
