// node:http on the machine's network: servers that its ports reach, and a client for them.
import { Buffer } from 'node:buffer';
import EventEmitter from 'node:events';
import { isIP, whenLookedUp } from 'node:internal/addresses';
import { define, nodeError, systemError, wrongType } from 'node:internal/errors';
import { exchangeOf, exchangeWith, live, served } from 'node:internal/exchange';
import { causeOf } from 'node:internal/fetch';
import { host } from 'node:internal/host';
import { abandonable } from 'node:internal/operations';
import { clearTimeout, nextTick, setImmediate, setTimeout } from 'node:internal/timers';
import { URL } from 'node:url';

const words =
  "100 Continue,101 Switching Protocols,103 Early Hints,200 OK,201 Created,202 Accepted,203 Non-Authoritative Information,204 No Content,205 Reset Content,206 Partial Content,300 Multiple Choices,301 Moved Permanently,302 Found,303 See Other,304 Not Modified,307 Temporary Redirect,308 Permanent Redirect,400 Bad Request,401 Unauthorized,402 Payment Required,403 Forbidden,404 Not Found,405 Method Not Allowed,406 Not Acceptable,408 Request Timeout,409 Conflict,410 Gone,411 Length Required,412 Precondition Failed,413 Payload Too Large,414 URI Too Long,415 Unsupported Media Type,417 Expectation Failed,418 I'm a Teapot,422 Unprocessable Entity,423 Locked,425 Too Early,426 Upgrade Required,428 Precondition Required,429 Too Many Requests,431 Request Header Fields Too Large,500 Internal Server Error,501 Not Implemented,502 Bad Gateway,503 Service Unavailable,504 Gateway Timeout,505 HTTP Version Not Supported,507 Insufficient Storage,511 Network Authentication Required";
export const STATUS_CODES = Object.fromEntries(words.split(',').map((entry) => [entry.slice(0, 3), entry.slice(4)]));
export const METHODS =
  'ACL BIND CHECKOUT CONNECT COPY DELETE GET HEAD LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY OPTIONS PATCH POST PROPFIND PROPPATCH PURGE PUT QUERY REBIND REPORT SEARCH SOURCE SUBSCRIBE TRACE UNBIND UNLINK UNLOCK UNSUBSCRIBE'.split(
    ' ',
  );

const servers = new Map();
/** Until a connection is closed that was answered last. */
const TURNS_TO_CLOSE = 2;
/** Ms for which Node's clients keep a connection (`Keep-Alive: timeout=5`, less a second, by a coarse clock): a server that closes meanwhile waits. */
const KEPT = 3400;
/** Closes a response: its server is told first. */
const kClose = Symbol('close');

function bytesOf(chunk, encoding) {
  if (typeof chunk === 'string') return Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8');
  if (chunk instanceof Uint8Array) return chunk;
  throw wrongType('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
}

/** What arrives: of a client at a server, or of a server at a client. The body is there whole, or comes by an exchange. */
export class IncomingMessage extends EventEmitter {
  #body;
  #exchange;
  #lengths;
  #encoding;
  #started = false;
  #headers;
  #distinct;
  #socket;
  #hangUp;
  constructor(head, body, exchange, hangUp) {
    super();
    this.#hangUp = hangUp;
    const { method, target, headers, status, statusText } = head;
    const given = Array.isArray(headers) ? headers : Object.entries(headers);
    const pairs = exchange === undefined ? given : given.filter(([name]) => name !== live);
    if (method !== undefined) this.#lengths = exchange?.lengths;
    else if (pairs.length < given.length) this.#exchange = exchange;
    this.httpVersion = '1.1';
    this.complete = true;
    this.aborted = false;
    this.destroyed = false;
    this.rawHeaders = pairs.flat();
    this.trailers = {};
    if (method !== undefined) {
      this.method = method;
      this.url = target;
    } else {
      this.statusCode = status;
      this.statusMessage = statusText;
    }
    this.#body = body;
  }
  // Most programs ask for few of these: as in Node, they are made then.
  get headers() {
    this.#headers ??= gathered(pairsOf(this.rawHeaders));
    return this.#headers;
  }
  set headers(headers) {
    this.#headers = headers;
  }
  get headersDistinct() {
    this.#distinct ??= distinctOf(pairsOf(this.rawHeaders));
    return this.#distinct;
  }
  set headersDistinct(headers) {
    this.#distinct = headers;
  }
  get socket() {
    this.#socket ??= { remoteAddress: '127.0.0.1', remotePort: 0, encrypted: false, destroy: () => this.destroy() };
    return this.#socket;
  }
  get connection() {
    return this.socket;
  }
  setEncoding(encoding) {
    this.#encoding = encoding;
    return this;
  }
  #shown(bytes) {
    return this.#encoding === undefined ? Buffer.from(bytes) : Buffer.from(bytes).toString(this.#encoding);
  }
  /** The pieces that are there: as they were written, where that is known. */
  *#content() {
    const bytes = Buffer.from(this.#body);
    this.#body = new Uint8Array();
    let at = 0;
    for (const length of this.#lengths ?? [bytes.length]) {
      if (length > 0) yield this.#shown(bytes.subarray(at, at + length));
      at += length;
    }
  }
  #start() {
    if (this.#started) return;
    this.#started = true;
    nextTick(() => {
      if (this.#exchange !== undefined) return this.#exchange.hear((piece) => this.#take(piece));
      for (const chunk of this.#content()) this.emit('data', chunk);
      this.emit('end');
      nextTick(() => this.emit('close'));
    });
  }
  #take(piece) {
    if (typeof piece === 'string') {
      const error = systemError('aborted', { code: 'ECONNRESET' });
      Object.assign(this, { aborted: true, complete: false });
      this.emit('aborted');
      if (this.listenerCount('error') > 0) this.emit('error', error);
      this.emit('close');
    } else if (piece !== null) this.emit('data', this.#shown(piece));
    else {
      this.emit('end');
      nextTick(() => this.emit('close'));
    }
  }
  on(name, listener) {
    super.on(name, listener);
    if (name === 'data') this.#start();
    if (name === 'end' && this.#isEmpty()) this.#start();
    return this;
  }
  #isEmpty() {
    return this.#body.length === 0 && this.#exchange === undefined;
  }
  once(name, listener) {
    super.once(name, listener);
    if (name === 'data' || (name === 'end' && this.#isEmpty())) this.#start();
    return this;
  }
  resume() {
    this.#start();
    return this;
  }
  pause() {
    return this;
  }
  pipe(target) {
    this.on('data', (chunk) => target.write(chunk));
    this.on('end', () => target.end());
    return target;
  }
  destroy() {
    if (this.#hangUp !== undefined) {
      this.#hangUp();
      return this;
    }
    this.destroyed = true;
    this.emit('close');
    return this;
  }
  async *[Symbol.asyncIterator]() {
    if (this.#exchange === undefined) return yield* this.#content();
    const pieces = [];
    let wake = () => {};
    this.#exchange.hear((piece) => {
      pieces.push(piece);
      wake();
    });
    for (;;) {
      const piece = pieces.shift();
      if (piece === null) return;
      if (typeof piece === 'string') throw systemError('aborted', { code: 'ECONNRESET' });
      if (piece !== undefined) yield this.#shown(piece);
      else
        await new Promise((resolve) => {
          wake = resolve;
        });
    }
  }
}

function gathered(pairs) {
  const headers = {};
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    if (key === 'set-cookie') headers[key] = [...(headers[key] ?? []), value];
    else headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`;
  }
  return headers;
}

function distinctOf(pairs) {
  const headers = {};
  for (const [name, value] of pairs) headers[name.toLowerCase()] = [...(headers[name.toLowerCase()] ?? []), value];
  return headers;
}

const token = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;

function checkedHeader(name, value) {
  if (typeof name !== 'string' || !token.test(name)) {
    throw nodeError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Header name must be a valid HTTP token ["${name}"]`);
  }
  if (value === undefined)
    throw nodeError(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "undefined" for header "${name}"`);
  if (/[^\t\u0020-\u007e\u0080-\u00ff]/.test(String(value))) {
    throw nodeError(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
  }
}

export class ServerResponse extends EventEmitter {
  #id;
  #method;
  #headers = new Map();
  #chunks = [];
  #streamed = false;
  #exchange;
  #isBegun = false;
  #whenClosed;
  statusCode = 200;
  statusMessage = undefined;
  headersSent = false;
  writableEnded = false;
  finished = false;
  sendDate = true;
  constructor(request, id, exchange, whenClosed) {
    super();
    this.#id = id;
    this.#exchange = exchange;
    this.#method = request.method;
    this.#whenClosed = whenClosed;
    define(this, 'req', request);
  }
  get socket() {
    return this.req.socket;
  }
  get connection() {
    return this.req.socket;
  }
  [kClose]() {
    const whenClosed = this.#whenClosed;
    this.#whenClosed = undefined;
    whenClosed?.(this);
    this.emit('close');
  }
  #unsent(verb) {
    if (this.headersSent)
      throw nodeError(Error, 'ERR_HTTP_HEADERS_SENT', `Cannot ${verb} headers after they are sent to the client`);
  }
  setHeader(name, value) {
    this.#unsent('set');
    checkedHeader(name, value);
    this.#headers.set(name.toLowerCase(), [name, value]);
    return this;
  }
  setHeaders(headers) {
    for (const [name, value] of headers) this.setHeader(name, value);
    return this;
  }
  appendHeader(name, value) {
    const before = this.getHeader(name);
    return this.setHeader(name, before === undefined ? value : [before, value].flat());
  }
  getHeader(name) {
    return this.#headers.get(String(name).toLowerCase())?.[1];
  }
  getHeaders() {
    return Object.assign(
      Object.create(null),
      Object.fromEntries([...this.#headers].map(([key, [, value]]) => [key, value])),
    );
  }
  getHeaderNames() {
    return [...this.#headers.keys()];
  }
  hasHeader(name) {
    return this.#headers.has(String(name).toLowerCase());
  }
  removeHeader(name) {
    this.#unsent('remove');
    this.#headers.delete(String(name).toLowerCase());
  }
  writeHead(status, message, headers) {
    this.#unsent('write');
    const code = Number(status);
    if (!Number.isInteger(code) || code < 100 || code > 999) {
      throw nodeError(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${status}`);
    }
    this.statusCode = code;
    if (typeof message === 'string') this.statusMessage = message;
    const given = typeof message === 'string' ? headers : message;
    const pairs = Array.isArray(given) ? pairsOf(given) : Object.entries(given ?? {});
    for (const [name, value] of pairs) {
      checkedHeader(name, value);
      this.#headers.set(name.toLowerCase(), [name, value]);
    }
    // Headers that are written before the body's length is known announce chunks.
    this.headersSent = true;
    this.#streamed = true;
    return this;
  }
  flushHeaders() {
    this.headersSent = true;
    this.#streamed = true;
    this.#begin();
  }
  /** To a client of this program the body goes piece by piece. */
  #begin() {
    if (this.#exchange === undefined || this.#isBegun || this.#method === 'HEAD') return;
    this.#isBegun = true;
    this.#exchange.begin();
    this.#respond(Number(this.statusCode), [], true);
  }
  write(chunk, encoding, callback) {
    if (this.writableEnded) {
      const error = nodeError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
      const heard = typeof encoding === 'function' ? encoding : callback;
      nextTick(() => {
        heard?.(error);
        this.emit('error', error);
      });
      return false;
    }
    this.#streamed = true;
    this.headersSent = true;
    this.#put(bytesOf(chunk, encoding));
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done !== undefined) nextTick(done);
    return true;
  }
  end(chunk, encoding, callback) {
    if (this.writableEnded) return this;
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') this.#put(bytesOf(chunk, encoding), true);
    const status = Number(this.statusCode);
    if (!(status >= 100 && status <= 999)) {
      throw nodeError(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${this.statusCode}`);
    }
    this.headersSent = true;
    this.writableEnded = true;
    this.finished = true;
    if (this.#isBegun) this.#exchange.give(null);
    else this.#respond(status, this.#chunks, false);
    const done = [chunk, encoding, callback].find((argument) => typeof argument === 'function');
    nextTick(() => {
      done?.();
      this.emit('finish');
      this[kClose]();
    });
    return this;
  }
  #put(bytes, isLast = false) {
    const isBodiless = Number(this.statusCode) === 204 || Number(this.statusCode) === 304;
    if (!isLast && !isBodiless) this.#begin();
    if (this.#isBegun) this.#exchange.give(bytes);
    else this.#chunks.push(bytes);
  }
  #respond(status, chunks, isLive) {
    const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    const bodiless = status === 204 || status === 304 || status < 200;
    const headers = [];
    for (const [name, value] of this.#headers.values())
      for (const item of [value].flat()) headers.push([name, String(item)]);
    const without = (name) => !this.#headers.has(name);
    if (this.sendDate && without('date')) headers.push(['Date', new Date().toUTCString()]);
    if (without('connection') && this.req.headers.connection === 'close') headers.push(['Connection', 'close']);
    else if (without('connection')) headers.push(['Connection', 'keep-alive'], ['Keep-Alive', 'timeout=5']);
    if (!bodiless && without('content-length') && without('transfer-encoding')) {
      if ((isLive || this.#streamed) && this.#method !== 'HEAD') headers.push(['Transfer-Encoding', 'chunked']);
      else if (this.#method !== 'HEAD') headers.push(['Content-Length', String(body.length)]);
    }
    if (isLive) headers.push([live, '1']);
    const statusText = this.statusMessage ?? STATUS_CODES[status] ?? 'unknown';
    const sent =
      bodiless || this.#method === 'HEAD'
        ? new ArrayBuffer(0)
        : body.buffer.slice(body.byteOffset, body.byteOffset + body.length);
    host.respond(this.#id, JSON.stringify({ status, statusText, headers }), sent);
  }
  destroy() {
    if (!this.writableEnded && this.#isBegun) this.#exchange.give('ECONNRESET');
    else if (!this.writableEnded) host.reset(this.#id);
    this.writableEnded = true;
    this[kClose]();
    return this;
  }
}

function pairsOf(list) {
  if (Array.isArray(list[0])) return list;
  return list.flatMap((name, index) => (index % 2 === 0 ? [[name, list[index + 1]]] : []));
}

export class Server extends EventEmitter {
  #port;
  #address = '::';
  #pipe;
  #closings = 0;
  #open = new Set();
  /** Answers on their way to clients of this program. */
  #unread = 0;
  /** What closes the connections that clients keep after it has begun to close. */
  #idle = [];
  listening = false;
  keepAliveTimeout = 5000;
  headersTimeout = 60000;
  requestTimeout = 300000;
  timeout = 0;
  maxHeadersCount = null;
  maxRequestsPerSocket = 0;
  constructor(options, listener) {
    super();
    const handler = typeof options === 'function' ? options : listener;
    if (handler !== undefined) this.on('request', handler);
  }
  listen(...args) {
    const done = args.find((argument) => typeof argument === 'function');
    const [first, second] = args;
    const port = typeof first === 'object' && first !== null ? first.port : typeof first === 'function' ? 0 : first;
    const address = typeof first === 'object' && first !== null ? first.host : second;
    if (this.listening)
      throw nodeError(
        Error,
        'ERR_SERVER_ALREADY_LISTEN',
        'Listen method has been called more than once without closing.',
      );
    if (done !== undefined) this.once('listening', done);
    if (typeof port === 'string' && !(Number(port) >= 0)) this.#beginPipe(port);
    else {
      const checked = checkedPort(port);
      const closings = this.#closings;
      whenLookedUp(address, (found) => closings === this.#closings && this.#begin(checked, found));
    }
    return this;
  }
  /** Any text that is no number is the path of a pipe. Nobody else can ask there: it only stays open. */
  #beginPipe(path) {
    this.#pipe = path;
    this.#port = host.listen(0);
    this.listening = true;
    nextTick(() => this.emit('listening'));
  }
  #begin(port, address) {
    if (isIP(address) > 0 && !/^(127\.|0\.0\.0\.0$|::1?$)/.test(address))
      return this.#refuse('EADDRNOTAVAIL', -99, 'address not available', port, address);
    if (port > 0 && port < 1024) return this.#refuse('EACCES', -13, 'permission denied', port, address);
    const opened = host.listen(port);
    if (opened === undefined) return this.#refuse('EADDRINUSE', -98, 'address already in use', port, address);
    this.#port = opened;
    this.#address = address;
    this.listening = true;
    servers.set(opened, this);
    served.add(opened);
    nextTick(() => this.emit('listening'));
  }
  #refuse(code, errno, said, port, address) {
    const [where, more] = port > 0 ? [`${address}:${port}`, { port }] : [address, {}];
    const fields = { code, errno, syscall: 'listen', address, ...more };
    const error = systemError(`listen ${code}: ${said} ${where}`, fields);
    nextTick(() => this.emit('error', error));
  }
  address() {
    if (!this.listening) return null;
    if (this.#pipe !== undefined) return this.#pipe;
    return { address: this.#address, family: this.#address.includes(':') ? 'IPv6' : 'IPv4', port: this.#port };
  }
  close(done) {
    const closed = this.listening ? undefined : nodeError(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.');
    this.#closings += 1;
    if (done !== undefined) this.once('close', closed === undefined ? done : () => done(closed));
    if (this.listening) {
      this.listening = false;
      host.closePort(this.#port);
      servers.delete(this.#port);
      served.delete(this.#port);
    }
    if (this.#open.size + this.#unread + this.#idle.length === 0) nextTick(() => this.emit('close'));
    return this;
  }
  /** It is closed when the last who was answered has got the answer. @param turns of the event loop until then */
  #over(turns) {
    if (this.listening || this.#open.size + this.#unread + this.#idle.length > 0) return;
    if (turns === 0) this.emit('close');
    else setImmediate(() => this.#over(turns - 1));
  }
  #linger() {
    const timer = setTimeout(() => this.closeIdleConnections(), KEPT);
    this.#idle.push(timer);
  }
  closeAllConnections() {
    for (const response of [...this.#open]) response.destroy();
    this.closeIdleConnections();
  }
  closeIdleConnections() {
    const idle = this.#idle.splice(0);
    for (const timer of idle) clearTimeout(timer);
    if (idle.length > 0) this.#over(0);
  }
  setTimeout() {
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  receive(id, head, body) {
    const exchange = exchangeOf(head.headers);
    const request = new IncomingMessage(head, body, exchange, () => {
      if (!this.#open.has(response)) return;
      host.reset(id);
      request.destroyed = true;
      nextTick(() => {
        request.emit('close');
        response[kClose]();
      });
    });
    const response = new ServerResponse(request, id, exchange, () => {
      this.#open.delete(response);
      // What nobody has read goes by, so that its end is told.
      request.resume();
      const { connection } = head.headers;
      const keeps = connection === 'keep-alive' && response.getHeader('connection') !== 'close';
      if (exchange === undefined) {
        if (this.listening) return;
        if (keeps) this.#linger();
        // Another program has read the answer before the connection is closed; one of Node takes longer to.
        else if (connection === 'close') this.#over(0);
        else setTimeout(() => this.#over(0), 1);
        return;
      }
      this.#unread += 1;
      exchange.whenRead(() => {
        this.#unread -= 1;
        if (keeps && !this.listening) this.#linger();
        else this.#over(TURNS_TO_CLOSE);
      });
    });
    this.emit('connection', request.socket);
    this.#open.add(response);
    exchange?.whenLeft(() => {
      if (!this.#open.has(response)) return;
      response.writableEnded = true;
      host.reset(id);
      Object.assign(request, { destroyed: true, aborted: true });
      request.emit('aborted');
      request.emit('close');
      response[kClose]();
    });
    this.emit('request', request, response);
  }
}

function checkedPort(port, name = 'options.port') {
  const number = port === undefined || port === null ? 0 : Number(port);
  if (Number.isInteger(number) && number >= 0 && number < 65536 && String(port).trim() !== '') return number;
  const shown = typeof port === 'string' ? `type string ('${port}')` : `type ${typeof port} (${port})`;
  throw nodeError(RangeError, 'ERR_SOCKET_BAD_PORT', `${name} should be >= 0 and < 65536. Received ${shown}.`);
}

/** The machine brings a request to the server on that port. */
export function request(id, port, head, body) {
  if (typeof id !== 'number') return clientRequest(id, port, head);
  const server = servers.get(port);
  if (server === undefined) return host.reset(id);
  server.receive(id, JSON.parse(head), new Uint8Array(body));
}

export const createServer = (options, listener) => new Server(options, listener);

export class ClientRequest extends EventEmitter {
  #chunks = [];
  #options;
  #timer;
  #call;
  #exchange;
  #isWritten = false;
  constructor(options, listener) {
    super();
    this.#options = options;
    Object.assign(this, { method: options.method, path: options.path, host: options.hostname, protocol: 'http:' });
    Object.assign(this, { destroyed: false, aborted: false, writableEnded: false, finished: false });
    if (listener !== undefined) this.once('response', listener);
    if (options.timeout > 0) this.setTimeout(options.timeout);
    const { signal } = options;
    if (signal?.aborted) nextTick(() => this.destroy(abortedBy(signal)));
    else signal?.addEventListener('abort', () => this.destroy(abortedBy(signal)), { once: true });
  }
  setHeader(name, value) {
    this.#options.headers[name.toLowerCase()] = String(value);
    return this;
  }
  getHeader(name) {
    return this.#options.headers[name.toLowerCase()];
  }
  removeHeader(name) {
    delete this.#options.headers[name.toLowerCase()];
  }
  flushHeaders() {}
  setTimeout(ms, listener) {
    if (listener !== undefined) this.once('timeout', listener);
    clearTimeout(this.#timer);
    if (ms > 0) this.#timer = setTimeout(() => this.emit('timeout'), ms);
    return this;
  }
  write(chunk, encoding, done) {
    // After an answer that is whole nobody hears of it any more.
    if (this.closed) return false;
    if (this.writableEnded) {
      nextTick(() => this.emit('error', nodeError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end')));
      return false;
    }
    this.#chunks.push(bytesOf(chunk, encoding));
    this.#isWritten = true;
    const written = typeof encoding === 'function' ? encoding : done;
    if (written !== undefined) nextTick(written);
    return true;
  }
  end(chunk, encoding, done) {
    const ended = [chunk, encoding, done].find((one) => typeof one === 'function');
    if (ended !== undefined) this.once('finish', ended);
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function' && !this.writableEnded)
      this.#chunks.push(bytesOf(chunk, encoding));
    if (this.writableEnded || this.destroyed) return this;
    Object.assign(this, { writableEnded: true, finished: true });
    nextTick(() => this.emit('finish'));
    const { hostname, port, path: target, method, headers, agent } = this.#options;
    const body = Buffer.concat(this.#chunks);
    // What was written before the end was known goes out in chunks.
    if (this.#chunks.length > 0 && headers['content-length'] === undefined) {
      if (this.#isWritten) headers['transfer-encoding'] ??= 'chunked';
      else headers['content-length'] = String(body.length);
    }
    const connection = agent?.keepAlive ? 'keep-alive' : 'close';
    const sent = { host: `${hostname}:${port}`, connection, ...headers };
    this.#exchange = exchangeWith(hostname, port, sent);
    if (this.#exchange !== undefined) this.#exchange.lengths = this.#chunks.map(({ length }) => length);
    const head = JSON.stringify({ method, target, headers: sent });
    this.#call = abandonable((id) => host.request(id, hostname, port, head, body.buffer));
    this.#call.promise.then(
      ({ body: answered, ...answer }) =>
        nextTick(() => this.#answered(new IncomingMessage(answer, answered, this.#exchange))),
      (code) =>
        nextTick(() =>
          this.#over(code === 'ECONNRESET' ? systemError('socket hang up', { code }) : causeOf(code, hostname, port)),
        ),
    );
    return this;
  }
  #answered(response) {
    if (this.destroyed) return;
    clearTimeout(this.#timer);
    this.res = response;
    response.once('end', () => this.#over());
    // Nobody reads it: what came is let go.
    if (!this.emit('response', response)) response.resume();
  }
  #over(error) {
    if (this.closed) return;
    this.closed = true;
    this.destroyed = true;
    this.#exchange?.read();
    clearTimeout(this.#timer);
    nextTick(() => this.emit('close'));
    if (error !== undefined) this.emit('error', error);
  }
  abort() {
    this.aborted = true;
    return this.destroy();
  }
  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.#call?.abandon();
    this.#exchange?.leave();
    const hungUp = this.res === undefined ? systemError('socket hang up', { code: 'ECONNRESET' }) : undefined;
    nextTick(() => this.#over(error ?? hungUp));
    return this;
  }
}

function abortedBy({ reason }) {
  const error = nodeError(Error, 'ABORT_ERR', 'The operation was aborted');
  define(error, 'cause', reason);
  return define(error, 'name', 'AbortError');
}

function clientRequest(url, options, listener) {
  const hasUrl = typeof url === 'string' || url instanceof URL;
  const from = hasUrl ? new URL(url) : undefined;
  const more = (hasUrl ? (typeof options === 'function' ? {} : options) : url) ?? {};
  const heard = [options, listener].find((argument) => typeof argument === 'function');
  const headers = Object.fromEntries(
    Object.entries(more.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const given = { hostname: from?.hostname, port: from?.port, path: from && `${from.pathname}${from.search}`, ...more };
  const hostname = given.hostname || given.host || 'localhost';
  const protocol = from?.protocol ?? more.protocol ?? 'http:';
  if (protocol !== 'http:')
    throw nodeError(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${protocol}" not supported. Expected "http:"`);
  if (/[^\u0021-\u00ff]/.test(given.path ?? ''))
    throw nodeError(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
  if (!['string', 'undefined'].includes(typeof (more.method ?? undefined)))
    throw wrongType('options.method', 'of type string', more.method);
  if (!token.test(more.method || 'GET'))
    throw nodeError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${more.method}"]`);
  for (const [name, value] of Object.entries(more.headers ?? {})) checkedHeader(name, value);
  return new ClientRequest(
    {
      hostname,
      port: checkedPort(given.port || 80, 'Port'),
      path: given.path ?? '/',
      method: (more.method ?? 'GET').toUpperCase(),
      headers,
      timeout: more.timeout,
      signal: more.signal,
      agent: more.agent ?? globalAgent,
    },
    heard,
  );
}

export const get = (...args) => clientRequest(...args).end();
export const maxHeaderSize = 16384;
export const validateHeaderName = (name) => checkedHeader(name, '');
export const validateHeaderValue = checkedHeader;
/** Connections are not kept: what a program sets is there to be read. */
export class Agent {
  constructor(options = {}) {
    const { keepAlive = false, maxSockets = Infinity } = options;
    Object.assign(this, { options, keepAlive, maxSockets, requests: {}, sockets: {}, freeSockets: {} });
  }
  destroy() {}
}
export const globalAgent = new Agent({ keepAlive: true });

export default {
  Agent,
  ClientRequest,
  createServer,
  get,
  globalAgent,
  IncomingMessage,
  maxHeaderSize,
  METHODS,
  request,
  validateHeaderName,
  validateHeaderValue,
  Server,
  ServerResponse,
  STATUS_CODES,
};
