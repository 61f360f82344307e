// Programs that learners write: QuickJS with Node's modules, on the machine's clock, files and ports.

export type { ProgramSettings, ProgramStart } from './contract.ts';
export { createNodeRuntime, type NodeRuntime } from './runtime.ts';
export { nodeVersion, nodeVersionOn, versionsOn } from './version.ts';
