import type { Call } from './hooks.ts';
import type { Instance, Request, Service, State } from './state.ts';

/** A request as a program gets it: the route's method, path and body, with {town} and {user} filled in. */
export function asked(w: State, s: Service, r: Request, i: Instance): Call {
  const route = s.routes[r.route] as (typeof s.routes)[number];
  const user = w.users[r.user];
  const town = w.towns[user?.town ?? -1] ?? '';
  const fill = (text: string): string =>
    text.includes('{') ? text.replaceAll('{town}', town).replaceAll('{user}', String(user?.number ?? 0)) : text;
  return {
    service: s.name,
    instance: i.name,
    version: i.version,
    route: s.routeNames[r.route] ?? '',
    method: route.method ?? 'GET',
    path: fill(route.path ?? '/'),
    body: fill(route.body ?? ''),
    town,
    user: user?.number ?? 0,
    at: w.start + w.now + (w.skews[i.host] ?? 0),
  };
}
