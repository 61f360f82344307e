// `npm run conformance:promql -- DIR`: runs every script of a folder and prints the lines that fail.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runScript } from './run.ts';

const folder = resolve(process.argv[2] ?? '../shared/vectors/promql');
if (!existsSync(folder)) {
  const given = process.argv[2] !== undefined;
  console.log(`${folder} is not there${given ? '' : ': skipped'}`);
  process.exit(given ? 1 : 0);
}
const count = { passed: 0, failed: 0, skipped: 0 };
const reasons = new Map<string, number>();
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.test'))
  .sort()) {
  for (const { line, expression, result, reason = '' } of runScript(readFileSync(join(folder, file), 'utf8'))) {
    count[result]++;
    if (result === 'failed') console.log(`${file}:${line}: ${expression}\n    ${reason}`);
    if (result === 'skipped') reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
}
for (const [reason, times] of [...reasons].sort(([, a], [, b]) => b - a)) console.log(`skipped ${times}: ${reason}`);
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed === 0 ? 0 : 1;
