// A simulated day in the fragment of a link: `#run=…`, compressed, without any server. What comes in is of unknown origin. Pure.
import { packText, unpackText } from '../../progress/packed.ts';

/** Of this form of the link; another one is refused. */
const VERSION = 1;
/** Characters of a fragment, and bytes of what is in it: more comes from nobody of us. */
const LONGEST = 32_000;
const LARGEST = 200_000;
const NAME = '#run=';

export type LinkedRun =
  | { readonly ok: true /** The text of a run's document: the engine says what is in it. */; readonly run: string }
  | { readonly ok: false; readonly why: 'linkTooLong' | 'linkBroken' | 'linkVersion' };

/** @returns the fragment, or undefined when the day is too long for a link. */
export function fragmentOf(run: string): string | undefined {
  const fragment = `${NAME}${packText(JSON.stringify({ v: VERSION, run }))}`;
  return fragment.length > LONGEST ? undefined : fragment;
}

/** What a fragment brings; undefined when it is not about a run. */
export function runIn(fragment: string): LinkedRun | undefined {
  if (!fragment.startsWith(NAME)) return undefined;
  if (fragment.length > LONGEST) return { ok: false, why: 'linkTooLong' };
  const text = unpackText(fragment.slice(NAME.length), LARGEST);
  if (text === undefined) return { ok: false, why: 'linkBroken' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, why: 'linkBroken' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { ok: false, why: 'linkBroken' };
  const given = new Map<string, unknown>(Object.entries(value));
  if (given.get('v') !== VERSION) return { ok: false, why: 'linkVersion' };
  const run = given.get('run');
  return typeof run === 'string' ? { ok: true, run } : { ok: false, why: 'linkBroken' };
}

/** What the address of this page brings; nothing outside a page. */
export function runOfPage(): LinkedRun | undefined {
  return typeof location === 'undefined' ? undefined : runIn(location.hash);
}
