// Who waits for an async function that goes on after an `await`. QuickJS does not tell; the text mostly does.
import { around, functionAt, isFunction, type Node, nameOf, nodesOf, offsetOf, placeAt } from '../syntax/index.ts';
import type { Asked, Frame, Texts } from './contract.ts';
import { heardName } from './listeners.ts';
import type { Step } from './recorder.ts';
import { lastName } from './targets.ts';
import { ownerType } from './types.ts';

const MOST = 9;

/** The calls of a chain of properties and calls. */
function callsOf(node: Node | undefined): readonly Node[] {
  if (node === undefined) return [];
  const { type, callee, object, argument } = node;
  if (type === 'CallExpression') return [node, ...callsOf(callee)];
  if (type === 'MemberExpression') return callsOf(object);
  return type === 'ChainExpression' ? callsOf(argument) : [];
}

/** Where V8 says that a loop waits. */
const loopPlace = ({ left }: Node): number => {
  const target = left.type === 'VariableDeclaration' ? (left.list[0]?.left as Node) : left;
  return target.type === 'Identifier' ? target.start : target.end - 1;
};

/** Where it is waited for what a step calls. */
export function awaitOf(text: string, step: Step | undefined): number | undefined {
  const call = step?.node;
  if (call === undefined) return undefined;
  if (step?.kind === 'next') return step.place;
  const nodes = around(text, call.start);
  const found = nodes.findLast(
    ({ type, argument }) => type === 'AwaitExpression' && (callsOf(argument).includes(call) || argument === call),
  );
  if (found !== undefined) return found.start;
  // Of a loop that waits for each of its values, V8 tells of the variable.
  const loop = nodes.findLast(
    ({ type, isAsync, right }) => type === 'ForOfStatement' && isAsync && callsOf(right).includes(call),
  );
  return loop && loopPlace(loop);
}

/** The functions that wait for the one of `last`, and for each other. `above`: the frames of what it called. */
export function asyncFrames(
  last: Frame,
  texts: Texts,
  among?: Asked['among'],
  above: readonly Frame[] = [],
): readonly string[] {
  const { lines, outside } = calledAtOnce(last, texts, among);
  const name = outside === undefined ? functionOf(last) : outside;
  return [...lines, ...waiters(name, texts, among, above, lines.length)];
}

/** Who waits for an `import()` of the module in which a frame is, while it runs for the first time; nothing where it does not. */
export function importFrames(last: Frame, texts: Texts, among: Asked['among']): readonly string[] | undefined {
  const text = texts.read(last.file);
  if (text === undefined || !last.file.startsWith('file:') || functionOf(last) !== undefined) return undefined;
  const offset = offsetOf(text, last.line, last.column);
  const hasWaited = nodesOf(text).some(({ type, start }) => type === 'AwaitExpression' && start < offset);
  return functionAt(text, offset) === undefined && !hasWaited ? waiters('import', texts, among, [], 0) : undefined;
}

function waiters(
  first: string | undefined,
  texts: Texts,
  among: Asked['among'],
  above: readonly Frame[],
  told: number,
): readonly string[] {
  const lines: string[] = [];
  let name = first;
  const seen = new Set<string>();
  while (name !== undefined && name !== '' && !seen.has(name) && told + lines.length < MOST) {
    seen.add(name);
    const found = waiterOf(name, texts, told + lines.length === 0 ? among : undefined, above);
    if (found === undefined) break;
    lines.push(...found.lines);
    name = found.name;
  }
  return lines;
}

const isTogether = (node: Node | undefined, name = '(?:all|allSettled|any|race)'): node is Node =>
  node?.type === 'CallExpression' &&
  node.callee.type === 'MemberExpression' &&
  node.callee.object.name === 'Promise' &&
  new RegExp(`^${name}$`).test(node.callee.property.name);

/** Of an async function without a name that is called where it stands, and waited for: that place, and the function around it. */
function calledAtOnce(
  frame: Frame,
  texts: Texts,
  among: Asked['among'],
): { readonly lines: string[]; readonly outside?: string | undefined } {
  const text = texts.read(frame.file);
  if (text === undefined || functionOf(frame) !== undefined) return { lines: [] };
  const nodes = around(text, offsetOf(text, frame.line, frame.column));
  const own = nodes.findLastIndex(isFunction);
  const isOwnCall = nodes[own - 1]?.type === 'CallExpression' && nodes[own - 1]?.callee === nodes[own];
  const outer = nodes.slice(0, Math.max(own, 0)).findLastIndex(isFunction);
  const wait = nodes.slice(outer + 1, own).find(({ type }) => type === 'AwaitExpression');
  // One of several that are made by an async function, and waited for together.
  const together = among !== undefined && isTogether(wait?.argument, among.name) && nodes[own]?.isAsync === true;
  const call = nodes[own - 1];
  // What is handed to `then` fails in the place of what `then` gives.
  const isHanded =
    call?.type === 'CallExpression' &&
    call.list.includes(nodes[own]) &&
    /^(?:then|catch|finally)$/.test(lastName(call.callee) ?? '') &&
    callsOf(wait?.argument).includes(call);
  if (wait === undefined || !(together || isHanded || (isOwnCall && wait.argument === call))) return { lines: [] };
  const name = nodes[outer] === undefined ? '' : (nameOf(text, nodes[outer]).split('.').at(-1) ?? '');
  const first = together ? [`async Promise.${among.name} (index ${among.index})`] : [];
  return {
    lines: [...first, line(whoWaits(name, frame.file, text, wait.start, texts), frame.file, text, wait.start)],
    outside: name,
  };
}

/** The name of a function that waits, with what it belongs to. */
function whoWaits(name: string, file: string, text: string, at: number, texts: Texts): string {
  const frame = { file, name, ...placeAt(text, at), native: false };
  const type = name === '' ? undefined : ownerType(frame, name, texts).type;
  return heardName(frame, name, texts) ?? (type === undefined ? name : `${type}.${name}`);
}

function line(name: string, file: string, text: string, at: number): string {
  const { line, column } = placeAt(text, at);
  const place = `${file}:${line}:${column}`;
  return name === '' ? `async ${place}` : `async ${name} (${place})`;
}

/** The function in which a frame is; nothing when it is a module itself. */
function functionOf(frame: Frame): string | undefined {
  return frame.name === '' || frame.name.startsWith('<') ? undefined : frame.name;
}

/** Whether a `catch` takes what fails at a place. */
function isCaught(text: string, at: number): boolean {
  const nodes = around(text, at);
  const own = nodes.slice(nodes.findLastIndex(isFunction) + 1);
  return own.some(
    ({ type, body, other }, index) => type === 'TryStatement' && other !== undefined && own[index + 1] === body,
  );
}

interface Wait {
  readonly at: number;
  /** What is waited for. */
  readonly call: Node;
  readonly together?: Node;
}

/** Where a text waits for what a function of this name gives. */
function waitsFor(
  text: string,
  name: string,
  isLast: boolean,
  above: readonly number[],
  among: Asked['among'],
): Wait | undefined {
  const nodes = nodesOf(text);
  const isOf = (call: Node): boolean => lastName(call.callee) === name && !isTogether(call);
  const waits = nodes.filter(({ type }) => type === 'AwaitExpression');
  const direct = waits.flatMap((wait): Wait[] => {
    const { argument } = wait;
    if (argument?.type === 'ImportExpression') return name === 'import' ? [{ at: wait.start, call: argument }] : [];
    const call = callsOf(argument).find(isOf);
    // What is handed to `catch` or `then` is not waited for itself.
    const isHanded =
      call !== undefined &&
      callsOf(argument).some(
        (one) =>
          one.callee.type === 'MemberExpression' &&
          one.callee.object === call &&
          /^(?:catch|then)$/.test(one.callee.property.name),
      );
    return call === undefined || isHanded ? [] : [{ at: wait.start, call }];
  });
  // What it was given and called stands in its call. What failed is more often what came last; what stands in a `try` would not have gone on.
  const holding = direct.find(({ call }) => above.some((at) => at > call.start && at < call.end));
  const found = holding ?? direct.findLast(({ at }) => !isCaught(text, at)) ?? direct.at(-1);
  if (found !== undefined) return found;
  for (const { start, argument } of waits) {
    if (!isTogether(argument, among?.name)) continue;
    const isWithin = (one: Node): boolean => one.start > argument.start && one.end <= argument.end;
    const call = nodes.find(
      (one) =>
        isWithin(one) &&
        ((one.type === 'CallExpression' && isOf(one)) ||
          (among !== undefined && one.type === 'Identifier' && one.name === name)),
    );
    if (call !== undefined) return { at: start, call, together: argument };
  }
  for (const loop of nodes)
    if (loop.type === 'ForOfStatement' && loop.isAsync) {
      const call = callsOf(loop.right).find(isOf);
      if (call !== undefined) return { at: loopPlace(loop), call };
    }
  // Of a method that is called by a name that is only known when it runs.
  const isUnknown = ({ callee }: Node): boolean =>
    callee.type === 'MemberExpression' && callee.isComputed && lastName(callee) === undefined;
  const isNamed = nodes.some((one) => one.type === 'CallExpression' && isOf(one));
  const computed = isLast && !isNamed ? waits.find(({ argument }) => callsOf(argument).some(isUnknown)) : undefined;
  return computed && { at: computed.start, call: computed };
}

function waiterOf(
  name: string,
  texts: Texts,
  among: Asked['among'],
  above: readonly Frame[],
): { readonly lines: readonly string[]; readonly name: string | undefined } | undefined {
  for (const file of texts.loaded()) {
    const text = texts.read(file) ?? '';
    const given = above.filter((frame) => frame.file === file).map(({ line, column }) => offsetOf(text, line, column));
    const found = waitsFor(text, name, file === texts.loaded().at(-1), given, among);
    if (found === undefined) continue;
    const { at, call, together } = found;
    const around = functionAt(text, at);
    const own = around === undefined ? '' : (nameOf(text, around).split('.').at(-1) ?? '');
    const list = together?.list[0]?.list ?? [];
    const index =
      among?.index ??
      Math.max(
        0,
        list.findIndex((one) => one !== undefined && one.start <= call.start && call.end <= one.end),
      );
    return {
      lines: [
        ...(together === undefined ? [] : [`async Promise.${together.callee.property.name} (index ${index})`]),
        line(whoWaits(own, file, text, at, texts), file, text, at),
      ],
      name: around === undefined ? undefined : own,
    };
  }
  return undefined;
}
