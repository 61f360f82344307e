import { type CommandIO, parentOf } from '../../machine/index.ts';
import { readScrapeConfig } from '../../telemetry/index.ts';
import { checkRules, FAILURE, type Lint } from './check-rules.ts';
import { globFiles, readText } from './files.ts';

/** @returns the exit code */
export function checkConfig(files: readonly string[], syntaxOnly: boolean, lint: Lint, io: CommandIO): number {
  let exitCode = 0;
  for (const file of files) {
    io.stdout(`Checking ${file}\n`);
    const found = filesOf(file, syntaxOnly, io);
    if ('error' in found) {
      io.stderr(`  FAILED: ${found.error}\n`);
      exitCode = FAILURE;
    } else {
      if (found.rules.length > 0) io.stdout(`  SUCCESS: ${found.rules.length} rule files found\n`);
      io.stdout(` SUCCESS: ${file} is valid prometheus config file syntax\n`);
    }
    io.stdout('\n');
    if ('error' in found || syntaxOnly) continue;
    const ofRules = checkRules(found.rules, lint, io);
    if (exitCode === 0) exitCode = ofRules;
  }
  return exitCode;
}

function filesOf(
  file: string,
  syntaxOnly: boolean,
  io: CommandIO,
): { readonly rules: readonly string[] } | { readonly error: string } {
  const read = readScrapeConfig(readText(file, io));
  if (!read.ok) return { error: `parsing YAML file ${file}: ${read.error}` };
  if (syntaxOnly) return { rules: [] };
  const base = file.includes('/') ? parentOf(file) : '';
  const rules: string[] = [];
  for (const pattern of read.config.ruleFiles) {
    const found = globFiles(pattern, base, io);
    if (found.length === 0 && !pattern.includes('*')) {
      const path = pattern.startsWith('/') || base === '' ? pattern : `${base}/${pattern}`;
      return { error: `"${path}" does not point to an existing file` };
    }
    rules.push(...found);
  }
  return { rules };
}
