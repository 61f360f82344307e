// How many instances a service has: a number somebody set, a rule, a deploy that replaces them one by one.

import { touch } from './accounts.ts';
import { drain, startInstance, tellEvent } from './instances.ts';
import type { CapacityRule } from './scenario.ts';
import type { Instance, Service, State } from './state.ts';

/** How often a rule looks, ms: the period of Kubernetes' horizontal autoscaler. */
export const CONTROL = 15_000;

/** Share by which the load may miss its target before anything changes, as in that autoscaler. */
const TOLERANCE = 0.1;

/**
 * What a rule asks for: the timetable's number, raised to what the load needs, within min and max.
 * @param minute of the day. @param load share of places in use (0…1). @param now instances that the load was on.
 */
export function wantedBy(rule: CapacityRule, minute: number, load: number, now: number): number {
  let wanted = rule.min;
  for (const { from, to, instances } of rule.hours ?? []) {
    const inside = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
    if (inside) wanted = Math.max(wanted, instances);
  }
  if (rule.load !== undefined) {
    const ratio = load / rule.load.target;
    const needed = Math.abs(ratio - 1) <= TOLERANCE ? now : Math.ceil(now * ratio);
    wanted = Math.max(wanted, needed);
  }
  return Math.min(rule.max, Math.max(rule.min, wanted));
}

/** The rule of a service looks at the clock and at the load since it looked last. */
export function control(w: State, s: Service): void {
  const { rule } = s;
  if (rule === undefined) return;
  touch(w, s);
  const demand = s.stats.busy + s.stats.waiting - s.seenBusy;
  const places = s.stats.places - s.seenPlaces;
  const passed = w.now - s.seenAt;
  s.seenBusy = s.stats.busy + s.stats.waiting;
  s.seenPlaces = s.stats.places;
  s.seenAt = w.now;
  s.loads.push(places > 0 ? Math.min(2, demand / places) : 0);
  if (s.loads.length > 4) s.loads.shift();
  if (passed <= 0) return;
  const load = s.loads.reduce((sum, one) => sum + one, 0) / s.loads.length;
  const able = s.list.length;
  const minute = Math.floor(((w.start + w.now) % 86_400_000) / 60_000);
  const wanted = wantedBy(rule, minute, load, able);
  if (wanted === s.target) return;
  const since = w.now - s.changed;
  if (wanted > s.target && since < (rule.load?.cooldownUp ?? 60_000)) return;
  if (wanted < s.target && since < (rule.load?.cooldownDown ?? 300_000)) return;
  setTarget(w, s, wanted);
}

/** Asks for so many instances of a service. */
export function setTarget(w: State, s: Service, target: number): void {
  if (target !== s.target) {
    const type = target > s.target ? 'ScaledUp' : 'ScaledDown';
    tellEvent(w, type, { service: s.name, from: s.target, to: target });
  }
  s.target = target;
  s.changed = w.now;
  reconcile(w, s);
}

/** Brings the instances nearer to what is asked for; what is not the service's version goes first, a new one being up before an old one goes. */
export function reconcile(w: State, s: Service): void {
  const alive = s.instances.map((id) => w.instances[id] as Instance).filter(({ state }) => state !== 'draining');
  const old = s.replacing ? alive.filter(({ version }) => version !== s.version) : [];
  const fresh = alive.length - old.length;
  if (old.length > 0) {
    const starting = alive.some(({ state, version }) => state !== 'up' && version === s.version);
    if (alive.length <= s.target) startInstance(w, s);
    else if (!starting || fresh === 0) drain(w, old[0] as Instance);
    return;
  }
  if (s.replacing) {
    s.replacing = false;
    tellEvent(w, 'DeployFinished', { service: s.name, version: s.version });
  }
  for (let missing = s.target - alive.length; missing > 0; missing--) startInstance(w, s);
  for (const i of alive.slice(s.target).reverse()) drain(w, i);
}
