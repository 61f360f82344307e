// fetch, to the services of the sandbox: there is no other network.
import { define } from 'node:internal/errors';
import { AbortController, showing } from 'node:internal/events';
import { exchangeWith, live } from 'node:internal/exchange';
import { host } from 'node:internal/host';
import { abandonable } from 'node:internal/operations';
import { URL } from 'node:url';

const custom = Symbol.for('nodejs.util.inspect.custom');
const fault = (message, Kind = TypeError) => new Kind(message);
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** An iterator that is shown as that of its class. */
function iteratorOf(items, name) {
  const iterator = items[Symbol.iterator]();
  return Object.defineProperty(iterator, Symbol.toStringTag, { value: `${name} Iterator` });
}

/** Headers as they were given: in that order they are sent. */
let inOrder;
export class Headers {
  static {
    inOrder = (headers) => [...headers.#entries].map(([name, [, value]]) => [name, value]);
  }
  /** Under the lower-case name: the name as it was first given, and the value. */
  #entries = new Map();
  #cookies = [];
  constructor(init) {
    if (init === undefined) return;
    if (typeof init !== 'object' || init === null)
      throw fault(
        'Headers constructor: init given is not one of (sequence<sequence<ByteString>>, record<ByteString, ByteString>).',
      );
    if (init instanceof Headers) {
      for (const [key, pair] of init.#entries) this.#entries.set(key, pair);
      this.#cookies = [...init.#cookies];
      return;
    }
    const pairs = typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init);
    for (const pair of pairs) {
      if (pair.length !== 2)
        throw fault(`Headers constructor: expected name/value pair to be length 2, found ${pair.length}.`);
      this.append(...pair);
    }
  }
  #checked(method, args, count) {
    if (args.length < count)
      throw fault(
        `Headers.${method}: ${count} argument${count > 1 ? 's' : ''} required, but${args.length === 0 ? '' : ' only'} ${args.length === 0 ? 'none' : args.length} found.`,
      );
    const [name, value] = args.map(String);
    if (!token.test(name))
      throw fault(
        `Headers.${method}: "${name}" is an invalid header ${method === 'set' || method === 'append' ? 'name' : 'name'}.`,
      );
    return [name, value?.replace(/^[\t\r\n ]+|[\t\r\n ]+$/g, '')];
  }
  append(...args) {
    const [name, value] = this.#checked('append', args, 2);
    if (name.toLowerCase() === 'set-cookie') this.#cookies.push(value);
    const before = this.#entries.get(name.toLowerCase());
    this.#entries.set(name.toLowerCase(), before === undefined ? [name, value] : [before[0], `${before[1]}, ${value}`]);
  }
  set(...args) {
    const [name, value] = this.#checked('set', args, 2);
    if (name.toLowerCase() === 'set-cookie') this.#cookies = [value];
    this.#entries.set(name.toLowerCase(), [name, value]);
  }
  get(...args) {
    return this.#entries.get(this.#checked('get', args, 1)[0].toLowerCase())?.[1] ?? null;
  }
  has(...args) {
    return this.#entries.has(this.#checked('has', args, 1)[0].toLowerCase());
  }
  delete(...args) {
    const name = this.#checked('delete', args, 1)[0].toLowerCase();
    if (name === 'set-cookie') this.#cookies = [];
    this.#entries.delete(name);
  }
  getSetCookie() {
    return [...this.#cookies];
  }
  forEach(action) {
    for (const [name, value] of this) action(value, name, this);
  }
  #sorted() {
    const names = [...this.#entries.keys()].sort();
    return names.flatMap((name) =>
      name === 'set-cookie' ? this.#cookies.map((one) => [name, one]) : [[name, this.#entries.get(name)[1]]],
    );
  }
  entries() {
    return iteratorOf(this.#sorted(), 'Headers');
  }
  keys() {
    return iteratorOf(
      this.#sorted().map(([name]) => name),
      'Headers',
    );
  }
  values() {
    return iteratorOf(
      this.#sorted().map(([, value]) => value),
      'Headers',
    );
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  [custom](_, options, inspect) {
    return `Headers ${inspect(Object.fromEntries(this.#entries.values()), options)}`;
  }
}

/** A file's worth of bytes. */
export class Blob {
  #bytes;
  #type;
  constructor(parts = [], { type = '' } = {}) {
    const bytes = parts.map((part) =>
      part instanceof Blob
        ? part.#bytes
        : typeof part === 'object'
          ? bytesOf(part)
          : new Uint8Array(host.encode(String(part))),
    );
    this.#bytes = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const one of bytes) {
      this.#bytes.set(one, at);
      at += one.length;
    }
    this.#type = `${type}`.toLowerCase();
  }
  get size() {
    return this.#bytes.length;
  }
  get type() {
    return this.#type;
  }
  async arrayBuffer() {
    return this.#bytes.slice().buffer;
  }
  async bytes() {
    return this.#bytes.slice();
  }
  async text() {
    return host.decode(this.#bytes.slice().buffer);
  }
  slice(start, end, type = '') {
    return new Blob([this.#bytes.slice(start, end)], { type });
  }
  stream() {
    return streamOf(this.#bytes);
  }
}
export class File extends Blob {
  #name;
  #modified;
  constructor(parts, name, options = {}) {
    super(parts, options);
    this.#name = `${name}`;
    this.#modified = options.lastModified ?? Date.now();
  }
  get name() {
    return this.#name;
  }
  get lastModified() {
    return this.#modified;
  }
}

const encoded = Symbol('encoded');
export class FormData {
  #pairs = [];
  /** As it is sent (RFC 7578). */
  [encoded]() {
    const mark = `----formdata-undici-0${String(Math.floor(Math.random() * 1e11)).padStart(11, '0')}`;
    const quoted = (text) => text.replace(/\r?\n|"/g, encodeURIComponent);
    const parts = this.#pairs.flatMap(([name, value]) => {
      const type = value.type || 'application/octet-stream';
      const file = value instanceof Blob ? `; filename="${quoted(value.name)}"\r\nContent-Type: ${type}` : '';
      return [`--${mark}\r\nContent-Disposition: form-data; name="${quoted(name)}"${file}\r\n\r\n`, value, '\r\n'];
    });
    return new Blob([...parts, `--${mark}--\r\n`], { type: `multipart/form-data; boundary=${mark}` });
  }
  #entry(name, value, file) {
    const isBlob = value instanceof Blob;
    const made =
      isBlob && (file !== undefined || !(value instanceof File))
        ? new File([value], file ?? 'blob', { type: value.type })
        : value;
    return [`${name}`, isBlob ? made : `${value}`];
  }
  append(name, value, file) {
    this.#pairs.push(this.#entry(name, value, file));
  }
  set(name, value, file) {
    const at = this.#pairs.findIndex(([key]) => key === `${name}`);
    const made = this.#entry(name, value, file);
    if (at < 0) return void this.#pairs.push(made);
    this.#pairs[at] = made;
    this.#pairs = this.#pairs.filter(([key], index) => index <= at || key !== `${name}`);
  }
  get(name) {
    return this.#pairs.find(([key]) => key === `${name}`)?.[1] ?? null;
  }
  getAll(name) {
    return this.#pairs.filter(([key]) => key === `${name}`).map(([, value]) => value);
  }
  has(name) {
    return this.#pairs.some(([key]) => key === `${name}`);
  }
  delete(name) {
    this.#pairs = this.#pairs.filter(([key]) => key !== `${name}`);
  }
  forEach(action) {
    for (const [name, value] of this.#pairs) action(value, name, this);
  }
  entries() {
    return iteratorOf(this.#pairs, 'FormData');
  }
  keys() {
    return iteratorOf(
      this.#pairs.map(([name]) => name),
      'FormData',
    );
  }
  values() {
    return iteratorOf(
      this.#pairs.map(([, value]) => value),
      'FormData',
    );
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  [custom](_, options, inspect) {
    const shown = {};
    for (const [name, value] of this.#pairs)
      shown[name] = Object.hasOwn(shown, name) ? [shown[name], value].flat() : value;
    return `FormData ${inspect(shown, options)}`;
  }
}

/** What is left of a body that was read whole. */
let spent;
/** A stream of the web, of pieces in order. */
class ReadableStream {
  static {
    spent = () => {
      const stream = new ReadableStream({ supportsBYOB: true });
      [stream.#state, stream.#locked] = ['closed', true];
      return stream;
    };
  }
  #pieces = [];
  #state = 'readable';
  #error;
  #wake = () => {};
  #source;
  #locked = false;
  #asking = false;
  constructor(source = {}) {
    this.#source = source;
    source.start?.(this.#controller);
  }
  #controller = {
    enqueue: (piece) => {
      if (this.#state !== 'readable')
        throw Object.assign(new TypeError('Invalid state: Controller is already closed'), {
          code: 'ERR_INVALID_STATE',
        });
      this.#pieces.push(piece);
      this.#wake();
    },
    close: () => {
      this.#state = 'closed';
      this.#wake();
    },
    error: (error) => {
      if (this.#state !== 'readable') return;
      [this.#state, this.#error, this.#pieces] = ['errored', error, []];
      this.#wake();
    },
    get desiredSize() {
      return 1;
    },
  };
  static from(items) {
    const iterator = (items[Symbol.asyncIterator] ?? items[Symbol.iterator]).call(items);
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    });
  }
  get locked() {
    return this.#locked;
  }
  async #next() {
    for (;;) {
      if (this.#pieces.length > 0) return { done: false, value: this.#pieces.shift() };
      if (this.#state === 'closed') return { done: true, value: undefined };
      if (this.#state === 'errored') throw this.#error;
      const woken = new Promise((resolve) => {
        this.#wake = resolve;
      });
      if (this.#source.pull !== undefined && !this.#asking) {
        this.#asking = true;
        try {
          await this.#source.pull(this.#controller);
        } catch (error) {
          this.#controller.error(error);
        }
        this.#asking = false;
      } else await woken;
    }
  }
  #lock() {
    if (this.#locked)
      throw Object.assign(new TypeError('Invalid state: ReadableStream is locked'), { code: 'ERR_INVALID_STATE' });
    this.#locked = true;
  }
  getReader() {
    this.#lock();
    return {
      read: () => this.#next(),
      releaseLock: () => {
        this.#locked = false;
      },
      cancel: (reason) => this.#leave(reason),
    };
  }
  async #leave(reason) {
    if (this.#state === 'readable') {
      this.#controller.close();
      this.#pieces = [];
      await this.#source.cancel?.(reason);
    }
  }
  async cancel(reason) {
    if (this.#locked) this.#lock();
    await this.#leave(reason);
  }
  async *values() {
    this.#lock();
    try {
      for (;;) {
        const { done, value } = await this.#next();
        if (done) return;
        yield value;
      }
    } finally {
      await this.#leave();
      this.#locked = false;
    }
  }
  [Symbol.asyncIterator]() {
    return this.values();
  }
  [custom](_, options, inspect) {
    return `ReadableStream ${inspect({ locked: this.#locked, state: this.#state, supportsBYOB: this.#source.supportsBYOB ?? false }, options)}`;
  }
}
/** A body as a stream. */
const streamOf = (source, onUse = () => {}) => {
  let given = false;
  return new ReadableStream({
    supportsBYOB: true,
    async pull(controller) {
      if (given) return controller.close();
      given = true;
      onUse();
      const bytes = await source;
      if (bytes.length > 0) controller.enqueue(new Uint8Array(bytes));
    },
  });
};

/** The body of an answer of this program's own server: it comes piece by piece, and all of it may be waited for. */
class Coming {
  #pieces = [];
  #hear;
  #ended;
  constructor(exchange) {
    this.exchange = exchange;
    exchange.hear((piece) => this.#take(piece));
  }
  fail(error) {
    this.#take({ error });
  }
  #take(piece) {
    if (this.#ended) return;
    const told =
      typeof piece === 'string'
        ? { error: new TypeError('terminated', { cause: causeOf(piece) }) }
        : piece instanceof Uint8Array || piece === null
          ? { bytes: piece }
          : piece;
    this.#ended = told.error !== undefined || told.bytes === null;
    if (this.#ended) this.exchange.read();
    this.#pieces.push(told);
    this.#hear?.();
  }
  #listen(taker) {
    this.#hear = () => {
      for (const { bytes, error } of this.#pieces.splice(0)) taker(bytes, error);
    };
    this.#hear();
  }
  stream(onUse) {
    return new ReadableStream({
      supportsBYOB: true,
      start: (controller) =>
        this.#listen((bytes, error) => {
          onUse();
          if (error !== undefined) controller.error(error);
          else if (bytes === null) controller.close();
          else controller.enqueue(new Uint8Array(bytes));
        }),
      cancel: () => this.exchange.leave(),
    });
  }
  whole() {
    return new Promise((resolve, reject) => {
      const parts = [];
      this.#listen((bytes, error) => {
        if (error !== undefined) reject(error);
        else if (bytes === null) resolve(joined(parts));
        else parts.push(bytes);
      });
    });
  }
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const isForm = (body) => typeof globalThis.URLSearchParams === 'function' && body instanceof globalThis.URLSearchParams;

function bytesOf(body) {
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  return new Uint8Array(host.encode(String(body)));
}

const typeOf = (body) => {
  if (body instanceof Coming || body instanceof ReadableStream) return undefined;
  if (body instanceof Blob) return body.type || undefined;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return undefined;
  return isForm(body) ? 'application/x-www-form-urlencoded;charset=UTF-8' : 'text/plain;charset=UTF-8';
};

class Body {
  #bytes;
  #used = false;
  #stream;
  constructor(given, headers) {
    if (given === undefined || given === null) return;
    const body = given instanceof FormData ? given[encoded]() : given;
    if (typeof body[Symbol.asyncIterator] === 'function' && !(body instanceof ReadableStream)) {
      this.#bytes = ReadableStream.from(body);
      return;
    }
    this.#bytes =
      body instanceof Coming || body instanceof ReadableStream
        ? body
        : body instanceof Blob
          ? body.bytes()
          : bytesOf(body);
    const type = typeOf(body);
    if (type !== undefined && !headers.has('content-type')) headers.append('content-type', type);
  }
  async #take() {
    if (this.#used) throw fault('Body is unusable: Body has already been read');
    this.#used = this.#bytes !== undefined;
    if (this.#bytes instanceof Coming) return this.#bytes.whole();
    if (this.#bytes instanceof ReadableStream) {
      const parts = [];
      for await (const part of this.#bytes) parts.push(typeof part === 'string' ? bytesOf(part) : part);
      return joined(parts);
    }
    return (await this.#bytes) ?? new Uint8Array();
  }
  get bodyUsed() {
    return this.#used;
  }
  get body() {
    if (this.#bytes === undefined) return null;
    const use = () => {
      this.#used = true;
    };
    if (this.#stream === undefined && this.#used) this.#stream = spent();
    if (this.#stream === undefined) {
      if (this.#bytes instanceof ReadableStream) this.#stream = this.#bytes;
      else this.#stream = this.#bytes instanceof Coming ? this.#bytes.stream(use) : streamOf(this.#bytes, use);
    }
    return this.#stream;
  }
  copied() {
    if (this.#used) throw fault(`${this.constructor.name}.clone: Body has already been consumed.`);
    return this.#bytes;
  }
  async bytes() {
    return new Uint8Array(await this.#take());
  }
  async arrayBuffer() {
    const bytes = await this.#take();
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  }
  async blob() {
    return new Blob([await this.#take()], { type: this.headers.get('content-type') ?? '' });
  }
  async text() {
    return host.decode(await this.arrayBuffer());
  }
  async json() {
    const text = await this.text();
    try {
      return JSON.parse(text);
    } catch (error) {
      // What reads the body parses it, whoever waits for that.
      define(error, 'stack', [`SyntaxError: ${error.message}`, ...parsed].join('\n'));
      throw error;
    }
  }
  async formData() {
    const form = new FormData();
    for (const [name, value] of new globalThis.URLSearchParams(await this.text())) form.append(name, value);
    return form;
  }
}
const parsed = [
  'JSON.parse (<anonymous>)',
  'parseJSONFromBytes (node:internal/deps/undici/undici:4394:19)',
  'successSteps (node:internal/deps/undici/undici:7048:27)',
  'readAllBytes (node:internal/deps/undici/undici:5965:13)',
  'process.processTicksAndRejections (node:internal/process/task_queues:104:5)',
].map((frame) => `    at ${frame}`);
const show = (Class, ...fields) => {
  showing(...fields)(Class);
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });
};

/** Getters of what was settled when it was made. */
function settled(Class, ...names) {
  for (const name of names)
    Object.defineProperty(Class.prototype, name, {
      configurable: true,
      enumerable: true,
      get() {
        return inner.get(this)?.[name];
      },
    });
}
const inner = new WeakMap();

export class Request extends Body {
  constructor(...args) {
    const [input, given] = args;
    if (args.length === 0) throw fault('Request constructor: 1 argument required, but only 0 found.');
    const init = given ?? {};
    const from = input instanceof Request ? input : undefined;
    const headers = new Headers(init.headers ?? from?.headers);
    const method = `${init.method ?? from?.method ?? 'GET'}`;
    if (!token.test(method)) throw fault(`'${method}' is not a valid HTTP method.`);
    const named = /^(get|head|post|put|delete|options)$/i.test(method) ? method.toUpperCase() : method;
    if (init.body !== undefined && init.body !== null && /^(GET|HEAD)$/.test(named))
      throw fault('Request with GET/HEAD method cannot have body.');
    const url = urlOf(from?.url ?? `${input}`);
    super(init.body ?? from?.copied(), headers);
    const signal = init.signal ?? from?.signal ?? new AbortController().signal;
    inner.set(this, {
      method: named,
      url,
      headers,
      signal,
      destination: '',
      referrer: 'about:client',
      referrerPolicy: '',
      mode: 'cors',
      credentials: 'same-origin',
      cache: 'default',
      redirect: 'follow',
      integrity: '',
      keepalive: false,
      isReloadNavigation: false,
      isHistoryNavigation: false,
      ...init,
      ...{ method: named, url, headers, signal },
    });
  }
  clone() {
    return new Request(this);
  }
}
const ofRequest = [
  'method',
  'url',
  'headers',
  'destination',
  'referrer',
  'referrerPolicy',
  'mode',
  'credentials',
  'cache',
  'redirect',
  'integrity',
  'keepalive',
  'isReloadNavigation',
  'isHistoryNavigation',
  'signal',
];
settled(Request, ...ofRequest);
show(Request, ...ofRequest);

function urlOf(text) {
  try {
    const url = new URL(text);
    if (url.username === '' && url.password === '') return url.href;
  } catch (cause) {
    throw new TypeError(`Failed to parse URL from ${text}`, { cause });
  }
  throw fault(`Request cannot be constructed from a URL that includes credentials: ${text}`);
}

export class Response extends Body {
  constructor(body, init) {
    const { status = 200, statusText = '', headers } = init ?? {};
    const made = new Headers(headers);
    if (!Number.isInteger(status) || status < 200 || status > 599)
      throw fault('init["status"] must be in the range of 200 to 599, inclusive.', RangeError);
    if (body !== undefined && body !== null && [204, 205, 304].includes(status))
      throw fault(`Response constructor: Invalid response status code ${status}`);
    super(body, made);
    inner.set(this, {
      status,
      statusText: `${statusText}`,
      headers: made,
      redirected: false,
      type: 'default',
      url: '',
    });
  }
  get ok() {
    return this.status >= 200 && this.status < 300;
  }
  clone() {
    const copy = new Response(this.copied(), { ...inner.get(this), status: this.status || 200 });
    inner.set(copy, { ...inner.get(this), headers: new Headers(this.headers) });
    return copy;
  }
  static json(data, init = {}) {
    const headers = new Headers(init.headers);
    if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    const text = JSON.stringify(data);
    if (text === undefined) throw fault('Value is not JSON serializable');
    return new Response(text, { ...init, headers });
  }
  static error() {
    const made = new Response();
    Object.assign(inner.get(made), { status: 0, type: 'error' });
    return made;
  }
  static redirect(url, status = 302) {
    if (![301, 302, 303, 307, 308].includes(status)) throw fault(`Invalid status code ${status}`, RangeError);
    return new Response(null, { status, headers: { location: new URL(url).href } });
  }
}
settled(Response, 'status', 'statusText', 'headers', 'redirected', 'type', 'url');
show(Response, 'status', 'statusText', 'headers', 'body', 'bodyUsed', 'ok', 'redirected', 'type', 'url');
show(Blob, 'size', 'type');
show(File, 'size', 'type', 'name', 'lastModified');
for (const Class of [Headers, FormData, ReadableStream])
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { value: Class.name, configurable: true });

export { ReadableStream };

const MOST_REDIRECTS = 20;

export async function fetch(...args) {
  if (args.length === 0) throw fault('fetch: 1 argument required, but 0 found.');
  const [input, init] = args;
  let request;
  try {
    request = new Request(input, init);
  } catch (error) {
    if (error.cause !== undefined) define(error, 'stack', `${error.name}: ${error.message}`);
    throw error;
  }
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await send(request);
    const location = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null || init?.redirect === 'manual') {
      inner.get(response).redirected = redirects > 0;
      return response;
    }
    if (init?.redirect === 'error') throw failed(new Error('unexpected redirect'));
    const keepsMethod = response.status >= 307 || request.method === 'GET' || request.method === 'HEAD';
    request = new Request(
      new URL(location, request.url).href,
      keepsMethod ? init : { ...init, method: 'GET', body: undefined },
    );
  }
  throw failed(new Error('redirect count exceeded'));
}

function failed(cause) {
  return define(new TypeError('fetch failed', { cause }), 'stack', 'TypeError: fetch failed');
}

/** Of the ports that a browser never asks, those that a learner could name. */
const blocked = [
  1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 110, 111, 113, 115, 117, 119,
  123, 135, 139, 143, 161, 179, 389, 465, 587, 636, 993, 995, 2049, 5060, 5061, 6000, 6666, 6667, 6697, 10080,
];

async function send(request) {
  const url = new URL(request.url);
  if (!/^https?:$/.test(url.protocol))
    throw failed(new Error(url.protocol === 'data:' ? 'data: is not part of this sandbox' : 'unknown scheme'));
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (blocked.includes(port) && url.port !== '') throw failed(new Error('bad port'));
  const sent = await request.arrayBuffer();
  const headers = { host: url.host, connection: 'keep-alive', ...Object.fromEntries(inOrder(request.headers)) };
  headers.accept ??= '*/*';
  headers['accept-language'] ??= '*';
  headers['sec-fetch-mode'] ??= 'cors';
  headers['user-agent'] ??= 'node';
  headers['accept-encoding'] ??= 'gzip, deflate';
  if (sent.byteLength > 0 || /^(POST|PUT)$/.test(request.method)) headers['content-length'] = String(sent.byteLength);
  const exchange = exchangeWith(url.hostname, port, headers);
  const leave = () => exchange?.leave();
  const head = JSON.stringify({ method: request.method, target: `${url.pathname}${url.search}`, headers });
  const { promise, abandon } = abandonable((id) => host.request(id, url.hostname, port, head, sent));
  try {
    const gone = () => {
      abandon();
      leave();
    };
    const answer = Promise.race([promise, aborted(request.signal, gone)]);
    const { status, statusText, headers: given, body: bytes } = await answer;
    const pairs = Array.isArray(given) ? given : Object.entries(given);
    const got = pairs.filter(([name]) => name !== live);
    const coming = got.length < pairs.length ? new Coming(exchange) : undefined;
    if (coming === undefined) exchange?.read();
    request.signal?.addEventListener('abort', () => coming?.fail(request.signal.reason));
    const bare = [101, 204, 205, 304].includes(status);
    const packed = got.find(([name]) => /^content-encoding$/i.test(name))?.[1];
    const body = coming === undefined ? unpacked(bytes, packed) : packed === undefined ? coming : later(coming, packed);
    const response = new Response(bare ? null : body, {
      status,
      statusText,
      headers: got.map(([name, value]) => [name.toLowerCase(), value]),
    });
    Object.assign(inner.get(response), { type: 'basic', url: request.url });
    return response;
  } catch (reason) {
    exchange?.read();
    if (typeof reason !== 'string' || request.signal?.aborted) throw reason;
    throw failed(causeOf(reason, url.hostname, port));
  }
}

/** What was packed on its way is unpacked. */
function unpacked(bytes, packed) {
  const kind = { gzip: 'gunzip', 'x-gzip': 'gunzip', deflate: 'inflate' }[packed];
  if (kind === undefined || bytes.length === 0) return bytes;
  return new Uint8Array(host.zlib(kind, bytes.slice().buffer, -1));
}
const later = (coming, packed) =>
  ReadableStream.from(
    (async function* () {
      yield unpacked(await coming.whole(), packed);
    })(),
  );

function aborted(signal, abandon) {
  return new Promise((_, reject) => {
    const stop = () => {
      abandon();
      reject(signal.reason);
    };
    if (signal?.aborted) return stop();
    signal?.addEventListener('abort', stop);
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
  const error = Object.assign(new Error(message), fields);
  if (below[code] !== undefined) define(error, 'stack', `Error: ${message}\n    at ${below[code]}`);
  return error;
}

/** What of Node's own tells of a connection that failed. */
const below = {
  ECONNREFUSED: 'TCPConnectWrap.afterConnect [as oncomplete] (node:net:2021:16)',
  ENOTFOUND: 'GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:123:26)',
};
