// The kernel: simulated time, seeded chance, and the log of what happened. Everything deterministic rests on these. And what was worked out last.
export { morningOf } from './calendar.ts';
export type { EventName, LoggedEvent, SandboxEvent } from './events.ts';
export { createKernel, DAY_START, type Kernel, type KernelSnapshot } from './kernel.ts';
export { formatLog } from './log.ts';
export { createRandom, type Random } from './random.ts';
export { createRecent } from './recent.ts';
