import type { Language } from '../machine/index.ts';
import { lintWorkflow } from './lint/index.ts';
import { type Reading, readWorkflow } from './read.ts';
import { taught } from './teach.ts';
import type { Problem } from './workflow.ts';

/** What the parser refuses, and what lint finds beside it, in the order of their lines, in the words of a teacher. */
export async function inspectWorkflow(path: string, text: string, language: Language): Promise<Reading> {
  const reading = await readWorkflow(path, text);
  const found = lintWorkflow(text, language);
  const parsed = reading.problems.filter((one) => !isSaidBetter(one, found));
  const refused = new Set(parsed.map(({ line }) => line));
  const words = parsed.map((one) => ({ ...one, message: taught(one.message)[language] }));
  const own = found.filter(({ line, rule }) => !(rule === 'syntax' && refused.has(line)));
  const problems = [...words, ...own].sort((a, b) => a.line - b.line || a.column - b.column);
  return { ...reading, problems };
}

/** Where lint says which job and which key, the parser's general words are left out. */
function isSaidBetter({ message, line }: Problem, found: readonly Problem[]): boolean {
  if (message.startsWith('The workflow must contain at least one job'))
    return found.some(({ rule, severity }) => rule === 'job-needs' && severity === 'error');
  const [, missing] = /^Required property is missing: (.+)$/.exec(message) ?? [];
  return (
    missing !== undefined &&
    found.some((one) => one.severity === 'error' && Math.abs(line - one.line) <= 1 && one.message.includes(missing))
  );
}
