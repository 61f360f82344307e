// All that was done at a desk since its day began, over the lives of several engines: what a day can be lived through again from.
import type { Snapshot } from '../protocol.ts';
import type { Action, Recorder } from './recording.ts';

/** What was done in the life of one engine. */
export interface Visit {
  readonly actions: readonly Action[];
  /** Set when a program was still running when the engine ended: how many entries the log had then. */
  readonly cut?: number;
}

/** The visits of a day from its beginning, each going on from what the one before left. */
export type Journal = readonly Visit[];

/** A snapshot with what led to it. Without a journal that is not known: it was saved before there were any, or was too much. */
export type Kept = Snapshot & { readonly journal?: Journal };

/** Actions, and bytes of what was typed and written, of a whole day. */
const MOST_ACTIONS = 5000;
const MOST_BYTES = 2_000_000;

/** The journal with one more visit. Undefined when it is not all that was done. @param cut as in `Visit` */
export function journalAfter(
  earlier: Journal | undefined,
  { actions, isFull }: ReturnType<Recorder['heard']>,
  cut?: number,
): Journal | undefined {
  if (earlier === undefined || isFull) return undefined;
  if (actions.length === 0) return earlier;
  const journal = [...earlier, { actions, ...(cut === undefined ? {} : { cut }) }];
  const all = journal.flatMap((visit) => visit.actions);
  const bytes = all.reduce((sum, { args }) => sum + sizeOf(args), 0);
  return all.length > MOST_ACTIONS || bytes > MOST_BYTES ? undefined : journal;
}

/** As `writeFile` after everything else that was done. @param bytes of a file, by its absolute path */
export function withWritings(kept: Kept, files: Readonly<Record<string, Uint8Array>>): Kept {
  const { journal, kernel } = kept;
  if (journal === undefined) return kept;
  const actions = Object.entries(files).map(
    ([path, bytes]) => ({ call: 'writeFile', args: { path, bytes }, at: kernel.now }) as const,
  );
  const last = journal.at(-1);
  // A visit that was cut ends there: what is written afterwards is a visit of its own.
  if (last === undefined || last.cut !== undefined) return { ...kept, journal: [...journal, { actions }] };
  return { ...kept, journal: [...journal.slice(0, -1), { actions: [...last.actions, ...actions] }] };
}

function sizeOf(args: object): number {
  return Object.values(args).reduce<number>(
    (sum, value) => sum + (typeof value === 'string' || value instanceof Uint8Array ? value.length : 8),
    0,
  );
}

/** Of this form of the text; another one is refused. */
const VERSION = 1;

/** A journal as text: bytes that are UTF-8 as text, which packs best, others in base64. */
export function journalText(journal: Journal): string {
  const visits = journal.map(({ actions, ...rest }) => ({
    ...rest,
    actions: actions.map((action) =>
      action.call === 'writeFile' ? { ...action, args: written(action.args) } : action,
    ),
  }));
  return JSON.stringify({ v: VERSION, visits });
}

function written({ path, bytes }: { path: string; bytes: Uint8Array }): Readonly<Record<string, string>> {
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return { path, base64: btoa(binary) };
  }
}

type Kind = 'string' | 'number' | 'boolean';

/** What a page's calls may hold, by name; `?` where it may be missing. Files come as `written` makes them. */
const shapes: { readonly [call: string]: Readonly<Record<string, Kind | `${Kind}?`>> } = {
  run: { script: 'string', isTerminal: 'boolean?', asScript: 'boolean?' },
  openTerminal: { id: 'string', columns: 'number', rows: 'number', hasEditor: 'boolean?' },
  closeTerminal: { id: 'string' },
  type: { id: 'string', data: 'string' },
  resize: { id: 'string', columns: 'number', rows: 'number' },
  interrupt: { terminal: 'string?' },
  writeFile: { path: 'string', text: 'string?', base64: 'string?' },
  makeFolder: { path: 'string' },
  rename: { from: 'string', to: 'string' },
  remove: { path: 'string' },
  advance: { until: 'number', toEvent: 'boolean?' },
};

/** Reads a journal that may be from anybody. Undefined when it is none, or does what no page does. */
export function readJournal(text: string): Journal | undefined {
  try {
    const { v, visits } = JSON.parse(text) as { v: unknown; visits: unknown[] };
    if (v !== VERSION || !Array.isArray(visits)) return undefined;
    let left = MOST_ACTIONS;
    return visits.map((visit) => {
      const { actions, cut } = visit as { actions: unknown[]; cut?: unknown };
      left -= actions.length;
      if (left < 0) throw new Error('too many actions');
      return { actions: actions.map(readAction), ...(isCount(cut) ? { cut } : {}) };
    });
  } catch {
    return undefined;
  }
}

function readAction(value: unknown): Action {
  const { call, args, at, during } = value as Record<string, unknown>;
  const shape = typeof call === 'string' && Object.hasOwn(shapes, call) ? shapes[call] : undefined;
  if (shape === undefined || typeof at !== 'number') throw new Error(`no action of a page: ${String(call)}`);
  const given = new Map(Object.entries(args as object));
  const read = Object.entries(shape).flatMap(([name, kind]) => {
    const field = given.get(name);
    if (field === undefined && kind.endsWith('?')) return [];
    if (typeof field !== kind.replace('?', '')) throw new Error(`${call}: ${name}`);
    return [[name, field] as const];
  });
  const found = Object.fromEntries(read);
  return {
    call,
    args: call === 'writeFile' ? { path: found.path, bytes: bytesOf(found) } : found,
    at,
    ...(isCount(during) ? { during } : {}),
  } as Action;
}

function bytesOf({ text, base64 }: Readonly<Record<string, unknown>>): Uint8Array {
  if (typeof text === 'string') return new TextEncoder().encode(text);
  return Uint8Array.from(atob(String(base64)), (character) => character.charCodeAt(0));
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
