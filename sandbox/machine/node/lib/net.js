// node:net: connections within one program, and to what serves HTTP elsewhere: a request written there by hand is answered.
import { Buffer } from 'node:buffer';
import EventEmitter from 'node:events';
import { isIP, isIPv4, isIPv6, whenLookedUp } from 'node:internal/addresses';
import { nodeError, systemError } from 'node:internal/errors';
import { causeOf } from 'node:internal/fetch';
import { host } from 'node:internal/host';
import { operation } from 'node:internal/operations';
import { clearTimeout, nextTick, setImmediate, setTimeout } from 'node:internal/timers';
import { Duplex } from 'node:stream';

const servers = new Map();
let nextPort = 40000;

export class Socket extends Duplex {
  #peer;
  #timer;
  #wait = 0;
  #held = [];
  constructor(options = {}) {
    super();
    if (options.allowHalfOpen !== true) this.once('end', () => this.end());
    Object.assign(this, { connecting: false, pending: true, bytesRead: 0, bytesWritten: 0 });
  }
  emit(name, ...args) {
    // Whether it closed for an error.
    return super.emit(name, ...(name === 'close' && args.length === 0 ? [Boolean(this.errored)] : args));
  }
  /** The other end takes what this one writes. */
  join(peer, { localPort, remotePort, remoteAddress = '127.0.0.1' }) {
    this.#peer = peer;
    const family = remoteAddress.includes(':') ? 'IPv6' : 'IPv4';
    Object.assign(this, { connecting: false, pending: false, remoteAddress, remotePort, localPort });
    Object.assign(this, { localAddress: remoteAddress, remoteFamily: family, localFamily: family });
    for (const send of this.#held.splice(0)) send();
  }
  get readyState() {
    if (this.connecting) return 'opening';
    return this.destroyed ? 'closed' : 'open';
  }
  address() {
    return { address: this.localAddress, family: this.localFamily, port: this.localPort };
  }
  #stir() {
    clearTimeout(this.#timer);
    if (this.#wait > 0) this.#timer = setTimeout(() => this.emit('timeout'), this.#wait);
  }
  setTimeout(ms, listener) {
    this.#wait = ms;
    if (listener !== undefined) this.once('timeout', listener);
    this.#stir();
    return this;
  }
  setKeepAlive() {
    return this;
  }
  setNoDelay() {
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  /** What the other end wrote; nothing when it has ended. */
  take(bytes) {
    if (this.destroyed) return;
    this.#stir();
    if (bytes !== null) this.bytesRead += bytes.length;
    this.push(bytes);
  }
  _read() {}
  #whenJoined(send) {
    if (this.#peer === undefined) this.#held.push(send);
    else send();
  }
  _write(chunk, _, done) {
    this.#whenJoined(() => {
      const bytes = Buffer.from(chunk);
      this.bytesWritten += bytes.length;
      this.#stir();
      setImmediate(() => this.#peer.take(bytes));
      done();
    });
  }
  _final(done) {
    this.#whenJoined(() => {
      setImmediate(() => this.#peer.take(null));
      done();
    });
  }
  _destroy(error, done) {
    clearTimeout(this.#timer);
    const peer = this.#peer;
    if (peer !== undefined && !this.writableFinished) setImmediate(() => peer.take(null));
    done(error);
  }
  destroySoon() {
    if (this.writableFinished) this.destroy();
    else this.end(() => this.destroy());
  }
  connect(...args) {
    const listener = args.find((one) => typeof one === 'function');
    const [first, second] = args;
    const { port, host: name = 'localhost' } =
      typeof first === 'object' ? first : { port: first, host: typeof second === 'string' ? second : undefined };
    if (listener !== undefined) this.once('connect', listener);
    this.connecting = true;
    reach(this, checkedPort(port), name);
    return this;
  }
}

function joined(socket) {
  socket.emit('connect');
  socket.emit('ready');
}

function reach(socket, port, name) {
  const server = servers.get(port);
  const localPort = nextPort++;
  if (server !== undefined) return setImmediate(() => server.accept(socket, localPort, port));
  // Whoever serves there speaks HTTP: that it is there is known by asking.
  const asked = JSON.stringify({ method: 'HEAD', target: '/', headers: { host: `${name}:${port}` } });
  const isOwn = name === 'localhost' || isIP(name) > 0;
  const found = isOwn
    ? new Promise((resolve, reject) => {
        setImmediate(() => (host.isOpen(port) ? resolve() : reject('ECONNREFUSED')));
      })
    : operation((id) => host.request(id, name, port, asked, new ArrayBuffer(0)));
  found.then(
    () => {
      if (socket.destroyed) return;
      socket.join(new Wire(socket, name, port), { localPort, remotePort: port });
      joined(socket);
    },
    (code) => socket.destroy(causeOf(String(code), name, port)),
  );
}

/** The far end of a connection to a server of HTTP: whole requests are sent, and their answers written back. */
class Wire {
  #socket;
  #name;
  #port;
  #text = '';
  constructor(socket, name, port) {
    this.#socket = socket;
    this.#name = name;
    this.#port = port;
  }
  take(bytes) {
    if (bytes === null) return;
    this.#text += bytes.toString('latin1');
    const end = this.#text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const [line, ...lines] = this.#text.slice(0, end).split('\r\n');
    const [method, target] = line.split(' ');
    const headers = Object.fromEntries(
      lines.map((one) => [one.slice(0, one.indexOf(':')).toLowerCase(), one.slice(one.indexOf(':') + 1).trim()]),
    );
    const body = this.#text.slice(end + 4);
    if (body.length < Number(headers['content-length'] ?? 0)) return;
    this.#text = '';
    const sent = Buffer.from(body, 'latin1');
    operation((id) =>
      host.request(
        id,
        this.#name,
        this.#port,
        JSON.stringify({ method, target, headers }),
        sent.buffer.slice(sent.byteOffset, sent.byteOffset + sent.length),
      ),
    ).then(
      (answer) => this.#answered(answer, /close/i.test(headers.connection ?? '') || line.endsWith('1.0')),
      () => this.#socket.take(null),
    );
  }
  #answered({ status, statusText, headers, body }, isLast) {
    const pairs = (Array.isArray(headers) ? headers : Object.entries(headers)).map(([name, value]) =>
      isLast && /^connection$/i.test(name) ? [name, 'close'] : [name, value],
    );
    const shown = isLast ? pairs.filter(([name]) => !/^keep-alive$/i.test(name)) : pairs;
    const isChunked = shown.some(([name, value]) => /^transfer-encoding$/i.test(name) && value === 'chunked');
    const head = [`HTTP/1.1 ${status} ${statusText}`, ...shown.map(([name, value]) => `${name}: ${value}`), '', ''];
    const bytes = Buffer.from(body);
    const parts = isChunked
      ? [Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n0\r\n\r\n')]
      : [bytes];
    this.#socket.take(Buffer.concat([Buffer.from(head.join('\r\n'), 'latin1'), ...parts]));
    if (isLast) this.#socket.take(null);
  }
}

export class Server extends EventEmitter {
  #port;
  #address = '::';
  #closings = 0;
  #sockets = new Set();
  #half;
  listening = false;
  constructor(options, listener) {
    super();
    const heard = typeof options === 'function' ? options : listener;
    this.#half = typeof options === 'object' && options?.allowHalfOpen === true;
    if (heard !== undefined) this.on('connection', heard);
  }
  listen(...args) {
    const done = args.find((one) => typeof one === 'function');
    const [first, second] = args;
    const asked = typeof first === 'object' && first !== null ? first : { port: first, host: second };
    const port = typeof asked.port === 'function' || asked.port === undefined ? 0 : checkedPort(asked.port);
    if (done !== undefined) this.once('listening', done);
    const closings = this.#closings;
    whenLookedUp(asked.host, (address) => closings === this.#closings && this.#begin(port, address));
    return this;
  }
  #begin(port, address) {
    const opened = host.listen(port);
    if (opened === undefined) {
      const fields = { code: 'EADDRINUSE', errno: -98, syscall: 'listen', address, port };
      const error = systemError(`listen EADDRINUSE: address already in use ${address}:${port}`, fields);
      return nextTick(() => this.emit('error', error));
    }
    this.#port = opened;
    this.#address = address;
    this.listening = true;
    servers.set(opened, this);
    nextTick(() => this.emit('listening'));
  }
  address() {
    if (!this.listening) return null;
    return { address: this.#address, family: this.#address.includes(':') ? 'IPv6' : 'IPv4', port: this.#port };
  }
  accept(client, localPort, port) {
    if (client.destroyed) return;
    const remoteAddress = this.#address === '::' ? '::1' : '127.0.0.1';
    const socket = new Socket({ allowHalfOpen: this.#half });
    socket.join(client, { localPort: port, remotePort: localPort, remoteAddress });
    client.join(socket, { localPort, remotePort: port, remoteAddress });
    define(socket, 'server', this);
    host.talk(1);
    let open = 2;
    for (const end of [socket, client])
      end.once('close', () => {
        open -= 1;
        if (open === 0) host.talk(-1);
      });
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#over();
    });
    joined(client);
    setImmediate(() => this.emit('connection', socket));
  }
  #over() {
    if (!this.listening && this.#sockets.size === 0) nextTick(() => this.emit('close'));
  }
  getConnections(done) {
    nextTick(done, null, this.#sockets.size);
  }
  close(done) {
    const closed = this.listening ? undefined : nodeError(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.');
    this.#closings += 1;
    if (done !== undefined) this.once('close', closed === undefined ? done : () => done(closed));
    if (this.listening) {
      this.listening = false;
      host.closePort(this.#port);
      servers.delete(this.#port);
    }
    this.#over();
    return this;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
}

const define = (target, name, value) =>
  Object.defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });

function checkedPort(port) {
  const number = Number(port);
  if (Number.isInteger(number) && number >= 0 && number < 65536 && String(port).trim() !== '') return number;
  const shown = typeof port === 'string' ? `type string ('${port}')` : `type ${typeof port} (${port})`;
  throw nodeError(RangeError, 'ERR_SOCKET_BAD_PORT', `Port should be >= 0 and < 65536. Received ${shown}.`);
}

export const createServer = (options, listener) => new Server(options, listener);
export const connect = (...args) => new Socket(typeof args[0] === 'object' ? args[0] : {}).connect(...args);
export { connect as createConnection, isIP, isIPv4, isIPv6 };
export default {
  connect,
  createConnection: connect,
  createServer,
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
};
