// `gh api`: the part of the REST interface that is here.
import { mayDo, tokenOf } from '../../../forge/index.ts';
import { GhStop, readFlags } from '../given.ts';
import { printJson } from '../json.ts';
import type { Place } from '../place.ts';
import { mayAsk, REFUSAL } from '../scopes.ts';
import { artifacts } from './artifacts.ts';
import { auditLog } from './audit.ts';
import { dispatches } from './dispatches.ts';
import { hooks } from './hooks.ts';
import { issues } from './issues.ts';
import { packages } from './packages.ts';
import { protection } from './protection.ts';
import { pulls } from './pulls.ts';
import { refs } from './refs.ts';
import { releases, tokenPermissions } from './releases.ts';
import { repository } from './repository.ts';
import { type ApiRequest, ApiStop, bodyOf, type Json, type JsonObject, notFound } from './request.ts';
import { rulesets, rulesOfBranch } from './rulesets.ts';
import { environments, runs } from './runs.ts';

export const apiFlags = {
  'field F=': 'Add a typed parameter in `key=value` format',
  'header H=': 'Add a HTTP request header in `key:value` format',
  'input=': 'The `file` to use as body for the HTTP request (use "-" to read from standard input)',
  'jq q=': 'Query to select values from the response using jq syntax',
  'method X=': 'The HTTP `method` for the request (default "GET")',
  paginate: 'Make additional HTTP requests to fetch all pages of results',
  'raw-field f=': 'Add a string parameter in `key=value` format',
  silent: 'Do not print the response body',
} as const;

export async function api(place: Place, args: readonly string[]): Promise<number> {
  const given = readFlags(args, Object.keys(apiFlags));
  const [asked] = given.words;
  if (asked === undefined || given.words.length > 1)
    throw new GhStop(`accepts 1 arg(s), received ${given.words.length}`);
  try {
    const hasBody = ['field', 'raw-field', 'input'].some((flag) => given.value(flag) !== undefined);
    const method = given.value('method')?.toUpperCase() ?? (hasBody ? 'POST' : 'GET');
    const body = bodyOf(place, given);
    const value = await answer(place, method, method === 'GET' ? withQuery(asked, body) : asked, body);
    if (value instanceof Uint8Array) {
      if (!given.has('silent')) place.io.stdout(value);
      return 0;
    }
    return given.has('silent') || value === undefined ? 0 : await printJson(place, value, given.value('jq'));
  } catch (error) {
    if (!(error instanceof ApiStop)) throw error;
    const { message, status, errors } = error;
    const body = {
      message,
      ...(errors.length > 0 && { errors }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(status),
    };
    if (!given.has('silent')) await printJson(place, body, undefined);
    const told = errors.filter((one) => typeof one === 'string').join('\n');
    throw new GhStop(`gh: ${message} (HTTP ${status})${told === '' ? '' : `\n${told}`}`);
  }
}

/** The manual, `gh api`: fields of a GET request stand in its query. */
function withQuery(asked: string, fields: JsonObject): string {
  const pairs = Object.entries(fields).map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`);
  return pairs.length === 0 ? asked : `${asked}${asked.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

type Handler = (
  request: ApiRequest,
  ...parts: readonly (string | undefined)[]
) => Promise<Json | Uint8Array | undefined> | Json | Uint8Array | undefined;

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** Addresses behind `repos/OWNER/NAME`, and who answers them. */
const routes: readonly (readonly [RegExp, Handler])[] = [
  [/^$/, repository],
  [/^branches\/(.+?)\/protection(?:\/([\w_]+))?$/, (request, branch = '', part) => protection(request, branch, part)],
  [/^rulesets(?:\/(\d+))?$/, (request, id) => rulesets(request, id === undefined ? undefined : Number(id))],
  [/^rules\/branches\/(.+)$/, ({ place }, branch = '') => rulesOfBranch(place, branch)],
  [
    /^pulls(?:\/(\d+)(?:\/(\w+))?)?$/,
    (request, number, part) => pulls(request, number === undefined ? undefined : Number(number), part),
  ],
  [/^issues(?:\/(\d+)(?:\/(\w+))?)?$/, (request, number, part) => issues(request, numberOf(number), part)],
  [/^releases(?:\/(latest|tags\/.+))?$/, (request, which) => releases(request, which)],
  [/^git\/(refs|ref|matching-refs)(?:\/(.+))?$/, (request, kind = '', name) => refs(request, kind, name)],
  [/^actions\/permissions\/workflow$/, tokenPermissions],
  [/^environments$/, environments],
  [/^dispatches$/, dispatches],
  [
    /^hooks(?:\/(\d+)(?:\/(\w+)(?:\/(\d+)(?:\/(\w+))?)?)?)?$/,
    (request, id, part, delivery, act) => hooks(request, numberOf(id), part, numberOf(delivery), act),
  ],
  [/^actions\/runs\/(\d+)\/artifacts$/, (request, run) => artifacts(request, { run: numberOf(run) })],
  [
    /^actions\/artifacts(?:\/(\d+)(?:\/(\w+))?)?$/,
    (request, id, part) => artifacts(request, { id: numberOf(id), part }),
  ],
  [
    /^actions\/runs(?:\/(\d+)(?:\/(\w+))?)?$/,
    (request, run, part) => runs(request, run === undefined ? undefined : Number(run), part),
  ],
];

/** @throws ApiStop for what the interface refuses, GhStop for what is not here. */
export async function answer(
  place: Place,
  method: string,
  asked: string,
  body: ApiRequest['body'],
): Promise<Json | Uint8Array | undefined> {
  const [owner = '', name = ''] = place.fullName.split('/');
  const [path = '', search = ''] = asked
    .replace(/^\//, '')
    .replaceAll('{owner}', owner)
    .replaceAll('{repo}', name)
    .split('?');
  const query = Object.fromEntries(
    search.split('&').map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]),
  );
  if (path === 'user') return { login: place.login, type: 'User' };
  if (path.startsWith(`orgs/${owner}/packages`) && method === 'GET') {
    const token = tokenOf(place.io.machine);
    if (token !== undefined && !mayDo(token.permissions, 'packages', 'read')) throw new ApiStop(403, REFUSAL);
    return packages(place, path.slice(`orgs/${owner}/`.length), query);
  }
  if (path === `orgs/${owner}/audit-log` && method === 'GET') return auditLog(place, query.phrase ?? '');
  const [, full, rest = ''] = /^repos\/([^/]+\/[^/]+)(?:\/(.*))?$/.exec(path) ?? [];
  if (full === undefined) throw new GhStop(`gh: '${method} ${path}' is not part of this sandbox`);
  if (full !== place.fullName) throw notFound();
  if (!mayAsk(tokenOf(place.io.machine), method, rest)) throw new ApiStop(403, REFUSAL);
  for (const [pattern, handler] of routes) {
    const found = pattern.exec(rest);
    if (found !== null)
      return handler(
        { place, method, rest, query, body },
        ...found.slice(1).map((part) => part && decodeURIComponent(part)),
      );
  }
  throw new GhStop(`gh: '${method} ${path}' is not part of this sandbox`);
}
