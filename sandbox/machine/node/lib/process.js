import EventEmitter from 'node:events';
import { elapsed } from 'node:internal/clock';
import { define, nodeError, outOfRange, thrownWarnings, wrongType } from 'node:internal/errors';
import { host, info } from 'node:internal/host';
import { signalName, signals } from 'node:internal/signals';
import { nextTick } from 'node:internal/timers';

/** Its class has no name that could be asked for by `new`. */
class process_ extends EventEmitter {}
define(process_, 'name', 'process');
const hint = '(Use `node --trace-warnings ...` to show where the warning was created)\n';
let told = false;
/** Node has run for a moment, in ms, when the first line of a program does. */
const STARTED = 20;

const process = new process_();
define(process, Symbol.toStringTag, 'process');

function output(fd) {
  const stream = new EventEmitter();
  let isTelling = false;
  const told = () => {
    isTelling = false;
  };
  return Object.assign(stream, {
    fd,
    writable: true,
    columns: info.isTerminal ? info.columns : undefined,
    isTTY: info.isTerminal ? true : undefined,
    write(chunk, encoding, callback) {
      if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
        throw wrongType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk);
      }
      host.write(
        fd,
        typeof chunk === 'string' ? chunk : chunk.buffer.slice(chunk.byteOffset, chunk.byteOffset + chunk.byteLength),
      );
      const done = typeof encoding === 'function' ? encoding : callback;
      // Node tells in a tick that it was written: whoever asked, and else itself, once for all.
      if (done !== undefined) nextTick(done);
      else if (!isTelling) {
        isTelling = true;
        nextTick(told);
      }
      return true;
    },
    end(chunk) {
      if (chunk !== undefined) stream.write(chunk);
    },
  });
}

/** Lines as a person types them; whoever listens keeps the program alive. */
function keyboard() {
  const { Readable } = host.importNow('node:stream');
  const stream = new Readable({ read: () => host.listenToKeys(!stream.isPaused()) });
  const { pause, resume } = stream;
  stream.pause = () => {
    host.listenToKeys(false);
    return pause.call(stream);
  };
  stream.resume = () => {
    if (!stream.readableEnded && !stream.destroyed) host.listenToKeys(true);
    return resume.call(stream);
  };
  typed = (line) => {
    if (line === '') host.listenToKeys(false);
    stream.push(line === '' ? null : globalThis.Buffer.from(line));
  };
  stream.once('close', () => host.listenToKeys(false));
  return Object.assign(stream, {
    fd: 0,
    isTTY: true,
    isRaw: false,
    setRawMode: () => stream,
    ref: () => stream,
    unref: () => stream,
  });
}

let typed = () => {};
export const tellTyped = (line) => typed(line);

/** Made when it is first asked for: streams would cost every program its start. */
function input() {
  const { Readable } = host.importNow('node:stream');
  let given = false;
  const stream = new Readable({
    read() {
      if (given) return;
      given = true;
      const bytes = globalThis.Buffer.from(host.stdin());
      if (bytes.length > 0) this.push(bytes);
      // The end of a pipe is told of later than what came through it.
      globalThis.setImmediate(() => this.push(null));
    },
  });
  return Object.assign(stream, {
    fd: 0,
    isTTY: undefined,
    setRawMode: () => stream,
    ref: () => stream,
    unref: () => stream,
  });
}

let exitCode;
let leaving = false;

/** Tells the listeners of 'exit' once and gives the code with which the program ends. */
export function leave(code) {
  if (code !== undefined) exitCode = code;
  if (!leaving) {
    leaving = true;
    process.emit('exit', Number(exitCode ?? 0));
  }
  return Number(exitCode ?? 0);
}

function checkedCode(code) {
  if (code === undefined || code === null || Number.isInteger(code)) return code ?? undefined;
  if (typeof code === 'string' && /^-?\d+$/.test(code)) return Number(code);
  if (typeof code === 'number') throw outOfRange('code', 'an integer', code);
  throw wrongType('code', 'of type number', code);
}

const surrounding = (info.env.NODE_OPTIONS ?? '').split(/\s+/);
const isGiven = (option) => info.execArgv.includes(option) || surrounding.includes(option);

const noSuchPid = (call) => Object.assign(new Error(`${call} ESRCH`), { errno: -3, code: 'ESRCH', syscall: call });

Object.assign(process, {
  title: 'node',
  argv0: 'node',
  version: info.version,
  versions: info.versions,
  arch: 'x64',
  platform: 'linux',
  release: { name: 'node', lts: 'Krypton' },
  features: { inspector: true, typescript: 'strip', require_module: true },
  config: { target_defaults: {}, variables: {} },
  report: {},
  debugPort: 9229,
  ...(isGiven('--no-deprecation') ? { noDeprecation: true } : {}),
  ...(isGiven('--throw-deprecation') ? { throwDeprecation: true } : {}),
  allowedNodeEnvironmentFlags: new Set([
    '--enable-source-maps',
    '--import',
    '--max-old-space-size',
    '--no-warnings',
    '--require',
    '--trace-warnings',
  ]),
  argv: ['/usr/local/bin/node', ...(info.file === undefined ? [] : [info.file]), ...info.args],
  execArgv: info.execArgv,
  execPath: '/usr/local/bin/node',
  env: environment(),
  pid: info.pid,
  ppid: 1,
  stdout: output(1),
  stderr: output(2),
  nextTick,
  cwd: () => host.cwd(),
  chdir(folder) {
    if (typeof folder !== 'string') throw wrongType('directory', 'of type string', folder);
    const from = host.cwd();
    try {
      host.chdir(String(folder));
    } catch (error) {
      const { errno, code } = error;
      const why = String(error.message).replace(/, .*$/s, '');
      const path = String(folder);
      throw Object.assign(new Error(`${why}, chdir '${from}' -> '${path}'`), {
        errno,
        code,
        syscall: 'chdir',
        path: from,
        dest: path,
      });
    }
  },
  uptime: () => (elapsed() + STARTED) / 1000,
  hrtime: Object.assign(
    (since) => {
      if (since !== undefined && !Array.isArray(since)) throw wrongType('time', 'an instance of Array', since);
      const now = elapsed() + STARTED;
      const [seconds, nanoseconds] = [Math.floor(now / 1000), (now % 1000) * 1e6];
      if (since === undefined) return [seconds, nanoseconds];
      const passed = (seconds - since[0]) * 1e9 + nanoseconds - since[1];
      return [Math.floor(passed / 1e9), passed % 1e9];
    },
    { bigint: () => BigInt(elapsed() + STARTED) * 1000000n },
  ),
  memoryUsage: Object.assign(
    () => ({ rss: 48234496, heapTotal: 6537216, heapUsed: 4718592, external: 1622016, arrayBuffers: 10515 }),
    {
      rss: () => 48234496,
    },
  ),
  cpuUsage: () => ({ user: 0, system: 0 }),
  resourceUsage: () => ({ userCPUTime: 0, systemCPUTime: 0, maxRSS: 47104 }),
  availableMemory: () => 1610612736,
  constrainedMemory: () => 2147483648,
  geteuid: () => 1000,
  getegid: () => 1000,
  getgroups: () => [1000],
  loadEnvFile(file = '.env') {
    if (!host.exists(file)) {
      const fields = { errno: -2, code: 'ENOENT', syscall: 'open', path: file };
      throw Object.assign(new Error(`ENOENT: no such file or directory, open '${file}'`), fields);
    }
    for (const [name, value] of Object.entries(parsedFile(file))) process.env[name] ??= value;
  },
  getBuiltinModule: (name) =>
    host.isBuiltin(name) ? host.importNow(`node:${name.replace(/^node:/, '')}`).default : undefined,
  umask: () => 0o22,
  getuid: () => 1000,
  getgid: () => 1000,
  emitWarning(warning, options, code) {
    const isError = warning instanceof Error;
    if (!isError && typeof warning !== 'string')
      throw wrongType('warning', 'of type string or an instance of Error', warning);
    const given = typeof options === 'object' && options !== null ? options : { type: options, code };
    const shown = isError
      ? warning
      : Object.assign(new Error(warning), given.code === undefined ? {} : { code: given.code });
    if (!isError) define(shown, 'name', given.type ?? 'Warning');
    if (given.detail !== undefined) shown.detail = given.detail;
    const { name, message } = shown;
    if (name === 'DeprecationWarning' && process.noDeprecation) return;
    if (name === 'DeprecationWarning' && process.throwDeprecation) {
      thrownWarnings.add(shown);
      nextTick(() => {
        throw shown;
      });
      return;
    }
    const tell = () => {
      const label = shown.code === undefined || isError ? '' : `[${shown.code}] `;
      const detail = shown.detail === undefined ? '' : `${shown.detail}\n`;
      const kind = name === 'DeprecationWarning' ? 'deprecation' : 'warnings';
      const isTraced = isGiven(`--trace-${kind}`) || isGiven('--trace-warnings');
      const [, ...frames] = isTraced ? String(shown.stack).split('\n    at ') : [];
      const where = frames.map((frame) => `    at ${frame}\n`).join('');
      const how = told || isTraced ? '' : hint.replace('warnings', kind);
      if (!info.quiet) host.write(2, `(node:${info.pid}) ${label}${name}: ${message}\n${where}${detail}${how}`);
      told ||= !isTraced;
      process.emit('warning', shown);
    };
    if (given.now) tell();
    else nextTick(tell);
  },
  kill(pid, signal = 'SIGTERM') {
    if (typeof pid !== 'number') throw wrongType('pid', 'of type number', pid);
    const number = typeof signal === 'number' ? signal : signals[signal];
    if (number === undefined) throw nodeError(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${signal}`);
    const name = signalName(number);
    if (pid !== info.pid) {
      if (!host.kill(pid, number === 0 ? '' : name)) throw noSuchPid('kill');
      return true;
    }
    if (number === 0) return true;
    // Nobody listens: the system ends the program at once. Who listens hears it in a turn of its own.
    if (process.listenerCount(name) === 0 || name === 'SIGKILL') host.exit(128 + number, name);
    globalThis.setImmediate(() => tellSignal(name));
    return true;
  },
  abort: () => host.exit(134),
  exit(code) {
    if (code !== undefined && code !== null) setExitCode(code);
    host.exit(leave());
  },
});

Object.defineProperty(process, 'stdin', {
  enumerable: true,
  configurable: true,
  get() {
    const stream = host.isTyped() ? keyboard() : input();
    Object.defineProperty(process, 'stdin', { value: stream, enumerable: true, configurable: true, writable: true });
    return stream;
  },
});

Object.defineProperty(process, 'exitCode', {
  enumerable: true,
  configurable: true,
  get: () => exitCode,
  set: setExitCode,
});

function setExitCode(code) {
  exitCode = checkedCode(code);
}
define(setExitCode, 'name', 'set exitCode');

if (info.isForked) host.importNow('node:internal/fork').connect(process);

/** Variables of the environment are text, whatever is assigned. */
function environment() {
  const env = { ...info.env };
  delete env.NOVENTA_TEST;
  // What is there already stays; of two files the later one counts.
  const written = Object.assign({}, ...info.envFiles.map(parsedFile));
  Object.assign(env, { ...written, ...env });
  return new Proxy(env, {
    set(target, name, value) {
      if (typeof value === 'symbol' || typeof name === 'symbol')
        throw new TypeError('Cannot convert a Symbol value to a string');
      target[name] = String(value);
      return true;
    },
    defineProperty(target, name, { value }) {
      target[name] = String(value);
      return true;
    },
  });
}

function parsedFile(file) {
  return host.importNow('node:internal/env').parseEnv(host.readText(file));
}

/** Says whether anybody heard it. */
export function tellSignal(name) {
  return process.emit(name, name, signals[name]);
}

export function beforeExit() {
  process.emit('beforeExit', Number(exitCode ?? 0));
}

export const {
  abort,
  allowedNodeEnvironmentFlags,
  arch,
  argv,
  argv0,
  availableMemory,
  chdir,
  config,
  constrainedMemory,
  cpuUsage,
  cwd,
  debugPort,
  emitWarning,
  env,
  execArgv,
  execPath,
  exit,
  features,
  getBuiltinModule,
  getegid,
  geteuid,
  getgid,
  getgroups,
  getuid,
  hrtime,
  kill,
  loadEnvFile,
  memoryUsage,
  pid,
  platform,
  ppid,
  release,
  report,
  resourceUsage,
  stderr,
  stdout,
  title,
  umask,
  uptime,
  version,
  versions,
} = process;
export { nextTick };
export default process;
