import type { Language } from '../machine/index.ts';
import { lintWorkflow } from './lint/index.ts';
import { type Reading, readWorkflow } from './read.ts';

/** What the parser refuses, and what lint finds beside it, in the order of their lines. */
export async function inspectWorkflow(path: string, text: string, language: Language): Promise<Reading> {
  const reading = await readWorkflow(path, text);
  const refused = new Set(reading.problems.map(({ line }) => line));
  const found = lintWorkflow(text, language).filter(({ line, rule }) => !(rule === 'syntax' && refused.has(line)));
  return {
    ...reading,
    problems: [...reading.problems, ...found].sort((a, b) => a.line - b.line || a.column - b.column),
  };
}
