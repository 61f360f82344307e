// Where V8 says that something happens, from where QuickJS says so.

import { createRecent } from '../../../kernel/index.ts';
import { declarerOf, firstValue, isFunction, isWithin, type Node, offsetOf, treeOf } from '../syntax/index.ts';
import type { Frame, Texts } from './contract.ts';
import { unescaped } from './printer.ts';
import type { Step } from './recorder.ts';
import { stepsOf as stepsIn } from './steps.ts';
import { FIELDS, STATIC } from './targets.ts';

const indexes = createRecent<ReadonlyMap<number, readonly Step[]>>(16);

/** On the first line of a file QuickJS does not tell its first place from its second. */
const kept = (at: number): number => (at === 1 ? 0 : at);

/** What is done in a text while QuickJS tells of one place. */
function stepsAt(text: string, at: number): readonly Step[] {
  const index = indexes.get(text, () => {
    const tree = treeOf(text);
    const found = new Map<number, Step[]>();
    for (const step of tree === undefined ? [] : stepsIn(text, tree)) {
      const steps = found.get(kept(step.at));
      if (steps === undefined) found.set(kept(step.at), [step]);
      else steps.push(step);
    }
    return found;
  });
  return index.get(kept(at)) ?? [];
}

/** What was called, as far as it is known. */
export interface Callee {
  /** '' for a function without a name. */
  readonly name: string;
  /** One of our library: the program may call it by another name. */
  readonly isInternal?: boolean;
  /** A generator that was asked for its next value. */
  readonly isStep?: boolean;
  /** Of an error that was made by the call. */
  readonly message?: string;
}

/** Other names under which functions of our library are called. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  aborting: ['abort'],
  deepStrictEqual: ['deepEqual'],
  notDeepStrictEqual: ['notDeepEqual'],
  notStrictEqual: ['notEqual'],
  ok: ['assert', 'strict'],
  strictEqual: ['equal'],
};

/** The steps that a frame may be at. @param below who called it */
function stepsOf(frame: Frame, texts: Texts, below?: Frame): readonly Step[] {
  const text = texts.read(frame.file);
  if (text === undefined) return [];
  const isField = frame.line === 0;
  const steps = stepsAt(text, isField ? -1 : offsetOf(text, frame.line, frame.column));
  // Of the fields of a class QuickJS tells nothing; whoever made it is near.
  const makers = isField && below?.file === frame.file ? stepsOf(below, texts).map(({ body }) => body.node) : [];
  const own = steps.filter(({ body: { node } }) =>
    isField ? makers.some((one) => isWithin(node, one) || isWithin(one, node)) : node.id?.name === frame.name,
  );
  return own.length > 0 ? own : steps;
}

/** What V8 calls the function of a step that gives a class its fields. */
export function makerName(step: Step | undefined): string | undefined {
  const node = step?.body.node;
  if (node?.type === 'StaticBlock' || (node?.type === 'ClassBody' && node.isStatic)) return STATIC;
  return node?.type === 'ClassBody' ? FIELDS : undefined;
}

/** What calls a function: the step that V8 tells of. */
export function callStep(frame: Frame, callee: Callee | undefined, texts: Texts, below?: Frame): Step | undefined {
  const steps = stepsOf(frame, texts, below);
  const [, access, property] = /^(get|set) (.+)$/.exec(callee?.name ?? '') ?? [];
  if (access !== undefined) return steps.find(({ kind, key }) => kind === access && key === property);
  const name = callee?.name ?? '';
  if (callee?.isStep)
    return (
      steps.find(({ kind }) => kind === 'next') ??
      steps.find(({ kind }) => kind === 'iterate') ??
      steps.find(({ key }) => key === 'next')
    );
  const calls = steps.filter(({ kind }) => /^(?:call|new|class)$/.test(kind));
  const names = [name, ...(Object.hasOwn(aliases, name) ? (aliases[name] ?? []) : [])];
  const named = name === '' ? [] : calls.filter(({ key }) => key !== undefined && names.includes(key));
  const made = named.length > 1 ? named.find(({ node }) => mayMake(node, callee?.message)) : undefined;
  return made ?? named[0] ?? implied(steps, name) ?? calls.find(mayBeAnother) ?? calls[0] ?? steps.find(isPrivate);
}

/** Whether a call is of something that holds a function, and not of one by its name. */
function mayBeAnother({ node, body }: Step): boolean {
  if (node.callee === undefined) return false;
  const { type, isComputed, name } = node.callee;
  if (type === 'Identifier') return declarerOf(name, body)?.known.isFixed === false;
  return type !== 'MemberExpression' || isComputed;
}

/** A function that is called without being named: by an operator, a text that needs one, a loop. */
function implied(steps: readonly Step[], name: string): Step | undefined {
  if (name === 'concat') return steps.find(({ kind }) => kind === 'text');
  if (name === '[Symbol.iterator]' || name === 'next')
    return steps.find(({ kind }) => kind === 'iterate' || kind === 'next');
  if (!/^(?:valueOf|toString|\[Symbol\.toPrimitive\])$/.test(name)) return undefined;
  return steps.find(({ kind }) => /^(?:operator|text|key)$/.test(kind));
}

/** Of a private getter QuickJS tells no name. */
const isPrivate = ({ kind, key }: Step): boolean => kind === 'get' && key?.startsWith('#') === true;

/** Whether a call with these arguments may have made an error with a message: as far as its first argument is a plain text. */
function mayMake({ list: [first] }: Node, message: string | undefined): boolean {
  if (message === undefined) return true;
  if (first === undefined) return message === '';
  if (first.type === 'Literal' && /^['"]/.test(first.name)) return unescaped(first.name.slice(1, -1)) === message;
  if (first.type !== 'TemplateLiteral') return true;
  const before = unescaped(first.quasis[0]?.name ?? '');
  return first.list.length === 0 ? before === message : message.startsWith(before);
}

type Test = (step: Step) => boolean;

const of =
  (kinds: RegExp, name?: string): Test =>
  ({ kind, key }) =>
    kinds.test(kind) && (name === undefined || key === name);

/** Of a name that is only known when it is asked for. */
const unnamed =
  (kinds: RegExp): Test =>
  ({ kind, key }) =>
    kinds.test(kind) && key === undefined;

/** A call, but not of what is a function for certain. */
const isCalled: Test = ({ kind, node: { callee }, body }) =>
  kind === 'call' &&
  callee !== undefined &&
  !isFunction(callee) &&
  !(callee.type === 'Identifier' && declarerOf(callee.name, body)?.known.isFixed);

/** Which steps an error of QuickJS's own may come from; the likeliest first. */
function makersOf(message: string, text: string): readonly Test[] {
  const property = /^cannot (read|set) property '(.*)' of (?:null|undefined)$/s.exec(message);
  if (property?.[2] === 'Symbol.iterator') return [mayFail(text), unnamed(/^get$/)];
  if (property !== null) {
    const kind = property[1] === 'set' ? /^set$/ : /^get$/;
    return [of(kind, property[2]), unnamed(kind), of(/^set$/, property[2])];
  }
  const named = /^'?(.*?)'? is (?:read-only|not initialized|not defined)$/.exec(message)?.[1];
  if (named !== undefined)
    return [
      of(message.endsWith('read-only') ? /^(?:store|set)$/ : /^name$/, named),
      of(/^store$/, named),
      unnamed(/^set$/),
      ...(message.endsWith('read-only') ? [of(/^call$/)] : []),
    ];
  if (message === 'value has no property') return [unnamed(/^get$/)];
  if (message === 'not a function') return [isCalled, of(/^(?:iterate|next|new)$/)];
  if (message.endsWith('is not iterable')) return [mayFail(text), of(/^(?:new|call)$/)];
  return (makers.find(([words]) => words.test(message))?.[1] ?? []).map((kinds) => of(kinds));
}

/** Whether what is gone through may be nothing that one can go through: no list that stands there. */
const mayFail =
  (text: string): Test =>
  ({ kind, node, source }) => {
    const made = node.type === 'ForOfStatement' ? node.right : node.type === 'ArrayPattern' ? source : node.argument;
    const value = typeof made === 'object' && made.type === 'Identifier' ? firstValue(text, made.name) : made;
    return kind === 'iterate' && (typeof value !== 'object' || value.type !== 'ArrayExpression');
  };

const makers: readonly (readonly [RegExp, readonly RegExp[]])[] = [
  [/^class constructors must be/, [/^call$/]],
  [/not a constructor$/, [/^new$/, /^call$/]],

  [/^Cannot convert undefined or null to object$/, [/^pattern$/, /^delete$/, /^call$/]],
  [/^no setter for|^object is not extensible$/, [/^set$/, /^call$/]],
  [/^could not delete/, [/^delete$/, /^call$/]],
  [/^invalid array length$/, [/^new$/, /^call$/, /^set$/]],
  [/^not an object$/, [/^(?:call|new)$/]],
  [/^parent class/, [/^extends$/]],
  [/BigInt/i, [/^operator$/, /^call$/]],
  [/^cannot convert symbol/, [/^(?:text|operator|key)$/]],
  [/private|brand/, [/^[gs]et$/]],
];

/** The step that made an error of QuickJS's own. */
export function failedStep(frame: Frame, message: string, texts: Texts, below?: Frame): Step | undefined {
  const steps = stepsOf(frame, texts, below);
  const operator = /^invalid '(\w+)'/.exec(message)?.[1];
  if (operator !== undefined) return steps.find(of(/^operator$/, operator));
  for (const test of makersOf(message, texts.read(frame.file) ?? '')) {
    const found = steps.find(test);
    // Of a pattern within one, what it takes apart is missing more often.
    const isInner = ({ kind, node, source }: Step): boolean =>
      kind === found?.kind &&
      node !== found.node &&
      (source === undefined || (typeof source === 'object' && source.type === 'Literal')) &&
      isWithin(node, found.node);
    if (found !== undefined && /Pattern$/.test(found.node.type)) return steps.findLast(isInner) ?? found;
    if (found !== undefined) return found;
  }
  return undefined;
}
