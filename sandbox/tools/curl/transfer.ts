// One URL from start to end: the request, its redirects, its answer or why there is none.
import { type CommandIO, FileError, type HttpResponse, resolvePath, waitUntil } from '../../machine/index.ts';
import { bodyOf, uploadOf } from './body.ts';
import { curlVersion, hint, type UrlOptions } from './options.ts';
import { follow, hostOf, parseUrl, type Url } from './url.ts';

/** What a transfer has from the shell, and how the program that is asked has its turn. */
export interface Surroundings extends CommandIO {
  pause(): Promise<void>;
}

export interface Transfer {
  /** Every answer on the way, the last one last. */
  readonly responses: readonly HttpResponse[];
  readonly problem?: { readonly exitCode: number; readonly message: string };
  readonly url: string;
  readonly method: string;
  /** Seconds of simulated time. */
  readonly seconds: number;
  readonly uploaded: number;
}

/** Header names of a request in the order in which curl sends them. */
type Headers = readonly (readonly [name: string, value: string])[];

export async function transfer(address: string, options: UrlOptions, io: Surroundings): Promise<Transfer> {
  const { kernel } = io.machine;
  const started = kernel.now();
  const responses: HttpResponse[] = [];
  const joined = bodyOf(options.data, options.json ? '' : '&', io, options.silent);
  const upload = options.upload === undefined ? undefined : uploadOf(options.upload, io);
  let hasData = options.data.length > 0 && !options.get && upload === undefined;
  let body = upload ?? (hasData ? joined : new Uint8Array());
  let method = options.method ?? (options.head ? 'HEAD' : upload !== undefined ? 'PUT' : hasData ? 'POST' : 'GET');
  let text = options.get ? withQuery(address, new TextDecoder().decode(joined)) : address;
  if (options.upload !== undefined && options.upload !== '-' && text.endsWith('/'))
    text += encodeURIComponent(options.upload.slice(options.upload.lastIndexOf('/') + 1));

  const end = (problem?: Transfer['problem']): Transfer => ({
    responses,
    url: text.includes('://') ? text : `http://${text}${/[/?]/.test(text) ? '' : '/'}`,
    method,
    seconds: (kernel.now() - started) / 1000,
    uploaded: body.length,
    ...(problem === undefined ? {} : { problem }),
  });

  if (options.upload !== undefined && upload === undefined) {
    io.stderr(`curl: Can't open '${options.upload}'!\n${hint}`);
    return end({ exitCode: 26, message: 'Failed to open/read local data from file/application' });
  }
  if (/^file:\/\//i.test(text)) {
    const path = text.slice('file://'.length).replace(/^localhost(?=\/)/, '');
    try {
      responses.push({
        status: 0,
        statusText: '',
        headers: [],
        body: io.machine.files.readFile(resolvePath('/', path)),
      });
      return end();
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return end({ exitCode: 37, message: `Couldn't open file ${path}` });
    }
  }
  for (;;) {
    const url = parseUrl(text);
    if ('message' in url) return end(url);
    const headers = headersFor(url, options, body, hasData);
    const answer = await ask(url, method, headers, body, options, io, started);
    if ('exitCode' in answer) return end(answer);
    responses.push(answer);
    const location = answer.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    if (!options.location || location === undefined || answer.status < 300 || answer.status > 399) return end();
    if (responses.length > options.maxRedirects) {
      return end({ exitCode: 47, message: `Maximum (${options.maxRedirects}) redirects followed` });
    }
    text = follow(url, location);
    if (options.verbose) io.stderr(`* Issue another request to this URL: '${text}'\n`);
    if (answer.status < 304 && method === 'POST' && options.method === undefined) {
      method = 'GET';
      hasData = false;
      body = new Uint8Array();
    }
  }
}

function withQuery(address: string, query: string): string {
  if (query === '') return address;
  const [, before = address, fragment = ''] = /^([^#]*)(#.*)?$/s.exec(address) ?? [];
  const joint = before.includes('?') ? '&' : /^(?:[\w+.-]+:\/\/)?[^/]*$/.test(before) ? '/?' : '?';
  // curl writes the escapes of an address in lower case.
  return `${before}${joint}${query.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())}${fragment}`;
}

function headersFor(url: Url, options: UrlOptions, body: Uint8Array, hasData: boolean): Headers {
  const user = options.user ?? url.user;
  const headers: [string, string][] = [['Host', hostOf(url)]];
  if (user !== undefined) headers.push(['Authorization', `Basic ${base64(user)}`]);
  headers.push(['User-Agent', options.agent ?? `curl/${curlVersion}`]);
  if (!options.json) headers.push(['Accept', '*/*']);
  if (options.compressed) headers.push(['Accept-Encoding', 'deflate, gzip, br, zstd']);
  if (options.referer !== undefined) headers.push(['Referer', options.referer]);
  if (options.cookie !== undefined) headers.push(['Cookie', options.cookie]);
  const own = options.json ? ['Content-Type: application/json', 'Accept: application/json'] : [];
  if (hasData && options.json)
    pushOwn(headers, [...own.filter((line) => !given(options.headers, line)), ...options.headers]);
  else pushOwn(headers, options.headers);
  if (options.upload !== undefined)
    headers.push(options.upload === '-' ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', String(body.length)]);
  if (!hasData) return headers;
  if (!named(headers, 'content-length')) headers.push(['Content-Length', String(body.length)]);
  if (!named(headers, 'content-type') && !given(options.headers, 'Content-Type:')) {
    headers.push(['Content-Type', 'application/x-www-form-urlencoded']);
  }
  return headers;
}

const named = (headers: Headers, wanted: string): boolean => headers.some(([name]) => name.toLowerCase() === wanted);

const given = (lines: readonly string[], line: string): boolean => {
  const name = line.slice(0, line.indexOf(':') + 1).toLowerCase();
  return lines.some((other) => other.toLowerCase().startsWith(name));
};

/** `Name: value` sets or replaces, `Name:` removes, `Name;` sends it empty (curl's manual, --header). */
function pushOwn(headers: [string, string][], lines: readonly string[]): void {
  for (const line of lines) {
    const [, name = '', sign, value = ''] = /^([^:;]+)([:;])\s*(.*)$/s.exec(line) ?? [];
    if (sign === undefined) continue;
    const at = headers.findIndex(([other]) => other.toLowerCase() === name.toLowerCase());
    const [first = ''] = headers[at] ?? [];
    const replaces =
      at >= 0 && ['host', 'user-agent', 'accept', 'authorization', 'cookie', 'referer'].includes(first.toLowerCase());
    if (replaces && first === 'Host' && value !== '') headers[at] = [name, value];
    else {
      if (replaces) headers.splice(at, 1);
      if (sign === ';' || value.trim() !== '') headers.push([name, value.trim()]);
    }
  }
}

async function ask(
  url: Url,
  method: string,
  headers: Headers,
  body: Uint8Array,
  options: UrlOptions,
  io: Surroundings,
  started: number,
): Promise<HttpResponse | { exitCode: number; message: string }> {
  const { network, kernel } = io.machine;
  const { host, port, target } = url;
  const taken = network.ports().some((open) => open.port === port);
  if (options.verbose && taken) {
    io.stderr(`*   Trying 127.0.0.1:${port}...\n* Connected to ${host} (127.0.0.1) port ${port} (#0)\n`);
    io.stderr(
      `${[`${method} ${target} HTTP/1.1`, ...headers.map(([n, v]) => `${n}: ${v}`), ''].map((line) => `> ${line}\r\n`).join('')}`,
    );
    if (body.length > 0) io.stderr(`} [${body.length} bytes data]\n`);
  }
  if (url.scheme === 'https' && taken) {
    return { exitCode: 35, message: 'OpenSSL/3.0.19: error:0A00010B:SSL routines::wrong version number' };
  }
  const { maxTime } = options;
  const left = maxTime === undefined || maxTime <= 0 ? undefined : started + maxTime * 1000 - kernel.now();
  const patience = left === undefined ? {} : { patience: Math.max(0, left) };
  const request = { method, target, headers: asRecord(headers), body, signal: io.signal, ...patience };
  const answer = await limited(network.request(host, port, request), left, io);
  if (answer === 'interrupted') return { exitCode: 130, message: '' };
  if (answer === 'ENOTFOUND') return { exitCode: 6, message: `Could not resolve host: ${host}` };
  if (answer === 'ECONNREFUSED') {
    const after = `after ${kernel.now() - started} ms`;
    return { exitCode: 7, message: `Failed to connect to ${host} port ${port} ${after}: Couldn't connect to server` };
  }
  if (answer === 'ECONNRESET') return { exitCode: 52, message: 'Empty reply from server' };
  if (answer === 'ETIMEDOUT') {
    const passed = kernel.now() - started;
    return { exitCode: 28, message: `Operation timed out after ${passed} milliseconds with 0 bytes received` };
  }
  if (options.verbose) {
    const lines = [
      `HTTP/1.1 ${answer.status} ${answer.statusText}`,
      ...answer.headers.map(([n, v]) => `${n}: ${v}`),
      '',
    ];
    io.stderr(lines.map((line) => `< ${line}\r\n`).join(''));
    if (answer.body.length > 0 && !io.isTerminal) io.stderr(`{ [${answer.body.length} bytes data]\n`);
    io.stderr(`* Connection #0 to host ${host} left intact\n`);
  }
  return answer;
}

/** The answer, unless the time of `--max-time` or the person's patience ends first. */
function limited<T>(
  answer: Promise<T>,
  left: number | undefined,
  io: Surroundings,
): Promise<T | 'ETIMEDOUT' | 'interrupted'> {
  const { kernel } = io.machine;
  return new Promise((resolve, reject) => {
    let isOver = false;
    const cancel = left === undefined ? () => {} : kernel.schedule(left, () => settle('ETIMEDOUT'));
    const interrupt = (): void => settle('interrupted');
    function settle(value: T | 'ETIMEDOUT' | 'interrupted'): void {
      isOver = true;
      cancel();
      io.signal.removeEventListener('abort', interrupt);
      resolve(value);
    }
    io.signal.addEventListener('abort', interrupt);
    answer.then(settle, reject);
    if (left !== undefined) void waitUntil(() => isOver, io, io.pause);
  });
}

function asRecord(headers: Headers): Readonly<Record<string, string>> {
  const record: Record<string, string> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    record[key] = record[key] === undefined ? value : `${record[key]}, ${value}`;
  }
  return record;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648, section 4. */
function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let result = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const letters = [18, 12, 6, 0].map((shift) => alphabet[(group >> shift) & 63]).join('');
    result += letters.slice(0, Math.min(4, bytes.length - at + 1)).padEnd(4, '=');
  }
  return result;
}
