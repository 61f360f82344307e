// Functions that hear an event, and what of Node's own tells of it: V8 asks the emitter for its class, we read the text.
import type { Frame, Texts } from './contract.ts';
import { isFunction, type Node } from './nodes.ts';
import { around, functionAt, nameOf, nodesOf, offsetOf, parentOf } from './source.ts';
import { lastName } from './targets.ts';
import { classAround } from './types.ts';

export interface Heard {
  readonly event: string;
  /** The class of the emitter: `ReadStream`, `IncomingMessage`; `Answer` for the one that a client gets. */
  readonly type: string;
  readonly isOnce: boolean;
}

/** As V8 shows the class. */
const shownType = (type: string): string => (type === 'Answer' ? 'IncomingMessage' : type);

/** The event that the function of a frame was given for; nothing where the text does not say. */
export function heardBy(frame: Frame, texts: Texts): Heard | undefined {
  const text = texts.read(frame.file) ?? '';
  const own = functionAt(text, offsetOf(text, frame.line, frame.column));
  if (own === undefined) return undefined;
  const handed = givenAt(text, own);
  if (handed !== undefined) return handed;
  const name = nameOf(text, own).split('.').at(-1);
  if (name === '' || name === undefined) return undefined;
  for (const call of nodesOf(text)) {
    const last = call.type === 'CallExpression' && call.list.length > 1 ? call.list.at(-1) : undefined;
    const found = last !== undefined && lastName(last) === name ? givenAt(text, last) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A function that hears an event is called with the emitter as `this`. */
export function heardName(frame: Frame, name: string, texts: Texts): string | undefined {
  const heard = heardBy(frame, texts);
  return heard === undefined ? undefined : `${shownType(heard.type)}.${name || '<anonymous>'}`;
}

const listening = /^(?:on|once|addListener|prependListener)$/;

/** `emitter.on('event', HERE` */
function givenAt(text: string, given: Node): Heard | undefined {
  const call = parentOf(text, given);
  if (call?.type !== 'CallExpression' || !call.list.includes(given)) return undefined;
  const [name = '', first] = [lastName(call.callee), call.list[0]];
  const { object } = call.callee;
  if (listening.test(name) && object !== undefined && first !== given) {
    const event = first === undefined ? '' : text.slice(first.start + 1, first.end - 1);
    const type = typeOf(text, object);
    return type === undefined ? undefined : { event, type, isOnce: name === 'once' };
  }
  // A client that asks is given what hears the answer; a server, what hears that it serves, or does not any more.
  if (name === 'createServer') return { event: 'request', type: 'Server', isOnce: false };
  if (object === undefined) return undefined;
  if (/^(?:get|request)$/.test(name) && isClient(text, object))
    return { event: 'response', type: 'ClientRequest', isOnce: true };
  return name === 'close' && typeOf(text, object) === 'Server'
    ? { event: 'close', type: 'Server', isOnce: true }
    : undefined;
}

const isClient = (text: string, { start, end }: Node): boolean => /\bhttps?['")]*$/.test(text.slice(start, end));

/** What gives the emitter itself back. */
const same = /^(?:on|once|addListener|prependListener|setEncoding|setTimeout|resume|pause|listen|end)$/;
const makers: Readonly<Record<string, string>> = {
  createReadStream: 'ReadStream',
  createWriteStream: 'WriteStream',
  createInterface: 'Interface',
  createServer: 'Server',
  from: 'Readable',
  spawn: 'ChildProcess',
  exec: 'ChildProcess',
  execFile: 'ChildProcess',
  fork: 'ChildProcess',
  connect: 'Socket',
  createConnection: 'Socket',
};

/** The class of what an expression gives. */
function typeOf(text: string, node: Node): string | undefined {
  const { type, callee, object, start, end, argument } = node;
  if (type === 'AwaitExpression' && argument !== undefined) return typeOf(text, argument);
  if (type === 'ThisExpression') return classAround(text, start);
  if (type === 'NewExpression') return lastName(callee);
  if (type !== 'CallExpression') {
    const words = text.slice(start, end);
    if (words === 'process') return words;
    if (/(?:^process\.stdin|\.(?:stdout|stderr|stdin))$/.test(words)) return 'Socket';
    return type === 'Identifier' || object !== undefined ? typeOfName(words, text, start) : undefined;
  }
  const [name = '', owner] = [lastName(callee), callee.object];
  if (owner !== undefined && same.test(name)) return typeOf(text, owner);
  if (name === 'pipe' && node.list[0] !== undefined) return typeOf(text, node.list[0]);
  if (/^(?:get|request)$/.test(name) && owner !== undefined && isClient(text, owner)) return 'ClientRequest';
  if (name === 'from' && owner?.name !== 'Readable') return undefined;
  return Object.hasOwn(makers, name) ? makers[name] : undefined;
}

/** What a name was made as, or is given as. */
function typeOfName(name: string, text: string, at: number): string | undefined {
  for (const { left, right } of nodesOf(text)) {
    if (right === undefined || left === undefined || text.slice(left.start, left.end) !== name) continue;
    const found = /^(?:Call|New|Await)Expression$/.test(right.type) ? typeOf(text, right) : undefined;
    if (found !== undefined) return found;
  }
  for (const one of around(text, at).filter(isFunction).toReversed()) {
    const place = one.params.findIndex((param) => param.name === name);
    if (place < 0) continue;
    const heard = givenAt(text, one);
    if (heard?.type === 'ClientRequest') return 'Answer';
    const call = parentOf(text, one);
    const isNet = call?.callee?.object?.name === 'net';
    if (heard?.event === 'connection' || (isNet && heard?.event === 'request')) return 'Socket';
    if (heard?.event === 'request') return place === 0 ? 'IncomingMessage' : 'ServerResponse';
    return { req: 'IncomingMessage', request: 'IncomingMessage', res: 'ServerResponse' }[name];
  }
  return undefined;
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
