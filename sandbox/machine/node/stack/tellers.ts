// What of Node's own tells of an event that nobody of the program emitted.
import type { Frame } from './contract.ts';
import { type Heard, shownType } from './listeners.ts';

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
