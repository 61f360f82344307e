// A request to the REST interface as `gh api` makes it: method, path, and a body out of fields.
import { GhStop, type Given } from '../given.ts';
import type { Place } from '../place.ts';
import { readInput } from '../texts.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface ApiRequest {
  readonly place: Place;
  readonly method: string;
  /** Behind `repos/OWNER/NAME/`. */
  readonly rest: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** Ends a request with what the interface answers when it cannot do it. */
export class ApiStop extends Error {
  readonly status: number;
  readonly errors: readonly Json[];

  constructor(status: number, message: string, errors: readonly Json[] = []) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** For what the interface has and the sandbox has not. */
export const notHere = ({ method, place, rest }: Pick<ApiRequest, 'method' | 'place' | 'rest'>): GhStop =>
  new GhStop(`gh: '${method} repos/${place.fullName}${rest === '' ? '' : `/${rest}`}' is not part of this sandbox`);
export const notFound = (): ApiStop => new ApiStop(404, 'Not Found');
export const invalid = (why: string): ApiStop => new ApiStop(422, `Invalid request.\n\n${why}`);

/** @throws GhStop for fields that are none. */
export function bodyOf(place: Place, given: Given): JsonObject {
  const input = given.value('input');
  if (input !== undefined) {
    const text = readInput(place, input);
    try {
      const value = JSON.parse(text) as Json;
      if (isObject(value)) return value;
    } catch {
      // Told below.
    }
    throw new ApiStop(400, 'Problems parsing JSON');
  }
  let body: JsonObject = {};
  for (const text of given.values('raw-field')) body = put(body, ...pairOf(text));
  for (const text of given.values('field')) {
    const [key, value] = pairOf(text);
    body = put(body, key, value === undefined ? undefined : typed(place, value));
  }
  return body;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A value that is missing means an empty list: `-f "labels[]"`. */
function pairOf(text: string): readonly [key: string, value: string | undefined] {
  const at = text.indexOf('=');
  if (at >= 0) return [text.slice(0, at), text.slice(at + 1)];
  if (text.endsWith('[]')) return [text, undefined];
  throw new GhStop(`field "${text}" requires a value separated by an '=' sign`);
}

/** The manual, `gh api`, `--field`: true, false, null and whole numbers are taken as such, `@file` is read. */
function typed(place: Place, text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  if (/^-?\d+$/.test(text)) return Number(text);
  if (text.startsWith('@')) return readInput(place, text.slice(1));
  const [owner = '', name = ''] = place.fullName.split('/');
  return text.replaceAll('{owner}', owner).replaceAll('{repo}', name);
}

/** `checks[strict]=…`, `contexts[]=…`, `rules[][type]=…`: keys of keys, as the manual has them. */
function put(body: JsonObject, key: string, value: Json | undefined): JsonObject {
  const [, first, rest = ''] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key) ?? [];
  const steps = [first, ...[...rest.matchAll(/\[([^[\]]*)\]/g)].map(([, step]) => step)];
  if (first === undefined || steps.includes('__proto__')) throw new GhStop(`invalid key: "${key}"`);
  return placed(body, steps as readonly string[], value) as JsonObject;
}

function placed(before: Json | undefined, [step, ...rest]: readonly string[], value: Json | undefined): Json {
  if (step === undefined) return value === undefined ? '' : value;
  if (step !== '') {
    if (before !== undefined && !isObject(before)) throw new GhStop(`expected map type under "${step}"`);
    return { ...before, [step]: placed(before?.[step], rest, value) };
  }
  if (before !== undefined && !Array.isArray(before)) throw new GhStop('expected array type under a key with []');
  const list = (before ?? []) as readonly Json[];
  if (rest.length === 0) return value === undefined ? list : [...list, value];
  // A new entry of a list begins where the last one has this key already.
  const last = list.at(-1);
  const [next = ''] = rest;
  const goesOn = next !== '' && isObject(last) && !Object.hasOwn(last, next);
  return goesOn ? [...list.slice(0, -1), placed(last, rest, value)] : [...list, placed(undefined, rest, value)];
}
