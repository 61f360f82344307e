// What tells a program that files change: they are looked at again as the machine's clock goes on.
import EventEmitter from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The text of each file in a folder by its name, or that of the one file. */
function seen(path) {
  if (!existsSync(path)) return new Map();
  const textOf = (file) => (statSync(file).isDirectory() ? '' : readFileSync(file, 'latin1'));
  if (!statSync(path).isDirectory()) return new Map([[basename(path), textOf(path)]]);
  return new Map(readdirSync(path).map((name) => [name, textOf(join(path, name))]));
}

class FSWatcher extends EventEmitter {
  #timer;
  constructor(path, { persistent = true, signal } = {}, listener) {
    super();
    let before = seen(path);
    if (listener !== undefined) this.on('change', listener);
    this.#timer = setInterval(() => {
      const [was, now] = [before, seen(path)];
      before = now;
      for (const [name, text] of now) {
        const old = was.get(name);
        if (old === undefined) this.#tell('rename', name);
        if ((old ?? '') === text) continue;
        // What is written anew is emptied first.
        if (old && text && !text.startsWith(old)) this.#tell('change', name);
        this.#tell('change', name);
      }
      for (const name of was.keys()) if (!now.has(name)) this.#tell('rename', name);
    }, 10);
    if (!persistent) this.unref();
    signal?.addEventListener('abort', () => this.close(), { once: true });
  }
  #tell(type, name) {
    if (this.#timer !== undefined) this.emit('change', type, name);
  }
  close() {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    process.nextTick(() => this.emit('close'));
  }
  ref() {
    this.#timer?.ref();
    return this;
  }
  unref() {
    this.#timer?.unref();
    return this;
  }
}

const optionsOf = (options) => (typeof options === 'object' && options !== null ? options : {});

export function watch(path, options, listener) {
  if (!existsSync(path)) {
    const words = `ENOENT: no such file or directory, watch '${path}'`;
    const fields = { errno: -2, syscall: 'watch', code: 'ENOENT', path, filename: path };
    throw Object.assign(new Error(words), fields);
  }
  return new FSWatcher(path, optionsOf(options), typeof options === 'function' ? options : listener);
}

const watched = new Map();
const none = { size: 0, mtimeMs: 0, mtime: new Date(0), isFile: () => false, isDirectory: () => false };
const statOf = (path) => (existsSync(path) ? statSync(path) : none);

export function watchFile(path, options, listener) {
  const { interval = 5007, persistent = true } = optionsOf(options);
  const tell = typeof options === 'function' ? options : listener;
  let before = statOf(path);
  const timer = setInterval(() => {
    const [was, now] = [before, statOf(path)];
    before = now;
    if (now.mtimeMs !== was.mtimeMs || now.size !== was.size) tell(now, was);
  }, interval);
  if (!persistent) timer.unref();
  watched.set(path, [...(watched.get(path) ?? []), { tell, timer }]);
}

export function unwatchFile(path, listener) {
  const all = watched.get(path) ?? [];
  const isMeant = ({ tell }) => listener === undefined || listener === tell;
  for (const one of all.filter(isMeant)) clearInterval(one.timer);
  watched.set(
    path,
    all.filter((one) => !isMeant(one)),
  );
}
