// Where V8 says that something happens, from where QuickJS says so.

import type { Frame, Texts } from './contract.ts';
import { codeOnly, offsetOf, placeAt, scopesAt } from './source.ts';

const keywords = /^(if|for|while|switch|function|catch|return|await|typeof|of|in)$/;

/** Whether the call whose name begins at `offset` is of a method of something. */
export function isMethodCall(code: string, offset: number): boolean {
  const before = code.slice(Math.max(0, offset - 40), offset).trimEnd();
  return before.endsWith('.') || (code[offset] === '[' && /[\w$)\]]$/.test(before));
}

/**
 * V8 tells of a call where its name begins, of `new` where that begins; QuickJS may point at what follows, or into the arguments.
 */
export function callColumn(frame: Frame, callee: string | undefined, texts: Texts): number {
  const text = texts.read(frame.file);
  const line = text?.split('\n')[frame.line - 1];
  if (line === undefined) return frame.column;
  // Between a word and what is called there may be a space.
  const column = frame.column + (/^\s*/.exec(line.slice(frame.column - 1))?.[0].length ?? 0);
  const before = line.slice(0, column - 1);
  const made = /\bnew\s+[\w$.]*$/.exec(before);
  const named = made === null ? undefined : /^[\w$.]*/.exec(line.slice(made.index).replace(/^new\s+/, ''))?.[0];
  if (made !== null && (callee === undefined || callee === '' || named === callee || named?.endsWith(`.${callee}`)))
    return made.index + 1;
  // A call of what a key gives is told of where its arguments begin.
  const keyed = /^[\w$'"`.]*\]\s*(?=\()/.exec(line.slice(column - 1));
  if (keyed !== null) return column + keyed[0].length;
  const isNew = line.slice(column - 1).startsWith('new ');
  if (
    isNew &&
    (callee === undefined ||
      callee === '' ||
      new RegExp(`^new\\s+[\\w$.]*${callee.replace('$', '\\$')}\\b`).test(line.slice(column - 1)))
  )
    return column;
  if (line[column - 1] === '.') return column + 1;
  if (line.slice(column - 1).startsWith('?.')) return column + 2;
  const here = /^(?!function\b)([\w$#]+)\s*\(/.exec(line.slice(column - 1))?.[1];
  const around = enclosing(line, column, callee) ?? (here === callee ? undefined : enclosing(line, column));
  if (here !== undefined && (callee === undefined || callee === '' || here === callee || around === undefined)) {
    return column;
  }
  if (around !== undefined) return around;
  return column;
}

/** Where the call of `callee`, or of anything, begins, in whose arguments a place lies. */
function enclosing(line: string, column: number, callee?: string): number | undefined {
  if (callee === '') return undefined;
  let depth = 0;
  for (let at = column - 2; at >= 0; at--) {
    if (')]}'.includes(line[at] as string)) depth += 1;
    else if ('([{'.includes(line[at] as string)) depth -= 1;
    if (depth >= 0 || line[at] !== '(') continue;
    const name = /[\w$#]+$/.exec(line.slice(0, at));
    if (name !== null && (callee === undefined ? !keywords.test(name[0]) : name[0] === callee)) {
      const made = /\bnew\s+$/.exec(line.slice(0, name.index));
      return (made === null ? name.index : made.index) + 1;
    }
    depth = 0;
  }
  return undefined;
}

/** QuickJS knows where calls stand, but not where a property is read: there it gives the last place before. */
export function fixedPlace(frame: Frame, message: string, texts: Texts): Frame {
  const text = texts.read(frame.file);
  if (text === undefined) return frame;
  const code = codeOnly(text);
  const from = offsetOf(text, frame.line, frame.column);
  const found = (at: number): Frame => (at < 0 ? frame : { ...frame, ...placeAt(text, at) });
  const property = /^cannot (read|set) property '(.*)' of (null|undefined)$/s.exec(message);
  if (property !== null) {
    const [, did, name = ''] = property;
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (did === 'read' && name === 'Symbol.iterator') return found(iterated(code, from));
    const access = new RegExp(`(?:\\.\\s*)(${escaped})(?![\\w$])|\\[`, 'g');
    access.lastIndex = Math.max(0, from - 1);
    const limit = scopesAt(code, from)[0]?.end ?? code.length;
    for (let match = access.exec(code); match !== null && match.index < limit; match = access.exec(code)) {
      if (match[1] !== undefined) {
        const at = match.index + match[0].length - match[1].length;
        const isSet = /^\s*([-+*/|&^%]|\*\*|<<|>>|\?\?|&&|\|\|)?=(?![=>])/.test(code.slice(at + name.length));
        if (did === 'set' && !isSet) continue;
        // What is read to be changed is told of where the expression begins.
        if (did === 'read' && isSet) return found(startOfOperand(code, at));
        return found(did === 'set' ? code.indexOf('=', at) : at);
      }
      const inside = text.slice(match.index + 1).trimStart();
      if (/^['"`]/.test(inside) ? inside.slice(1).startsWith(name) : /[\w$)\]]\s*$/.test(code.slice(0, match.index)))
        return found(match.index + 1 + (text.slice(match.index + 1).length - inside.length));
    }
    return destructured(frame, text, code, from, name, found);
  }
  if (message === 'value is not iterable') return found(iterated(code, from));
  if (message === 'Cannot convert undefined or null to object') {
    const pattern = /(?:const|let|var)\s*\{\s*/g;
    pattern.lastIndex = Math.max(0, from - 1);
    const match = pattern.exec(code);
    if (match !== null && !/^\s*[\w$.]+\(/.test(code.slice(from))) return found(match.index + match[0].length);
  }
  if (message === "invalid 'in' operand" || message.startsWith("invalid 'instanceof'")) {
    const word = message.includes("'in'") ? /[\w$'")\]]\s+in\s/g : /[\w$)\]}]\s+instanceof\s/g;
    word.lastIndex = from;
    const match = word.exec(code);
    return found(match === null ? -1 : startOfOperand(code, match.index));
  }
  if (/^'(.*)' is read-only$/.test(message) || /is not initialized$/.test(message)) {
    const name = /^'?(.*?)'? is /.exec(message)?.[1] ?? '';
    const uses = new RegExp(`(?<![\\w$])${name.replace('$', '\\$')}(?![\\w$])`, 'g');
    uses.lastIndex = Math.max(0, from);
    const match = uses.exec(code);
    if (match === null) return frame;
    if (message.includes('read-only')) {
      const assigned = new RegExp(
        `(?<![\\w$])${name.replace('$', '\\$')}\\s*((?:[-+*/%]|\\*\\*|\\?\\?|\\|\\||&&)?=(?![=>])|\\+\\+|--)`,
        'g',
      );
      assigned.lastIndex = Math.max(0, from);
      for (let one = assigned.exec(code); one !== null; one = assigned.exec(code)) {
        if (/\b(const|let|var)\s+$/.test(code.slice(0, one.index))) continue;
        const operator = one[1] as string;
        return found(/^(\+\+|--)$/.test(operator) ? one.index : one.index + one[0].length - operator.length);
      }
    }
    return found(match.index);
  }
  if (/^no setter for property|^object is not extensible$/.test(message)) {
    const assigned = /\.[\w$#]+\s*(=)(?![=>])/g;
    assigned.lastIndex = Math.max(0, from - 1);
    const match = assigned.exec(code);
    return found(match === null ? -1 : match.index + match[0].length - 1);
  }
  const unknown = /^(.*) is not defined$/.exec(message)?.[1];
  if (unknown !== undefined) {
    const use = new RegExp(`(?<![\\w$.])${unknown.replace('$', '\\$')}(?![\\w$])`, 'g');
    use.lastIndex = from;
    return found(use.exec(code)?.index ?? -1);
  }
  return frame;
}

function destructured(
  frame: Frame,
  text: string,
  code: string,
  from: number,
  name: string,
  found: (at: number) => Frame,
): Frame {
  const patterns = new RegExp(`[{,]\\s*(${name.replace('$', '\\$')})\\s*[,}:=]`, 'g');
  patterns.lastIndex = Math.max(0, from - 1);
  const match = patterns.exec(code);
  void text;
  return match === null ? frame : found(match.index + match[0].indexOf(match[1] as string));
}

/** What is taken apart as a list, or gone through, from a place on. */
function iterated(code: string, from: number): number {
  const pattern =
    /\bof\s+(?=[\w$([{'"])|\.\.\.\s*|(?:const|let|var)\s*\[[^\]]*\]\s*=\s*|\bnew (?:Map|Set)\(|(?:Promise\.\w+|Object\.fromEntries)\(/g;
  pattern.lastIndex = Math.max(0, from - 1);
  const match = pattern.exec(code);
  if (match === null) return -1;
  return /^new|^Promise|^Object/.test(match[0]) ? match.index : match.index + match[0].length;
}

function startOfOperand(code: string, end: number): number {
  let at = end;
  while (at > 0 && /[\w$.'"()[\]{}]/.test(code[at - 1] as string)) at -= 1;
  return at;
}
