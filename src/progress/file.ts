import { packBytes, unpackBytes } from '../../sandbox/hosts/bytes.ts';
import { checksum, isSumOf } from './checksum.ts';
import type { ImportAnswer } from './contract.ts';
import { isDraft, type StoredDraft } from './draft.ts';
import { isRecord, type StoredRecord } from './record.ts';

const FORMAT = 'noventa-progress';
const VERSION = 1;

/** What one file holds. */
export interface Contents {
  readonly records: readonly StoredRecord[];
  readonly drafts: readonly StoredDraft[];
}

export type Refusal = Extract<ImportAnswer, { ok: false }>;

/** The learner's progress as one text. */
export function writeFile(contents: Contents): string {
  return seal(FORMAT, contents);
}

/** Contents of any format of ours as one text: JSON, with bytes in base64 and a checksum over all of it. */
export function seal(format: string, contents: unknown): string {
  return JSON.stringify({ format, version: VERSION, sum: checksum(contents), contents }, packBytes);
}

/** Data that could not be read, as it is, for whoever can make something of it. One that no text can hold does not spoil the others. */
export function writeSetAside(
  entries: readonly { readonly at: number; readonly why: string; readonly held: unknown }[],
): string {
  const parents: unknown[] = [];
  /** As `packBytes`; numbers too large for JSON become texts, and what holds itself is cut there. */
  function pack(this: unknown, key: string, value: unknown): unknown {
    while (parents.length > 0 && parents.at(-1) !== this) parents.pop();
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return packBytes(key, value);
    if (parents.includes(value)) return '…';
    parents.push(value);
    return value;
  }
  return JSON.stringify({ format: `${FORMAT}-set-aside`, version: VERSION, entries }, pack, 1);
}

/** Reads such a text back, or says why not. */
export function readFile(text: string): Contents | Refusal {
  const opened = unseal(FORMAT, text);
  if (!opened.ok) return opened;
  const { records, drafts } = (opened.contents ?? {}) as Partial<Contents>;
  if (!Array.isArray(records) || !Array.isArray(drafts) || !records.every(isRecord) || !drafts.every(isDraft))
    return { ok: false, reason: 'damaged', detail: 'records' };
  return { records, drafts };
}

/** What `seal` wrote, whoever it is from: nothing is known of the contents but that they are not damaged. */
export function unseal(format: string, text: string): { readonly ok: true; readonly contents: unknown } | Refusal {
  const refuse = (reason: Refusal['reason'], detail: string): Refusal => ({ ok: false, reason, detail });
  let file: { format?: unknown; version?: unknown; sum?: unknown; contents?: unknown } | null;
  try {
    file = JSON.parse(text, unpackBytes);
  } catch (error) {
    return refuse(text.startsWith(`{"format":"${format}"`) ? 'truncated' : 'not-ours', String(error));
  }
  if (typeof file !== 'object' || file === null || file.format !== format)
    return refuse('not-ours', `format: ${String(file?.format)}`);
  if (typeof file.version !== 'number' || file.version > VERSION)
    return refuse('newer', `version: ${String(file.version)}`);
  if (file.version !== VERSION) return refuse('damaged', `version: ${file.version}`);
  if (isSumOf(file.sum, file.contents)) return { ok: true, contents: file.contents };
  const { contents } = JSON.parse(text, unpackFirstBytes) as typeof file;
  return isSumOf(file.sum, contents) ? { ok: true, contents } : refuse('damaged', 'checksum');
}

/** Bytes as the first hours of the course wrote them: an object with nothing else in it. */
function unpackFirstBytes(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return value;
  const { base64 } = value as { readonly base64?: unknown };
  if (typeof base64 !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return value;
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
