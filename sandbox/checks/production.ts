// What checks see of production: its requests, its hosts and the timeline.
import { FileError } from '../machine/files/index.ts';
import type { RunResult } from '../machine/shell/contract.ts';
import { type Live, type Production, timelineOf } from '../platform/index.ts';
import { getLabel, query } from '../telemetry/index.ts';
import type { HostView, ProductionView } from './contract.ts';
import type { DeskParts } from './parts.ts';
import { CheckStop, failed } from './verdict.ts';

export function productionView({ machine, shell, onAct }: DeskParts, production: Production): ProductionView {
  const { kernel } = machine;

  async function live(): Promise<Live> {
    const found = await production.look(machine);
    if (found === undefined) throw new Error('the exercise has no production: /srv/production/scenario.yaml');
    return found;
  }

  async function prometheus() {
    await live();
    const found = await production.prometheus(machine);
    if (found === undefined) throw new Error('production has ended while a check looked');
    return found;
  }

  function host(name: string): HostView {
    const found = async () => {
      const one = (await live()).hosts.get(name);
      if (one === undefined) throw new Error(`production has no host ${name}`);
      return one;
    };
    return {
      async run(script) {
        onAct();
        await found();
        const signal = new AbortController().signal;
        const ran = await production.exec(machine, name, script, {
          stdin: new Uint8Array(),
          signal,
          onOutput: () => {},
        });
        return ran as RunResult;
      },
      async text(path) {
        try {
          return (await found()).machine.files.readText(path);
        } catch (error) {
          if (!(error instanceof FileError)) throw error;
          throw missing(name, path, error.code);
        }
      },
      exists: async (path) => (await found()).machine.files.exists(path),
      async service(unit) {
        const service = (await found()).services.find(unit);
        return service === undefined || 'problem' in service ? undefined : { ...service };
      },
      async journal(unit) {
        const entries = (await found()).journal.entries();
        if (unit === undefined) return entries;
        const full = /\.\w+$/.test(unit) ? unit : `${unit}.service`;
        return entries.filter((entry) => entry.unit === full);
      },
    };
  }

  return {
    requests: async (since, until) => (await live()).ledger.counts(since, until),
    latency: async (share, since, until) => (await live()).ledger.percentile(share, since, until),
    async get(url) {
      onAct();
      const [, name = '', port = '80', target = '/'] = /^http:\/\/([\w.-]+)(?::(\d+))?(\/.*)?$/.exec(url) ?? [];
      const request = { method: 'GET', target, headers: { host: name }, body: new Uint8Array() };
      const answer = await machine.network.request(name, Number(port), request);
      if (typeof answer === 'string') throw noAnswer(url, answer);
      const text = new TextDecoder().decode(answer.body);
      return { ...answer, text, json: () => JSON.parse(text) };
    },
    async during(script) {
      onAct();
      await live();
      const begun = kernel.now();
      const result = await shell.run(script, { terminal: 'check' });
      const requests = (await live()).ledger.counts(begun, kernel.now());
      return { ...result, requests, ms: kernel.now() - begun };
    },
    host,
    async query(expression, at) {
      const { store } = await prometheus();
      const result = query(store, expression, at ?? kernel.now());
      if (!result.ok) throw new Error(`${expression}: ${result.message}`);
      const { value } = result;
      if (value.type === 'scalar') return value.value;
      if (value.type !== 'vector' || value.samples.length > 1)
        throw new Error(`${expression} gives a ${value.type}, and no single value`);
      return value.samples[0]?.value;
    },
    async alerts() {
      return (await prometheus()).alerts().flatMap(({ labels, state, activeAt, firedAt }) => {
        if (state === 'inactive') return [];
        return [{ name: getLabel(labels, 'alertname'), state, since: firedAt ?? activeAt }];
      });
    },
    async timeline() {
      await live();
      return timelineOf(kernel.log.entries());
    },
  };
}

function missing(host: string, path: string, code: string): CheckStop {
  return new CheckStop(
    failed({
      expected: { es: `un archivo \`${path}\` en ${host}`, en: `a file \`${path}\` on ${host}` },
      found: { es: `no se puede leer (${code})`, en: `it cannot be read (${code})` },
      where: { command: `ssh ${host} cat ${path}` },
      next: {
        es: `Mira qué hay allí: \`ssh ${host} ls -l ${path.slice(0, path.lastIndexOf('/')) || '/'}\`.`,
        en: `Look at what is there: \`ssh ${host} ls -l ${path.slice(0, path.lastIndexOf('/')) || '/'}\`.`,
      },
    }),
  );
}

function noAnswer(url: string, failure: string): CheckStop {
  return new CheckStop(
    failed({
      expected: { es: `una respuesta de ${url}`, en: `an answer from ${url}` },
      found: { es: `ninguna (${failure})`, en: `none (${failure})` },
      where: { service: `GET ${url}` },
      next: {
        es: 'Pide lo mismo con curl, y mira el servicio con `systemctl status` y `journalctl`.',
        en: 'Ask for the same with curl, and look at the service with `systemctl status` and `journalctl`.',
      },
    }),
  );
}
