import type { CommandIO } from '../../machine/index.ts';
import { type Labels, labelsOf, type RuleGroup, readRules } from '../../telemetry/index.ts';
import { readText } from './files.ts';

/** How lint is to be taken: which rules are looked at, and whether they make promtool fail. */
export interface Lint {
  readonly duplicates: boolean;
  readonly fatal: boolean;
}

/** Exit codes of promtool. */
export const FAILURE = 1;
export const LINT = 3;

export function lintOf(flags: ReadonlyMap<string, readonly string[]>): Lint {
  const options = (flags.get('lint')?.at(-1) ?? 'duplicate-rules').split(',');
  return { duplicates: options.includes('all') || options.includes('duplicate-rules'), fatal: flags.has('lint-fatal') };
}

/** @returns the exit code */
export function checkRules(files: readonly string[], lint: Lint, io: CommandIO): number {
  let [failed, linted] = [false, false];
  for (const file of files) {
    io.stdout(`Checking ${file}\n`);
    const read = readRules(readText(file, io));
    if (!read.ok) {
      failed = true;
      io.stderr(`  FAILED:\n${read.errors.map((error) => `${file}: ${error}\n`).join('')}`);
    } else {
      const duplicates = lint.duplicates ? duplicatesIn(read.groups) : [];
      if (duplicates.length > 0) {
        linted = true;
        io.stderr(`  FAILED:\n${tellDuplicates(duplicates)}`);
      } else io.stdout(`  SUCCESS: ${read.groups.reduce((sum, { rules }) => sum + rules.length, 0)} rules found\n`);
    }
    io.stdout('\n');
  }
  if (failed) return FAILURE;
  return linted && lint.fatal ? LINT : 0;
}

interface Named {
  readonly name: string;
  readonly labels: Labels;
}

/** Rules of the same name with the same labels, each once. */
function duplicatesIn(groups: readonly RuleGroup[]): readonly Named[] {
  const seen = new Map<string, { readonly rule: Named; count: number }>();
  for (const { rules } of groups) {
    for (const { name, labels } of rules) {
      const pairs = labelsOf('', Object.fromEntries(labels));
      const key = JSON.stringify([name, pairs]);
      const known = seen.get(key);
      if (known !== undefined) known.count++;
      else seen.set(key, { rule: { name, labels: pairs }, count: 1 });
    }
  }
  return [...seen]
    .filter(([, { count }]) => count > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { rule }]) => rule);
}

function tellDuplicates(duplicates: readonly Named[]): string {
  const each = duplicates.map(({ name, labels }) => {
    const lines = labels.map(([label, value]) => `\t${label}: ${value}\n`).join('');
    return `Metric: ${name}\nLabel(s):\n${lines}`;
  });
  return `lint error ${duplicates.length} duplicate rule(s) found.\n${each.join('')}Might cause inconsistency while recording expressions\n`;
}
