import { type Matcher, matchesAll } from '../alerting/matcher.ts';
import { ConfigProblem } from '../alerting/problem.ts';
import { readMatchers } from '../alerting/route.ts';
import { createReader } from '../alerting/yaml.ts';
import { eventLabels, type TimelineEvent } from '../timeline/index.ts';
import { type Message, newsOf, viaOf } from './message.ts';

/** Which events are told to whom: a file beside `alertmanager.yml`, because a deploy is news and no alert. */
export interface NewsRoutes {
  readonly routes: readonly { readonly matchers: readonly Matcher[]; readonly to: string }[];
}

export type NewsAnswer =
  | { readonly ok: true; readonly news: NewsRoutes }
  | { readonly ok: false; readonly message: string };

/** Reads `notify.yaml`: `routes`, each with `matchers` on the event's fields (kind, service, version, result …) and `to`. */
export function readNewsRoutes(text: string): NewsAnswer {
  try {
    const reader = createReader(text);
    const routes: { matchers: Matcher[]; to: string }[] = [];
    reader.struct(reader.root, 'notify.yaml', {
      routes: (value) =>
        reader.list(value, 'routes', (node) => {
          const route = { matchers: [] as Matcher[], to: '' };
          const isWhole = reader.struct(node, 'route', {
            matchers: (list) => readMatchers(reader, list, route.matchers),
            to: (one) => {
              route.to = reader.string(one);
            },
          });
          if (isWhole && route.to === '')
            throw new ConfigProblem(
              "missing 'to' in route: a '#channel', in quotes as # begins a comment, or an address",
            );
          routes.push(route);
        }),
    });
    reader.finish();
    return { ok: true, news: { routes } };
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    return { ok: false, message: error.message };
  }
}

/** The messages of an event: one for each addressee whose route matches, never two to the same. */
export function newsFor({ routes }: NewsRoutes, event: TimelineEvent): readonly Message[] {
  const news = newsOf(event);
  if (news === undefined) return [];
  const labels = eventLabels(event);
  const addressees = new Set(routes.filter(({ matchers }) => matchesAll(matchers, labels)).map(({ to }) => to));
  return [...addressees].map((to) => ({ at: event.at, via: viaOf(to), to, ...news }));
}
