// Answers of the company's own HTTP services.
import type { HttpRequest, HttpResponse } from '../machine/index.ts';

const statusTexts: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Time-out',
};

type Headers = Readonly<Record<string, string>>;

export function respond(status: number, type: string, body: string | Uint8Array, headers: Headers = {}): HttpResponse {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const all = { 'Content-Type': type, 'Content-Length': String(bytes.length), ...headers };
  return { status, statusText: statusTexts[status] ?? '', headers: Object.entries(all), body: bytes };
}

export function respondJson(status: number, value: unknown, headers: Headers = {}): HttpResponse {
  return respond(status, 'application/json', `${JSON.stringify(value)}\n`, headers);
}

/** A problem as RFC 9457 writes it. */
export function problem(status: number, detail: string, headers: Headers = {}): HttpResponse {
  const body = `${JSON.stringify({ title: statusTexts[status] ?? '', status, detail })}\n`;
  return respond(status, 'application/problem+json', body, headers);
}

/** The words of a path, decoded; undefined when an escape is broken. */
export function segmentsOf({ target }: HttpRequest): readonly string[] | undefined {
  const [path = ''] = target.split('?');
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** Who asks, as HTTP's basic authentication names them. Nobody's password is looked at: the company's network is trusted. */
export function userOf({ headers }: HttpRequest): string | undefined {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(headers.authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  return new TextDecoder().decode(fromBase64(encoded)).split(':')[0] || undefined;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648, section 4. */
function fromBase64(text: string): Uint8Array {
  const bytes: number[] = [];
  let [bits, held] = [0, 0];
  for (const letter of text.replace(/=+$/, '')) {
    held = (held << 6) | alphabet.indexOf(letter);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 255);
  }
  return Uint8Array.from(bytes);
}
