// bc (POSIX): arithmetic with as many digits as are wanted, on whole numbers scaled by powers of ten.
import type { CommandIO } from '../../command.ts';
import { defineTool, readInput, ToolEnd, textOf } from '../tool.ts';
import { rareSummaries } from './summaries.ts';

/** value · 10^-scale */
interface Decimal {
  readonly value: bigint;
  readonly scale: number;
}

const power10 = (exponent: number): bigint => 10n ** BigInt(exponent);

function rescaled({ value, scale }: Decimal, to: number): Decimal {
  return { value: to >= scale ? value * power10(to - scale) : value / power10(scale - to), scale: to };
}

class BcError {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

interface State {
  readonly names: Map<string, Decimal>;
  readonly out: (text: string) => void;
}

/** GNU bc 1.07, without functions and arrays. */
export const bc = defineTool({
  name: 'bc',
  summary: rareSummaries.bc,
  synopsis: '[-l] [FILE]...',
  options: 'l|mathlib q|quiet s|standard w|warn i|interactive',
  version: 'bc 1.07.1',
  run(given, io: CommandIO) {
    const names = new Map<string, Decimal>([
      ['scale', { value: given.has('l') ? 20n : 0n, scale: 0 }],
      ['ibase', { value: 10n, scale: 0 }],
      ['obase', { value: 10n, scale: 0 }],
    ]);
    const state: State = { names, out: io.stdout };
    const source = [...given.operands, '-'].map((name) => textOf(readInput(name, io))).join('\n');
    const plain = source
      .replaceAll(/\/\*[\s\S]*?\*\//g, ' ')
      .replaceAll(/#[^\n]*/g, '')
      .replaceAll('\\\n', '');
    let line = 0;
    for (const text of plain.split('\n')) {
      line++;
      for (const statement of statements(text)) {
        if (statement.trim() === 'quit' || statement.trim() === 'halt') return 0;
        try {
          execute(statement.trim(), state);
        } catch (error) {
          if (!(error instanceof BcError)) throw error;
          io.stderr(
            error.message === 'syntax error'
              ? `(standard_in) ${line}: syntax error\n`
              : `Runtime error (func=(main), adr=${adr(statement)}): ${error.message}\n`,
          );
          break;
        }
      }
    }
    return 0;
  },
});

/** Where bc's machine stood: a guess that is right for two plain numbers. */
function adr(statement: string): number {
  return statement.trim().replaceAll(/\s/g, '').length;
}

function statements(line: string): readonly string[] {
  return line.match(/"[^"]*"|[^;"]+/g)?.filter((part) => part.trim() !== '') ?? [];
}

function execute(statement: string, state: State): void {
  if (statement.startsWith('"')) {
    state.out(statement.slice(1, -1));
    return;
  }
  if (/^(define|if|while|for|auto|return|print)\b/.test(statement) || statement.includes('{'))
    throw new ToolEnd(`'${statement.split(/\W/)[0]}' is not part of this sandbox`);
  const parser = createParser(statement, state);
  const value = parser.expression();
  parser.end();
  if (!parser.assigned()) state.out(`${shown(value, Number(state.names.get('obase')?.value ?? 10n))}\n`);
}

function shown({ value, scale }: Decimal, base: number): string {
  const negative = value < 0n;
  const size = negative ? -value : value;
  const whole = size / power10(scale);
  const digits = (size % power10(scale)).toString().padStart(scale, '0');
  const sign = negative && size !== 0n ? '-' : '';
  if (base !== 10) return sign + whole.toString(base).toUpperCase();
  if (size === 0n) return '0';
  const text = `${sign}${whole === 0n && scale > 0 ? '' : whole}${scale > 0 ? `.${digits}` : ''}`;
  return text.length > 69 ? (text.match(/.{1,68}/g) ?? []).join('\\\n') : text;
}

function createParser(source: string, { names }: State) {
  const tokens =
    source.match(/\d*\.?\d+|[0-9A-F]+\.?|[a-z_][a-z0-9_]*|[-+*/%^]=|[<>=!]=|&&|\|\||\+\+|--|[-+*/%^()=<>!,.]|\S/g) ??
    [];
  let at = 0;
  let assigned = false;
  const scaleNow = (): number => Number(names.get('scale')?.value ?? 0n);
  const fail = (): never => {
    throw new BcError('syntax error');
  };
  const take = (sign: string): boolean => {
    if (tokens[at] !== sign) return false;
    at++;
    return true;
  };

  function number(text: string): Decimal {
    const base = Number(names.get('ibase')?.value ?? 10n);
    if (base !== 10) {
      let value = 0n;
      for (const digit of text.split('.')[0] ?? '') value = value * BigInt(base) + BigInt(Number.parseInt(digit, 36));
      return { value, scale: 0 };
    }
    const [whole = '', part = ''] = text.split('.');
    return { value: BigInt(whole + part || '0'), scale: part.length };
  }

  const truth = (value: boolean): Decimal => ({ value: value ? 1n : 0n, scale: 0 });

  function operate(sign: string, a: Decimal, b: Decimal): Decimal {
    const scale = Math.max(a.scale, b.scale);
    const [x, y] = [rescaled(a, scale).value, rescaled(b, scale).value];
    switch (sign) {
      case '+':
        return { value: x + y, scale };
      case '-':
        return { value: x - y, scale };
      case '*':
        return rescaled(
          { value: a.value * b.value, scale: a.scale + b.scale },
          Math.min(a.scale + b.scale, Math.max(scaleNow(), a.scale, b.scale)),
        );
      case '/':
        if (b.value === 0n) throw new BcError('Divide by zero');
        return divide(a, b, scaleNow());
      case '%': {
        if (b.value === 0n) throw new BcError('Modulo by zero');
        const quotient = divide(a, b, scaleNow());
        const product = { value: quotient.value * b.value, scale: quotient.scale + b.scale };
        return rescaled(operate('-', a, product), Math.max(scaleNow() + b.scale, a.scale));
      }
      default: {
        const exponent = Number(rescaled(b, 0).value);
        const size = Math.abs(exponent);
        const raised = { value: a.value ** BigInt(size), scale: a.scale * size };
        if (exponent < 0) return divide({ value: 1n, scale: 0 }, raised, scaleNow());
        return rescaled(raised, Math.min(a.scale * size, Math.max(scaleNow(), a.scale)));
      }
    }
  }

  function divide(a: Decimal, b: Decimal, scale: number): Decimal {
    const shift = scale + b.scale - a.scale;
    const numerator = shift >= 0 ? a.value * power10(shift) : a.value;
    const denominator = shift >= 0 ? b.value : b.value * power10(-shift);
    return { value: numerator / denominator, scale };
  }

  function expression(): Decimal {
    return logical();
  }

  function logical(): Decimal {
    let left = comparison();
    while (tokens[at] === '&&' || tokens[at] === '||') {
      const sign = tokens[at++];
      const right = comparison();
      left = truth(sign === '&&' ? left.value !== 0n && right.value !== 0n : left.value !== 0n || right.value !== 0n);
    }
    return left;
  }

  function comparison(): Decimal {
    let left = sum();
    while (['<', '<=', '>', '>=', '==', '!='].includes(tokens[at] ?? '')) {
      const sign = tokens[at++];
      const difference = operate('-', left, sum()).value;
      left = truth(
        sign === '<'
          ? difference < 0n
          : sign === '<='
            ? difference <= 0n
            : sign === '>'
              ? difference > 0n
              : sign === '>='
                ? difference >= 0n
                : sign === '=='
                  ? difference === 0n
                  : difference !== 0n,
      );
    }
    return left;
  }

  function sum(): Decimal {
    let left = product();
    while (tokens[at] === '+' || tokens[at] === '-') left = operate(tokens[at++] as string, left, product());
    return left;
  }

  function product(): Decimal {
    let left = unary();
    while (['*', '/', '%'].includes(tokens[at] ?? '')) left = operate(tokens[at++] as string, left, unary());
    return left;
  }

  function unary(): Decimal {
    if (take('-')) {
      const { value, scale } = unary();
      return { value: -value, scale };
    }
    if (take('!')) return truth(unary().value === 0n);
    return power();
  }

  function power(): Decimal {
    const base = primary();
    return take('^') ? operate('^', base, unary()) : base;
  }

  function primary(): Decimal {
    const token = tokens[at++];
    if (token === undefined) return fail();
    if (token === '(') {
      const outer = assigned;
      const inner = expression();
      assigned = outer;
      return take(')') ? inner : fail();
    }
    if (/^[\d.A-F]/.test(token) && /[\dA-F]/.test(token)) return number(token);
    if (!/^[a-z_]/.test(token)) return fail();
    if (take('(')) {
      const arg = expression();
      return take(')') ? call(token, arg) : fail();
    }
    const old = names.get(token) ?? { value: 0n, scale: 0 };
    const sign = tokens[at] ?? '';
    if (sign === '=' || (/^[-+*/%^]=$/.test(sign) && sign.length === 2)) {
      at++;
      const right = expression();
      const value = sign === '=' ? right : operate(sign[0] as string, old, right);
      names.set(token, value);
      if (at >= tokens.length) assigned = true;
      return value;
    }
    if (sign === '++' || sign === '--') {
      at++;
      names.set(token, operate(sign[0] as string, old, { value: 1n, scale: 0 }));
    }
    return old;
  }

  function call(name: string, arg: Decimal): Decimal {
    if (name === 'sqrt') {
      if (arg.value < 0n) throw new BcError('Square root of a negative number');
      const scale = Math.max(scaleNow(), arg.scale);
      return { value: root(rescaled(arg, 2 * scale).value), scale };
    }
    if (name === 'length') return { value: BigInt(String(arg.value).replace('-', '').length), scale: 0 };
    if (name === 'scale') return { value: BigInt(arg.scale), scale: 0 };
    const functions: Readonly<Record<string, (value: number) => number>> = {
      s: Math.sin,
      c: Math.cos,
      a: Math.atan,
      l: Math.log,
      e: Math.exp,
    };
    const compute = functions[name];
    if (compute === undefined) return fail();
    // Sixteen digits are what these functions give here; the real ones go on.
    const result = compute(Number(arg.value) / 10 ** arg.scale);
    const scale = Math.min(scaleNow(), 15);
    return result === 0
      ? { value: 0n, scale: 0 }
      : rescaled({ value: BigInt(Math.trunc(result * 10 ** scale)), scale }, scaleNow());
  }

  return {
    expression,
    end: () => (at < tokens.length ? fail() : undefined),
    assigned: () => assigned,
  };
}

function root(value: bigint): bigint {
  if (value < 2n) return value;
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / 2));
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}
