// Where software runs: the company's registry of artifacts, its hosts with services, production with the people who call it, and
// the timeline of deploys. What every desk has of it is behind `desk.ts`. A cluster of later days is another platform beside the hosts.

export { type OperationsEvent, timelineOf } from './events/index.ts';
export type { Host } from './host/host.ts';
export type { JournalEntry } from './host/journal.ts';
export type { Service } from './host/services.ts';
export { createProduction, type HostFile, type Production } from './production/index.ts';
export type { RequestCounts } from './production/ledger.ts';
export type { Live } from './production/live.ts';
export { type LogLine, labelsOfLine } from './production/monitoring.ts';
export { answerPrometheus } from './production/prometheus.ts';
export { startArtifact } from './program/artifact.ts';
export type { ProgramSurroundings } from './program/instance.ts';
export type { SampledProgram } from './program/sampled.ts';
export type { Artifact } from './registry/artifacts.ts';
