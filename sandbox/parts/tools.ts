// What the script of the part `tools` holds: programs that are seldom used.
export { rareTools } from '../machine/tools/rare/index.ts';
