// `options` of a container: those of `docker create` that mean something here.
import type { Language } from '../machine/index.ts';
import { refusals } from './words.ts';

export interface Health {
  /** A line for the shell of the container. */
  readonly command: string;
  /** Simulated ms. */
  readonly interval: number;
  /** Failures within so many ms of the start do not count. */
  readonly startPeriod: number;
  /** So many failures in a row make it unhealthy. */
  readonly retries: number;
}

export type ContainerOptions =
  | {
      readonly hostname?: string;
      readonly user?: string;
      readonly env: Readonly<Record<string, string>>;
      readonly health?: Health;
    }
  | { readonly why: string };

/** "docker container create", options: the defaults of a health check. */
const INTERVAL = 30_000;
const RETRIES = 3;

/** They change nothing that a step could see here. */
const without = new Set(['--name', '--network-alias', '--cpus', '--memory', '-m', '--shm-size', '--health-timeout']);
const flags = new Set(['--rm', '--init', '--privileged', '--read-only', '-i', '-t', '--no-healthcheck']);

/** @param where `services.db`, `container` */
export function readContainerOptions(text: string, where: string, language: Language): ContainerOptions {
  const words = [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([one]) => one.replace(/["']/g, ''));
  const env: Record<string, string> = {};
  const said = new Map<string, string>();
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (flags.has(word)) continue;
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const flag = equals < 0 ? word : word.slice(0, equals);
    const value = equals < 0 ? (words.shift() ?? '') : word.slice(equals + 1);
    if (flag === '-e' || flag === '--env') {
      const at = value.indexOf('=');
      if (at > 0) env[value.slice(0, at)] = value.slice(at + 1);
    } else if (flag === '-h' || flag === '--hostname') said.set('hostname', value);
    else if (flag === '-u' || flag === '--user') said.set('user', value);
    else if (flag.startsWith('--health-')) said.set(flag.slice(2), value);
    else if (!without.has(flag)) return { why: refusals.containerOption(where, flag)[language] };
  }
  const command = said.get('health-cmd') ?? '';
  const durations = ['health-interval', 'health-start-period'].map((name) => duration(said.get(name)));
  const bad = durations.findIndex((one) => Number.isNaN(one));
  if (bad >= 0) {
    const name = ['health-interval', 'health-start-period'][bad] ?? '';
    return {
      why: `invalid argument "${said.get(name)}" for "--${name}" flag: time: invalid duration "${said.get(name)}"`,
    };
  }
  const [interval = INTERVAL, startPeriod = 0] = durations;
  const health = { command, interval, startPeriod, retries: Number(said.get('health-retries') ?? RETRIES) || RETRIES };
  return {
    env,
    ...(said.has('hostname') && { hostname: said.get('hostname') }),
    ...(said.has('user') && { user: said.get('user') }),
    ...(command !== '' && command !== 'none' && { health }),
  } as ContainerOptions;
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `1m30s` in ms; NaN for what is none. */
function duration(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) return text === '0' ? 0 : Number.NaN;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, number, unit = '']) => sum + Number(number) * (units[unit] ?? 0),
    0,
  );
}
