import type { Check, CheckResult, Desk } from './contract.ts';
import { ProgramOverLimit, verdictOf } from './verdict.ts';

/**
 * Runs checks one after another, each on a desk of its own, so that what one does cannot disturb the next.
 * Never throws: whatever goes wrong becomes the result of that check.
 */
export async function judge(
  checks: readonly Check[],
  openDesk: () => Promise<Desk>,
  onResult: (result: CheckResult) => void = () => {},
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const result = await judgeOne(check, openDesk);
    results.push(result);
    onResult(result);
  }
  return results;
}

async function judgeOne(check: Check, openDesk: () => Promise<Desk>): Promise<CheckResult> {
  const { id } = check;
  try {
    const verdict = await check.run(await openDesk());
    return verdict.passed ? { id, outcome: 'passed' } : { id, outcome: 'failed', verdict };
  } catch (error) {
    const verdict = verdictOf(error);
    if (verdict !== undefined) return { id, outcome: 'failed', verdict };
    const detail = error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ''}` : String(error);
    if (error instanceof ProgramOverLimit)
      return { id, outcome: 'unfinished', fault: 'program', message: overLimit, detail };
    return { id, outcome: 'unfinished', fault: 'course', message: ourFault, detail };
  }
}

const overLimit = {
  es: 'Tu programa no terminó a tiempo y la comprobación se detuvo. No cuenta como fallo: busca un bucle que no acaba y vuelve a comprobar.',
  en: 'Your program did not finish in time, so the check was stopped. It does not count as a failure: look for a loop that never ends, then check again.',
};

const ourFault = {
  es: 'La comprobación misma falló: es un error nuestro y no cuenta. Puedes seguir; con «Copiar» te llevas lo necesario para avisarnos.',
  en: 'The check itself broke: that is our fault and it does not count. You can go on; “Copy” takes what we need to hear about it.',
};
