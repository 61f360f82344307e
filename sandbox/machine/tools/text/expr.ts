import { compile } from '../pattern.ts';
import { defineTool, misuse, ToolEnd } from '../tool.ts';

const levels: readonly (readonly string[])[] = [
  ['|'],
  ['&'],
  ['<', '<=', '=', '==', '!=', '>=', '>'],
  ['+', '-'],
  ['*', '/', '%'],
  [':'],
];

/** GNU expr. */
export const expr = defineTool({
  name: 'expr',
  summary: { es: 'calcula una expresión', en: 'evaluates an expression' },
  synopsis: 'EXPRESSION',
  options: '',
  misuse: 2,
  // Only a first word that is an option is one: operands may well begin with `-`.
  inOrder: true,
  rewrite: (args) =>
    /^--(help|version)$/.test(args[0] ?? '') && args.length === 1
      ? args
      : ['--', ...args.slice(args[0] === '--' ? 1 : 0)],
  run(given, io) {
    const words = given.operands;
    if (words.length === 0) throw misuse('missing operand', 2);
    let at = 0;
    const wrong = (problem: string): never => {
      throw new ToolEnd(`syntax error: ${problem}`, 2);
    };
    const next = (): string =>
      at < words.length ? (words[at++] as string) : wrong(`missing argument after ‘${words[at - 1]}’`);

    function level(depth: number): string {
      const operators = levels[depth];
      if (operators === undefined) return primary();
      let left = level(depth + 1);
      for (let word = words[at]; word !== undefined && operators.includes(word); word = words[at]) {
        at++;
        left = apply(word, left, level(depth + 1));
      }
      return left;
    }

    function primary(): string {
      const word = next();
      if (word === '(') {
        const value = level(0);
        if (at >= words.length) wrong(`expecting ')' after ‘${words[at - 1]}’`);
        if (words[at++] !== ')') wrong(`expecting ')' instead of ‘${words[at - 1]}’`);
        return value;
      }
      if (word === ')') wrong("unexpected ')'");
      if (word === '+') return next();
      if (word === 'length') return String([...level(5)].length);
      if (word === 'match') return matched(level(5), level(5));
      if (word === 'index') {
        const [text, letters] = [[...level(5)], level(5)];
        return String(text.findIndex((letter) => letters.includes(letter)) + 1);
      }
      if (word === 'substr') {
        const [text, from, count] = [[...level(5)], level(5), level(5)];
        if (!isWhole(from) || !isWhole(count) || Number(from) < 1 || Number(count) < 1) return '';
        return text.slice(Number(from) - 1, Number(from) - 1 + Number(count)).join('');
      }
      return word;
    }

    const value = level(0);
    if (at < words.length) wrong(`unexpected argument ‘${words[at]}’`);
    io.stdout(`${value}\n`);
    return isNothing(value) ? 1 : 0;
  },
});

const isWhole = (word: string): boolean => /^-?\d+$/.test(word);
const isNothing = (word: string): boolean => word === '' || /^-?0+$/.test(word);

function apply(operator: string, left: string, right: string): string {
  if (operator === '|') return isNothing(left) ? (isNothing(right) ? '0' : right) : left;
  if (operator === '&') return isNothing(left) || isNothing(right) ? '0' : left;
  if (operator === ':') return matched(left, right);
  if (levels[2]?.includes(operator)) {
    const order =
      isWhole(left) && isWhole(right)
        ? Number(BigInt(left) - BigInt(right))
        : left === right
          ? 0
          : left < right
            ? -1
            : 1;
    const holds = { '<': order < 0, '<=': order <= 0, '!=': order !== 0, '>=': order >= 0, '>': order > 0 }[operator];
    return (holds ?? order === 0) ? '1' : '0';
  }
  if (!isWhole(left) || !isWhole(right)) throw new ToolEnd('non-integer argument', 2);
  const [a, b] = [BigInt(left), BigInt(right)];
  if ('/%'.includes(operator) && b === 0n) throw new ToolEnd('division by zero', 2);
  return String({ '+': a + b, '-': a - b, '*': a * b }[operator] ?? (operator === '/' ? a / b : a % b));
}

/** What the pattern's first group took, else how many characters the pattern took from the beginning. */
function matched(text: string, pattern: string): string {
  const compiled = compile(`^\\(${pattern.replace(/^\^/, '')}\\)`, 'basic');
  const found = compiled.find(text);
  if (compiled.groups > 1) return found?.groups[2] ?? '';
  return String([...(found?.groups[0] ?? '')].length);
}
