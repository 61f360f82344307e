// A run on its way to somebody else: a link while it is short, a file in any case.
import { download } from '../../progress/download.ts';
import type { Bench } from '../bench.ts';
import { LONGEST_TO_SEND, runInFile, type SharedSession, sessionFragment, sessionText } from '../production/link.ts';
import { productionSpeaker } from '../production/words.ts';
import type { ReplaySay } from './words.ts';

export function versionOf({ data }: Pick<Bench, 'data'>): string {
  return Object.values(data.version).join(' ');
}

/** What was done at this desk; undefined where that is not known from the day's beginning on. */
export function sessionOf(bench: Bench): SharedSession | undefined {
  const { journal } = bench.desk.snapshot();
  return journal === undefined ? undefined : { day: bench.exercise.id, version: versionOf(bench), journal };
}

/** The address, or how long it would be. */
export function linkTo(session: SharedSession): { readonly link?: string; readonly length: number } {
  const { origin, pathname } = location;
  const link = `${origin}${pathname}${sessionFragment(session)}`;
  return { length: link.length, ...(link.length <= LONGEST_TO_SEND && { link }) };
}

export function saveFile(session: SharedSession): void {
  download(new Blob([sessionText(session)], { type: 'application/json' }), `noventa-${session.day}-run.json`);
}

export async function fromFile(
  file: File,
  { exercise, language }: Pick<Bench, 'exercise' | 'language'>,
  say: ReplaySay,
): Promise<{ readonly session: SharedSession } | { readonly problem: string }> {
  // Never more than a run may have is read.
  const found = file.size > 24_000_000 ? ({ ok: false, why: 'linkTooLong' } as const) : runInFile(await file.text());
  if (!found.ok) return { problem: productionSpeaker(language)(found.why) };
  if (!('session' in found)) return { problem: say('fileOfDay') };
  if (found.session.day !== exercise.id) return { problem: say('otherDay', { day: found.session.day.slice(0, 8) }) };
  return { session: found.session };
}
