// Functions that hear an event, and what of Node's own tells of it: V8 asks the emitter for its class, we read the text.
import type { Frame, Texts } from './contract.ts';
import { codeOnly, offsetOf, opening, type Scope, scopesAt } from './source.ts';
import { functionAround } from './types.ts';

export interface Heard {
  readonly event: string;
  /** The class of the emitter: `ReadStream`, `IncomingMessage`; `Answer` for the one that a client gets. */
  readonly type: string;
  readonly isOnce: boolean;
}

/** As V8 shows the class. */
const shownType = (type: string): string => (type === 'Answer' ? 'IncomingMessage' : type);

const escaped = (name: string): string => name.replace(/[$.*+?()[\]{}|\\^]/g, '\\$&');

/** The event that the function of a frame was given for; nothing where the text does not say. */
export function heardBy(frame: Frame, texts: Texts): Heard | undefined {
  const text = texts.read(frame.file);
  if (text === undefined) return undefined;
  const code = codeOnly(text);
  const own = functionAround(code, offsetOf(text, frame.line, frame.column));
  if (own === undefined) return undefined;
  const handed = givenAt(text, code, own.head);
  if (handed !== undefined) return handed;
  const name = own.name.split('.').at(-1) ?? '';
  if (name === '') return undefined;
  const given = new RegExp(`,\\s*(?=${escaped(name)}\\s*\\))`, 'g');
  for (const { index, 0: comma } of code.matchAll(given)) {
    const found = givenAt(text, code, index + comma.length);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A function that hears an event is called with the emitter as `this`. */
export function heardName(frame: Frame, name: string, texts: Texts): string | undefined {
  const heard = heardBy(frame, texts);
  return heard === undefined ? undefined : `${shownType(heard.type)}.${name || '<anonymous>'}`;
}

/** `emitter.on('event', HERE` */
function givenAt(text: string, code: string, at: number): Heard | undefined {
  const before = code.slice(0, at).replace(/\basync\s*$/, '');
  const call = /\.\s*(on|once|addListener|prependListener)\s*\(\s*(['"`]) *\2\s*,\s*$/.exec(before);
  if (call !== null) {
    const quote = before.indexOf(call[2] as string, call.index);
    const event = text.slice(quote + 1, before.lastIndexOf(call[2] as string));
    const type = typeBefore(code, text, call.index);
    return type === undefined ? undefined : { event, type, isOnce: call[1] === 'once' };
  }
  // A client that asks is given what hears the answer; a server, what hears that it serves, or does not any more.
  const short =
    /\b(https?['")]*\s*\.\s*(?:get|request)|close|createServer)\s*\(\s*(?:[^()]*(?:\([^()]*\)[^()]*)*,\s*)?$/.exec(
      before,
    );
  if (short === null) return undefined;
  if (short[1] === 'createServer') return { event: 'request', type: 'Server', isOnce: false };
  if (short[1] !== 'close') return { event: 'response', type: 'ClientRequest', isOnce: true };
  const dot = /\.\s*$/.exec(before.slice(0, short.index));
  const type = dot === null ? undefined : typeBefore(code, text, dot.index);
  return type === 'Server' ? { event: 'close', type, isOnce: true } : undefined;
}

/** The class of the expression that ends at a place. */
function typeBefore(code: string, text: string, end: number): string | undefined {
  const start = chainStart(code, end);
  const chain = code.slice(start, end).trim();
  const bare = withoutListeners(chain);
  if (bare === 'this') return scopesAt(code, end).find(({ kind }) => kind === 'class')?.name;
  return typeOf(bare) ?? typeOfName(bare, code, text, end);
}

/** Where a chain of names, calls and dots begins. */
function chainStart(code: string, end: number): number {
  let at = end;
  for (;;) {
    const before = code.slice(0, at).trimEnd();
    const last = before.at(-1) ?? '';
    if (last === ')' || last === ']') at = opening(before, before.length - 1);
    else if (/[\w$#]/.test(last)) {
      const name = /[\w$#]+$/.exec(before)?.[0] as string;
      if (/^(return|await|yield|typeof|throw|in|of)$/.test(name)) return at;
      at = before.length - name.length;
      if (/\bnew\s*$/.test(code.slice(0, at))) return code.slice(0, at).trimEnd().length - 3;
    } else if (last === '.') at = before.length - 1;
    else return at;
    const next = code.slice(0, at).trimEnd().at(-1) ?? '';
    if (!/[.\w$)\]]/.test(next) || (/[\w$)\]]/.test(next) && !/^[.([]/.test(code.slice(at)))) return at;
  }
}

/** Without what gives the emitter itself back. */
function withoutListeners(chain: string): string {
  const end = /\.\s*(?:on|once|addListener|prependListener|setEncoding|setTimeout|resume|pause|listen|end)\s*(?=\()/g;
  for (const { index, 0: call } of chain.matchAll(end)) {
    const open = index + call.length;
    if (chain[open] === '(') return chain.slice(0, index).trim();
  }
  return chain;
}

const makers: readonly (readonly [RegExp, string])[] = [
  [/\bcreateReadStream\($/, 'ReadStream'],
  [/\bcreateWriteStream\($/, 'WriteStream'],
  [/\bcreateInterface\($/, 'Interface'],
  [/\bcreateServer\($/, 'Server'],
  [/\bReadable\.from\($/, 'Readable'],
  [/\bhttps?['")]*\.(get|request)\($/, 'ClientRequest'],
  [/\b(spawn|exec|execFile|fork)\($/, 'ChildProcess'],
  [/\bnet['")]*\.(connect|createConnection)\($/, 'Socket'],
];

/** The class of what an expression makes. */
function typeOf(expression: string): string | undefined {
  if (expression === 'process') return 'process';
  if (/(^process\.stdin|\.(stdout|stderr|stdin))$/.test(expression)) return 'Socket';
  const made = /^new\s+(?:[\w$]+\.)*([\w$]+)/.exec(expression) ?? /^new\s+\(.*\.([\w$]+)\)\(/.exec(expression);
  if (made !== null) return made[1];
  if (!expression.endsWith(')')) return undefined;
  const open = opening(expression, expression.length - 1);
  const head = expression.slice(0, open + 1);
  if (/\.pipe\($/.test(head)) return typeOf(expression.slice(open + 1, -1).trim());
  return makers.find(([pattern]) => pattern.test(head))?.[1];
}

/** What a name was made as, or is given as. */
function typeOfName(name: string, code: string, text: string, end: number): string | undefined {
  if (!/^[\w$]+(\.#?[\w$]+)?$/.test(name)) return undefined;
  const put = new RegExp(`(?<![\\w$.])${escaped(name)}\\s*=\\s*(?:await\\s+)?(?=[\\w$(])`, 'g');
  for (const { index, 0: words } of code.matchAll(put)) {
    const start = index + words.length;
    const found = typeOf(withoutListeners(code.slice(start, chainEnd(code, start)).trim()));
    if (found !== undefined) return found;
  }
  for (const scope of scopesAt(code, end).filter(({ kind }) => kind === 'function')) {
    const place = parametersOf(code, scope).indexOf(name);
    if (place < 0) continue;
    const heard = givenAt(text, code, scope.head);
    if (heard?.type === 'ClientRequest') return 'Answer';
    if (heard?.event === 'connection' || /\bnet\b[^;]*createServer\(\s*$/.test(code.slice(0, scope.head)))
      return 'Socket';
    if (heard?.event === 'request') return place === 0 ? 'IncomingMessage' : 'ServerResponse';
    return { req: 'IncomingMessage', request: 'IncomingMessage', res: 'ServerResponse' }[name];
  }
  return undefined;
}

function chainEnd(code: string, start: number): number {
  let at = start;
  for (let depth = 0; at < code.length; at++) {
    if ('([{'.includes(code[at] as string)) depth += 1;
    else if (')]}'.includes(code[at] as string) && depth-- === 0) break;
    else if (depth === 0 && /[;,]/.test(code[at] as string)) break;
    else if (depth === 0 && code[at] === '\n' && !/^\s*\./.test(code.slice(at))) break;
  }
  return at;
}

function parametersOf(code: string, { head, start }: Scope): readonly string[] {
  const words = code.slice(head, start);
  const list = /\(([^()]*)\)\s*(?:=>)?\s*$/.exec(words)?.[1] ?? /([\w$]+)\s*=>\s*$/.exec(words)?.[1] ?? '';
  return list.split(',').map((one) => one.trim());
}

const streams = 'node:internal/streams';
const tick = (line: string): string => `process.processTicksAndRejections (node:internal/process/task_queues:${line})`;
const atEnd = [`endReadableNT (${streams}/readable:1764:12)`, tick('90:21')];
const pushed = [
  `addChunk (${streams}/readable:568:12)`,
  `readableAddChunkPushByteMode (${streams}/readable:519:3)`,
  `Readable.push (${streams}/readable:399:5)`,
];
const flowing = [
  `Readable.read (${streams}/readable:793:10)`,
  `flow (${streams}/readable:1299:53)`,
  `resume_ (${streams}/readable:1278:3)`,
  tick('90:21'),
];
const failed = [`emitErrorNT (${streams}/destroy:170:8)`, `emitErrorCloseNT (${streams}/destroy:129:3)`, tick('90:21')];
const readFile = ['node:internal/fs/streams:323:14', 'FSReqCallback.wrapper [as oncomplete] (node:fs:730:5)'];
const received = (socket: string): string => `${socket}.onStreamRead (node:internal/stream_base_commons:189:23)`;

/** What tells of an event, by class and event; `*` for any class of streams. */
const tellers: Readonly<Record<string, readonly string[]>> = {
  '* end': atEnd,
  '* data': flowing,
  '* error': failed,
  '* close': [`emitCloseNT (${streams}/destroy:148:10)`, tick('89:21')],
  '* readable': [`emitReadable_ (${streams}/readable:845:12)`, tick('89:21')],
  '* finish': [`finish (${streams}/writable:957:10)`, `${streams}/writable:938:13`, tick('90:21')],
  'ReadStream data': [...pushed, ...readFile],
  'ReadStream open': ['node:internal/fs/streams:86:16', 'FSReqCallback.oncomplete (node:fs:187:23)'],
  'WriteStream open': ['node:internal/fs/streams:86:16', 'FSReqCallback.oncomplete (node:fs:187:23)'],
  'Socket data': [...pushed, received('Pipe')],
  'Socket close': ['Pipe.<anonymous> (node:net:362:12)'],
  'ServerResponse finish': [
    'onFinish (node:_http_outgoing:1140:10)',
    `afterWrite (${streams}/writable:712:5)`,
    `afterWriteTick (${streams}/writable:698:10)`,
    tick('89:21'),
  ],
  'ServerResponse close': ['emitCloseNT (node:_http_server:1156:10)', tick('89:21')],
  'ClientRequest response': [
    'HTTPParser.parserOnIncomingClient [as onIncoming] (node:_http_client:971:27)',
    'HTTPParser.parserOnHeadersComplete (node:_http_common:125:17)',
    'Socket.socketOnData (node:_http_client:806:22)',
    'Socket.emit (node:events:514:28)',
    ...pushed,
    received('TCP'),
  ],
  'ClientRequest error': [
    'emitErrorEvent (node:_http_client:114:11)',
    'Socket.socketErrorListener (node:_http_client:766:5)',
    'Socket.emit (node:events:514:28)',
    ...failed,
  ],
  'Server listening': ['emitListeningNT (node:net:2423:10)', tick('89:21')],
  'Server close': ['emitCloseNT (node:net:2879:8)', tick('89:21')],
  'Server error': ['emitErrorNT (node:net:2416:8)', tick('90:21')],
  'Server connection': ['TCP.onconnection (node:net:2762:8)'],
  'Server request': [
    'parserOnIncoming (node:_http_server:1293:12)',
    'HTTPParser.parserOnHeadersComplete (node:_http_common:125:17)',
  ],
  'ChildProcess error': [
    'ChildProcess._handle.onexit (node:internal/child_process:293:12)',
    'onErrorNT (node:internal/child_process:525:16)',
    tick('90:21'),
  ],
  'process uncaughtException': ['process._fatalException (node:internal/process/execution:159:25)'],
};

/** Node itself listens to these too: the frame of the emitter is another then. */
const shared = /^(Answer end|Socket (end|close)|Interface close|ServerResponse finish|Server listening)$/;
const readline = 'node:internal/readline/interface';

/** What stands below a function that hears an event that nobody of the program emitted; nothing where that is not known. */
export function tellersOf(
  { event, type, isOnce }: Heard,
  group: readonly Frame[],
  text: string,
): readonly string[] | undefined {
  const isWrapped = isOnce || (event === 'listening' && group.some(({ name }) => name === 'wrapper'));
  const emit = `${shownType(type)}.emit (node:events:${shared.test(`${type} ${event}`) ? '526:24' : '514:28'})`;
  const first = [...(isWrapped ? [`${shownType(type)}.wrapper (node:events:639:12)`] : []), emit];
  if (type === 'Interface') return [...first, ...readlineFrames(event, group, text)];
  if (type === 'process') return [...first, ...(tellers[`process ${event}`] ?? [])];
  if (type === 'ChildProcess' && event !== 'error') return undefined;
  const known =
    tellers[`${type} ${event}`] ?? (/^(Server|ClientRequest)$/.test(type) ? undefined : tellers[`* ${event}`]);
  return known === undefined ? undefined : [...first, ...known];
}

/** A line that is told comes from what the interface reads. */
export function readlineFrames(event: string, group: readonly Frame[], text: string): readonly string[] {
  const isFile = !/\bprocess\.stdin\b/.test(text);
  const input = isFile ? 'ReadStream' : 'Socket';
  if (event === 'close')
    return [
      `Interface.close (${readline}:564:10)`,
      `${input}.onend (${readline}:278:10)`,
      `${input}.emit (node:events:${isFile ? '514:28' : '526:24'})`,
      ...atEnd,
    ];
  const isFirst = !group.some(({ name }) => name === '#others');
  return [
    `[_onLine] [as _onLine] (${readline}:${event === '' ? '472:7' : '474:12'})`,
    `[_normalWrite] [as _normalWrite] (${readline}:${isFirst ? '669:18' : '671:20'})`,
    `${input}.ondata (${readline}:268:23)`,
    `${input}.emit (node:events:514:28)`,
    ...pushed,
    ...(isFile ? readFile : [received('Pipe')]),
  ];
}
