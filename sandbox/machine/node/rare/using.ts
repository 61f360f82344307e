// `using` and `await using`, which QuickJS does not read, in JavaScript that it does: what is held is let go of at the end of its block.
import { closers, wordsOf } from '../syntax/index.ts';

interface Piece {
  readonly at: number;
  /** How many characters go. */
  readonly length: number;
  readonly words: string;
}

/** The text of a program without `using`; every line stays where it was. What stands at the top of a module that exports below it stays. */
export function withoutUsing(text: string): string {
  const code = codeOnly(text);
  const made: Piece[] = [];
  const found = [...code.matchAll(/(?<![\w$.(])(await[ \t]+)?using[ \t]+([A-Za-z_$][\w$]*)\s*=(?![=>])/g)];
  for (const { 0: head, 1: waits, 2: name, index } of found) {
    const block = blockAround(code, index);
    const end = block === undefined ? text.length : closing(code, block);
    const behind = endOfStatement(code, index + head.length);
    if (block === undefined && /^\s*(?:export|import)\b/m.test(code.slice(behind))) return text;
    const dispose = waits
      ? `await(${name}[Symbol.asyncDispose]??${name}[Symbol.dispose]).call(${name})`
      : `${name}[Symbol.dispose]()`;
    const last = `${block === undefined ? '\n' : ''}}finally{if(${name}!=null)${dispose}}`;
    made.push({ at: index, length: head.length, words: `const ${name} =` }, { at: behind, length: 0, words: ';try{' });
    // At one place the block that began last ends first.
    made.push({ at: end, length: 0, words: last });
  }
  return made
    .sort((one, other) => other.at - one.at)
    .reduce((all, { at, length, words }) => `${all.slice(0, at)}${words}${all.slice(at + length)}`, text);
}

/** Where the innermost block around a place opens. */
function blockAround(code: string, place: number): number | undefined {
  let depth = 0;
  for (let at = place - 1; at >= 0; at--) {
    if (code[at] === '}') depth += 1;
    if (code[at] === '{' && depth-- === 0) return at;
  }
  return undefined;
}

/** Behind the value of a declaration: at its semicolon, or at the end of a line on which nothing is open. */
function endOfStatement(code: string, from: number): number {
  for (let at = from; at < code.length; at++) {
    if ('([{'.includes(code[at] as string)) at = closing(code, at);
    else if (code[at] === ';') return at;
    else if (code[at] === '\n' && !/^\s*[.?:+\-*/%&|<>=,]/.test(code.slice(at))) return at;
  }
  return code.length;
}

/** The text with all that is no code (comments, texts, regular expressions) as spaces; every place stays where it was. */
function codeOnly(text: string): string {
  let [code, at] = ['', 0];
  const blank = (end: number): void => {
    code += text.slice(at, end).replace(/[^\n]/g, ' ');
    at = end;
  };
  for (const { kind, start, end } of wordsOf(text)) {
    blank(start);
    const isCode = /^(?:name|number|mark)$/.test(kind);
    // Of what is no code the quotes are left.
    if (isCode || (kind === 'template' && text[start] !== '`')) at = isCode ? start : at;
    else code += text[at++];
    if (isCode) code += text.slice(at, end);
    else blank(kind === 'pattern' || text[end - 1] === '{' || kind === 'broken' ? end : end - 1);
    if (!isCode && at < end) code += text[at];
    at = end;
  }
  blank(text.length);
  return code;
}

/** Where the bracket at `open` closes. */
function closing(code: string, open: number): number {
  const [left, right] = [code[open] as string, closers[code[open] as string]];
  for (let at = open, depth = 0; at < code.length; at++) {
    if (code[at] === left) depth += 1;
    else if (code[at] === right && --depth === 0) return at;
  }
  return code.length;
}
