import { type CommandIO, parentOf } from '../../machine/index.ts';
import {
  compileRegex,
  findMatch,
  type RuleGroup,
  readRules,
  readRuleTests,
  runRuleTests,
} from '../../telemetry/index.ts';
import { FAILURE } from './check-rules.ts';
import { globFiles, readText } from './files.ts';

/** @returns the exit code */
export function testRules(files: readonly string[], run: readonly string[], io: CommandIO): number {
  let exitCode = 0;
  const chosen = run.length === 0 ? undefined : compileRegex(run.join('|'), { dotAll: false });
  io.stdout('Unit Testing: ');
  files.forEach((file, i) => {
    io.stdout(`${i === 0 ? '' : 'Unit Testing: '} ${file}\n`);
    const errors = testFile(file, chosen && ((name) => findMatch(chosen, name, { whole: false }) !== undefined), io);
    if (errors.length === 0) io.stdout('  SUCCESS\n');
    else {
      exitCode = FAILURE;
      io.stderr('  FAILED:\n');
      for (const error of errors) {
        io.stderr(`${error}\n`);
        io.stdout('\n');
      }
    }
    io.stdout('\n');
  });
  return exitCode;
}

function testFile(file: string, run: ((name: string) => boolean) | undefined, io: CommandIO): readonly string[] {
  const read = readRuleTests(readText(file, io));
  if (!read.ok) return read.errors;
  const base = file.includes('/') ? parentOf(file) : '';
  const groups: RuleGroup[] = [];
  for (const pattern of read.file.ruleFiles) {
    const found = globFiles(pattern, base, io);
    if (found.length === 0) {
      const path = pattern.startsWith('/') || base === '' ? pattern : `${base}/${pattern}`;
      io.stderr(`  WARNING: no file match pattern ${path}\n`);
    }
    for (const path of found) {
      const rules = readRules(readText(path, io));
      if (!rules.ok) return rules.errors.map((error) => `${path}: ${error}`);
      groups.push(...rules.groups);
    }
  }
  return runRuleTests(read.file, groups, run);
}
