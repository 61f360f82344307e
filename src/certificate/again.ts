// Does a certificate's days again, in this browser. Loaded when somebody presses the button.
import { readJournal } from '../../sandbox/hosts/replay/journal.ts';
import { rerun } from '../../sandbox/hosts/replay/rerun.ts';
import type { Language } from '../../sandbox/machine/words.ts';
import { unpackText } from '../progress/packed.ts';
import { openMachine } from '../workbench/machine.ts';
import type { CertifiedDay, Verdict } from './contract.ts';

/** Of a run's text: bytes. */
const LARGEST_RUN = 8_000_000;

interface Again {
  /** The site's base path, ending in `/`. */
  readonly base: string;
  readonly language: Language;
  readonly onProgress: (done: number, of: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Lives through one day and judges all its checks, and the stars that the certificate names.
 * @throws the signal's reason when it says stop; every other fault is a verdict
 */
export async function doAgain(day: CertifiedDay, { base, language, onProgress, signal }: Again): Promise<Verdict> {
  if (day.run === undefined) return { kind: 'noRun' };
  const text = unpackText(day.run.run, LARGEST_RUN);
  const journal = text === undefined ? undefined : readJournal(text);
  if (journal === undefined) return { kind: 'unreadable' };
  try {
    const { data, hosts } = await openMachine(base, day.id);
    try {
      const ofDay = data.exercise.steps.flatMap(({ checks }) => checks.map(({ id }) => id));
      const starsOfDay = data.exercise.steps.flatMap(({ stars = [] }) => stars.map(({ id }) => id));
      const stars = day.stars.filter((id) => starsOfDay.includes(id));
      const results = await rerun({
        startEngine: hosts.start,
        pack: data.pack,
        language,
        journal,
        checks: [...ofDay, ...stars],
        onProgress,
        signal,
      });
      const passed = new Set(results.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id));
      const missed = results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id);
      const missing = ofDay.filter((id) => missed.includes(id));
      const unfinished = ofDay.filter((id) => !missed.includes(id) && !passed.has(id));
      if (missing.length === 0 && unfinished.length > 0) return { kind: 'unfinished', checks: unfinished };
      const otherVersion = Object.values(data.version).join(' ') !== day.run.version;
      return missing.length > 0
        ? { kind: 'failed', checks: missing, otherVersion }
        : { kind: 'passed', stars: stars.filter((id) => passed.has(id)), otherVersion };
    } finally {
      hosts.close();
    }
  } catch (error) {
    if (signal.aborted) throw error;
    return { kind: 'broke', why: error instanceof Error ? error.message : String(error) };
  }
}
