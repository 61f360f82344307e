/** The parts of the engine that a host hands over only where they are needed. */
export const partNames = ['production', 'forge', 'git', 'node', 'tools', 'typescript'] as const;
export type PartName = (typeof partNames)[number];
