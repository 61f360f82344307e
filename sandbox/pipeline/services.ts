// `services` of a job: programs of the sandbox that stand for a few images, and answer at the ports that the job maps.
import type { Language, Machine } from '../machine/index.ts';
import { type Json, resolveMap, type Scope, textOf } from './expression.ts';
import { type Container, whoami } from './whoami.ts';
import { refusals } from './words.ts';
import type { ValueMap } from './workflow.ts';

/** By the image's name without its tag, and without the host of Docker Hub. */
const images: Readonly<Record<string, (container: Container) => ReturnType<typeof whoami>>> = {
  'traefik/whoami': whoami,
};

/** The context `job.services`, by the service's id ("Contexts reference"). */
export type ServicesContext = {
  readonly [id: string]: {
    readonly id: string;
    readonly network: string;
    readonly ports: { readonly [port: string]: string };
  };
};

export type ServicesStart =
  | { readonly ok: true; readonly context: ServicesContext }
  | { readonly ok: false; readonly service: string; readonly why: string };

/** Docker's own range for a port that nobody chose: that of the system ("ip_local_port_range"). */
const EPHEMERAL = { low: 32_768, high: 60_999 } as const;
/** The first process of a machine: containers are no children of the job's steps. */
const PID = 1;

/** Starts the services of a job on its machine. A service whose image is '' is left out, as the product does. */
export function startServices(services: ValueMap, scope: Scope, machine: Machine): ServicesStart {
  const context: { [id: string]: ServicesContext[string] } = {};
  const hex = machine.kernel.random('services');
  const digits = (length: number): string => Array.from({ length }, () => hex.integer(0, 15).toString(16)).join('');
  for (const [service, value] of Object.entries(resolveMap(services, scope))) {
    const told = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { image: value };
    const { image, ports, env, options, ...others } = told as { readonly [key: string]: Json };
    const name = textOf(image ?? '');
    if (name === '') continue;
    const fail = (why: string): ServicesStart => ({ ok: false, service, why });
    const { language } = machine;
    const program =
      images[name.replace(/^(?:docker\.io|index\.docker\.io)\//, '').replace(/(?::[\w.-]+)?(?:@sha256:\w+)?$/, '')];
    if (program === undefined) return fail(refusals.image(name, Object.keys(images))[language]);
    const [other] = Object.keys(others);
    if (other !== undefined) return fail(refusals.serviceKey(service, other)[language]);
    const asked = readOptions(textOf(options ?? ''), language);
    if ('why' in asked) return fail(asked.why);
    const id = digits(64);
    const given = { ...textsOf(env), ...asked.env };
    const { port: inside, answer } = program({ hostname: asked.hostname ?? id.slice(0, 12), env: given });
    const mapped: Record<string, string> = {};
    for (const one of [ports ?? []].flat() as readonly Json[]) {
      const [, host, container = ''] = /^(?:(\d+):)?(\d+)(?:\/tcp)?$/.exec(textOf(one)) ?? [];
      if (container === '') return fail(refusals.port(service, textOf(one))[language]);
      const number = host === undefined ? freePort(machine) : Number(host);
      // Nobody listens at another port within the container: the connection is taken and closed at once.
      const listener = Number(container) === inside ? answer : () => Promise.resolve('ECONNRESET' as const);
      if (machine.network.listen(number, PID, listener) === undefined)
        return fail(`Bind for 0.0.0.0:${number} failed: port is already allocated`);
      mapped[container] = String(number);
    }
    context[service] = { id, network: `github_network_${digits(32)}`, ports: mapped };
  }
  return { ok: true, context };
}

function freePort({ kernel, network }: Machine): number {
  const taken = new Set(network.ports().map(({ port }) => port));
  for (;;) {
    const port = kernel.random('services').integer(EPHEMERAL.low, EPHEMERAL.high);
    if (!taken.has(port)) return port;
  }
}

function textsOf(value: Json | undefined): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, textOf(one)]));
}

type Options =
  | { readonly hostname?: string; readonly env: Readonly<Record<string, string>> }
  | { readonly why: string };

/** Those of `docker create` that mean something here: `--name`, `--hostname`, `-e`/`--env`. */
function readOptions(text: string, language: Language): Options {
  const words = text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)?.map((one) => one.replace(/["']/g, '')) ?? [];
  const env: Record<string, string> = {};
  let hostname: string | undefined;
  while (words.length > 0) {
    const [flag = '', ...rest] = (words.shift() ?? '').split('=');
    const value = flag.startsWith('--') && rest.length > 0 ? rest.join('=') : (words.shift() ?? '');
    if (flag === '--hostname' || flag === '-h') hostname = value;
    else if (flag === '-e' || flag === '--env') {
      const at = value.indexOf('=');
      if (at > 0) env[value.slice(0, at)] = value.slice(at + 1);
    } else if (flag !== '--name') return { why: refusals.serviceOption(flag)[language] };
  }
  return { env, ...(hostname !== undefined && { hostname }) };
}
