// What operations is told: an append-only list of deploys and rollbacks, with what the hosts did beside them, in one timeline.
import type { LoggedEvent } from '../../kernel/index.ts';
import type { HttpRequest, HttpResponse, Machine } from '../../machine/index.ts';
import { problem, respondJson, segmentsOf, userOf } from '../http.ts';

export const EVENTS_HOST = 'events.ventarela.test';

/** One entry of the timeline. `at`: simulated time, ms since 1970. */
export interface OperationsEvent {
  readonly at: number;
  readonly kind:
    | 'deploy'
    | 'rollback'
    | 'service-started'
    | 'service-stopped'
    | 'service-failed'
    | 'unhealthy'
    | 'host-started';
  readonly host: string;
  readonly service: string;
  /** Of deploys and rollbacks. */
  readonly version?: string;
  readonly result?: string;
  readonly by?: string;
}

const kinds = {
  HostStarted: 'host-started',
  ServiceStarted: 'service-started',
  ServiceStopped: 'service-stopped',
  ServiceFailed: 'service-failed',
  InstanceUnhealthy: 'unhealthy',
} as const;

/** What the log knows of deploys and of hosts, in the order of time. */
export function timelineOf(log: readonly LoggedEvent[]): readonly OperationsEvent[] {
  const events = log.flatMap((entry): OperationsEvent[] => {
    if (entry.type === 'DeployRecorded') {
      const { at, action, host, service, version, result, by } = entry;
      return [{ at, kind: action === 'rollback' ? 'rollback' : 'deploy', host, service, version, result, by }];
    }
    if (!Object.hasOwn(kinds, entry.type)) return [];
    const { when, host, ...more } = entry as Extract<LoggedEvent, { host: string; when: number }>;
    const service = 'service' in more ? more.service : '';
    return [
      {
        at: when,
        kind: kinds[entry.type as keyof typeof kinds],
        host,
        service,
        ...('result' in more && { result: more.result }),
      },
    ];
  });
  return events.sort((a, b) => a.at - b.at);
}

/** `POST /deploys` adds one; `GET /events` gives the timeline, of one service with `?service=`. Nothing is changed or removed. */
export function answerEvents({ kernel, user }: Machine, request: HttpRequest): HttpResponse {
  const [what, ...more] = segmentsOf(request) ?? [''];
  const { method } = request;
  if (more.length > 0 || (what !== 'events' && what !== 'deploys'))
    return problem(404, 'there are /events and /deploys');
  if (method === 'GET' || method === 'HEAD') {
    const [, service] = /[?&]service=([^&]*)/.exec(request.target) ?? [];
    const wanted = (event: OperationsEvent): boolean =>
      (service === undefined || event.service === service) && (what === 'events' || 'version' in event);
    return respondJson(200, timelineOf(kernel.log.entries()).filter(wanted).map(shown));
  }
  if (method !== 'POST' || what !== 'deploys')
    return problem(405, 'events are only added: POST /deploys', {
      Allow: what === 'deploys' ? 'GET, HEAD, POST' : 'GET, HEAD',
    });
  const read = readDeploy(new TextDecoder().decode(request.body), userOf(request) ?? user);
  if (typeof read === 'string') return problem(400, read);
  kernel.record({ type: 'DeployRecorded', ...read });
  const { action, ...deploy } = read;
  return respondJson(201, shown({ at: kernel.now(), kind: action, ...deploy }));
}

interface Deploy {
  readonly action: 'deploy' | 'rollback';
  readonly host: string;
  readonly service: string;
  readonly version: string;
  readonly result: 'succeeded' | 'failed';
  readonly by: string;
}

/** The event, or what is wrong with it. */
function readDeploy(text: string, user: string): Deploy | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'the body is not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'the body is not a JSON object';
  const given = new Map(Object.entries(value));
  const unknown = [...given.keys()].find((key) => !fields.includes(key));
  if (unknown !== undefined) return `unknown field ${JSON.stringify(unknown)}: there are ${fields.join(', ')}`;
  const field = (name: string, usual?: string): string => {
    const found = given.get(name) ?? usual;
    return typeof found === 'string' ? found.slice(0, 200) : '';
  };
  const action = field('action', 'deploy');
  const result = field('result');
  const [service, version] = [field('service'), field('version')];
  if (service === '') return 'service is missing: a text, the name of what was deployed';
  if (version === '') return 'version is missing: a text, what was deployed';
  if (action !== 'deploy' && action !== 'rollback') return 'action is "deploy" or "rollback"';
  if (result !== 'succeeded' && result !== 'failed') return 'result is "succeeded" or "failed"';
  return { action, host: field('host', ''), service, version, result, by: field('by', user) };
}

const fields: readonly string[] = ['service', 'version', 'action', 'result', 'host', 'by'];

function shown({ at, ...rest }: OperationsEvent): unknown {
  // biome-ignore lint/style/noRestrictedGlobals: a moment that is given, not the present one
  return { at: new Date(at).toISOString(), ...rest };
}
