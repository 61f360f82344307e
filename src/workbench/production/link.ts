// A simulated day in the fragment of a link: `#run=…`, compressed, without any server. What comes in is of unknown origin. Pure.
import { deflateSync, inflateSync } from 'fflate';

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
  const bytes = deflateSync(new TextEncoder().encode(JSON.stringify({ v: VERSION, run })), { level: 9 });
  const fragment = `${NAME}${toBase64Url(bytes)}`;
  return fragment.length > LONGEST ? undefined : fragment;
}

/** What a fragment brings; undefined when it is not about a run. */
export function runIn(fragment: string): LinkedRun | undefined {
  if (!fragment.startsWith(NAME)) return undefined;
  if (fragment.length > LONGEST) return { ok: false, why: 'linkTooLong' };
  const bytes = fromBase64Url(fragment.slice(NAME.length));
  if (bytes === undefined) return { ok: false, why: 'linkBroken' };
  let value: unknown;
  try {
    // Never more than fits into this: a small text can unfold to gigabytes.
    const room = new Uint8Array(LARGEST);
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(inflateSync(bytes, { out: room })));
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

function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[\w-]*$/.test(text)) return undefined;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}
