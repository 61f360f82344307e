import type { CommandIO } from '../../command.ts';
import { byteText, linesOf, tryInput } from '../tool.ts';

/** The lines of all operands, or of standard input. `failed`: one could not be read. */
export function allLines(
  name: string,
  operands: readonly string[],
  io: CommandIO,
): { lines: string[]; failed: boolean } {
  const lines: string[] = [];
  let failed = false;
  for (const one of operands.length === 0 ? ['-'] : operands) {
    const bytes = tryInput(name, one, io);
    if (bytes === undefined) failed = true;
    else for (const line of linesOf(byteText(bytes)).lines) lines.push(line);
  }
  return { lines, failed };
}
