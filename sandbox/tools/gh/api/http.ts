// The REST interface as HTTP, for the jobs of workflows: `github` of actions/github-script asks it with the job's token.
import { tokenOf } from '../../../forge/index.ts';
import type { HttpRequest, HttpResponse, Machine } from '../../../machine/index.ts';
import type { Ci } from '../../../pipeline/index.ts';
import { GhStop } from '../given.ts';
import { openPlace } from '../place.ts';
import { answer } from './index.ts';
import { ApiStop, isObject, type Json } from './request.ts';

const ROOT = '/api/v3/';

export async function answerApi(machine: Machine, ci: Ci, request: HttpRequest): Promise<HttpResponse> {
  try {
    const token = tokenOf(machine);
    const [, given] = /^(?:bearer|token) (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined || !request.target.startsWith(ROOT)) throw new ApiStop(404, 'Not Found');
    if (given !== token.value) throw new ApiStop(401, 'Bad credentials');
    const io = {
      machine,
      cwd: '/',
      env: { GH_TOKEN: given },
      stdin: new Uint8Array(),
      isTerminal: false,
      columns: 80,
      stdout: () => {},
      stderr: () => {},
      signal: { aborted: false, addEventListener: () => {}, removeEventListener: () => {} },
    };
    const place = openPlace(io as unknown as Parameters<typeof openPlace>[0], ci, token.repository);
    const text = new TextDecoder().decode(request.body);
    const body = text === '' ? {} : (JSON.parse(text) as Json);
    const value = await answer(place, request.method, request.target.slice(ROOT.length), isObject(body) ? body : {});
    return value instanceof Uint8Array ? respond(200, value) : respond(value === undefined ? 204 : 200, jsonOf(value));
  } catch (error) {
    if (error instanceof ApiStop) {
      const { status, message, errors } = error;
      return respond(status, jsonOf({ message, ...(errors.length > 0 && { errors }), status: String(status) }));
    }
    if (error instanceof GhStop) return respond(501, jsonOf({ message: error.message.replace(/^gh: /, '') }));
    if (error instanceof SyntaxError) return respond(400, jsonOf({ message: 'Problems parsing JSON' }));
    throw error;
  }
}

const jsonOf = (value: Json | undefined): Uint8Array =>
  new TextEncoder().encode(value === undefined ? '' : JSON.stringify(value));

function respond(status: number, body: Uint8Array): HttpResponse {
  const headers = [
    ['Content-Type', 'application/json; charset=utf-8'],
    ['Content-Length', String(body.length)],
  ] as const;
  return { status, statusText: status < 300 ? 'OK' : 'Error', headers, body };
}
