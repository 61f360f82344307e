// node:readline over a stream that is read line by line.
import EventEmitter from 'node:events';
import { nodeError } from 'node:internal/errors';
import { nextTick } from 'node:internal/timers';

export class Interface extends EventEmitter {
  #rest = '';
  #lines = [];
  #asked = [];
  #prompt = '> ';
  #over = false;
  #iterating;
  constructor(input, output) {
    super();
    const options = input?.input === undefined ? { input, output } : input;
    this.input = options.input;
    this.output = options.output;
    this.closed = false;
    this.line = '';
    this.terminal = false;
    if (options.prompt !== undefined) this.#prompt = options.prompt;
    this.input.setEncoding?.('utf8');
    this.input.on('data', (chunk) => this.closed || this.#hear(String(chunk)));
    this.input.on('end', () => this.#end());
    this.input.on('error', (error) => this.#iterating ?? this.emit('error', error));
    if (options.signal) options.signal.addEventListener('abort', () => this.close());
  }
  #hear(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    this.#rest = lines.pop();
    if (lines.length > 0) this.#tell(lines.shift());
    this.#others(lines);
  }
  // By itself, so that a stack tells the first line from the others.
  #others(lines) {
    for (const line of lines) this.#tell(line);
  }
  #tell(line, isRest = false) {
    const asked = isRest ? undefined : this.#asked.shift();
    if (asked !== undefined) asked(line);
    else if (this.#iterating !== undefined) {
      this.#lines.push(line);
      this.#iterating();
    } else this.emit('line', line);
  }
  #end() {
    const rest = this.#rest;
    this.#rest = '';
    // What no line end closes answers no question.
    if (rest !== '' && !this.closed) this.#tell(rest, true);
    this.#over = true;
    this.#iterating?.();
    nextTick(() => this.close());
  }
  setPrompt(text) {
    this.#prompt = text;
  }
  getPrompt() {
    return this.#prompt;
  }
  #use() {
    if (this.closed) throw nodeError(Error, 'ERR_USE_AFTER_CLOSE', 'readline was closed');
  }
  prompt() {
    this.#use();
    this.output?.write(this.#prompt);
  }
  write(text) {
    this.#use();
    this.#hear(String(text));
  }
  question(query, options, callback) {
    const done = typeof options === 'function' ? options : callback;
    this.#use();
    this.output?.write(query);
    this.#asked.push(done);
  }
  pause() {
    this.#use();
    this.input.pause?.();
    this.emit('pause');
    return this;
  }
  resume() {
    this.#use();
    this.input.resume?.();
    this.emit('resume');
    return this;
  }
  close() {
    if (this.closed) return;
    this.closed = true;
    this.input.pause?.();
    this.emit('close');
    this.#iterating?.();
  }
  [Symbol.dispose ?? Symbol('dispose')]() {
    this.close();
  }
  async *[Symbol.asyncIterator]() {
    // From here on lines are kept until they are asked for.
    this.#iterating = () => {};
    let failed;
    this.input.on('error', (error) => {
      failed = { error };
      this.#iterating();
    });
    try {
      for (;;) {
        if (failed !== undefined) throw failed.error;
        if (this.#lines.length > 0) yield this.#lines.shift();
        else if (this.closed || this.#over) return;
        else
          await new Promise((resolve) => {
            this.#iterating = resolve;
          });
      }
    } finally {
      this.close();
    }
  }
}

export const createInterface = (input, output) => new Interface(input, output);
export function clearLine(stream) {
  stream.write('\u001b[2K');
  return true;
}

export function cursorTo(stream, x, y) {
  stream.write(y === undefined ? `\u001b[${x + 1}G` : `\u001b[${y + 1};${x + 1}H`);
  return true;
}

export const promises = {
  createInterface(input, output) {
    const rl = new Interface(input, output);
    const ask = rl.question.bind(rl);
    rl.question = (query) => new Promise((resolve) => ask(query, resolve));
    return rl;
  },
};
export default { Interface, createInterface, clearLine, cursorTo, promises };
