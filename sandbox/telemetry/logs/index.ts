// Logs: lines with labels, and a subset of LogQL over them (Grafana's grammar, our evaluator).
export type { LogSample } from './metric.ts';
export { type LogAnswer, type LogRange, queryLogs, queryLogsAt } from './query.ts';
export { formatLogRecord, type LogEntry, type LogStream, readLogs } from './store.ts';
