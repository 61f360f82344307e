// Where V8 says that a name is unknown: what it knows of a place is where a statement begins, and what was done in it last.
import { closing, opening, scopeOf } from './source.ts';

/** What a statement may begin with before anything of it is done. */
const nothingDone =
  /^(?:(?:return|throw|await|new|void|yield)\b|(?:if|switch)\s*\(|[\w$]+\s*=(?![=>])|[[{]\s*\.\.\.|[(!~+-]|\s)*$/;
/** A property that is read, or a comparison that is over. */
const done = /(?<=\.\s*)[\w$#]+(?!\s*=(?![=>])|[\w$#])|(?:[!=]==?|[<>]=?)(?=\s[^&|?]*(?:&&|\|\||\?))/g;

/** @param at where the name stands */
export function unknownNameAt(code: string, at: number): number {
  const { start, place } = statementAround(code, at);
  const before = code.slice(start, at);
  if (nothingDone.test(before)) return place;
  // A function that is called is looked for without a place of its own.
  const isCalled = /^[\w$]+\s*\(/.test(code.slice(at)) && !/\bnew\s+$/.test(before);
  if (!isCalled || /[{,]\s*[\w$]+\s*:\s*$/.test(before)) return at;
  const last = [...before.matchAll(done)].at(-1);
  return last === undefined ? place : start + last.index;
}

/** Where a statement begins, or what a variable is made of, and which place V8 gives it: of an expression that of its operator. */
function statementAround(code: string, at: number): { readonly start: number; readonly place: number } {
  let start = outerStart(code, at);
  const isBody = /(?:=>|\bfor\s*\([^(){}]*;)\s*$/.test(code.slice(Math.max(0, start - 200), start));
  for (;;) {
    const rest = code.slice(start, at);
    const head = /^(?:else\b|case\b[^:]*:|default\s*:|(?:if|while|for|switch)\s*(?:await\s*)?(?=\())\s*/.exec(
      rest,
    )?.[0];
    const open = start + (head?.length ?? 0);
    const close = head === undefined || code[open] !== '(' ? open - 1 : closing(code, open);
    if (head !== undefined && close < at) start = close + 1;
    else if (/^(?:while|for)/.test(rest))
      return expression(code, at - rest.replace(/^(?:.*\bof\s|.*;|\w+\s*\()\s*/s, '').length);
    else {
      const made =
        /^(?:export\s+)?(?:const|let|var)\s+(?:[\w$]+|[[{][^=]*[\]}])\s*=\s*(?:[^()[\]{}]*,\s*[\w$]+\s*=(?![=>])\s*)?/.exec(
          rest,
        );
      if (made !== null) return expression(code, start + made[0].length);
      return isBody ? expression(code, start) : { start, place: start };
    }
    start += /^\s*/.exec(code.slice(start))?.[0].length ?? 0;
  }
}

const operators = [/^(\|\||\?\?)/, /^&&/, /^[!=]==?/, /^[<>]=?/, /^[-+]/, /^[*/%]/];

function expression(code: string, start: number): { readonly start: number; readonly place: number } {
  const found = operators.map((): number[] => []);
  for (let at = start; at < code.length && !/[;,)\]}]/.test(code[at] as string); at++) {
    if (/[([{]/.test(code[at] as string)) at = closing(code, at);
    if (/\s\?\s|=>/.test(code.slice(at, at + 3))) return { start, place: start };
    if (!/^\s[^\s\w$.'"`([{]/.test(code.slice(at))) continue;
    const level = operators.findIndex((operator) => operator.test(code.slice(at + 1)));
    if (level >= 0) found[level]?.push(at + 1);
  }
  const places = found.find(({ length }) => length > 0) ?? [start];
  const isChain = places.every((place) => code[place] === code[places[0] as number]);
  return { start, place: (isChain ? places[0] : places.at(-1)) ?? start };
}

function outerStart(code: string, from: number): number {
  let line: number | undefined;
  let at = from - 1;
  for (let depth = 0; at >= 0; at--) {
    const char = code[at] as string;
    const isEnd = char === '}' && depth === 0 && !/^\s*[,)\].?:=]/.test(code.slice(at + 1));
    if (isEnd && scopeOf(code, opening(code, at)).kind !== 'literal') break;
    if (/[)\]}]/.test(char)) depth += 1;
    else if (/[([{]/.test(char)) {
      if (depth > 0) depth -= 1;
      else if (char === '{' && scopeOf(code, at).kind !== 'literal') break;
      else line = undefined;
    } else if (depth > 0) continue;
    else if (char === ';' || (char === '>' && code[at - 1] === '=')) break;
    else if (
      char === '\n' &&
      /[\w$)\]}'"`]\s*$/.test(code.slice(0, at)) &&
      !/^\s*[-+*/.,?:&|=()[\]`]/.test(code.slice(at))
    )
      line ??= at;
  }
  const end = (line ?? at) + 1;
  return end + (/^\s*/.exec(code.slice(end))?.[0].length ?? 0);
}
