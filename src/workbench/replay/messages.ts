// What the company's channels, mailboxes and pagers had received at a moment. Pure.
import type { Snapshot } from '../parts.ts';
import { textOf } from '../production/there.ts';

export interface Received {
  readonly at: number;
  readonly to: string;
  readonly title: string;
}

const MESSAGES = '/srv/messages.jsonl';

/** The newest first. A line that is none is left out. */
export function messagesIn(files: Snapshot['files']): readonly Received[] {
  return textOf(files, MESSAGES)
    .split('\n')
    .flatMap((line): Received[] => {
      try {
        const { at, to, title } = JSON.parse(line) as Partial<Record<keyof Received, unknown>>;
        const moment = typeof at === 'string' ? Date.parse(at) : at;
        const isOne = typeof moment === 'number' && typeof to === 'string' && typeof title === 'string';
        return isOne ? [{ at: moment, to, title }] : [];
      } catch {
        return [];
      }
    })
    .sort((a, b) => b.at - a.at);
}
