// `test` and `[`: how many words there are decides how they are read, as POSIX says; messages as in bash 5.2 (test.c).
import type { Questions, ScriptResult } from './just-bash.ts';

const comparisons: ReadonlySet<string> = new Set(['-eq', '-ne', '-lt', '-le', '-gt', '-ge']);
const binaries: ReadonlySet<string> = new Set([...comparisons, '=', '==', '!=', '<', '>', '-nt', '-ot', '-ef']);

class Wrong {
  readonly words: string;
  constructor(words: string) {
    this.words = words;
  }
}

/** @param words without the closing bracket. */
export async function test(words: readonly string[], questions: Questions): Promise<ScriptResult> {
  try {
    return answer(await createReader(words, questions).all());
  } catch (error) {
    if (error instanceof Wrong) return { stdout: '', stderr: `test: ${error.words}\n`, exitCode: 2 };
    throw error;
  }
}

function answer(holds: boolean): ScriptResult {
  return { stdout: '', stderr: '', exitCode: holds ? 0 : 1 };
}

function createReader(words: readonly string[], { unary, binary }: Questions): { all(): Promise<boolean> } {
  let at = 0;
  const isUnary = (word: string): boolean => /^-[abcdefghknoprstuvwxzGLNORS]$/.test(word);

  async function compare(left: string, operator: string, right: string): Promise<boolean> {
    const wrong = comparisons.has(operator) ? [left, right].find((word) => !/^\s*[-+]?\d+\s*$/.test(word)) : undefined;
    if (wrong !== undefined) throw new Wrong(`${wrong}: integer expression expected`);
    return binary(left, operator, right);
  }

  async function two([first = '', second = '']: readonly string[]): Promise<boolean> {
    if (first === '!') return second === '';
    if (!isUnary(first)) throw new Wrong(`${first}: unary operator expected`);
    return unary(first, second);
  }

  async function three([first = '', middle = '', last = '']: readonly string[]): Promise<boolean> {
    if (binaries.has(middle)) return compare(first, middle, last);
    if (middle === '-a') return first !== '' && last !== '';
    if (middle === '-o') return first !== '' || last !== '';
    if (first === '!') return !(await two([middle, last]));
    if (first === '(' && last === ')') return middle !== '';
    throw new Wrong(`${middle}: binary operator expected`);
  }

  function next(): string {
    const word = words[at];
    if (word === undefined) throw new Wrong('argument expected');
    at++;
    return word;
  }

  async function term(): Promise<boolean> {
    const word = next();
    if (word === '!') return !(await term());
    if (word === '(') {
      const holds = await either();
      if (words[at] === undefined) throw new Wrong("`)' expected");
      if (words[at] !== ')') throw new Wrong(`\`)' expected, found ${words[at]}`);
      at++;
      return holds;
    }
    const [operator, right] = [words[at], words[at + 1]];
    if (operator !== undefined && right !== undefined && binaries.has(operator)) {
      at += 2;
      return compare(word, operator, right);
    }
    if (isUnary(word) && operator !== undefined) return unary(word, next());
    return word !== '';
  }

  async function both(): Promise<boolean> {
    const holds = await term();
    if (words[at] !== '-a') return holds;
    at++;
    return (await both()) && holds;
  }

  async function either(): Promise<boolean> {
    const holds = await both();
    if (words[at] !== '-o') return holds;
    at++;
    return (await either()) || holds;
  }

  async function expression(): Promise<boolean> {
    const holds = await either();
    if (at >= words.length) return holds;
    throw new Wrong(words[at]?.startsWith('-') ? `syntax error: \`${words[at]}' unexpected` : 'too many arguments');
  }

  return {
    async all() {
      const [first = '', , , last] = words;
      if (words.length === 0) return false;
      if (words.length === 1) return first !== '';
      if (words.length === 2) return two(words);
      if (words.length === 3) return three(words);
      if (words.length === 4 && first === '!') return !(await three(words.slice(1)));
      if (words.length === 4 && first === '(' && last === ')') return two(words.slice(1));
      return expression();
    },
  };
}
