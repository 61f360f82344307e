// A simulated day, or what was done at a desk, in the fragment of a link: `#run=…`, compressed, without any server. What comes in is of
// unknown origin. Pure.
import { type Journal, journalText, readJournal } from '../../../sandbox/hosts/replay/journal.ts';
import { packText, unpackText } from '../../progress/packed.ts';

/** Of this form of the link; another one is refused. */
const VERSION = 1;
/** Characters of a fragment, and bytes of what is in it: more comes from nobody of us. */
const LONGEST = 32_000;
const LARGEST = 200_000;
/** Characters of a file: of a journal's bytes and what stands around them. */
const LARGEST_FILE = 6_000_000;
/** Characters of a link that are sure to arrive. */
export const LONGEST_TO_SEND = 8000;
const NAME = '#run=';

export type LinkedRun =
  /** The text of a run's document: the engine says what is in it. */
  | { readonly ok: true; readonly run: string }
  | { readonly ok: true; readonly session: SharedSession }
  | { readonly ok: false; readonly why: 'linkTooLong' | 'linkBroken' | 'linkVersion' };

/** What was done at a desk, on its way from one reader to another. */
export interface SharedSession {
  /** The day's id, `d07`. */
  readonly day: string;
  /** Names of the site's files that it was done with: with others it may come out differently. */
  readonly version: string;
  readonly journal: Journal;
}

/** @returns the fragment, or undefined when the day is too long for a link. */
export function fragmentOf(run: string): string | undefined {
  const fragment = `${NAME}${packText(JSON.stringify({ v: VERSION, run }))}`;
  return fragment.length > LONGEST ? undefined : fragment;
}

/** The text of a session, as it stands in a link and in a file. */
export function sessionText({ journal, ...rest }: SharedSession): string {
  return JSON.stringify({ v: VERSION, session: { ...rest, journal: journalText(journal) } });
}

/** Of a session. What is longer than `LONGEST_TO_SEND` is for a file: chats and mail cut it off. */
export function sessionFragment(session: SharedSession): string {
  return `${NAME}${packText(sessionText(session))}`;
}

/** What a fragment brings; undefined when it is not about a run. */
export function runIn(fragment: string): LinkedRun | undefined {
  if (!fragment.startsWith(NAME)) return undefined;
  if (fragment.length > LONGEST) return { ok: false, why: 'linkTooLong' };
  const text = unpackText(fragment.slice(NAME.length), LARGEST);
  return text === undefined ? { ok: false, why: 'linkBroken' } : readRunText(text);
}

/** The same of a file's text, which may be longer. */
export function runInFile(text: string): LinkedRun {
  return text.length > LARGEST_FILE ? { ok: false, why: 'linkTooLong' } : readRunText(text);
}

function readRunText(text: string): LinkedRun {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, why: 'linkBroken' };
  }
  if (!isObject(value)) return { ok: false, why: 'linkBroken' };
  const given = new Map<string, unknown>(Object.entries(value));
  if (given.get('v') !== VERSION) return { ok: false, why: 'linkVersion' };
  const run = given.get('run');
  if (typeof run === 'string') return { ok: true, run };
  const session = readSession(given.get('session'));
  return session === undefined ? { ok: false, why: 'linkBroken' } : { ok: true, session };
}

function readSession(value: unknown): SharedSession | undefined {
  if (!isObject(value)) return undefined;
  const given = new Map<string, unknown>(Object.entries(value));
  const [day, version, text] = [given.get('day'), given.get('version'), given.get('journal')];
  if (typeof day !== 'string' || typeof version !== 'string' || typeof text !== 'string') return undefined;
  const journal = readJournal(text);
  return journal === undefined ? undefined : { day, version, journal };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

let ofPage: { readonly fragment: string; readonly run: LinkedRun | undefined } | undefined;

/** What the address of this page brings; nothing outside a page. */
function linkOfPage(): LinkedRun | undefined {
  if (typeof location === 'undefined') return undefined;
  if (ofPage?.fragment !== location.hash) ofPage = { fragment: location.hash, run: runIn(location.hash) };
  return ofPage.run;
}

/** A simulated day that the address brings, or why what it brings cannot be read. */
export function runOfPage(): Exclude<LinkedRun, { session: SharedSession }> | undefined {
  const found = linkOfPage();
  return found?.ok === true && 'session' in found ? undefined : found;
}

export function sessionOfPage(): SharedSession | undefined {
  const found = linkOfPage();
  return found?.ok === true && 'session' in found ? found.session : undefined;
}
