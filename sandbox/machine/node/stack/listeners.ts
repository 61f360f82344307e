// Functions that hear an event: V8 asks the emitter for its class, we read the text.
import { around, functionAt, isFunction, type Node, nameOf, nodesOf, offsetOf, parentOf } from '../syntax/index.ts';
import type { Frame, Texts } from './contract.ts';
import { lastName } from './targets.ts';
import { classAround } from './types.ts';

export interface Heard {
  readonly event: string;
  /** The class of the emitter: `ReadStream`, `IncomingMessage`; `Answer` for the one that a client gets. */
  readonly type: string;
  readonly isOnce: boolean;
}

/** As V8 shows the class. */
export const shownType = (type: string): string => (type === 'Answer' ? 'IncomingMessage' : type);

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
  return heard === undefined ? timedName(frame, name, texts) : `${shownType(heard.type)}.${name || '<anonymous>'}`;
}

/** A function that is given to a timer where it stands has that as `this`; one that was cleared holds it no more. */
function timedName(frame: Frame, name: string, texts: Texts): string | undefined {
  const text = texts.read(frame.file) ?? '';
  const own = functionAt(text, offsetOf(text, frame.line, frame.column));
  const call = own && parentOf(text, own);
  if (call?.type !== 'CallExpression' || call.list[0] !== own || name !== '') return undefined;
  const [, kind] = /^set(Timeout|Interval|Immediate)$/.exec(lastName(call.callee) ?? '') ?? [];
  if (kind === undefined) return undefined;
  if (kind === 'Immediate') return 'Immediate.<anonymous>';
  return `Timeout.${text.includes(`clear${kind}(`) ? '<anonymous>' : '_onTimeout'}`;
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
