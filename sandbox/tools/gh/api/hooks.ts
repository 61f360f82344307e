// `…/hooks` ("REST API endpoints for repository webhooks").
import { type Delivery, deliver, deliveriesOf, type Webhook } from '../../../forge/index.ts';
import { iso } from '../json.ts';
import type { Place } from '../place.ts';
import { type ApiRequest, ApiStop, isObject, type Json, notFound, notHere } from './request.ts';

export async function hooks(
  request: ApiRequest,
  id: number | undefined,
  part: string | undefined,
  delivery: number | undefined,
  act: string | undefined,
): Promise<Json | undefined> {
  const { place, method, body } = request;
  const all = place.store.settings().hooks;
  if (id === undefined) {
    if (method === 'GET') return all.map((one) => asJson(place, one));
    if (method !== 'POST') throw notHere(request);
    const made = read(body, Math.max(0, ...all.map((one) => one.id)) + 1);
    save(place, [...all, made], made.id);
    await tell(place, made, 'ping', undefined, { zen: 'Keep it logically awesome.', hook_id: made.id });
    return asJson(place, made);
  }
  const hook = all.find((one) => one.id === id);
  if (hook === undefined) throw notFound();
  if (part === 'pings' && method === 'POST') {
    await tell(place, hook, 'ping', undefined, { zen: 'Keep it logically awesome.', hook_id: id });
    return undefined;
  }
  if (part === 'deliveries') return deliveries(request, hook, delivery, act);
  if (part !== undefined) throw notHere(request);
  switch (method) {
    case 'GET':
      return asJson(place, hook);
    case 'PATCH': {
      const before = {
        active: hook.isActive,
        events: hook.events,
        config: { url: hook.url, secret: hook.secret ?? null },
      };
      const config = { ...before.config, ...(isObject(body.config) ? body.config : {}) };
      const changed = read({ ...before, ...body, config }, id);
      save(
        place,
        all.map((one) => (one === hook ? changed : one)),
        id,
      );
      return asJson(place, changed);
    }
    case 'DELETE':
      save(
        place,
        all.filter((one) => one !== hook),
        id,
      );
      return undefined;
    default:
      throw notHere(request);
  }
}

async function tell(
  place: Place,
  hook: Webhook,
  event: string,
  again: Delivery | undefined,
  payload: Json,
): Promise<void> {
  const { io, repository, ci } = place;
  const told = again ?? { event, action: undefined, payload: JSON.stringify(payload) };
  const { action, payload: text } = told;
  await deliver(
    io.machine,
    repository,
    hook,
    { event: told.event, action, payload: text, ...(again && { again: again.guid }) },
    ci.pause,
  );
}

async function deliveries(
  request: ApiRequest,
  hook: Webhook,
  id: number | undefined,
  act: string | undefined,
): Promise<Json | undefined> {
  const { place, method } = request;
  const all = deliveriesOf(place.io.machine, place.repository, hook.id);
  if (id === undefined) {
    if (method !== 'GET') throw notHere(request);
    return [...all].reverse().map(briefly);
  }
  const found = all.find((one) => one.id === id);
  if (found === undefined) throw notFound();
  if (act === 'attempts' && method === 'POST') {
    await tell(place, hook, found.event, found, null);
    return undefined;
  }
  if (act !== undefined || method !== 'GET') throw notHere(request);
  return {
    ...briefly(found),
    url: found.url,
    request: { headers: { ...found.requestHeaders }, payload: JSON.parse(found.payload) as Json },
    response: { headers: {}, payload: found.answer },
  };
}

function briefly({ id, guid, deliveredAt, redelivery, duration, status, statusCode, event, action }: Delivery) {
  return {
    id,
    guid,
    delivered_at: iso(deliveredAt),
    redelivery,
    duration,
    status,
    status_code: statusCode,
    event,
    action: action ?? null,
  };
}

function save({ store, io, repository, login }: Place, all: readonly Webhook[], id: number): void {
  store.change({ hooks: all });
  io.machine.kernel.record({ type: 'SettingChanged', repository, setting: `webhook ${id}`, by: login });
}

function read(body: ApiRequest['body'], id: number): Webhook {
  const { events = ['push'], active = true, config } = body;
  const { url, secret, content_type: form = 'json' } = isObject(config) ? config : {};
  if (typeof url !== 'string' || !/^https?:\/\/[\w.-]+(:\d+)?(\/\S*)?$/.test(url))
    throw new ApiStop(422, 'Validation Failed', ['url is missing a valid address']);
  if (form !== 'json')
    throw new ApiStop(422, 'Validation Failed', [
      `content_type: '${String(form)}' is not part of this sandbox (there is: json)`,
    ]);
  if (!Array.isArray(events) || !events.every((one) => typeof one === 'string'))
    throw new ApiStop(422, 'Validation Failed', ['events must be an array of strings']);
  return {
    id,
    url,
    events: events as readonly string[],
    isActive: active === true,
    ...(typeof secret === 'string' && { secret }),
  };
}

function asJson({ fullName }: Place, { id, url, events, isActive, secret }: Webhook): Json {
  return {
    type: 'Repository',
    id,
    name: 'web',
    active: isActive,
    events,
    config: { content_type: 'json', url, ...(secret !== undefined && { secret: '********' }) },
    deliveries_url: `https://git.ventarela.test/api/v3/repos/${fullName}/hooks/${id}/deliveries`,
  };
}
