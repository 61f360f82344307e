import { isScalar, type Node } from 'yaml';
import type { Labels } from '../labels.ts';
import { createMatcher, formatMatchers, type Matcher, matchesAll, parseMatchers } from './matcher.ts';
import { ConfigProblem } from './problem.ts';
import { refusing } from './receiver.ts';
import type { Reader } from './yaml.ts';

/** A node of the routing tree with everything that it inherits filled in. Times in ms. */
export interface Route {
  /** The matchers from the root down to here; two routes with the same matchers share it. */
  readonly key: string;
  /** Its own among all routes. */
  readonly id: string;
  readonly receiver: string;
  /** Names of labels, or `all` for `group_by: ['...']`. */
  readonly groupBy: readonly string[] | 'all';
  readonly groupWait: number;
  readonly groupInterval: number;
  readonly repeatInterval: number;
  readonly muteTimeIntervals: readonly string[];
  readonly activeTimeIntervals: readonly string[];
  readonly matchers: readonly Matcher[];
  readonly continues: boolean;
  readonly routes: readonly Route[];
}

/** A route as it is written. */
export interface RouteDraft {
  receiver: string;
  groupBy?: readonly string[] | 'all';
  groupWait?: number;
  groupInterval?: number;
  repeatInterval?: number;
  muteTimeIntervals: string[];
  activeTimeIntervals: string[];
  matchers: Matcher[];
  continues: boolean;
  routes: RouteDraft[];
}

const defaults = { receiver: '', groupBy: [], groupWait: 30_000, groupInterval: 300_000, repeatInterval: 14_400_000 };

/** Fills in what a route inherits: all but its matchers and its time intervals. Documentation, `<route>`. */
export function resolveRoute(
  draft: RouteDraft,
  parent: Pick<Route, 'receiver' | 'groupBy' | 'groupWait' | 'groupInterval' | 'repeatInterval'> & {
    readonly key?: string;
    readonly id?: string;
  } = defaults,
  index = 0,
): Route {
  const matchers = draft.matchers.toSorted((a, b) => compare(a.name, b.name) || compare(a.value, b.value));
  const own = formatMatchers(matchers);
  const isRoot = parent.key === undefined;
  const route = {
    key: isRoot ? own : `${parent.key}/${own}`,
    id: isRoot ? own : `${parent.id}/${own}/${index}`,
    receiver: draft.receiver === '' ? parent.receiver : draft.receiver,
    groupBy: draft.groupBy ?? parent.groupBy,
    groupWait: draft.groupWait ?? parent.groupWait,
    groupInterval: draft.groupInterval ?? parent.groupInterval,
    repeatInterval: draft.repeatInterval ?? parent.repeatInterval,
    muteTimeIntervals: draft.muteTimeIntervals,
    activeTimeIntervals: draft.activeTimeIntervals,
    matchers,
    continues: draft.continues,
  };
  return { ...route, routes: draft.routes.map((child, at) => resolveRoute(child, route, at)) };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The routes that take an alert, in the order of the tree: of each level the first child that matches, and further ones after a
 * child with `continue`; a node itself where no child matches.
 */
export function routesFor(route: Route, labels: Labels): readonly Route[] {
  if (!matchesAll(route.matchers, labels)) return [];
  const found: Route[] = [];
  for (const child of route.routes) {
    const taken = routesFor(child, labels);
    found.push(...taken);
    if (taken.length > 0 && !child.continues) break;
  }
  return found.length === 0 ? [route] : found;
}

/** Reads a route and what is under it. @throws ConfigProblem */
export function readRoute(reader: Reader, node: Node | null): RouteDraft {
  const draft: RouteDraft = {
    receiver: '',
    muteTimeIntervals: [],
    activeTimeIntervals: [],
    matchers: [],
    continues: false,
    routes: [],
  };
  const [equal, pattern]: [Matcher[], Matcher[]] = [[], []];
  let groupBy: string[] | undefined;
  const texts = (value: Node | null, into: (text: string) => void): void =>
    reader.list(value, '[]string', (one) => into(reader.string(one)));
  const isWhole = reader.struct(node, 'config.plain', {
    receiver: (value) => {
      draft.receiver = reader.string(value);
    },
    group_by: (value) => {
      const names: string[] = [];
      texts(value, (name) => names.push(name));
      groupBy = names;
    },
    match: (value) =>
      reader.map(value, 'map[string]string', (name, one) => equal.push({ name, op: '=', value: reader.string(one) })),
    match_re: (value) => readPatterns(reader, value, pattern),
    matchers: (value) => readMatchers(reader, value, draft.matchers),
    mute_time_intervals: (value) => texts(value, (name) => draft.muteTimeIntervals.push(name)),
    active_time_intervals: (value) => texts(value, (name) => draft.activeTimeIntervals.push(name)),
    continue: (value) => {
      draft.continues = reader.boolean(value);
    },
    routes: (value) => reader.list(value, '[]*config.Route', (one) => draft.routes.push(readRoute(reader, one))),
    group_wait: (value) => {
      draft.groupWait = reader.duration(value);
    },
    group_interval: (value) => {
      draft.groupInterval = reader.duration(value);
    },
    repeat_interval: (value) => {
      draft.repeatInterval = reader.duration(value);
    },
    ...refusing(['labels']),
  });
  draft.matchers = [...equal, ...pattern, ...draft.matchers];
  if (!isWhole) return draft;
  for (const { name } of equal) checkName(name);
  if (groupBy !== undefined) Object.assign(draft, readGroupBy(groupBy));
  if (draft.groupInterval === 0) throw new ConfigProblem('group_interval cannot be zero');
  // Each turn of a group is computed: a day of milliseconds would be a hundred million of them.
  if (draft.groupInterval !== undefined && draft.groupInterval < 1000)
    throw new ConfigProblem('a group_interval below 1s is not part of this sandbox');
  if (draft.repeatInterval === 0) throw new ConfigProblem('repeat_interval cannot be zero');
  return draft;
}

function readGroupBy(names: readonly string[]): Pick<RouteDraft, 'groupBy'> {
  const labels = names.filter((name) => name !== '...');
  for (const name of labels)
    if (!isLabelName(name)) throw new ConfigProblem(`invalid label name "${name}" in group_by list`);
  if (labels.length === names.length) {
    const twice = labels.find((name, at) => labels.indexOf(name) !== at);
    if (twice !== undefined) throw new ConfigProblem(`duplicated label "${twice}" in group_by`);
    return { groupBy: labels };
  }
  if (labels.length > 0)
    throw new ConfigProblem('cannot have wildcard group_by (`...`) and other other labels at the same time');
  return { groupBy: 'all' };
}

/** `matchers`: a list of texts, each one matcher or several with commas. */
export function readMatchers(reader: Reader, node: Node | null, into: Matcher[]): void {
  reader.list(node, '[]string', (one) => into.push(...parseMatchers(reader.string(one))));
}

/** `match_re`: label names and patterns. Alertmanager keeps such a pattern with its anchors, which shows in its tree. */
export function readPatterns(reader: Reader, node: Node | null, into: Matcher[]): void {
  reader.map(node, 'map[string]string', (name, one) => {
    checkName(name);
    if (one === null || (isScalar(one) && one.value === null))
      throw new ConfigProblem(`invalid regexp value for "${name}"`);
    const source = reader.string(one);
    createMatcher(name, '=~', source);
    into.push({ name, op: '=~', value: `^(?:${source})$` });
  });
}

function isLabelName(name: string): boolean {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(name);
}

function checkName(name: string): void {
  if (!isLabelName(name)) throw new ConfigProblem(`invalid label name "${name}"`);
}
