// node:child_process: commands of the sandbox's shell. They run to their end; what they wrote comes then.
import { Buffer } from 'node:buffer';
import EventEmitter from 'node:events';
import { nodeError } from 'node:internal/errors';
import { host } from 'node:internal/host';
import { operation } from 'node:internal/operations';
import { nextTick } from 'node:internal/timers';
import process from 'node:process';
import { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';

let nextPid = process.pid + 1;

class ChildProcess extends EventEmitter {
  constructor(words, options) {
    super();
    const { cwd, env, stdio = 'pipe', input } = options;
    const [inherits0, inherits1, inherits2] = Array.isArray(stdio) ? stdio : [stdio, stdio, stdio];
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
    const go = () => {
      const given = input === undefined ? Buffer.concat(written) : Buffer.from(input);
      const text = given.toString();
      const asked = {
        words: options.shell ? words.join(' ') : words,
        cwd: cwd === undefined ? host.cwd() : String(cwd),
        env: env === undefined ? { ...process.env } : { ...env },
        stdin: text,
      };
      operation((id) => host.spawn(id, JSON.stringify(asked))).then(
        (answer) => this.#end(answer, inherits1, inherits2),
        (error) => this.emit('error', new Error(String(error))),
      );
    };
    nextTick(() => this.emit('spawn'));
    // A command that reads gets its input whole: it begins when all of it is there, or when nobody means to write.
    if (this.stdin === null) go();
    else {
      let gone = false;
      const once = () => {
        if (!gone) go();
        gone = true;
      };
      this.stdin.once('finish', once);
      globalThis.setImmediate(() => written.length === 0 && !this.stdin.writableEnded && once());
    }
  }
  #end({ exitCode, stderr, missing, body }, out, err) {
    if (missing) {
      this.stdout?.push(null);
      this.stderr?.push(null);
      const error = Object.assign(new Error(`spawn ${this.spawnfile} ENOENT`), {
        errno: -2,
        code: 'ENOENT',
        syscall: `spawn ${this.spawnfile}`,
        path: this.spawnfile,
        spawnargs: this.spawnargs.slice(1),
      });
      this.exitCode = -2;
      nextTick(() => {
        this.emit('error', error);
        this.emit('close', -2, null);
      });
      return;
    }
    // Programs hold back what they write to a pipe, but not their errors.
    if (err === 'inherit') process.stderr.write(stderr);
    else if (this.stderr && stderr !== '') this.stderr.push(stderr);
    if (out === 'inherit') process.stdout.write(Buffer.from(body));
    else if (this.stdout) this.stdout.push(Buffer.from(body));
    this.stderr?.push(null);
    this.stdout?.push(null);
    if (this.killed) {
      this.signalCode = 'SIGTERM';
    } else this.exitCode = exitCode;
    const waiting = [this.stdout, this.stderr].filter((one) => one !== null);
    this.emit('exit', this.exitCode, this.signalCode);
    let left = waiting.length;
    const close = () => this.emit('close', this.exitCode, this.signalCode);
    if (left === 0) nextTick(close);
    for (const one of waiting)
      one.once('close', () => {
        left -= 1;
        if (left === 0) close();
      });
    // Nobody may be reading: the end must come all the same.
    for (const one of waiting)
      if (one.readableFlowing === null && one.listenerCount('readable') === 0)
        globalThis.setImmediate(() => one.readableFlowing === null && one.resume());
  }
  kill() {
    this.killed = true;
    return true;
  }
  ref() {}
  unref() {}
}

export function spawn(command, args, options) {
  const [list, more] = Array.isArray(args) ? [args, options ?? {}] : [[], args ?? {}];
  return new ChildProcess([command, ...list], more);
}

function collected(child, options, callback, what) {
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].setEncoding('utf8').on('data', (chunk) => (text[name] += chunk));
  const out = (name) => (options.encoding === 'buffer' ? Buffer.from(text[name]) : text[name]);
  child.on('error', (error) => callback?.(Object.assign(error, { cmd: what }), '', ''));
  child.on('close', (code, signal) => {
    if (code === -2) return;
    if (code === 0) return callback?.(null, out('stdout'), out('stderr'));
    const error = Object.assign(new Error(`Command failed: ${what}\n${text.stderr}`), {
      code,
      killed: child.killed,
      signal,
      cmd: what,
      stdout: out('stdout'),
      stderr: out('stderr'),
    });
    callback?.(error, out('stdout'), out('stderr'));
  });
  return child;
}

export function exec(command, options, callback) {
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
      call(...args, (error, stdout, stderr) => (error ? reject(error) : resolve({ stdout, stderr })));
    });

const blocked = {
  execSync:
    "cannot wait for a command in this sandbox: write await promisify(exec)(command), with promisify of 'node:util'",
  execFileSync:
    "cannot wait for a command in this sandbox: write await promisify(execFile)(file, args), with promisify of 'node:util'",
  spawnSync:
    "cannot wait for a command in this sandbox: write spawn(command, args, options) and listen for its 'close' event",
};

/** QuickJS cannot wait within a call for a command that takes turns with it. */
const refuse = (name) => () => {
  throw nodeError(
    Error,
    'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM',
    `child_process.${name} ${blocked[name] ?? 'is not part of this sandbox'}`,
  );
};
export const execSync = refuse('execSync');
export const execFileSync = refuse('execFileSync');
export const spawnSync = refuse('spawnSync');
export const fork = refuse('fork');

export { ChildProcess };
export default { ChildProcess, exec, execFile, execFileSync, execSync, fork, spawn, spawnSync };
