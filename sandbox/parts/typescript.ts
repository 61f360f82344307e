// What the script of the part `typescript` holds: the parser by which types are taken out of a program.
export { stripTypes } from '../machine/node/strip-types.ts';
