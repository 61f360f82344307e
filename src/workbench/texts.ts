// The open texts: from the surface to the desk and back, so that nothing typed is lost and nothing written elsewhere is missed.
import { type Kept, withWritings } from '../../sandbox/hosts/replay/journal.ts';
import type { Desk } from './desk.ts';
import { contentOf } from './files.ts';
import type { FileAnswer, Snapshot } from './parts.ts';
import type { Surface } from './surface.ts';
import { heard, isUnsent, type OpenText, openText, sending, typed } from './typing.ts';

export interface Texts {
  /** Shows a file in the editor. @returns false when it is not a text that can be shown. */
  show(path: string): boolean;
  forget(path: string): void;
  /** The desk's files have changed. */
  hear(tree: Snapshot['files']): void;
  /** Everything typed is with the desk when this settles. */
  settle(): Promise<void>;
  /** A snapshot with what was typed and is not yet with the desk. */
  overlay(snapshot: Kept): Kept;
}

export interface TextsOptions {
  readonly desk: Desk;
  readonly surface: Surface;
  readonly files: () => Snapshot['files'];
  readonly onChange: () => void;
  /** A text with unsent typing was replaced by what a command wrote. */
  readonly onReplaced: (path: string) => void;
  readonly onRefused: (path: string, why: string) => void;
}

/** From the last key until the desk has it: ms. */
const pause = 120;

export function createTexts({ desk, surface, files, onChange, onReplaced, onRefused }: TextsOptions): Texts {
  const texts = new Map<string, OpenText>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const underWay = new Set<Promise<void>>();

  surface.onType((path, text) => {
    const open = texts.get(path);
    if (open === undefined) return;
    texts.set(path, typed(open, text));
    clearTimeout(timers.get(path));
    timers.set(
      path,
      setTimeout(() => send(path), pause),
    );
    onChange();
  });

  function send(path: string): void {
    clearTimeout(timers.get(path));
    timers.delete(path);
    const open = texts.get(path);
    if (open === undefined || !isUnsent(open)) return;
    texts.set(path, sending(open));
    const writing = write(path, open.text).finally(() => underWay.delete(writing));
    underWay.add(writing);
  }

  async function write(path: string, text: string): Promise<void> {
    const answer = await tried(() => desk.call('writeFile', { path, bytes: new TextEncoder().encode(text) }));
    if (answer.ok) return;
    const open = texts.get(path);
    if (open) texts.set(path, { ...open, sent: open.sent.filter((one) => one !== text) });
    onRefused(path, answer.message);
  }

  return {
    show(path) {
      const content = contentOf(files(), path);
      if (content.kind !== 'text') return false;
      const open = texts.get(path) ?? openText(content.text);
      texts.set(path, open);
      surface.show(path, open.text);
      return true;
    },
    forget(path) {
      send(path);
      texts.delete(path);
      surface.forget(path);
    },
    hear(tree) {
      for (const [path, before] of texts) {
        const content = contentOf(tree, path);
        if (content.kind !== 'text') continue;
        const { open, replaced } = heard(before, content.text);
        texts.set(path, open);
        if (!replaced) continue;
        clearTimeout(timers.get(path));
        timers.delete(path);
        surface.replace(path, open.text);
        if (isUnsent(before)) onReplaced(path);
      }
    },
    async settle() {
      for (const path of texts.keys()) send(path);
      await Promise.all(underWay);
    },
    overlay(snapshot) {
      const unsent = [...texts].filter(
        ([path, open]) => open.text !== open.known && snapshot.files[path]?.type === 'file',
      );
      if (unsent.length === 0) return snapshot;
      const written = Object.fromEntries(unsent.map(([path, { text }]) => [path, new TextEncoder().encode(text)]));
      const changed = Object.entries(written).map(([path, bytes]) => [path, { ...snapshot.files[path], bytes }]);
      const overlaid = { ...snapshot, files: { ...snapshot.files, ...Object.fromEntries(changed) } };
      return withWritings(overlaid, written);
    },
  };
}

/** Asks again once when the engine was ended under the call: the next one has the files as they were. */
async function tried(call: () => Promise<FileAnswer>): Promise<FileAnswer> {
  try {
    return await call();
  } catch {
    try {
      return await call();
    } catch (error) {
      return { ok: false, code: 'EIO', message: error instanceof Error ? error.message : String(error) };
    }
  }
}
