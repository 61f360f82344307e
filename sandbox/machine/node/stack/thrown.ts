// Where an error was thrown: shown at the end of a program, and not always where the error was made.
import { around, functionAt, isFunction, isWithin, type Node, nodesOf, offsetOf, placeAt } from '../syntax/index.ts';
import type { Frame, Texts } from './contract.ts';
import type { Excerpt } from './known-frames.ts';

const throwsIn = (nodes: readonly Node[]): readonly Node[] => nodes.filter(({ type }) => type === 'ThrowStatement');

/** The statement that threw what has no place of its own: a text, a number, an error without a stack. */
export function thrownValue(value: string, texts: Texts): Excerpt | undefined {
  const isObject = /^\[object /.test(value);
  for (const file of texts.loaded()) {
    const text = texts.read(file) ?? '';
    const every = throwsIn(nodesOf(text));
    const literal = every.filter(({ argument }) => /^(?:Object|Array)Expression$/.test(argument?.type ?? ''));
    const all = isObject && literal.length > 0 ? literal : every;
    const said = ({ argument }: Node): string => text.slice(argument?.start, argument?.end).slice(0, value.length + 2);
    const named = value === '' ? undefined : all.find((one) => said(one).includes(value));
    const found = named ?? all.find(({ argument }) => argument?.type === 'Identifier') ?? all[0];
    if (found !== undefined) return at(file, text, found);
  }
  return undefined;
}

/** The statement that threw an error made at the first of `frames`; nothing where that place itself is shown. */
export function thrownFrom(frames: readonly Frame[], texts: Texts): Excerpt | undefined {
  const [first] = frames;
  const text = first === undefined ? undefined : texts.read(first.file);
  if (first === undefined || text === undefined) return undefined;
  const again = rethrown(frames, texts);
  if (again !== undefined) return again;
  const offset = offsetOf(text, first.line, first.column);
  const nodes = around(text, offset);
  const own = nodes.slice(nodes.findLastIndex(isFunction) + 1);
  /** Whether what begins at a place makes the error at once. */
  const makes = (start: number): boolean =>
    /^(?:throw\s+)?(?:Object\.assign\(\s*)?(?:new\s+)?[\w$.]*\s*\(?\s*$/.test(text.slice(start, offset));
  const direct = own.findLast(({ type, start }) => type === 'ThrowStatement' && makes(start));
  const block = nodes.findLast(({ type }) => /^(?:BlockStatement|Program)$/.test(type));
  const put = own.findLast(
    ({ left, right }) => left?.type === 'Identifier' && right !== undefined && makes(right.start),
  );
  const call = own.findLast(({ type }) => type === 'CallExpression');
  const later = (scope: Node | undefined, names: readonly string[]): Node | undefined =>
    throwsIn(nodesOf(text)).find(
      (one) =>
        scope !== undefined &&
        isWithin(one, scope) &&
        one.start > offset &&
        one.argument?.type === 'Identifier' &&
        names.includes(one.argument.name),
    );
  // An error that a function is called back with.
  const given = (call?.list ?? []).flatMap((one) => (one !== undefined && isFunction(one) ? one.params : []));
  const found =
    direct ??
    later(
      call,
      given.map(({ name }) => name),
    ) ??
    (put && later(block, [put.left.name]));
  return found && at(first.file, text, found);
}

/** Where the outermost `catch` around the frames, or who has it from there, throws on what it caught. */
function rethrown(frames: readonly Frame[], texts: Texts): Excerpt | undefined {
  let found: Excerpt | undefined;
  for (const { file, line, column } of frames) {
    const text = texts.read(file) ?? '';
    const nodes = around(text, offsetOf(text, line, column));
    const own = nodes.slice(nodes.findLastIndex(isFunction) + 1).toReversed();
    for (const [index, { type, body, other }] of own.entries()) {
      if (type !== 'TryStatement' || other?.argument === undefined || own[index - 1] !== body) continue;
      const name = other.argument.name;
      const again = throwsIn(nodesOf(text)).filter(({ argument }) => argument?.type === 'Identifier');
      const elsewhere = found === undefined ? again.find((one) => !isWithin(one, other)) : undefined;
      const thrown = again.find((one) => isWithin(one, other) && one.argument?.name === name) ?? elsewhere;
      if (thrown === undefined) return found;
      found = at(file, text, thrown);
    }
  }
  return found;
}

/** Where a module waits for ever: it got furthest at its last `await`. */
export function lastAwait(file: string, texts: Texts): Excerpt | undefined {
  const text = texts.read(file) ?? '';
  const isWaiting = ({ type, isAsync }: Node): boolean =>
    type === 'AwaitExpression' || (type === 'ForOfStatement' && isAsync);
  const found = nodesOf(text).findLast((one) => isWaiting(one) && functionAt(text, one.start) === undefined);
  return (
    found &&
    at(file, text, {
      ...found,
      start: found.type === 'ForOfStatement' ? text.indexOf('await', found.start) : found.start,
    })
  );
}

function at(file: string, text: string, { start }: Node): Excerpt {
  const { line, column } = placeAt(text, start);
  return { where: `${file}:${line}`, line: text.split('\n')[line - 1] ?? '', column };
}
