// What passes between a client and a server of the same program while it passes: the machine's network carries whole messages only.
import { host, info } from 'node:internal/host';
import { setImmediate } from 'node:internal/timers';

/** The ports on which this program serves. */
export const served = new Set();
/** The header by which the server finds what it shares with its client; nobody else sees it. */
export const mark = 'x-noventa-exchange';
/** The header of an answer whose body comes piece by piece. */
export const live = 'x-noventa-live';

const known = new Map();
let nextNumber = 1;

export class Exchange {
  /** Lengths of the pieces in which the request's body was written. */
  lengths;
  #pieces = [];
  #hear;
  #isGone = false;
  #leave = () => {};
  constructor() {
    this.key = `${info.pid}:${nextNumber++}`;
    known.set(this.key, this);
  }
  /** Time passes while they talk. */
  #isOpen = false;
  #talk(isOpen) {
    if (this.#isOpen !== isOpen) host.talk(isOpen ? 1 : -1);
    this.#isOpen = isOpen;
  }
  begin() {
    this.#talk(true);
  }
  /** The server sends bytes, or `null` at the end, or says why there is no end. */
  give(piece) {
    if (!(piece instanceof Uint8Array)) this.#talk(false);
    setImmediate(() => {
      if (this.#isGone) return;
      if (this.#hear === undefined) this.#pieces.push(piece);
      else this.#hear(piece);
    });
  }
  /** The client listens. */
  hear(listener) {
    this.#hear = listener;
    for (const piece of this.#pieces.splice(0)) listener(piece);
  }
  /** The client goes before the end. */
  leave() {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#talk(false);
    setImmediate(() => this.#leave());
    this.#whenRead();
  }
  #isRead = false;
  #whenRead = () => {};
  /** The client has the whole answer. */
  read() {
    if (this.#isRead) return;
    this.#isRead = true;
    this.#whenRead();
  }
  whenRead(action) {
    if (this.#isRead || this.#isGone) action();
    else this.#whenRead = action;
  }
  whenLeft(action) {
    this.#leave = action;
  }
}

/** What a client adds to the headers of a request to this program itself. */
export function exchangeWith(hostname, port, headers) {
  if (!served.has(port) || !/^(localhost|127\.0\.0\.1|\[?::1\]?|0\.0\.0\.0)$/.test(hostname)) return undefined;
  const exchange = new Exchange();
  headers[mark] = exchange.key;
  return exchange;
}

/** What a server finds of it; the header is taken away. */
export function exchangeOf(headers) {
  const found = known.get(headers[mark]);
  known.delete(headers[mark]);
  delete headers[mark];
  return found;
}
