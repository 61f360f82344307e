import { checksum } from './checksum.ts';
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

type Refusal = Extract<ImportAnswer, { ok: false }>;

/** The learner's progress as one text: JSON, with bytes in base64 and a checksum over all of it. */
export function writeFile(contents: Contents): string {
  return JSON.stringify({ format: FORMAT, version: VERSION, sum: checksum(contents), contents }, packBytes);
}

/** Data that could not be read, as it is, for whoever can make something of it. */
export function writeSetAside(entries: readonly unknown[]): string {
  return JSON.stringify({ format: `${FORMAT}-set-aside`, version: VERSION, entries }, packBytes, 1);
}

/** Reads such a text back, or says why not. */
export function readFile(text: string): Contents | Refusal {
  const refuse = (reason: Refusal['reason'], detail: string): Refusal => ({ ok: false, reason, detail });
  let file: { format?: unknown; version?: unknown; sum?: unknown; contents?: Partial<Contents> } | null;
  try {
    file = JSON.parse(text, unpackBytes);
  } catch (error) {
    return refuse(text.startsWith(`{"format":"${FORMAT}"`) ? 'truncated' : 'not-ours', String(error));
  }
  if (typeof file !== 'object' || file === null || file.format !== FORMAT)
    return refuse('not-ours', `format: ${String(file?.format)}`);
  if (typeof file.version !== 'number' || file.version > VERSION)
    return refuse('newer', `version: ${String(file.version)}`);
  if (file.version !== VERSION) return refuse('damaged', `version: ${file.version}`);
  const { contents, sum } = file;
  if (sum !== checksum(contents)) return refuse('damaged', 'checksum');
  const { records, drafts } = contents ?? {};
  if (!Array.isArray(records) || !Array.isArray(drafts) || !records.every(isRecord) || !drafts.every(isDraft))
    return refuse('damaged', 'records');
  return { records, drafts };
}

/** Bytes become texts that begin with `base64:`; texts that begin like that, or like this remedy, are marked `text:`. */
function packBytes(_: string, value: unknown): unknown {
  if (typeof value === 'string') return /^(base64|text):/.test(value) ? `text:${value}` : value;
  if (!(value instanceof Uint8Array)) return value;
  const parts: string[] = [];
  for (let at = 0; at < value.length; at += 8190)
    parts.push(btoa(String.fromCharCode(...value.subarray(at, at + 8190))));
  return `base64:${parts.join('')}`;
}

function unpackBytes(_: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value.startsWith('text:')) return value.slice(5);
  if (!value.startsWith('base64:')) return value;
  return Uint8Array.from(atob(value.slice(7)), (character) => character.charCodeAt(0));
}
