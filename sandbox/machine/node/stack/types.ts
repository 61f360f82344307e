// To what a function belongs, as far as a program's text tells: V8 asks the receiver itself.
import {
  around,
  functionAt,
  isClass,
  isFunction,
  type Node,
  nameOf,
  nodesOf,
  offsetOf,
  parentOf,
} from '../syntax/index.ts';
import type { Frame, Texts } from './contract.ts';
import { callStep } from './places.ts';
import type { Step } from './recorder.ts';
import { lastName } from './targets.ts';

export interface Owner {
  readonly type?: string;
  /** The whole name, of a function that was given none: where it was put. */
  readonly inferred?: string;
}

/** The name of a function that was given none but stands in an assignment: `exports.run`; or in a call, before an object. */
export function inferredName(frame: Frame, texts: Texts): string | undefined {
  const text = texts.read(frame.file) ?? '';
  const own = functionAt(text, offsetOf(text, frame.line, frame.column));
  if (own === undefined) return undefined;
  const name = nameOf(text, own);
  return name === '' ? namedByCall(text, own) : name.includes('.') ? name : undefined;
}

/** A function that is handed over before an object has the name of the call and of what stands first in the object. */
function namedByCall(text: string, own: Node): string | undefined {
  const call = parentOf(text, own);
  const name =
    call?.type === 'CallExpression' ? text.slice(call.callee.start, call.callee.end).replace(/[\s?]/g, '') : '';
  if (call === undefined || !/^[\w$]+(?:\.[\w$]+)*$/.test(name)) return undefined;
  for (const one of call.list.slice(call.list.indexOf(own) + 1)) {
    const object = one?.type === 'ArrayExpression' ? one.list[0] : one;
    if (object?.type !== 'ObjectExpression') {
      if (one !== undefined && /[(){}]/.test(text.slice(one.start, one.end))) return undefined;
      continue;
    }
    const [first] = object.list;
    if (first === undefined || first.isComputed) return undefined;
    if (first.type === 'SpreadElement') return name;
    const key = first.key.name.replace(/^(['"])(.*)\1$/, '$2');
    // A name that stands for its value is read twice.
    return first.isShort ? `${name}.${key}.${key}` : `${name}.${key}`;
  }
  return undefined;
}

/** The class of a method, or `Object`; nothing for a function that is called without a receiver. @param call its call, in which text */
export function ownerType(frame: Frame, name: string, texts: Texts, call?: { text: string; step: Step }): Owner {
  const text = texts.read(frame.file);
  if (text === undefined) return {};
  const functions = around(text, offsetOf(text, frame.line, frame.column)).filter(isFunction);
  const own = functions.findLast((one) => name === '' || nameOf(text, one).split('.').at(-1) === name);
  const full = own === undefined ? '' : nameOf(text, own);
  if (name === '' && full.includes('.')) return { inferred: full };
  const method = own && parentOf(text, own);
  const receiver = call === undefined ? undefined : receiverOf(call.text, call.step.node.callee);
  if (method?.type === 'MethodDefinition') {
    const type = classAround(text, method.start);
    if (type === undefined) return {};
    return { type: method.isStatic ? type : (receiver ?? type) };
  }
  if (call === undefined) return method?.type === 'Property' && method.value === own ? { type: 'Object' } : {};
  return full.includes('.') ? { inferred: full } : { type: receiver ?? 'Object' };
}

/** The name of the class around a place. */
export function classAround(text: string, at: number): string | undefined {
  const found = around(text, at).findLast(isClass);
  return found && nameOf(text, found);
}

/** The class of what a method is called of, where the text says `new`. */
export function receiverOf(text: string, callee: Node | undefined): string | undefined {
  const member = callee?.type === 'ChainExpression' ? callee.argument : callee;
  if (member?.type !== 'MemberExpression') return undefined;
  return member.object.type === 'Super' ? classAround(text, member.start) : madeClass(text, member.object);
}

const bare = (node: Node | undefined): Node | undefined => (node?.type === 'AwaitExpression' ? node.argument : node);

/** The class that made a value: it stands there, or what it is called was made so. */
export function madeClass(text: string, { type, callee, start, end }: Node): string | undefined {
  if (type === 'NewExpression') return lastName(callee);
  const name = text.slice(start, end);
  if (!/^[\w$]+(?:\.#?[\w$]+)?$/.test(name) || name === 'this') return undefined;
  const word = name.replaceAll('$', '\\$');
  // All that a module gives.
  if (new RegExp(`\\*\\s*as\\s+${word}(?![\\w$])|(?<![\\w$.])${word}\\s*=\\s*await\\s+import\\(`).test(text))
    return 'Module';
  const put = nodesOf(text).find(
    ({ left, right, key, value }) =>
      bare(right ?? value)?.type === 'NewExpression' &&
      (left === undefined
        ? key !== undefined && `this.${key.name}` === name
        : text.slice(left.start, left.end) === name),
  );
  const made = bare(put?.right ?? put?.value);
  return made && lastName(made.callee);
}

/** The class of the emitter in a call of `emit`. */
export function emitterType(below: Frame, texts: Texts): string {
  const text = texts.read(below.file) ?? '';
  const step = callStep(below, { name: 'emit' }, texts);
  const object = step?.key === 'emit' ? step.node.callee.object : undefined;
  if (object === undefined) return 'EventEmitter';
  const type = object.type === 'ThisExpression' ? classAround(text, object.start) : madeClass(text, object);
  return type ?? 'EventEmitter';
}
