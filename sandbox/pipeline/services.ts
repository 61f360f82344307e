// `services` of a job: a container each, with a program of the sandbox in it, that answers at the ports that the job maps.
import { type Command, createMachine, createShell, type HttpHandler, type Machine } from '../machine/index.ts';
import { missingCredential, textsOf } from './container.ts';
import { type Health, readContainerOptions } from './container-options.ts';
import { type Json, resolveMap, type Scope, textOf } from './expression.ts';
import { clientsIn, type Image, images } from './images.ts';
import { type JobSession, place, type RunnerSurroundings, type ServicesContext } from './session.ts';
import { refusals } from './words.ts';
import type { ValueMap } from './workflow.ts';

export type ServicesStart =
  | { readonly ok: true; readonly context: ServicesContext }
  | { readonly ok: false; readonly service: string; readonly why: string };

/** Docker's own range for a port that nobody chose: that of the system ("ip_local_port_range"). */
const EPHEMERAL = { low: 32_768, high: 60_999 } as const;
/** The first process of a machine: containers are no children of the job's steps. */
const PID = 1;
/** Simulated ms to bring an image and make its container. */
const PULL_MS = 2500;
/** What passes from the last container's start to the first step. */
const SETTLE_MS = 1000;
/** A program of one's own has so much time to come to listen before the job goes on without it. */
const TURNS = 100;
const TURN_MS = 50;
const APP = '/app';

/** A container that runs. */
interface Service {
  readonly name: string;
  readonly image: string;
  readonly machine: Machine;
  readonly commands: readonly Command[];
  readonly startedAt: number;
  readonly health?: Health;
}

/**
 * Starts the services of a job and waits until those with a health check are healthy. A service whose image is '' is left out, as
 * the product does. They are reached by their names when the job has a container, else at the ports of the runner.
 */
export async function startServices(
  services: ValueMap,
  scope: Scope,
  session: JobSession,
  surroundings: RunnerSurroundings,
): Promise<ServicesStart> {
  const { machine } = session;
  const { language } = machine;
  const context: { [id: string]: ServicesContext[string] } = {};
  const hex = machine.kernel.random('services');
  const digits = (length: number): string => Array.from({ length }, () => hex.integer(0, 15).toString(16)).join('');
  const network = `github_network_${digits(32)}`;
  const started: Service[] = [];
  if (session.isContained) session.container = { id: digits(64), network };
  for (const [service, value] of Object.entries(resolveMap(services, scope))) {
    const told = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { image: value };
    const { image, ports, env, options, credentials, ...others } = told as { readonly [key: string]: Json };
    const name = textOf(image ?? '');
    if (name === '') continue;
    const fail = (why: string): ServicesStart => ({ ok: false, service, why });
    const [other] = Object.keys(others);
    if (other !== undefined) return fail(refusals.containerKey(`services.${service}`, other)[language]);
    const asked = readContainerOptions(textOf(options ?? ''), `services.${service}`, language);
    if ('why' in asked) return fail(asked.why);
    const lacking = missingCredential(credentials);
    if (lacking !== undefined) return fail(lacking);
    const id = digits(64);
    const given = { hostname: asked.hostname ?? id.slice(0, 12), env: { ...textsOf(env), ...asked.env } };
    machine.kernel.advance(PULL_MS);
    const made = await makeContainer(name, given, machine, surroundings);
    if (typeof made === 'string') return fail(made);
    const one: Service = {
      ...made,
      name: service,
      image: name,
      startedAt: machine.kernel.now(),
      ...(asked.health && { health: asked.health }),
    };
    started.push(one);
    const mapped: Record<string, string> = {};
    for (const entry of [ports ?? []].flat() as readonly Json[]) {
      const [, host, container = ''] = /^(?:(\d+):)?(\d+)(?:\/tcp)?$/.exec(textOf(entry)) ?? [];
      if (container === '') return fail(refusals.port(service, textOf(entry))[language]);
      const number = host === undefined ? freePort(machine) : Number(host);
      // What is mapped is a port of the runner: a job in a container asks for the service by its name.
      if (!session.isContained && machine.network.listen(number, PID, through(one, Number(container))) === undefined)
        return fail(`Bind for 0.0.0.0:${number} failed: port is already allocated`);
      mapped[container] = String(number);
    }
    if (session.isContained) session.hosts.set(service, one.machine.network);
    context[service] = { id, network, ports: mapped };
  }
  if (started.length > 0) machine.kernel.advance(SETTLE_MS);
  const ill = await awaitHealth(started, session, surroundings);
  return ill === undefined
    ? { ok: true, context }
    : { ok: false, service: ill.one.name, why: `Failed to initialize container ${ill.one.image}\n${ill.why}` };
}

/** Nobody listens at that port within the container, or not yet: the connection is taken and closed at once. */
function through({ machine }: Service, port: number): HttpHandler {
  return async (request) => {
    const answer = await machine.network.request('localhost', port, request);
    return answer === 'ECONNREFUSED' ? 'ECONNRESET' : answer;
  };
}

/** @returns why there is no such container. */
async function makeContainer(
  image: string,
  { hostname, env }: { readonly hostname: string; readonly env: Readonly<Record<string, string>> },
  { kernel, language }: Machine,
  surroundings: RunnerSurroundings,
): Promise<Pick<Service, 'machine' | 'commands'> | string> {
  const machine = createMachine({ kernel, language, hostname, user: 'root', home: '/root', hangs: true });
  const { files, network } = machine;
  const name = image.replace(/^(?:docker\.io|index\.docker\.io)\/(?:library\/)?/, '');
  const known = name.replace(/(?::[\w.-]+)?(?:@sha256:\w+)?$/, '');
  const program = Object.hasOwn(images, known) ? images[known] : undefined;
  if (program === undefined) {
    const app = surroundings.image?.(image);
    if (app === undefined) return refusals.image(image, Object.keys(images))[language];
    if (typeof app === 'string') return app;
    for (const [path, bytes] of Object.entries(app.files)) place(machine, `${APP}/${path}`, bytes);
    const shell = createShell(machine, surroundings.commands, undefined, { pause: surroundings.pause });
    const given = Object.entries(env).map(([key, value]) => `export ${key}='${value.replaceAll("'", "'\\''")}'`);
    await shell.run([...given, `cd ${APP}`, `${app.start} &`].join('\n'));
    for (let turn = 0; turn < TURNS && network.ports().length === 0; turn++) {
      kernel.advance(TURN_MS);
      await surroundings.pause();
    }
    return { machine, commands: surroundings.commands };
  }
  const refused = program.refuses?.(env);
  if (refused !== undefined) return refused;
  const port = typeof program.port === 'number' ? program.port : program.port(env);
  kernel.schedule(program.startMs, () => void network.listen(port, PID, answersOf(program, { hostname, env })));
  // For what the image itself asks with: nginx has curl, a database its own client, whoami no shell at all.
  const commands = program.http === undefined ? clientsIn(program) : known === 'nginx' ? surroundings.commands : [];
  files.mkdir(APP, { recursive: true });
  return { machine, commands };
}

function answersOf({ http, greeting = '' }: Image, given: Parameters<NonNullable<Image['http']>>[0]): HttpHandler {
  const spoken = http?.(given);
  return async (request) => {
    if (request.method === greeting) return { status: 200, statusText: greeting, headers: [], body: new Uint8Array() };
    return spoken?.(request) ?? 'ECONNRESET';
  };
}

/** "Options for docker create": a check runs each interval; the job begins when all are healthy. @returns one that will not be. */
async function awaitHealth(
  services: readonly Service[],
  session: JobSession,
  { pause }: RunnerSurroundings,
): Promise<{ readonly one: Service; readonly why: string } | undefined> {
  const { kernel } = session.machine;
  const open = services.flatMap((one) =>
    one.health === undefined ? [] : [{ one, health: one.health, at: one.startedAt + one.health.interval, failures: 0 }],
  );
  while (open.length > 0) {
    const [next] = open.sort((a, b) => a.at - b.at);
    if (next === undefined) break;
    kernel.advance(Math.max(0, next.at - kernel.now()));
    if (session.cancelled) return undefined;
    const { one, health } = next;
    const shell = createShell(one.machine, one.commands, undefined, { pause });
    const { exitCode, stdout, stderr } = await shell.run(health.command, { asScript: true });
    if (exitCode === 0) {
      session.log(`${one.name} service is healthy.`);
      open.splice(open.indexOf(next), 1);
      continue;
    }
    if (next.at - one.startedAt > health.startPeriod) next.failures += 1;
    if (next.failures >= health.retries) {
      const said = `${stdout}${stderr}`.trim();
      return {
        one,
        why: `${one.name} service is unhealthy: ${health.command} (${exitCode})${said === '' ? '' : `: ${said}`}`,
      };
    }
    next.at += health.interval;
  }
  return undefined;
}

function freePort({ kernel, network }: Machine): number {
  const taken = new Set(network.ports().map(({ port }) => port));
  for (;;) {
    const port = kernel.random('services').integer(EPHEMERAL.low, EPHEMERAL.high);
    if (!taken.has(port)) return port;
  }
}
