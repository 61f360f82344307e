import type { TimelineEvent } from '../timeline/index.ts';

/** Something that people at the company can read: in a channel, a mailbox, on a pager, or what a program was sent. Plain data. */
export interface Message {
  /** Ms since 1970. */
  readonly at: number;
  readonly via: 'chat' | 'mail' | 'page' | 'webhook';
  /** `#operations`, an address, a role, or a URL. */
  readonly to: string;
  readonly title: string;
  readonly lines: readonly string[];
}

/** Where a message goes by how its addressee is written: `#channel`, `somebody@company`, or a role's pager. */
export function viaOf(to: string): 'chat' | 'mail' | 'page' {
  return to.startsWith('#') ? 'chat' : to.includes('@') ? 'mail' : 'page';
}

/** What an event says when it is news: who, which version, with what result. Undefined for what has messages of its own. */
export function newsOf(event: TimelineEvent): Pick<Message, 'title' | 'lines'> | undefined {
  switch (event.kind) {
    case 'deploy': {
      const commits = event.changes.map(({ commit }) => commit.slice(0, 7)).join(' ');
      return {
        title: `[DEPLOY] ${event.service} ${event.version} ${event.result}`,
        lines: filled({ from: event.from, by: event.by, commits, mends: event.mends ?? '' }),
      };
    }
    case 'rollback':
      return {
        title: `[ROLLBACK] ${event.service} ${event.from} to ${event.version} ${event.result}`,
        lines: filled({ reason: event.reason, by: event.by }),
      };
    case 'scale':
      return {
        title: `[SCALE] ${event.service} ${event.from} to ${event.to}`,
        lines: filled({ reason: event.reason }),
      };
    case 'notice':
      return { title: `[${event.topic.toUpperCase()}] ${event.service}`, lines: [event.text] };
    default:
      return undefined;
  }
}

function filled(fields: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(fields).flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]));
}

/** One line of JSON with a fixed order of keys, for files that are searched with jq and grep. */
export function formatMessage({ at, via, to, title, lines }: Message): string {
  return `${JSON.stringify({ at, via, to, title, lines })}\n`;
}

/** Messages of such a file; lines that are none are left out. */
export function parseMessages(text: string): readonly Message[] {
  return text.split('\n').flatMap((line): readonly Message[] => {
    if (line.trim() === '') return [];
    try {
      const value: unknown = JSON.parse(line);
      return isMessage(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null) return false;
  const { at, via, to, title, lines } = value as Record<string, unknown>;
  const isText = [via, to, title].every((one) => typeof one === 'string');
  return typeof at === 'number' && isText && Array.isArray(lines) && lines.every((line) => typeof line === 'string');
}
