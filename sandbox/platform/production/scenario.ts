// A scenario: the hosts of the company as they are when production begins, and the people who call them. Written in YAML by authors.
import { parse } from 'yaml';

export interface Scenario {
  readonly hosts: readonly HostPlan[];
  readonly buyers: readonly Buyers[];
  readonly scrape: readonly ScrapeJob[];
}

/** Targets whose metrics are collected, as `scrape_configs` of Prometheus names them. */
export interface ScrapeJob {
  readonly job: string;
  readonly path: string;
  readonly targets: readonly { readonly host: string; readonly port: number }[];
}

export interface HostPlan {
  readonly name: string;
  /** Path → text. */
  readonly files: Readonly<Record<string, string>>;
  /** A shell script that prepares the host before anybody calls. */
  readonly setup: string;
  /** Ms that node takes to start there. */
  readonly startUp: number;
  /** Ms of work that one request takes beside what the program computes. */
  readonly request: number;
}

/** A stream of people who call one address, at chance moments (a Poisson process). */
export interface Buyers {
  readonly host: string;
  readonly port: number;
  /** Requests a second. */
  readonly rate: number;
  /** Ms after which they give up. */
  readonly patience: number;
  readonly requests: readonly RequestPlan[];
}

export interface RequestPlan {
  readonly method: string;
  readonly target: string;
  readonly body: string;
  /** How often it is made among the others. */
  readonly weight: number;
}

/** @throws with the place, when the text is no scenario: an author's mistake. */
export function readScenario(text: string): Scenario {
  const all = record(parse(text, { maxAliasCount: 100 }), 'scenario', ['hosts', 'buyers', 'scrape']);
  const hosts = Object.entries(record(all.hosts, 'hosts')).map(([name, value]) => hostOf(name, value));
  const buyers = list(all.buyers ?? [], 'buyers').map((value, index) => buyersOf(value, `buyers[${index}]`));
  const unknown = buyers.find(({ host }) => !hosts.some(({ name }) => name === host));
  if (unknown !== undefined) throw new Error(`scenario: buyers call ${unknown.host}, which is no host`);
  const scrape = list(all.scrape ?? [], 'scrape').map((value, index) => scrapeOf(value, `scrape[${index}]`));
  return { hosts, buyers, scrape };
}

function hostOf(name: string, value: unknown): HostPlan {
  const at = `hosts.${name}`;
  const given = record(value, at, ['files', 'setup', 'startUp', 'request']);
  const files = Object.entries(record(given.files ?? {}, `${at}.files`));
  return {
    name,
    files: Object.fromEntries(files.map(([path, content]) => [path, text(content, `${at}.files.${path}`)])),
    setup: text(given.setup ?? '', `${at}.setup`),
    startUp: number(given.startUp ?? 600, `${at}.startUp`, 0, 600_000),
    request: number(given.request ?? 5, `${at}.request`, 0, 60_000),
  };
}

function buyersOf(value: unknown, at: string): Buyers {
  const given = record(value, at, ['to', 'rate', 'patience', 'requests']);
  const [, host, port = '80'] = /^http:\/\/([\w.-]+)(?::(\d+))?\/?$/.exec(text(given.to, `${at}.to`)) ?? [];
  if (host === undefined) throw new Error(`scenario: ${at}.to is no address like http://web-1:8080`);
  return {
    host,
    port: Number(port),
    rate: number(given.rate, `${at}.rate`, 0.001, 1000),
    patience: number(given.patience ?? 5000, `${at}.patience`, 1, 600_000),
    requests: list(given.requests, `${at}.requests`).map((one, index) => requestOf(one, `${at}.requests[${index}]`)),
  };
}

function scrapeOf(value: unknown, at: string): ScrapeJob {
  const given = record(value, at, ['job', 'path', 'targets']);
  const targets = list(given.targets, `${at}.targets`).map((one) => {
    const [, host, port] = /^([\w.-]+):(\d+)$/.exec(text(one, `${at}.targets`)) ?? [];
    if (host === undefined) throw new Error(`scenario: ${at}.targets has ${one}, which is no HOST:PORT`);
    return { host, port: Number(port) };
  });
  return { job: text(given.job, `${at}.job`), path: text(given.path ?? '/metrics', `${at}.path`), targets };
}

function requestOf(value: unknown, at: string): RequestPlan {
  const given = record(value, at, ['method', 'path', 'json', 'weight']);
  const body = given.json === undefined ? '' : JSON.stringify(given.json);
  return {
    method: text(given.method ?? (body === '' ? 'GET' : 'POST'), `${at}.method`),
    target: text(given.path, `${at}.path`),
    body,
    weight: number(given.weight ?? 1, `${at}.weight`, 0, 1000),
  };
}

function record(value: unknown, at: string, keys?: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`scenario: ${at} is no map`);
  const wrong = Object.keys(value).find((key) => keys !== undefined && !keys.includes(key));
  if (wrong !== undefined) throw new Error(`scenario: ${at} has no ${wrong}: there are ${keys?.join(', ')}`);
  return value as Readonly<Record<string, unknown>>;
}

function list(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`scenario: ${at} is no list`);
  return value;
}

function text(value: unknown, at: string): string {
  if (typeof value !== 'string') throw new Error(`scenario: ${at} is no text`);
  return value;
}

function number(value: unknown, at: string, low: number, high: number): number {
  if (typeof value !== 'number' || !(value >= low && value <= high))
    throw new Error(`scenario: ${at} is no number from ${low} to ${high}`);
  return value;
}
