// Events of the timeline as words and signs. Pure.
import type { Observation } from '../../../sandbox/hosts/protocol.ts';
import type { ProductionSay, ProductionWord } from './words.ts';

export type Event = Extract<Observation, { readonly ok: true }>['events'][number];
export type MarkKind = 'deploy' | 'rollback' | 'scale' | 'alert' | 'trouble' | 'other';

export interface Mark {
  readonly at: number;
  readonly kind: MarkKind;
  /** One character, drawn at the top of the charts. */
  readonly sign: string;
  readonly text: string;
}

const signs: Readonly<Record<MarkKind, string>> = {
  deploy: '▲',
  rollback: '▼',
  scale: '◆',
  alert: '!',
  trouble: '×',
  other: '·',
};

const troubles: readonly string[] = [
  'FaultBegan',
  'InstanceCrashed',
  'InstanceUnhealthy',
  'service-failed',
  'unhealthy',
];

const topics: Readonly<Record<string, ProductionWord>> = {
  FaultBegan: 'faultBegan',
  FaultEnded: 'faultEnded',
  InstanceCrashed: 'crashed',
  InstanceUnhealthy: 'unhealthy',
  unhealthy: 'unhealthy',
  'service-failed': 'serviceFailed',
  'service-started': 'serviceStarted',
  'service-stopped': 'serviceStopped',
};

export function markOf(event: Event, say: ProductionSay): Mark {
  const { at } = event;
  const mark = (kind: MarkKind, text: string): Mark => ({ at, kind, sign: signs[kind], text });
  switch (event.kind) {
    case 'deploy':
    case 'rollback': {
      const { kind, service, version, from, result, by } = event;
      const what = say(kind, { service, version });
      const more = [from === '' ? '' : say('before', { version: from }), by === '' ? '' : say('by', { who: by })];
      const end = result === 'failed' ? say('didFail') : '';
      return mark(
        result === 'failed' ? 'trouble' : kind,
        [what, ...more, end].filter((part) => part !== '').join(', '),
      );
    }
    case 'scale': {
      const { service, from, to } = event;
      return mark('scale', say('scaled', { service, from, to }));
    }
    case 'alert': {
      const name = event.labels.find(([label]) => label === 'alertname')?.[1] ?? '';
      return mark('alert', say(event.state === 'firing' ? 'fires' : 'resolved', { name }));
    }
    case 'notification':
      return mark('alert', say('told', { to: event.to, title: event.title }));
    case 'notice': {
      const { topic, service, text } = event;
      const key = topics[topic];
      const words =
        key === undefined
          ? [topic, service, text].filter((part) => part !== '').join(': ')
          : say(key, { service, text });
      return mark(troubles.includes(topic) ? 'trouble' : 'other', words);
    }
  }
}
