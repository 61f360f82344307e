// What a program can ask of the machine: the functions behind Node's modules. Names and shapes are shared with lib/.
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import type { CommandIO } from '../command.ts';
import { joinBytes, resolvePath } from '../files/index.ts';
import { quote } from '../shell/quote.ts';
import { type Digest, digests } from '../tools/archive/digests.ts';
import { zlib } from '../tools/archive/zlib.ts';
import { type Channel, createChannel } from './channel.ts';
import type { Program, Spawned } from './contract.ts';
import { asFault } from './file-fault.ts';
import type { Keyboard } from './keyboard.ts';
import { isBuiltin } from './library.ts';
import { asFunction } from './module-text.ts';
import { rareModules } from './rare/contract.ts';
import type { Ports } from './server-ports.ts';
import { createStacks, patternProblem } from './stack/index.ts';
import type { Timers } from './timers.ts';
import { nodeVersionOn, versionsOn } from './version.ts';
import { Fault, Thrown, type Value } from './vm.ts';

/** Calls that change nothing, or give what belongs to one QuickJS: they are made again when the program is brought back. */
const madeAgain = new Set(
  'info stdin cwd chdir hash rareWork zlib hmacSum domainToASCII encode decode promiseState compileFunction importNow createRealm globalOf runInRealm runHere check exit spawnSync sourceLine isStarting isTicking isBuiltin lastAwait trace thrown misread patternProblem'.split(
    ' ',
  ),
);

export async function runCommand(
  io: CommandIO,
  words: Spawned['words'],
  cwd: string,
  env: Spawned['env'],
  stdin: string,
) {
  const line = typeof words === 'string' ? words : words.map(quote).join(' ');
  const ran = await io.run?.({
    words: `cd ${quote(cwd)} && ${line}`,
    env,
    replaceEnv: true,
    stdin: new TextEncoder().encode(stdin),
    signal: io.signal,
  });
  if (ran === undefined) return { stdout: new Uint8Array(), stderr: '', exitCode: 127, missing: true };
  const missing = typeof words !== 'string' && ran.exitCode === 127 && /: (command )?not found$/m.test(ran.stderr);
  // A file that may not be run is found, and refused by the system.
  const denied = typeof words !== 'string' && ran.exitCode === 126 && /: Permission denied$/m.test(ran.stderr);
  return { ...ran, missing, denied };
}

/** What a program beside another wrote in a turn, by the number of the stream; 3: what it said on their channel. */
type Heard = [stream: 1 | 2, bytes: Uint8Array] | [channel: 3, text: string];

/** Another program of Node beside this one. `own`: this one's end of their channel. */
async function runBeside(
  io: CommandIO,
  { words, cwd, env, stdin, inherits }: Spawned,
  hear: (...heard: Heard) => void,
  own: Channel | undefined,
  surroundings: Pick<CommandIO, 'started' | 'idles' | 'isLed' | 'channel'>,
) {
  let told: Heard[] = [];
  const flush = async (): Promise<void> => {
    // An answer of the network takes two steps as well: what is written before it or after it is heard so.
    await undefined;
    for (const one of told) hear(...one);
    told = [];
  };
  const add = (one: Heard): void => {
    if (told.length === 0) void Promise.resolve().then(flush);
    told.push(one);
  };
  const tell = (stream: 1 | 2, content: string | Uint8Array): void => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const last = told.at(-1);
    if (last?.[0] === stream) last[1] = joinBytes([last[1], bytes]);
    else add([stream, bytes]);
  };
  own?.hear((text) => add([3, text]));
  const exitCode = await io.beside?.(words.slice(1) as readonly string[], {
    cwd,
    env,
    stdin: new TextEncoder().encode(stdin),
    stdout: inherits?.[0] ? io.stdout : (content) => tell(1, content),
    stderr: inherits?.[1] ? io.stderr : (text) => tell(2, text),
    ...surroundings,
  });
  own?.close();
  await flush();
  return { stdout: new Uint8Array(), stderr: '', exitCode, missing: false };
}

/** All rounds of one block of PBKDF2 (RFC 8018), on top of the first. */
function hmacSum(name: string, inner: Uint8Array, outer: Uint8Array, first: Uint8Array, rounds: number): Uint8Array {
  const digest = digests[name] as Digest;
  const joined = (pad: Uint8Array, bytes: Uint8Array): Uint8Array => {
    const both = new Uint8Array(pad.length + bytes.length);
    both.set(pad);
    both.set(bytes, pad.length);
    return both;
  };
  const sum = first.slice();
  for (let round = 1, step = first; round < rounds; round++) {
    step = digest(joined(outer, digest(joined(inner, step))));
    for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) ^ (step[at] as number);
  }
  return sum;
}

/** Puts the functions into the program as `globalThis.__host`, from where the library takes them away. */
export function offerHost(program: Program, timers: Timers, ports: Ports, keyboard: Keyboard): void {
  const { vm, io, modules, operations } = program;
  const { context } = vm;
  const { machine } = io;
  const { files, kernel, network } = machine;
  let cwd = io.cwd;
  const at = (path: string): string => resolvePath(cwd, path);
  const target = context.newObject();

  const text = (handle: QuickJSHandle | undefined): string => (handle === undefined ? '' : context.getString(handle));
  const number = (handle: QuickJSHandle | undefined): number => (handle === undefined ? 0 : context.getNumber(handle));
  const isText = (handle: QuickJSHandle | undefined): boolean =>
    handle !== undefined && context.typeof(handle) === 'string';
  /** Bytes of an ArrayBuffer, copied out. */
  const bytes = (handle: QuickJSHandle | undefined): Uint8Array => {
    if (handle === undefined || context.typeof(handle) !== 'object') return new Uint8Array();
    const lifetime = context.getArrayBuffer(handle);
    const copy = lifetime.value.slice();
    lifetime.dispose();
    return copy;
  };
  const content = (handle: QuickJSHandle | undefined) => (isText(handle) ? text(handle) : bytes(handle));

  const orThrow = (result: ReturnType<typeof context.evalCode>): QuickJSHandle => {
    if (result.error !== undefined) throw new Thrown(result.error);
    return result.value;
  };

  function offer(name: string, action: (...args: QuickJSHandle[]) => Value): void {
    vm.offer(target, name, (...args) => {
      try {
        if (madeAgain.has(name)) return action(...args);
        return program.answer(() => {
          try {
            return action(...args);
          } catch (error) {
            throw asFault(error);
          }
        });
      } catch (error) {
        throw asFault(error);
      }
    });
  }

  offer('info', () =>
    JSON.stringify({
      args: program.start.args,
      file: program.start.kind === 'file' ? at(program.start.path) : undefined,
      check: program.start.kind === 'file' && program.start.check,
      env: io.env,
      pid: program.pid,
      version: nodeVersionOn(io.env.PATH),
      versions: versionsOn(io.env.PATH),
      hostname: machine.hostname,
      user: machine.user,
      home: machine.home,
      columns: io.columns,
      isTerminal: io.isTerminal,
      isForked: io.channel !== undefined,
      ...(program.start.options ?? { preload: [], envFiles: [], quiet: false, execArgv: [], conditions: [] }),
    }),
  );
  offer('write', (stream, chunk) => {
    if (number(stream) === 2) io.stderr(isText(chunk) ? text(chunk) : new TextDecoder().decode(bytes(chunk)));
    else io.stdout(content(chunk));
    return undefined;
  });
  offer('stdin', () => io.stdin);
  offer('isTyped', () => io.isTyped === true);
  offer('listenToKeys', (wanted) => void keyboard.want(context.dump(wanted as QuickJSHandle) === true));
  offer('exit', (code, signal) => {
    if (signal !== undefined) io.endedBy?.(text(signal), program.pid);
    return program.exit(number(code));
  });
  offer('cwd', () => cwd);
  offer('chdir', (path) => {
    const folder = at(text(path));
    files.list(folder);
    cwd = folder;
    return undefined;
  });

  offer('now', () => kernel.now());
  offer('random', () => kernel.random('programs').next());
  offer('setTimer', (id, delay, repeats) => {
    timers.set(number(id), number(delay), context.dump(repeats as QuickJSHandle) === true);
    return undefined;
  });
  offer('cancelTimer', (id) => void timers.cancel(number(id)));
  offer('keepTimer', (id, keeps) => void timers.keep(number(id), context.dump(keeps as QuickJSHandle) === true));
  offer('wantImmediates', () => {
    program.immediates = true;
    return undefined;
  });

  offer('hash', (name, data) => digests[text(name)]?.(bytes(data)));
  offer('hmacSum', (name, inner, outer, first, rounds) =>
    hmacSum(text(name), bytes(inner), bytes(outer), bytes(first), number(rounds)),
  );
  offer('spawn', (id, asked) => {
    const operation = number(id);
    const wanted = JSON.parse(text(asked)) as Spawned;
    const { words, cwd: folder, env, stdin } = wanted;
    let pid: number | undefined;
    const isBeside = words[0] === 'node' && io.beside !== undefined && files.exists(folder);
    const hear = (...heard: Heard): void => program.queue('heard', operation, ...heard);
    const [own, other] = isBeside && wanted.ipc ? createChannel() : [];
    if (own !== undefined) channels.set(operation, own);
    const started = (given: number): void => {
      pid = given;
    };
    operations.pending += 1;
    if (isBeside) program.beside += 1;
    const ended = isBeside
      ? runBeside(io, wanted, hear, own, {
          started,
          idles: program.wake,
          isLed: program.leads,
          ...(other && { channel: other }),
        })
      : runCommand(io, words, folder, env, stdin);
    void ended.then(({ stdout, ...rest }) => {
      operations.pending -= 1;
      if (isBeside) program.beside -= 1;
      program.queue('settle', operation, true, JSON.stringify(rest), stdout);
    });
    return pid;
  });
  /** By the operation that started the other program; 0 for the one that forked this. */
  const channels = new Map<number, Channel>(io.channel === undefined ? [] : [[0, io.channel]]);
  offer('say', (id, said) => void channels.get(number(id))?.send(text(said)));
  offer('hangUp', (id) => void channels.get(number(id))?.close());
  /** Hears the program that forked this one, which keeps it alive from then on. */
  offer('hearParent', (id) => {
    const operation = number(id);
    operations.pending += 1;
    io.channel?.hear((said) => program.queue('heard', operation, 3, said));
    return undefined;
  });
  offer('keepAlive', (change) => {
    operations.pending += number(change);
    return undefined;
  });
  offer('kill', (pid, signal) => {
    const process = io.machine.processes.find(number(pid));
    const name = text(signal);
    if (process === undefined) return false;
    if (name === 'SIGTERM' || name === 'SIGINT' || name === 'SIGKILL') process.kill(name);
    else if (name !== '' && !io.machine.processes.hearing.get(process.pid)?.(name)) process.kill('SIGTERM');
    return true;
  });

  offer('spawnSync', (asked) => {
    const wanted = JSON.parse(text(asked)) as Spawned;
    return program.answer(() => program.waitFor(wanted));
  });

  offer('zlib', (kind, data, level) => {
    const result = zlib(text(kind), bytes(data), number(level));
    if (typeof result !== 'string') return result;
    const early = result === 'unexpected end of file';
    throw new Fault(result, { errno: early ? -5 : -3, code: early ? 'Z_BUF_ERROR' : 'Z_DATA_ERROR' });
  });

  offer('domainToASCII', (name) =>
    URL.canParse(`http://${text(name)}`) ? new URL(`http://${text(name)}`).hostname : '',
  );
  offer('encode', (string) => new TextEncoder().encode(text(string)));
  offer('decode', (buffer, fatal, ignoreBOM) => {
    const flag = (handle: QuickJSHandle | undefined) => handle !== undefined && context.dump(handle) === true;
    return new TextDecoder('utf-8', { fatal: flag(fatal), ignoreBOM: flag(ignoreBOM) }).decode(bytes(buffer));
  });
  offer('promiseState', (promise) => {
    const state = context.getPromiseState(promise as QuickJSHandle);
    const result = context.newArray();
    context.setProp(result, 0, context.newString(state.type));
    if (state.type === 'fulfilled') context.setProp(result, 1, state.value);
    if (state.type === 'rejected') context.setProp(result, 1, state.error);
    return result;
  });

  offer('readFile', (path) => files.readFile(at(text(path))));
  offer('readText', (path) => files.readText(at(text(path))));
  offer('writeFile', (path, data, mode) => void files.writeFile(at(text(path)), content(data), number(mode)));
  offer('appendFile', (path, data) => void files.appendFile(at(text(path)), content(data)));
  offer('exists', (path) => files.exists(at(text(path))));
  offer('mkdir', (path, recursive) => {
    files.mkdir(at(text(path)), { recursive: context.dump(recursive as QuickJSHandle) === true });
    return undefined;
  });
  offer('list', (path) => JSON.stringify(files.list(at(text(path)))));
  offer('stat', (path) => JSON.stringify(files.stat(at(text(path)))));
  offer('lstat', (path) => JSON.stringify(files.lstat(at(text(path)))));
  offer('remove', (path, recursive, force) => {
    const [isRecursive, isForced] = [recursive, force].map((flag) => context.dump(flag as QuickJSHandle) === true);
    files.remove(at(text(path)), { recursive: isRecursive === true, force: isForced === true });
    return undefined;
  });
  offer('rename', (from, to) => void files.rename(at(text(from)), at(text(to))));
  offer('chmod', (path, mode) => void files.chmod(at(text(path)), number(mode)));
  offer('utimes', (path, ms) => void files.utimes(at(text(path)), number(ms)));
  offer('symlink', (goal, path) => void files.symlink(text(goal), at(text(path))));
  offer('link', (from, path) => void files.link(at(text(from)), at(text(path))));
  offer('readlink', (path) => files.readlink(at(text(path))));
  offer('realpath', (path) => files.realpath(at(text(path))));

  offer('resolveRequire', (from, specifier) => modules.resolveRequire(text(from), text(specifier)));
  offer('resolveImport', (from, specifier) => modules.resolve(text(from), text(specifier)));
  offer('format', (path) => modules.format(text(path)));
  offer('importerOf', (file, name) => {
    const importer = modules.importerOf(text(file), text(name));
    return JSON.stringify(importer === undefined ? null : { ...importer, lines: stacks.unlinked(program.ticking) });
  });
  offer('isBuiltin', (name) => {
    const plain = text(name).replace(/^node:/, '');
    return isBuiltin(plain) || rareModules.has(plain);
  });
  offer('rareWork', (name, settings, ...data) => program.rare?.work[text(name)]?.(text(settings), ...data.map(bytes)));
  offer('misread', () => modules.misread()?.shown);
  const stacks = createStacks(files, modules, program.start);
  offer('isStarting', () => program.starting);
  offer('isTicking', () => Number(program.ticking) + 2 * Number(program.between));
  offer('sourceLine', (name, line) => stacks.sourceLine(text(name), number(line)));
  offer('lastAwait', (name) => stacks.lastAwait(text(name)));
  offer('patternProblem', (said, pattern, flags) => patternProblem(text(said), text(pattern), text(flags)));
  offer('trace', (asked) => stacks.trace(text(asked)));
  offer('thrown', (value, frames) => stacks.thrown(text(value), text(frames)));
  offer('compileFunction', (path) => {
    const file = text(path);
    return orThrow(context.evalCode(asFunction(modules.codeOf(file)), file, { type: 'global' }));
  });
  offer('importNow', (name) => {
    const key = `Symbol.for('noventa.import')`;
    const source = `import * as value from ${JSON.stringify(text(name))}; Object.defineProperty(globalThis, ${key}, { value, configurable: true });`;
    const outcome = context.evalCode(source, 'node:internal/require', { type: 'module' });
    if (outcome.error !== undefined) vm.rejections.forget(outcome.error);
    orThrow(outcome).dispose();
    return orThrow(context.evalCode(`globalThis[${key}]`));
  });

  const realms: QuickJSContext[] = [];
  offer('createRealm', () => realms.push(vm.newRealm()) - 1);
  offer('globalOf', (id) => realms[number(id)]?.global.dup());
  offer('runInRealm', (id, code, name, timeout) => {
    const realm = realms[number(id)] as QuickJSContext;
    const run = (): ReturnType<typeof context.evalCode> => realm.evalCode(text(code), text(name), { type: 'global' });
    const result = number(timeout) > 0 ? vm.within(number(timeout), run) : run();
    if (result !== undefined) return orThrow(result);
    const message = `Script execution timed out after ${number(timeout)}ms`;
    throw new Fault(message, { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });
  });
  offer('runHere', (code, name) => orThrow(context.evalCode(text(code), text(name), { type: 'global' })));
  offer('check', (code, name) => {
    orThrow(context.evalCode(text(code), text(name), { type: 'global', compileOnly: true })).dispose();
    return undefined;
  });

  offer('listen', (port) => ports.listen(number(port)));
  offer('isOpen', (port) => network.ports().some((one) => one.port === number(port)));
  offer('closePort', (port) => void ports.close(number(port)));
  offer('respond', (id, head, body) => {
    ports.answer(number(id), { ...JSON.parse(text(head)), body: bytes(body) });
    return undefined;
  });
  offer('talk', (change) => void ports.talk(number(change)));
  offer('reset', (id) => void ports.answer(number(id), 'ECONNRESET'));
  const abandoned = new Set<number>();
  offer('abandon', (id) => {
    abandoned.add(number(id));
    program.requests.get(number(id))?.abort();
    operations.pending -= 1;
    return undefined;
  });
  offer('request', (id, host, port, head, body) => {
    const operation = number(id);
    operations.pending += 1;
    const asked = new AbortController();
    program.requests.set(operation, asked);
    const request = { ...JSON.parse(text(head)), body: bytes(body), signal: asked.signal };
    void network.request(text(host), number(port), request).then((answer) => {
      program.requests.delete(operation);
      if (abandoned.delete(operation)) return;
      operations.pending -= 1;
      if (typeof answer === 'string') program.queue('answered', operation, false, answer);
      else {
        const { body: answered, ...rest } = answer;
        program.queue('answered', operation, true, JSON.stringify(rest), answered);
      }
    });
    return undefined;
  });

  context.setProp(context.global, '__host', target);
}
