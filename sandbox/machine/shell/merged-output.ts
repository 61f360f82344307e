// `2>&1`: what a command writes to stdout and to stderr goes to one place, in the order in which it is written.
import { decodedText, type Redirection, type ScriptResult } from './just-bash.ts';

/** Whether stdout and stderr go to one place after these redirections; `before`: whether they did. */
export function mergedBy(redirections: readonly Redirection[] | undefined, before: boolean): boolean {
  if (redirections === undefined || redirections.length === 0) return before;
  const places: Record<number, string> = { 1: 'stdout', 2: before ? 'stdout' : 'stderr' };
  redirections.forEach(({ fd, operator, target }, index) => {
    const word = target.parts?.length === 1 && target.parts[0]?.type === 'Literal' ? (target.parts[0].value ?? '') : '';
    if (operator.startsWith('&>') || (operator === '>&' && fd === null && !/^[\d-]+$/.test(word))) {
      places[1] = places[2] = `file ${index}`;
    } else if (operator === '>&') places[fd ?? 1] = places[Number(word)] ?? `descriptor ${word}`;
    else if (operator.startsWith('>')) places[fd ?? 1] = `file ${index}`;
  });
  return places[1] === places[2];
}

/** All that was written, as stdout. In a pipeline the first commands have mostly complained before the last one writes. */
export function merge(result: ScriptResult, errorsFirst = false): ScriptResult {
  if (result.stderr === '') return result;
  const text = decodedText(result);
  const { stdoutKind: _, stdoutEncoding: __, internalOutputAccounting: ___, ...rest } = result;
  return { ...rest, stdout: errorsFirst ? result.stderr + text : text + result.stderr, stderr: '' };
}
