import { reconcile, setTarget } from './capacity.ts';
import { schedule } from './core/agenda.ts';
import { crash, drain, rotate, startInstance, stop, tellEvent } from './instances.ts';
import type { Fault, Intervention } from './scenario.ts';
import { type Instance, kinds, type Service, type State } from './state.ts';

/** Why something could not be done: the name that is not there, and those that are. */
export interface Unknown {
  readonly what: 'service' | 'instance' | 'source' | 'host';
  readonly name: string;
  readonly known: readonly string[];
}

/** Does something to the world now. @returns what it named that does not exist; nothing was done then. */
export function act(w: State, given: Intervention): Unknown | undefined {
  switch (given.do) {
    case 'break':
      return fault(w, given.fault, true);
    case 'mend':
      return fault(w, given.fault, false);
    case 'traffic': {
      const source = w.sources.find(({ name }) => name === given.source);
      if (source === undefined) return { what: 'source', name: given.source, known: w.sources.map(({ name }) => name) };
      source.factor = given.factor;
      source.generation++;
      schedule(w.agenda, w.now, kinds.source, source.id, source.generation);
      return undefined;
    }
    case 'drain':
    case 'stop':
    case 'kill':
    case 'rotate': {
      const i = instanceNamed(w, given.instance);
      if (i === undefined) return unknownInstance(w, given.instance);
      if (given.do === 'rotate') rotate(w, i, given.into);
      else if (given.do === 'drain') leaveService(w, i, drain);
      else if (given.do === 'stop') leaveService(w, i, stop);
      else crash(w, i, 'killed');
      return undefined;
    }
    default: {
      const s = w.services.find(({ name }) => name === given.service);
      if (s === undefined) return { what: 'service', name: given.service, known: w.services.map(({ name }) => name) };
      change(w, s, given);
      return undefined;
    }
  }
}

type ServiceAct = Extract<Intervention, { readonly service: string }>;

function change(w: State, s: Service, given: ServiceAct): void {
  switch (given.do) {
    case 'set-capacity':
      setTarget(w, s, given.instances);
      return;
    case 'set-rule':
      s.rule = given.rule;
      if (given.rule !== undefined) setTarget(w, s, Math.min(given.rule.max, Math.max(given.rule.min, s.target)));
      return;
    case 'start':
      if (given.instance !== undefined) {
        const there = instanceNamed(w, given.instance);
        if (there !== undefined && there.state !== 'stopped') return;
      }
      s.target++;
      startInstance(w, s, { name: given.instance, version: given.version, host: given.host, rotate: given.rotate });
      return;
    case 'deploy':
      s.version = given.version;
      s.replacing = true;
      tellEvent(w, 'DeployStarted', { service: s.name, version: given.version });
      reconcile(w, s);
      return;
    case 'balance':
      s.policy = given.policy;
      return;
  }
}

function instanceNamed(w: State, name: string): Instance | undefined {
  return w.instances.find((i) => i.name === name);
}

function unknownInstance(w: State, name: string): Unknown {
  return { what: 'instance', name, known: w.instances.map((i) => i.name) };
}

/** Taken away by hand: the service is to have one less. */
function leaveService(w: State, i: Instance, how: (w: State, i: Instance) => void): void {
  const s = w.services[i.service] as Service;
  if (i.state !== 'stopped' && i.state !== 'draining') s.target = Math.max(0, s.target - 1);
  how(w, i);
}

function fault(w: State, what: Fault, breaks: boolean): Unknown | undefined {
  const s = w.services.find(({ name }) => name === what.at);
  const i = instanceNamed(w, what.at);
  const isHost = Object.hasOwn(w.scenario.hosts ?? {}, what.at) || w.instances.some(({ host }) => host === what.at);
  const missing = (kind: Unknown['what'], known: readonly string[]): Unknown => ({ what: kind, name: what.at, known });
  const services = w.services.map(({ name }) => name);
  switch (what.kind) {
    case 'slow':
      if (s !== undefined) s.slow = breaks ? what.factor : 1;
      else if (i !== undefined) i.slow = breaks ? what.factor : 1;
      else return missing('service', services);
      break;
    case 'errors':
      if (s === undefined) return missing('service', services);
      s.errors = breaks ? what.share : 0;
      break;
    case 'network-loss':
      if (s === undefined) return missing('service', services);
      s.loss = breaks ? what.share : 0;
      break;
    case 'expired-certificate':
      if (s === undefined) return missing('service', services);
      s.expired = breaks;
      break;
    case 'hang':
      if (i === undefined) return unknownInstance(w, what.at);
      if (breaks && i.state === 'up') i.state = 'hung';
      if (!breaks && i.state === 'hung') crash(w, i, 'killed');
      break;
    case 'host-down':
    case 'disk-full':
      if (!isHost && !(what.kind === 'disk-full' && i !== undefined))
        return missing('host', Object.keys(w.scenario.hosts ?? {}));
      w.faults = w.faults.filter((one) => one !== `${what.kind} ${what.at}`);
      if (!breaks) break;
      w.faults.push(`${what.kind} ${what.at}`);
      if (what.kind === 'host-down') for (const on of w.instances) if (on.host === what.at) crash(w, on, 'host down');
      break;
    case 'clock-skew':
      if (!isHost) return missing('host', Object.keys(w.scenario.hosts ?? {}));
      w.skews[what.at] = breaks ? what.ms : 0;
      break;
  }
  tellEvent(w, breaks ? 'FaultBegan' : 'FaultEnded', { fault: what.kind, place: what.at });
  return undefined;
}
