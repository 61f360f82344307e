import type { CommandIO } from '../../machine/index.ts';
import { ExpositionError, lintMetrics, readExposition } from '../../telemetry/index.ts';
import { FAILURE, LINT } from './check-rules.ts';

/** Looks at an exposition on standard input. @returns the exit code */
export function checkMetrics(io: CommandIO): number {
  try {
    const problems = lintMetrics(readExposition(new TextDecoder().decode(io.stdin)));
    io.stderr(problems.map(({ metric, text }) => `${metric} ${text}\n`).join(''));
    return problems.length > 0 ? LINT : 0;
  } catch (error) {
    if (!(error instanceof ExpositionError)) throw error;
    io.stderr(`error while linting: ${error.message}\n`);
    return FAILURE;
  }
}
