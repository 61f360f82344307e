// fetch, to the services of the sandbox: there is no other network.
import { host } from 'node:internal/host';
import { operation } from 'node:internal/operations';
import { URL } from 'node:url';

export class Headers {
  #entries = new Map();
  constructor(init = {}) {
    const pairs = typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init);
    for (const [name, value] of pairs) this.append(name, value);
  }
  append(name, value) {
    const before = this.get(name);
    this.set(name, before === null ? value : `${before}, ${value}`);
  }
  set(name, value) {
    this.#entries.set(String(name).toLowerCase(), String(value).trim());
  }
  get(name) {
    return this.#entries.get(String(name).toLowerCase()) ?? null;
  }
  has(name) {
    return this.#entries.has(String(name).toLowerCase());
  }
  delete(name) {
    this.#entries.delete(String(name).toLowerCase());
  }
  forEach(action) {
    for (const [name, value] of this) action(value, name, this);
  }
  *entries() {
    yield* [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1));
  }
  *keys() {
    for (const [name] of this) yield name;
  }
  *values() {
    for (const [, value] of this) yield value;
  }
  [Symbol.iterator]() {
    return this.entries();
  }
}

function bytesOf(body, headers) {
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (ArrayBuffer.isView(body)) return body;
  const isForm = body instanceof globalThis.URLSearchParams;
  const type = isForm ? 'application/x-www-form-urlencoded;charset=UTF-8' : 'text/plain;charset=UTF-8';
  if (!headers.has('content-type')) headers.set('content-type', type);
  return new Uint8Array(host.encode(String(body)));
}

class Body {
  #bytes;
  bodyUsed = false;
  constructor(body, headers) {
    this.#bytes = bytesOf(body, headers);
  }
  async #take() {
    if (this.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
    this.bodyUsed = true;
    return this.#bytes;
  }
  async bytes() {
    return new Uint8Array(await this.#take());
  }
  async arrayBuffer() {
    const bytes = await this.#take();
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  }
  async text() {
    return host.decode(await this.arrayBuffer());
  }
  async json() {
    return JSON.parse(await this.text());
  }
}

export class Request extends Body {
  constructor(input, init = {}) {
    const headers = new Headers(init.headers ?? input.headers);
    super(init.body, headers);
    this.url = new URL(typeof input === 'object' && 'url' in input ? input.url : String(input)).href;
    this.method = (init.method ?? input.method ?? 'GET').toUpperCase();
    this.headers = headers;
    this.signal = init.signal;
  }
}

export class Response extends Body {
  constructor(body, { status = 200, statusText = '', headers } = {}) {
    const made = new Headers(headers);
    super(body, made);
    Object.assign(this, {
      status,
      statusText,
      headers: made,
      ok: status >= 200 && status < 300,
      redirected: false,
      type: 'default',
      url: '',
    });
  }
  static json(data, init = {}) {
    const headers = new Headers(init.headers);
    headers.set('content-type', 'application/json');
    return new Response(JSON.stringify(data), { ...init, headers });
  }
}

const MOST_REDIRECTS = 20;

export async function fetch(input, init) {
  let request = new Request(input, init);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await send(request);
    const location = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null || init?.redirect === 'manual') {
      return Object.assign(response, { redirected: redirects > 0 });
    }
    const keepsMethod = response.status >= 307 || request.method === 'GET' || request.method === 'HEAD';
    request = new Request(
      new URL(location, request.url).href,
      keepsMethod ? init : { ...init, method: 'GET', body: undefined },
    );
  }
  throw failed({ message: 'redirect count exceeded' });
}

function failed(cause) {
  return new TypeError('fetch failed', { cause });
}

async function send(request) {
  const url = new URL(request.url);
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const body = await request.arrayBuffer();
  const headers = { host: url.host, connection: 'keep-alive', ...Object.fromEntries(request.headers) };
  if (body.byteLength > 0) headers['content-length'] = String(body.byteLength);
  headers['user-agent'] ??= 'node';
  headers.accept ??= '*/*';
  const head = JSON.stringify({ method: request.method, target: `${url.pathname}${url.search}`, headers });
  const answer = operation((id) => host.request(id, url.hostname, port, head, body));
  try {
    const { status, statusText, headers: got, body: bytes } = await Promise.race([answer, aborted(request.signal)]);
    return Object.assign(new Response(bytes, { status, statusText, headers: got }), { url: request.url });
  } catch (reason) {
    if (typeof reason !== 'string') throw reason;
    throw failed(causeOf(reason, url.hostname, port));
  }
}

function aborted(signal) {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason));
  });
}

export function causeOf(code, hostname, port) {
  const known = {
    ECONNREFUSED: [
      `connect ECONNREFUSED 127.0.0.1:${port}`,
      { errno: -111, code, syscall: 'connect', address: '127.0.0.1', port },
    ],
    ENOTFOUND: [`getaddrinfo ENOTFOUND ${hostname}`, { errno: -3008, code, syscall: 'getaddrinfo', hostname }],
    ECONNRESET: ['other side closed', { name: 'SocketError', code: 'UND_ERR_SOCKET' }],
  };
  const [message, fields] = known[code] ?? [code, { code }];
  return Object.assign(new Error(message), fields);
}
