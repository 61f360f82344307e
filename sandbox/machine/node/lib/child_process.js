// node:child_process: commands of the sandbox's shell. Another program of Node is heard while it runs, and can be sent signals;
// of all else, what was written comes at the end.
import { Buffer } from 'node:buffer';
import EventEmitter from 'node:events';
import { define, nodeError, wrongType, wrongValue } from 'node:internal/errors';
import { host } from 'node:internal/host';
import { operation } from 'node:internal/operations';
import { signalName, signals } from 'node:internal/signals';
import { nextTick } from 'node:internal/timers';
import process from 'node:process';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

let nextPid = process.pid + 1;

class ChildProcess extends EventEmitter {
  /** Whether it is a program that can be sent signals. */
  #runs = false;
  #signal;
  #late;
  constructor(words, options) {
    super();
    const { cwd, env, stdio = 'pipe', input } = options;
    const [inherits0, inherits1, inherits2] = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
    const ipc = Array.isArray(stdio) && stdio.includes('ipc');
    const written = [];
    Object.assign(this, {
      pid: nextPid++,
      exitCode: null,
      signalCode: null,
      killed: false,
      spawnfile: words[0],
      spawnargs: [...words],
    });
    this.stdin =
      inherits0 === 'inherit' || inherits0 === 'ignore' || input !== undefined
        ? null
        : new Writable({
            write(chunk, _, done) {
              written.push(chunk);
              done();
            },
          });
    const source = () => new Readable({ read() {} });
    this.stdout = inherits1 === 'pipe' || inherits1 === undefined ? source() : null;
    this.stderr = inherits2 === 'pipe' || inherits2 === undefined ? source() : null;
    this.stdio = [this.stdin, this.stdout, this.stderr, ...(ipc ? [null] : [])];
    const began = host.now();
    const go = () => {
      const given = input === undefined ? Buffer.concat(written) : Buffer.from(input);
      const text = given.toString();
      const asked = {
        words: namedWords(words, options.shell),
        cwd: cwd === undefined ? host.cwd() : String(cwd),
        env: env === undefined ? { ...process.env } : { ...env },
        stdin: text,
        inherits: [inherits1 === 'inherit', inherits2 === 'inherit'],
        ipc,
      };
      let told;
      const hear = (stream, bytes) => {
        if (stream === 3) return told(bytes);
        const chunk = Buffer.from(bytes);
        (stream === 1 ? this.stdout : this.stderr)?.push(chunk);
      };
      operation((id) => {
        if (ipc) told = host.importNow('node:internal/fork').talk(this, id);
        const pid = host.spawn(id, JSON.stringify(asked));
        if (pid === undefined) return;
        this.pid = pid;
        this.#runs = true;
        if (this.killed) host.kill(pid, this.#signal);
        if (options.timeout > 0)
          this.#late = globalThis.setTimeout(() => this.kill(options.killSignal), options.timeout);
      }, hear).then(
        (answer) => {
          globalThis.clearTimeout(this.#late);
          if (!this.#runs && options.timeout > 0 && host.now() - began > options.timeout) this.kill(options.killSignal);
          this.#end(answer, inherits1, inherits2);
        },
        (error) => this.emit('error', new Error(String(error))),
      );
    };
    nextTick(() => this.emit('spawn'));
    // A command that reads gets its input whole: it begins when all of it is there, or when nobody means to write.
    if (this.stdin === null || ipc) go();
    else {
      let gone = false;
      let piped = false;
      this.stdin.on('pipe', () => {
        piped = true;
      });
      const once = () => {
        if (!gone) go();
        gone = true;
      };
      this.stdin.once('finish', once);
      globalThis.setImmediate(() => written.length === 0 && !piped && !this.stdin.writableEnded && once());
    }
  }
  #end({ exitCode, stderr, missing, denied, body }, out, err) {
    if (missing || denied) {
      this.stdout?.push(null);
      this.stderr?.push(null);
      const error = Object.assign(new Error(`spawn ${this.spawnfile} ${denied ? 'EACCES' : 'ENOENT'}`), {
        errno: denied ? -13 : -2,
        code: denied ? 'EACCES' : 'ENOENT',
        syscall: `spawn ${this.spawnfile}`,
        path: this.spawnfile,
        spawnargs: this.spawnargs.slice(1),
      });
      const { message } = error;
      define(error, 'stack', [`Error: ${message}`, ...ofStart.map((one) => `    at ${one}`)].join('\n'));
      this.exitCode = error.errno;
      nextTick(() => {
        this.emit('error', error);
        this.emit('close', error.errno, null);
      });
      return;
    }
    // Programs hold back what they write to a pipe, but not their errors.
    if (err === 'inherit') process.stderr.write(stderr);
    if (out === 'inherit') process.stdout.write(Buffer.from(body));
    else if (this.stdout) this.stdout.push(Buffer.from(body));
    if (err !== 'inherit' && this.stderr && stderr !== '') this.stderr.push(stderr);
    this.stderr?.push(null);
    this.stdout?.push(null);
    [this.exitCode, this.signalCode] = this.killed && !this.#runs ? [null, this.#signal] : endOf(exitCode);
    const waiting = [this.stdout, this.stderr].filter((one) => one !== null);
    let left = waiting.length + 1;
    // What was written is heard before the end is.
    const exited = () => {
      this.emit('exit', this.exitCode, this.signalCode);
      left -= 1;
      if (left === 0) nextTick(close);
    };
    globalThis.setImmediate(exited);
    const close = () => this.emit('close', this.exitCode, this.signalCode);
    const closed = () => {
      left -= 1;
      if (left === 0) this.emit('close', this.exitCode, this.signalCode);
    };
    for (const one of waiting) one.once('close', closed);
    // Nobody may be reading: the end must come all the same.
    for (const one of waiting)
      if (one.readableFlowing === null && one.listenerCount('readable') === 0)
        globalThis.setImmediate(() => one.readableFlowing === null && one.resume());
  }
  kill(signal = 'SIGTERM') {
    const name = signalOf(signal);
    if (this.exitCode !== null || this.signalCode !== null) return false;
    if (name === undefined) return true;
    this.#signal = name;
    this.killed = true;
    if (this.#runs) host.kill(this.pid, name);
    return true;
  }
  ref() {}
  unref() {}
}

/** The program itself, by its path: the shell knows it by its name. */
const namedWords = (words, shell) => {
  if (!shell) return words[0] === process.execPath ? ['node', ...words.slice(1)] : words;
  const own = new RegExp(`(?<![\\w/])${process.execPath}(?!\\w)`, 'g');
  return words.join(' ').replace(own, 'node');
};

/** What is started has a name, and a list of arguments. */
function checkedCall(command, args) {
  if (typeof command !== 'string') throw wrongType('file', 'of type string', command);
  if (command === '') throw wrongValue('file', "''", 'cannot be empty');
  if (args !== undefined && args !== null && typeof args !== 'object') throw wrongType('args', 'of type object', args);
}
function checkedCommand(command) {
  if (typeof command !== 'string') throw wrongType('command', 'of type string', command);
  if (command === '') throw wrongValue('file', "''", 'cannot be empty');
}

export function spawn(command, args, options) {
  checkedCall(command, args);
  const [list, more] = Array.isArray(args) ? [args, options ?? {}] : [[], args ?? {}];
  return new ChildProcess([command, ...list], more);
}

/** What of Node's own tells of a program that is not there. */
const ofStart = [
  'ChildProcess._handle.onexit (node:internal/child_process:287:19)',
  'onErrorNT (node:internal/child_process:525:16)',
  'process.processTicksAndRejections (node:internal/process/task_queues:90:21)',
];

/** What of Node's own tells of a command that failed. */
const ofExit = [
  'genericNodeError (node:internal/errors:986:15)',
  'wrappedFn (node:internal/errors:540:14)',
  'ChildProcess.exithandler (node:child_process:417:12)',
  'ChildProcess.emit (node:events:514:28)',
  'maybeClose (node:internal/child_process:1141:16)',
  'ChildProcess._handle.onexit (node:internal/child_process:306:5)',
];

function collected(child, options, callback, what) {
  const text = { stdout: '', stderr: '' };
  const { maxBuffer = 1024 * 1024 } = options;
  let full;
  for (const name of ['stdout', 'stderr'])
    child[name].setEncoding('utf8').on('data', (chunk) => {
      text[name] += chunk;
      if (text[name].length <= maxBuffer) return;
      text[name] = text[name].slice(0, maxBuffer);
      const words = `${name} maxBuffer length exceeded`;
      full ??= Object.assign(nodeError(RangeError, 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER', words), { cmd: what });
      child.kill(options.killSignal);
    });
  const out = (name) => (options.encoding === 'buffer' ? Buffer.from(text[name]) : text[name]);
  child.on('error', (error) => callback?.(Object.assign(error, { cmd: what }), '', ''));
  const succeeded = () => callback?.(null, out('stdout'), out('stderr'));
  const failed = (error) => callback?.(error, out('stdout'), out('stderr'));
  child.on('close', (code, signal) => {
    if (code < 0) return;
    if (full !== undefined) return failed(full);
    if (code === 0) return succeeded();
    const error = Object.assign(new Error(`Command failed: ${what}\n${text.stderr}`), {
      code,
      killed: child.killed,
      signal,
      cmd: what,
    });
    const { message } = error;
    define(error, 'stack', [`Error: ${message}`, ...ofExit.map((one) => `    at ${one}`)].join('\n'));
    failed(error);
  });
  return child;
}

export function exec(command, options, callback) {
  checkedCommand(command);
  const [more, done] = typeof options === 'function' ? [{}, options] : [options ?? {}, callback];
  return collected(new ChildProcess([command], { ...more, shell: true }), more, done, command);
}

export function execFile(file, args, options, callback) {
  const list = Array.isArray(args) ? args : [];
  const rest = Array.isArray(args) ? [options, callback] : [args, options];
  const done = rest.find((one) => typeof one === 'function');
  const more = rest.find((one) => typeof one === 'object' && one !== null) ?? {};
  return collected(new ChildProcess([file, ...list], more), more, done, [file, ...list].join(' '));
}

for (const call of [exec, execFile])
  call[promisify.custom] = (...args) =>
    new Promise((resolve, reject) => {
      call(...args, (error, stdout, stderr) =>
        error ? reject(Object.assign(error, { stdout, stderr })) : resolve({ stdout, stderr }),
      );
    });

/** Waits for a command: the machine stops the program and brings it back here when the command has ended. */
function wait(words, options) {
  const { cwd, env, input, stdio = 'pipe', encoding } = options;
  const asked = {
    words: namedWords(words, options.shell),
    cwd: cwd === undefined ? host.cwd() : String(cwd),
    env: env === undefined ? { ...process.env } : { ...env },
    stdin: input === undefined ? '' : Buffer.from(input).toString(),
  };
  const began = host.now();
  const { exitCode, stderr, missing, denied, stdout } = JSON.parse(host.spawnSync(JSON.stringify(asked)));
  const pid = nextPid++;
  if (missing || denied) {
    const error = Object.assign(new Error(`spawnSync ${words[0]} ${denied ? 'EACCES' : 'ENOENT'}`), {
      errno: denied ? -13 : -2,
      code: denied ? 'EACCES' : 'ENOENT',
      syscall: `spawnSync ${words[0]}`,
      path: words[0],
      spawnargs: words.slice(1),
    });
    return { error, status: null, signal: null, output: null, pid: 0, stdout: undefined, stderr: undefined };
  }
  const [, out = 'pipe', err = 'pipe'] = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
  const given = (bytes, how, stream) => {
    if (how === 'inherit') stream.write(bytes);
    if (how !== 'pipe') return null;
    return encoding === undefined || encoding === 'buffer' ? bytes : bytes.toString(encoding);
  };
  const texts = [
    given(Buffer.from(stdout, 'latin1'), out, process.stdout),
    given(Buffer.from(stderr), err, process.stderr),
  ];
  const isLate = options.timeout > 0 && host.now() - began > options.timeout;
  const [status, signal] = isLate ? [null, options.killSignal ?? 'SIGTERM'] : endOf(exitCode);
  const what = `spawnSync ${options.shell ? '/bin/sh' : words[0]}`;
  const late = isLate && {
    error: Object.assign(new Error(`${what} ETIMEDOUT`), {
      errno: -110,
      code: 'ETIMEDOUT',
      syscall: what,
      path: options.shell ? '/bin/sh' : words[0],
      spawnargs: options.shell ? ['-c', words.join(' ')] : words.slice(1),
    }),
  };
  return { ...late, status, signal, output: [null, ...texts], pid, stdout: texts[0], stderr: texts[1] };
}

/** A command that a signal ended has no code; the shell tells it as one above 128. */
function endOf(exitCode) {
  const signal = signalName(exitCode - 128);
  return signal === undefined ? [exitCode, null] : [null, signal];
}

/** The name of a signal; undefined for 0, which only asks. */
function signalOf(signal) {
  if (signal === 0) return undefined;
  const name = typeof signal === 'number' ? signalName(signal) : signal;
  if (signals[name] === undefined) throw nodeError(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${signal}`);
  return name;
}

export function spawnSync(command, args, options) {
  checkedCall(command, args);
  const [list, more] = Array.isArray(args) ? [args, options ?? {}] : [[], args ?? {}];
  return wait([command, ...list], more);
}

/** What was written, or the error of a command that failed. */
function checked(result, what, options) {
  if (options.stdio === undefined && result.stderr) process.stderr.write(result.stderr);
  if (result.error !== undefined) throw Object.assign(result.error, result);
  if (result.status === 0) return result.stdout;
  const told = result.stderr === null ? '' : String(result.stderr);
  throw Object.assign(new Error(`Command failed: ${what}${told === '' ? '' : `\n${told}`}`), result);
}

export function execSync(command, options = {}) {
  checkedCommand(command);
  return checked(wait([command], { ...options, shell: true }), command, options);
}

export function execFileSync(file, args, options) {
  const [list, more] = Array.isArray(args) ? [args, options ?? {}] : [[], args ?? {}];
  return checked(wait([file, ...list], more), [file, ...list].join(' '), more);
}

export function fork(module, args, options) {
  if (typeof module !== 'string' && !(module instanceof globalThis.URL))
    throw wrongType('modulePath', 'of type string or an instance of Buffer or URL', module);
  if (args !== undefined && args !== null && typeof args !== 'object')
    throw wrongType('args', 'an instance of Array', args);
  const [list, more] = Array.isArray(args) ? [args, options ?? {}] : [[], args ?? options ?? {}];
  const {
    execPath = process.execPath,
    execArgv = process.execArgv,
    silent,
    stdio = silent ? 'pipe' : 'inherit',
  } = more;
  const path = typeof module === 'string' ? module : fileURLToPath(module);
  return spawn(execPath, [...execArgv, path, ...list], {
    ...more,
    stdio: typeof stdio === 'string' ? [stdio, stdio, stdio, 'ipc'] : stdio,
  });
}

export { ChildProcess };
export default { ChildProcess, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync };
