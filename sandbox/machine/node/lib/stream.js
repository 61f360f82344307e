// node:stream. Source of the rules: Node.js 24 documentation, "Stream".
import { Buffer } from 'node:buffer';
import EventEmitter from 'node:events';
import { define, nodeError, wrongType } from 'node:internal/errors';
import { nextTick } from 'node:internal/timers';

const MARK = 65536;
const MARK_OBJECTS = 16;
const noop = () => {};
const { return: asyncReturn } = Object.getPrototypeOf(async function* () {}).prototype;
const sizeOf = (chunk, objects) => (objects ? 1 : chunk.length);

export class Stream extends EventEmitter {
  pipe(target, { end = true } = {}) {
    this.on('data', (chunk) => {
      if (target.write(chunk) === false && this.pause) {
        this.pause();
        target.once('drain', () => this.resume());
      }
    });
    if (end && target !== globalThis.process?.stdout && target !== globalThis.process?.stderr)
      this.once('end', () => target.end());
    target.emit('pipe', this);
    return target;
  }
}

/** What reading and writing have in common: an end by `destroy`. */
function destroyable(stream, error) {
  if (stream.destroyed) return stream;
  stream.destroyed = true;
  if (error) stream.errored = error;
  const done = (late) => {
    const failure = late ?? error;
    stream.closed = true;
    nextTick(() => {
      if (failure) stream.emit('error', failure);
      stream.emit('close');
    });
  };
  stream._destroy(error ?? null, done);
  return stream;
}

export class Readable extends Stream {
  constructor(options = {}) {
    super();
    setUpReadable(this, options);
  }
  _read() {
    throw nodeError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _read() method is not implemented');
  }
  _destroy(error, done) {
    done(error);
  }
  get readable() {
    return !this.destroyed && !this.readableEnded && this.errored === null;
  }
  get readableFlowing() {
    return this._in.flowing;
  }
  get readableLength() {
    return this._in.length;
  }
  get readableObjectMode() {
    return this._in.objects;
  }
  get readableHighWaterMark() {
    return this._in.mark;
  }
  push(chunk, encoding) {
    const state = this._in;
    if (chunk === null) {
      state.ended = true;
      schedule(this);
      return false;
    }
    const piece = state.objects || chunk instanceof Uint8Array ? chunk : Buffer.from(chunk, encoding);
    if (!state.objects && piece.length === 0) return true;
    // What flows and was not asked for just now is heard at once.
    if (state.flowing && state.asked && !state.reading && state.chunks.length === 0 && this.listenerCount('data') > 0) {
      this.emit('data', decoded(state, piece));
      schedule(this);
      return true;
    }
    state.chunks.push(piece);
    state.length += sizeOf(piece, state.objects);
    schedule(this);
    return state.length < state.mark;
  }
  unshift(chunk) {
    this._in.chunks.unshift(chunk);
    this._in.length += sizeOf(chunk, this._in.objects);
  }
  read(size) {
    const state = this._in;
    if (state.chunks.length === 0) {
      fill(this);
      if (state.chunks.length === 0) {
        if (state.ended) endSoon(this);
        return null;
      }
    }
    if (state.objects) {
      state.length -= 1;
      return decoded(state, state.chunks.shift());
    }
    // What flows comes as it was written; who asks gets all that is there.
    if (size === undefined && state.flowing) {
      const first = state.chunks.shift();
      state.length -= first.length;
      return decoded(state, first);
    }
    const all = state.chunks.length === 1 ? state.chunks[0] : Buffer.concat(state.chunks);
    if (size !== undefined && size > all.length && !state.ended) return null;
    const taken = size === undefined ? all : all.subarray(0, size);
    const rest = size === undefined ? all.subarray(all.length) : all.subarray(size);
    state.chunks = rest.length > 0 ? [rest] : [];
    state.length = rest.length;
    return decoded(state, taken);
  }
  setEncoding(encoding) {
    const state = this._in;
    state.encoding = encoding;
    // What is there already becomes one text.
    if (!state.objects && state.chunks.length > 1) state.chunks = [Buffer.concat(state.chunks)];
    return this;
  }
  on(name, listener) {
    super.on(name, listener);
    if (name === 'data' && this._in.flowing !== false) this.resume();
    if (name === 'readable') {
      this._in.flowing = false;
      this._in.wanted = true;
      schedule(this);
    }
    return this;
  }
  addListener(name, listener) {
    return this.on(name, listener);
  }
  resume() {
    this._in.flowing = true;
    schedule(this);
    return this;
  }
  pause() {
    this._in.flowing = false;
    return this;
  }
  isPaused() {
    return this._in.flowing === false;
  }
  unpipe() {
    this.removeAllListeners('data');
    return this.pause();
  }
  destroy(error) {
    return destroyable(this, error);
  }
  [Symbol.asyncIterator]() {
    const chunks = this._chunks();
    // Whoever leaves a loop does not wait for the end.
    return define(chunks, 'return', (value) => {
      this.destroy();
      return asyncReturn.call(chunks, value);
    });
  }
  async *_chunks() {
    try {
      for (;;) {
        if (this.errored) throw this.errored;
        const chunk = this.destroyed ? null : this.read();
        if (chunk !== null) yield chunk;
        else if (this.readableEnded || this.destroyed) return;
        else
          await new Promise((resolve) => {
            this._in.wake = resolve;
            schedule(this);
          });
      }
    } finally {
      this.destroy();
    }
  }
  iterator() {
    return this[Symbol.asyncIterator]();
  }
  map(change) {
    return derived(this, async function* (source) {
      for await (const chunk of source) yield await change(chunk);
    });
  }
  filter(keep) {
    return derived(this, async function* (source) {
      for await (const chunk of source) if (await keep(chunk)) yield chunk;
    });
  }
  take(count) {
    return derived(this, async function* (source) {
      let left = count;
      for await (const chunk of source) {
        if (left-- <= 0) return;
        yield chunk;
      }
    });
  }
  flatMap(change) {
    return derived(this, async function* (source) {
      for await (const chunk of source) yield* await change(chunk);
    });
  }
  drop(count) {
    let left = count;
    return this.filter(() => left-- <= 0);
  }
  async find(wanted) {
    for await (const chunk of this) if (await wanted(chunk)) return chunk;
  }
  async some(wanted) {
    for await (const chunk of this) if (await wanted(chunk)) return true;
    return false;
  }
  async every(wanted) {
    return !(await this.some(async (chunk) => !(await wanted(chunk))));
  }
  async forEach(action) {
    for await (const chunk of this) await action(chunk);
  }
  async toArray() {
    const all = [];
    for await (const chunk of this) all.push(chunk);
    return all;
  }
  async reduce(join, ...first) {
    return (await this.toArray()).reduce(join, ...first);
  }
  static from(source, options) {
    if (typeof source === 'string' || source instanceof Uint8Array) {
      const one = new Readable({ objectMode: true, ...options, read: noop });
      one.push(source);
      one.push(null);
      return one;
    }
    const iterator = source[Symbol.asyncIterator]?.() ?? source[Symbol.iterator]();
    return new Readable({
      objectMode: true,
      ...options,
      read() {
        Promise.resolve(iterator.next()).then(
          ({ value, done }) =>
            done
              ? this.push(null)
              : Promise.resolve(value).then(
                  (chunk) => this.push(chunk),
                  (error) => this.destroy(error),
                ),
          (error) => this.destroy(error),
        );
      },
      destroy(error, done) {
        Promise.resolve(iterator.return?.()).then(() => done(error), done);
      },
    });
  }
}

const derived = (source, change) => Readable.from(change(source));

function setUpReadable(
  stream,
  { objectMode, readableObjectMode, highWaterMark, readableHighWaterMark, encoding, read, destroy },
) {
  const objects = Boolean(objectMode || readableObjectMode);
  const mark = readableHighWaterMark ?? highWaterMark ?? (objects ? MARK_OBJECTS : MARK);
  define(stream, '_in', {
    objects,
    mark,
    encoding,
    chunks: [],
    length: 0,
    ended: false,
    flowing: null,
    reading: false,
    asked: false,
    planned: false,
  });
  if (read) define(stream, '_read', read);
  if (destroy) define(stream, '_destroy', destroy);
  Object.assign(stream, { destroyed: false, closed: false, errored: null, readableEnded: false });
}

const decoded = ({ encoding, objects }, chunk) =>
  encoding === undefined || (objects && typeof chunk === 'string') ? chunk : Buffer.from(chunk).toString(encoding);

function fill(stream) {
  const state = stream._in;
  if (state.ended || stream.destroyed || state.reading || state.length >= state.mark) return;
  state.reading = true;
  state.asked = true;
  try {
    stream._read(state.mark);
  } catch (error) {
    stream.destroy(error);
  }
  state.reading = false;
}

/** Moves what is there on, once this turn is over. */
function schedule(stream) {
  const state = stream._in;
  if (state.planned) return;
  state.planned = true;
  nextTick(() => {
    state.planned = false;
    flow(stream);
  });
}

function flow(stream) {
  const state = stream._in;
  if (stream.destroyed) return state.wake?.();
  if (state.wake !== undefined) {
    if (state.chunks.length === 0) fill(stream);
    if (state.chunks.length > 0 || state.ended) {
      if (state.chunks.length === 0) endSoon(stream);
      const wake = state.wake;
      state.wake = undefined;
      wake();
    }
    return;
  }
  while (state.flowing && !stream.destroyed) {
    const chunk = stream.read();
    if (chunk === null) break;
    stream.emit('data', chunk);
  }
  if (state.wanted && !state.flowing) {
    if (state.chunks.length === 0) fill(stream);
    if (state.chunks.length > 0 || state.ended) stream.emit('readable');
  }
  if (state.flowing && state.chunks.length === 0 && state.ended) endSoon(stream);
}

function endSoon(stream) {
  if (stream._in.over) return;
  stream._in.over = true;
  nextTick(() => {
    if (stream.destroyed) return;
    stream.readableEnded = true;
    stream.emit('end');
    stream._in.wake?.();
    if (stream._out === undefined || stream.writableFinished || stream._out.autoDestroy === false) stream.destroy();
  });
}

function setUpWritable(stream, options) {
  const {
    objectMode,
    writableObjectMode,
    highWaterMark,
    writableHighWaterMark,
    decodeStrings = true,
    write,
    writev,
    final,
    destroy,
  } = options;
  const objects = Boolean(objectMode || writableObjectMode);
  const mark = writableHighWaterMark ?? highWaterMark ?? (objects ? MARK_OBJECTS : MARK);
  define(stream, '_out', {
    objects,
    mark,
    decodeStrings,
    queue: [],
    length: 0,
    ending: false,
    writing: false,
    needDrain: false,
  });
  if (write) define(stream, '_write', write);
  if (writev) define(stream, '_writev', writev);
  if (writev && !write)
    define(stream, '_write', (chunk, encoding, done) => writev.call(stream, [{ chunk, encoding }], done));
  if (final) define(stream, '_final', final);
  if (destroy) define(stream, '_destroy', destroy);
  Object.assign(stream, {
    destroyed: false,
    closed: false,
    errored: null,
    writableEnded: false,
    writableFinished: false,
  });
}

/** The writing half, for `Writable` and `Duplex`. */
const writing = {
  _write() {
    throw nodeError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _write() method is not implemented');
  },
  _final(done) {
    done();
  },
  write(chunk, encoding, callback) {
    const done = typeof encoding === 'function' ? encoding : (callback ?? noop);
    const state = this._out;
    if (chunk === null) throw nodeError(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    if (!state.objects && typeof chunk !== 'string' && !(chunk instanceof Uint8Array))
      throw wrongType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk);
    if (this.writableEnded || this.destroyed) {
      const error = this.writableEnded
        ? nodeError(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end')
        : nodeError(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
      nextTick(done, error);
      this.destroy(error);
      return false;
    }
    const code = typeof encoding === 'string' ? encoding : 'utf8';
    const piece = !state.objects && typeof chunk === 'string' && state.decodeStrings ? Buffer.from(chunk, code) : chunk;
    state.queue.push({ chunk: piece, encoding: piece === chunk ? code : 'buffer', done });
    state.length += sizeOf(piece, state.objects);
    const room = state.length < state.mark;
    if (!room) state.needDrain = true;
    work(this);
    return room;
  },
  end(chunk, encoding, callback) {
    const done = [chunk, encoding, callback].find((one) => typeof one === 'function');
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function')
      this.write(chunk, typeof encoding === 'string' ? encoding : undefined);
    if (done) this.once('finish', done);
    if (!this.writableEnded) {
      this.writableEnded = true;
      work(this);
    }
    return this;
  },
  cork: noop,
  uncork: noop,
  setDefaultEncoding() {
    return this;
  },
};

function work(stream) {
  const state = stream._out;
  if (state.writing || stream.destroyed) return;
  const next = stream._writev !== undefined && state.queue.length > 1 ? allWaiting(state) : state.queue.shift();
  if (next !== undefined) {
    state.writing = true;
    let later = false;
    const written = (error) => {
      state.writing = false;
      state.length -= next.size ?? sizeOf(next.chunk, state.objects);
      if (error) {
        stream.errored ??= error;
        const fail = () => {
          next.done(error);
          stream.destroy(error);
        };
        if (later) fail();
        else nextTick(fail);
        return;
      }
      const go = () => {
        next.done(null);
        if (state.needDrain && state.length === 0 && !stream.writableEnded) {
          state.needDrain = false;
          stream.emit('drain');
        }
        work(stream);
      };
      if (later) go();
      else nextTick(go);
    };
    try {
      if (next.chunks === undefined) stream._write(next.chunk, next.encoding, written);
      else stream._writev(next.chunks, written);
    } catch (error) {
      stream.destroy(error);
    }
    later = true;
    return;
  }
  if (!stream.writableEnded || state.ending) return;
  state.ending = true;
  nextTick(() =>
    stream._final((error) => {
      if (error) return stream.destroy(error);
      nextTick(() => {
        stream.writableFinished = true;
        stream.emit('finish');
        if (stream._in === undefined || stream.readableEnded) stream.destroy();
      });
    }),
  );
}

/** What waits to be written, to be written at once. */
function allWaiting(state) {
  const chunks = state.queue.splice(0);
  const done = (error) => {
    for (const one of chunks) one.done(error);
  };
  return { chunks, done, size: state.length };
}

export class Writable extends Stream {
  constructor(options = {}) {
    super();
    setUpWritable(this, options);
  }
  _destroy(error, done) {
    done(error);
  }
  destroy(error) {
    return destroyable(this, error);
  }
}

export class Duplex extends Readable {
  constructor(options = {}) {
    super(options);
    setUpWritable(this, options);
    if (options.read) define(this, '_read', options.read);
  }
}

const writableState = {
  writable: {
    configurable: true,
    get() {
      return !this.destroyed && !this.writableEnded && this.errored === null;
    },
  },
  writableLength: {
    configurable: true,
    get() {
      return this._out.length;
    },
  },
  writableNeedDrain: {
    configurable: true,
    get() {
      return this._out.needDrain;
    },
  },
  writableHighWaterMark: {
    configurable: true,
    get() {
      return this._out.mark;
    },
  },
  writableObjectMode: {
    configurable: true,
    get() {
      return this._out.objects;
    },
  },
};
for (const Class of [Writable, Duplex]) {
  for (const [name, value] of Object.entries(writing)) define(Class.prototype, name, value);
  Object.defineProperties(Class.prototype, writableState);
}

export class Transform extends Duplex {
  constructor(options = {}) {
    super(options);
    this._in.asked = true;
    if (options.transform) define(this, '_transform', options.transform);
    if (options.flush) define(this, '_flush', options.flush);
  }
  _transform() {
    throw nodeError(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _transform() method is not implemented');
  }
  _write(chunk, encoding, done) {
    this._transform(chunk, encoding, (error, result) => {
      if (error) return done(error);
      if (result !== undefined && result !== null) this.push(result);
      // Whoever reads slowly is waited for.
      if (this._in.length < this._in.mark) done();
      else this._held = done;
    });
  }
  _read() {
    const held = this._held;
    this._held = undefined;
    held?.();
  }
  _final(done) {
    const finish = (error, result) => {
      if (error) return done(error);
      if (result !== undefined && result !== null) this.push(result);
      this.push(null);
      done();
    };
    if (this._flush === undefined) finish();
    else this._flush(finish);
  }
}

export class PassThrough extends Transform {
  _transform(chunk, _, done) {
    done(null, chunk);
  }
}

/** Calls back once, when a stream is at its end or has failed. */
export function finished(stream, options, callback) {
  const done = typeof options === 'function' ? options : callback;
  let told = false;
  const tell = (error) => {
    if (told) return;
    told = true;
    done(error);
  };
  const isFor = (side) => typeof options !== 'object' || options?.[side] !== false;
  const reads = isFor('readable') && (stream._in !== undefined || typeof stream.read === 'function');
  const writes = isFor('writable') && (stream._out !== undefined || typeof stream.write === 'function');
  const over = () => {
    if ((!reads || stream.readableEnded !== false) && (!writes || stream.writableFinished !== false)) tell();
  };
  if (stream.closed && !stream.errored) nextTick(over);
  stream.on('end', over);
  stream.on('finish', over);
  stream.on('error', tell);
  stream.on('close', () => {
    if (!told && (stream.readableEnded === false || stream.writableFinished === false) && !stream.errored)
      tell(nodeError(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close'));
  });
  return noop;
}

const isStream = (value) => typeof value?.on === 'function';

const isStandard = (stream) => stream === globalThis.process?.stdout || stream === globalThis.process?.stderr;

export function pipeline(...parts) {
  const callback = typeof parts.at(-1) === 'function' && isStream(parts.at(-2)) ? parts.pop() : noop;
  return connect(parts.flat(), {}, callback);
}

/** @param options `end: false` leaves the last stream open; `signal` ends them all. */
function connect(list, { end = true, signal }, callback) {
  let told = false;
  const tell = (error) => {
    if (told) return;
    told = true;
    if (error) for (const one of streams) one.destroy?.();
    callback(error);
  };
  const streams = [];
  let current = list[0];
  current = typeof current === 'function' ? current() : current;
  if (!isStream(current)) current = Readable.from(current);
  streams.push(current);
  for (const part of list.slice(1)) {
    if (typeof part === 'function') {
      const result = part(current);
      if (typeof result?.then === 'function') {
        result.then((value) => callback(undefined, value), tell);
        return current;
      }
      current.on('error', tell);
      current = isStream(result) ? result : Readable.from(result);
    } else {
      current.on('error', tell);
      if (part.destroyed || part.writableEnded === true) {
        nextTick(
          callback,
          nodeError(Error, 'ERR_STREAM_UNABLE_TO_PIPE', 'Cannot pipe to a closed or destroyed stream'),
        );
        return part;
      }
      const isLast = part === list.at(-1);
      current.pipe(part, { end: end || !isLast });
      // What stays open is done with when its source is.
      if (isLast && (!end || isStandard(part))) {
        finished(current, { writable: false }, tell);
        return part;
      }
      current = part;
    }
    streams.push(current);
  }
  const stop = () => tell(abortedBy(signal));
  if (signal?.aborted) nextTick(stop);
  else signal?.addEventListener('abort', stop, { once: true });
  // Nobody has to read what the last one gives.
  finished(current, { readable: streams.length === 1 }, (error) => tell(error));
  return current;
}

function abortedBy({ reason }) {
  const error = nodeError(Error, 'ABORT_ERR', 'The operation was aborted');
  define(error, 'cause', reason);
  define(error, 'name', 'AbortError');
  return error;
}

export const promises = {
  pipeline: (...parts) =>
    new Promise((resolve, reject) => {
      const last = parts.at(-1);
      const streams = isStream(last) || typeof last === 'function' ? parts : parts.slice(0, -1);
      connect(streams.flat(), streams === parts ? {} : last, (error, value) =>
        error ? reject(error) : resolve(value),
      );
    }),
  finished: (stream) =>
    new Promise((resolve, reject) => finished(stream, (error) => (error ? reject(error) : resolve()))),
};

Object.assign(Stream, { Stream, Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished, promises });

/** A stream of several, one after the other: what is written goes into the first, what is read comes out of the last. */
export function compose(...streams) {
  const first = streams[0];
  const last = streams.slice(1).reduce((from, one) => from.pipe(one), first);
  return new Duplex({
    objectMode: true,
    read() {
      if (last.listenerCount('data') > 0) return last.resume();
      last.on('data', (chunk) => this.push(chunk) || last.pause());
      last.once('end', () => this.push(null));
    },
    write: (chunk, encoding, done) => first.write(chunk, encoding, done),
    final: (done) => first.end(done),
  });
}

export { Stream as default };
