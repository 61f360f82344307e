// Runs an awk program. Steps are generators: where a command has to run, they give it out and get its answer back.
import { compile, type Pattern } from '../../pattern.ts';
import { ToolEnd } from '../../tool.ts';
import { callBuiltin, formatValues } from './builtins.ts';
import { fieldsOf, type Records } from './records.ts';
import type { Surroundings } from './surroundings.ts';
import { type Expr, type Program, type Statement, unquoted } from './syntax.ts';
import { compareValues, isTrue, numberOf, Outside, textOf, unset, type Value } from './values.ts';

/** A command line to run: with input for it, or for its output. */
export interface Request {
  readonly command: string;
  readonly stdin: string;
}

/** What the command wrote and how it ended. */
export interface Reply {
  readonly stdout: string;
  readonly exitCode: number;
}

export type Steps<T> = Generator<Request, T, Reply>;

type Array_ = Map<string, Value>;

class Jump {
  readonly kind: 'next' | 'nextfile' | 'break' | 'continue' | 'return' | 'exit';
  readonly value: Value;
  constructor(kind: Jump['kind'], value: Value = unset) {
    this.kind = kind;
    this.value = value;
  }
}

const MOST_STEPS = 30_000_000;

export interface Machine {
  readonly globals: Map<string, Value>;
  readonly arrays: Map<string, Array_>;
}

export function createMachine(): Machine {
  const globals = new Map<string, Value>([
    ['FS', ' '],
    ['OFS', ' '],
    ['ORS', '\n'],
    ['RS', '\n'],
    ['NF', 0],
    ['NR', 0],
    ['FNR', 0],
    ['FILENAME', ''],
    ['SUBSEP', '\x1c'],
    ['CONVFMT', '%.6g'],
    ['OFMT', '%.6g'],
    ['RSTART', 0],
    ['RLENGTH', -1],
  ]);
  return { globals, arrays: new Map() };
}

/** @returns the exit code. */
export function* runProgram(program: Program, { globals, arrays }: Machine, outside: Surroundings): Steps<number> {
  let record = '';
  let fields: Value[] | undefined = [];
  let stale = false;
  let steps = 0;
  let frame: Map<string, Value | Array_> | undefined;
  const patterns = new Map<string, Pattern>();
  const readers = new Map<string, Records>();
  const writers = new Map<string, { readonly sign: string; readonly pieces: string[]; opened: boolean }>();
  const ranges = new Set<number>();

  const variable = (name: string): string => textOf(globals.get(name) ?? unset);
  const text = (value: Value): string => textOf(value, variable('CONVFMT'));
  const patternOf = (source: string): Pattern => {
    const found = patterns.get(source) ?? compileFor(source);
    patterns.set(source, found);
    return found;
  };
  const tick = (): void => {
    if (++steps > MOST_STEPS) throw new ToolEnd('too many steps', 2);
  };

  // ── records and fields ────────────────────────────────────────────────
  const setRecord = (line: string): void => {
    record = line;
    fields = undefined;
    stale = false;
  };
  const splitNow = (): Value[] => {
    if (fields === undefined) {
      fields = fieldsOf(record, variable('FS'), variable('RS') === '', patternOf).map((one) => new Outside(one));
      globals.set('NF', fields.length);
    }
    return fields;
  };
  const wholeRecord = (): string => {
    if (stale) {
      record = splitNow().map(text).join(variable('OFS'));
      stale = false;
    }
    return record;
  };
  const getField = (at: number): Value => {
    if (at === 0) return new Outside(wholeRecord());
    if (at < 0) throw runtime(`negative field index $${at}`);
    return splitNow()[at - 1] ?? unset;
  };
  const setField = (at: number, value: Value): void => {
    if (at === 0) {
      setRecord(text(value));
      return;
    }
    if (at < 0) throw runtime(`negative field index $${at}`);
    const all = splitNow();
    while (all.length < at) all.push('');
    all[at - 1] = value;
    globals.set('NF', all.length);
    stale = true;
  };
  const runtime = (message: string): ToolEnd =>
    new ToolEnd(
      `run time error: ${message}\n\tFILENAME="${variable('FILENAME')}" FNR=${variable('FNR')} NR=${variable('NR')}`,
      2,
    );

  // ── names ─────────────────────────────────────────────────────────────
  const arrayOf = (name: string): Array_ => {
    const local = frame?.get(name);
    if (local instanceof Map) return local;
    if (frame?.has(name)) {
      const made: Array_ = new Map();
      frame.set(name, made);
      return made;
    }
    const found = arrays.get(name) ?? new Map<string, Value>();
    arrays.set(name, found);
    return found;
  };
  const getVariable = (name: string): Value => {
    const local = frame?.get(name);
    if (local !== undefined && !(local instanceof Map)) return local;
    if (name === 'NF') splitNow();
    return globals.get(name) ?? unset;
  };
  const setVariable = (name: string, value: Value): void => {
    if (frame?.has(name)) {
      frame.set(name, value);
      return;
    }
    if (name === 'NF') {
      const all = splitNow();
      const count = Math.max(0, Math.trunc(numberOf(value)));
      while (all.length < count) all.push('');
      all.length = count;
      stale = true;
    } else splitBefore(name);
    globals.set(name, value);
  };
  /** A new FS counts from the next record on. */
  const splitBefore = (name: string): void => {
    if (name === 'FS') splitNow();
  };
  function* keyOf(keys: readonly Expr[]): Steps<string> {
    const parts: string[] = [];
    for (const key of keys) parts.push(text(yield* evaluate(key)));
    return parts.join(variable('SUBSEP'));
  }

  // ── expressions ───────────────────────────────────────────────────────
  function* assign(target: Expr, value: Value): Steps<void> {
    if (target.type === 'variable') setVariable(target.name, value);
    else if (target.type === 'element') arrayOf(target.name).set(yield* keyOf(target.keys), value);
    else if (target.type === 'field') setField(Math.trunc(numberOf(yield* evaluate(target.index))), value);
  }

  function* evaluate(expr: Expr): Steps<Value> {
    tick();
    switch (expr.type) {
      case 'number':
      case 'string':
        return expr.value;
      case 'regex':
        return patternOf(expr.source).find(wholeRecord()) === undefined ? 0 : 1;
      case 'field':
        return getField(
          expr.index.type === 'number' ? expr.index.value : Math.trunc(numberOf(yield* evaluate(expr.index))),
        );
      case 'variable':
        return getVariable(expr.name);
      case 'element': {
        const array = arrayOf(expr.name);
        const key = yield* keyOf(expr.keys);
        if (!array.has(key)) array.set(key, unset);
        return array.get(key) ?? unset;
      }
      case 'in':
        return arrayOf(expr.name).has(yield* keyOf(expr.keys)) ? 1 : 0;
      case 'assign': {
        let value = yield* evaluate(expr.value);
        if (expr.sign !== '=')
          value = arithmetic(expr.sign[0] as string, numberOf(yield* evaluate(expr.target)), numberOf(value));
        yield* assign(expr.target, value);
        return value;
      }
      case 'step': {
        const old = numberOf(yield* evaluate(expr.target));
        yield* assign(expr.target, old + expr.by);
        return expr.before ? old + expr.by : old;
      }
      case 'unary': {
        const value = yield* evaluate(expr.body);
        if (expr.sign === '!') return isTrue(value) ? 0 : 1;
        return expr.sign === '-' ? -numberOf(value) : numberOf(value);
      }
      case 'binary':
        return yield* binary(expr);
      case 'choice':
        return yield* evaluate(isTrue(yield* evaluate(expr.test)) ? expr.yes : expr.no);
      case 'call':
        return yield* call(expr.name, expr.args);
      case 'builtin':
        return yield* builtin(expr.name, expr.args);
      case 'getline':
        return yield* getline(expr);
    }
  }

  function arithmetic(sign: string, a: number, b: number): number {
    switch (sign) {
      case '+':
        return a + b;
      case '-':
        return a - b;
      case '*':
        return a * b;
      case '/':
        return a / b;
      case '%':
        return a % b;
      default:
        return a ** b;
    }
  }

  function* binary({ sign, left, right }: Expr & { readonly type: 'binary' }): Steps<Value> {
    const a = yield* evaluate(left);
    if (sign === '&&') return isTrue(a) && isTrue(yield* evaluate(right)) ? 1 : 0;
    if (sign === '||') return isTrue(a) || isTrue(yield* evaluate(right)) ? 1 : 0;
    if (sign === '~' || sign === '!~') {
      const source = right.type === 'regex' ? right.source : text(yield* evaluate(right));
      return (patternOf(source).find(text(a)) !== undefined) === (sign === '~') ? 1 : 0;
    }
    const b = yield* evaluate(right);
    switch (sign) {
      case ' ':
        return text(a) + text(b);
      case '<':
        return compareValues(a, b) < 0 ? 1 : 0;
      case '<=':
        return compareValues(a, b) <= 0 ? 1 : 0;
      case '>':
        return compareValues(a, b) > 0 ? 1 : 0;
      case '>=':
        return compareValues(a, b) >= 0 ? 1 : 0;
      case '==':
        return compareValues(a, b) === 0 ? 1 : 0;
      case '!=':
        return compareValues(a, b) !== 0 ? 1 : 0;
      default:
        return arithmetic(sign, numberOf(a), numberOf(b));
    }
  }

  function* call(name: string, args: readonly Expr[]): Steps<Value> {
    const called = program.functions.get(name);
    if (called === undefined) throw runtime(`function ${name} never defined`);
    const own = new Map<string, Value | Array_>();
    const links: (readonly [param: string, array: string])[] = [];
    for (const [index, param] of called.params.entries()) {
      const arg = args[index];
      if (arg === undefined) own.set(param, unset);
      else if (arg.type === 'variable' && (arrays.has(arg.name) || frame?.get(arg.name) instanceof Map))
        own.set(param, arrayOf(arg.name));
      else {
        own.set(param, yield* evaluate(arg));
        // A name that holds nothing yet may become an array in there.
        if (arg.type === 'variable' && own.get(param) === unset) links.push([param, arg.name]);
      }
    }
    const outer = frame;
    frame = own;
    try {
      yield* runAll(called.body);
    } catch (error) {
      if (!(error instanceof Jump) || error.kind !== 'return') throw error;
      return error.value;
    } finally {
      frame = outer;
      for (const [param, array] of links) {
        const made = own.get(param);
        if (!(made instanceof Map)) continue;
        if (frame?.has(array)) frame.set(array, made);
        else arrays.set(array, made);
      }
    }
    return unset;
  }

  function* builtin(name: string, args: readonly Expr[]): Steps<Value> {
    const [first, second, third] = args;
    if (
      name === 'length' &&
      first?.type === 'variable' &&
      (arrays.has(first.name) || frame?.get(first.name) instanceof Map)
    )
      return arrayOf(first.name).size;
    if (name === 'split' && first !== undefined && second?.type === 'variable') {
      const subject = text(yield* evaluate(first));
      const separator =
        third === undefined ? variable('FS') : third.type === 'regex' ? third.source : text(yield* evaluate(third));
      const isRegex = third?.type === 'regex';
      const parts =
        subject === ''
          ? []
          : fieldsOf(subject, isRegex && separator.length < 2 ? `(${separator})` : separator, false, patternOf);
      const array = arrayOf(second.name);
      array.clear();
      for (const [index, part] of parts.entries()) array.set(String(index + 1), new Outside(part));
      return parts.length;
    }
    if (name === 'sub' || name === 'gsub') {
      const source = first?.type === 'regex' ? first.source : text(yield* evaluate(first as Expr));
      const replacement = text(yield* evaluate(second as Expr));
      const target: Expr = third ?? { type: 'field', index: { type: 'number', value: 0 } };
      const subject = text(yield* evaluate(target));
      const { out, count } = replaceText(subject, patternOf(source), replacement, name === 'gsub');
      if (count > 0) yield* assign(target, out);
      return count;
    }
    if (name === 'match') {
      const subject = text(yield* evaluate(first as Expr));
      const source = second?.type === 'regex' ? second.source : text(yield* evaluate(second as Expr));
      const found = patternOf(source).find(subject);
      globals.set('RSTART', found === undefined ? 0 : found.start + 1);
      globals.set('RLENGTH', found === undefined ? -1 : found.end - found.start);
      return found === undefined ? 0 : found.start + 1;
    }
    const values: Value[] = [];
    for (const arg of args) values.push(yield* evaluate(arg));
    if (name === 'system') {
      flush();
      const { stdout, exitCode } = yield { command: text(values[0] ?? unset), stdin: '' };
      outside.write(stdout);
      return exitCode;
    }
    if (name === 'close') return yield* close(text(values[0] ?? unset));
    if (name === 'fflush') return 0;
    if (name === 'length' && values.length === 0) return wholeRecord().length;
    if (name === 'sprintf') return format(values);
    return callBuiltin(name, values, text, outside, globals);
  }

  const format = (values: readonly Value[]): string => {
    const [pattern = unset, ...rest] = values;
    const { made, fault } = formatValues(text(pattern), rest, text);
    if (fault === undefined) return made;
    outside.write(made);
    throw runtime(`${fault} printf("${text(pattern)}")`);
  };

  function* getline({ target, file, command }: Expr & { readonly type: 'getline' }): Steps<Value> {
    let line: string | undefined;
    if (file === undefined && command === undefined) {
      line = readMain();
    } else {
      const name = text(yield* evaluate((file ?? command) as Expr));
      let records = readers.get(name);
      if (records === undefined) {
        if (command !== undefined) {
          flush();
          const { stdout } = yield { command: name, stdin: '' };
          records = outside.records(stdout, () => variable('RS'));
        } else records = outside.open(name, () => variable('RS'));
        if (records === undefined) return -1;
        readers.set(name, records);
      }
      line = records.next();
      if (line !== undefined && command !== undefined) globals.set('NR', numberOf(globals.get('NR') ?? 0) + 1);
    }
    if (line === undefined) return 0;
    if (target === undefined) setRecord(line);
    else yield* assign(target, new Outside(line));
    return 1;
  }

  /** The next record of the main input: assignments between files are made on the way. */
  const readMain = (): string | undefined => {
    for (;;) {
      const next = outside.next(() => variable('RS'));
      if (next === undefined) return undefined;
      if ('assign' in next) {
        const [, name = '', value = ''] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(next.assign) ?? [];
        setVariable(name, new Outside(unquoted(value)));
        continue;
      }
      if (next.newFile !== undefined) {
        globals.set('FILENAME', next.newFile);
        globals.set('FNR', 0);
      }
      globals.set('NR', numberOf(globals.get('NR') ?? 0) + 1);
      globals.set('FNR', numberOf(globals.get('FNR') ?? 0) + 1);
      return next.record;
    }
  };

  // ── output ────────────────────────────────────────────────────────────
  const flush = (): void => {
    for (const name of [...writers.keys()]) if (writers.get(name)?.sign !== '|') save(name);
  };
  const save = (name: string): void => {
    const writer = writers.get(name);
    if (writer === undefined || writer.sign === '|') return;
    outside.save(name, writer.pieces.join(''), writer.sign === '>>' || writer.opened);
    writer.opened = true;
    writer.pieces.length = 0;
  };
  function* close(name: string): Steps<number> {
    const writer = writers.get(name);
    const known = writer !== undefined || readers.has(name);
    readers.delete(name);
    if (writer !== undefined) {
      writers.delete(name);
      if (writer.sign === '|') {
        const { stdout, exitCode } = yield { command: name, stdin: writer.pieces.join('') };
        outside.write(stdout);
        return exitCode;
      }
      outside.save(name, writer.pieces.join(''), writer.sign === '>>' || writer.opened);
    }
    return known ? 0 : -1;
  }

  function* print(statement: Statement & { readonly type: 'print' }): Steps<void> {
    const values: Value[] = [];
    for (const arg of statement.args) values.push(yield* evaluate(arg));
    const ofmt = variable('OFMT');
    const out = statement.format
      ? format(values)
      : (values.length === 0 ? wholeRecord() : values.map((value) => textOf(value, ofmt)).join(variable('OFS'))) +
        variable('ORS');
    if (statement.to === undefined) {
      outside.write(out);
      return;
    }
    const name = text(yield* evaluate(statement.to.name));
    if (name === '/dev/stdout' || name === '-') outside.write(out);
    else if (name === '/dev/stderr') outside.complain(out);
    else {
      const writer = writers.get(name) ?? { sign: statement.to.sign, pieces: [], opened: false };
      writer.pieces.push(out);
      writers.set(name, writer);
    }
  }

  // ── statements ────────────────────────────────────────────────────────
  function* runAll(body: readonly Statement[]): Steps<void> {
    for (const statement of body) yield* execute(statement);
  }

  /** Runs a loop's body; false when it was left. */
  function* once(body: Statement): Steps<boolean> {
    try {
      yield* execute(body);
    } catch (error) {
      if (!(error instanceof Jump)) throw error;
      if (error.kind === 'break') return false;
      if (error.kind !== 'continue') throw error;
    }
    return true;
  }

  function* execute(statement: Statement): Steps<void> {
    tick();
    switch (statement.type) {
      case 'expression':
        yield* evaluate(statement.body);
        return;
      case 'print':
        yield* print(statement);
        return;
      case 'block':
        yield* runAll(statement.body);
        return;
      case 'if':
        if (isTrue(yield* evaluate(statement.test))) yield* execute(statement.then);
        else if (statement.otherwise !== undefined) yield* execute(statement.otherwise);
        return;
      case 'while':
        while (isTrue(yield* evaluate(statement.test))) if (!(yield* once(statement.body))) break;
        return;
      case 'do':
        do if (!(yield* once(statement.body))) break;
        while (isTrue(yield* evaluate(statement.test)));
        return;
      case 'for':
        if (statement.start !== undefined) yield* execute(statement.start);
        while (statement.test === undefined || isTrue(yield* evaluate(statement.test))) {
          if (!(yield* once(statement.body))) break;
          if (statement.step !== undefined) yield* execute(statement.step);
        }
        return;
      case 'each':
        for (const key of orderedKeys(arrayOf(statement.name))) {
          setVariable(statement.variable, new Outside(key));
          if (!(yield* once(statement.body))) break;
        }
        return;
      case 'delete':
        if (statement.keys === undefined) arrayOf(statement.name).clear();
        else arrayOf(statement.name).delete(yield* keyOf(statement.keys));
        return;
      case 'exit':
      case 'return':
        throw new Jump(statement.type, statement.value === undefined ? unset : yield* evaluate(statement.value));
      default:
        throw new Jump(statement.type);
    }
  }

  // ── the program ───────────────────────────────────────────────────────
  let exitCode = 0;
  function* phase(when: 'BEGIN' | 'END'): Steps<boolean> {
    try {
      for (const rule of program.rules) if (rule.when === when) yield* runAll(rule.body);
    } catch (error) {
      if (!(error instanceof Jump) || error.kind !== 'exit') throw error;
      if (error.value !== unset) exitCode = Math.trunc(numberOf(error.value)) & 255;
      return false;
    }
    return true;
  }
  function* main(): Steps<boolean> {
    for (let line = readMain(); line !== undefined; line = readMain()) {
      setRecord(line);
      try {
        for (const [index, rule] of program.rules.entries()) {
          if (rule.when === 'BEGIN' || rule.when === 'END') continue;
          if (rule.when === 'pattern' && !isTrue(yield* evaluate(rule.from as Expr))) continue;
          if (rule.when === 'range') {
            if (!ranges.has(index) && !isTrue(yield* evaluate(rule.from as Expr))) continue;
            ranges.add(index);
            if (isTrue(yield* evaluate(rule.to as Expr))) ranges.delete(index);
          }
          yield* runAll(rule.body);
        }
      } catch (error) {
        if (!(error instanceof Jump)) throw error;
        if (error.kind === 'exit') {
          if (error.value !== unset) exitCode = Math.trunc(numberOf(error.value)) & 255;
          return false;
        }
        if (error.kind === 'nextfile') outside.skipFile();
      }
    }
    return true;
  }
  const reads = program.rules.some(({ when }) => when !== 'BEGIN');
  const goesOn = yield* phase('BEGIN');
  if (goesOn && reads) yield* main();
  if (reads && (goesOn || program.rules.some(({ when }) => when === 'END'))) yield* phase('END');
  for (const name of [...writers.keys()]) yield* close(name);
  return exitCode;
}

/** What is wrong with a regular expression. */
export function faultOf(source: string): string | undefined {
  try {
    compileFor(source);
    return undefined;
  } catch (error) {
    if (!(error instanceof ToolEnd)) throw error;
    return error.message;
  }
}

/** In mawk's words. */
const faults: Readonly<Record<string, string>> = {
  'Unmatched ( or \\(': "missing ')'",
  'Invalid character class name': 'bad class -- [], [^] or [',
  'Unmatched [, [^, [:, [., or [=': "missing ']'",
};

function compileFor(source: string): Pattern {
  try {
    return compile(source, 'extended', { escapes: 'awk' });
  } catch (error) {
    if (!(error instanceof ToolEnd)) throw error;
    throw new ToolEnd(
      `regular expression compile failed (${faults[error.message] ?? error.message.toLowerCase()})\n${source}`,
      2,
    );
  }
}

/** mawk goes through an array by the buckets of its table: FNV-1a of each key, the youngest first in each. */
function orderedKeys(array: ReadonlyMap<string, Value>): readonly string[] {
  let size = 64;
  while (array.size > size * 12) size *= 2;
  const bucket = (key: string): number => {
    let hash = 0x811c9dc5;
    for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
    return (hash >>> 0) & (size - 1);
  };
  return [...array.keys()]
    .map((key, age) => ({ key, age, place: bucket(key) }))
    .sort((a, b) => a.place - b.place || b.age - a.age)
    .map(({ key }) => key);
}

function replaceText(
  subject: string,
  pattern: Pattern,
  replacement: string,
  all: boolean,
): { readonly out: string; readonly count: number } {
  const pieces = replacement.match(/\\\\|\\&|&|[^\\&]+|\\/g) ?? [];
  let out = '';
  let count = 0;
  let from = 0;
  let lastEnd = -1;
  while (from <= subject.length) {
    const match = pattern.find(subject, from);
    if (match === undefined) break;
    if (match.start === match.end && match.start === lastEnd) {
      out += subject.slice(from, from + 1);
      from++;
      continue;
    }
    count++;
    const found = match.groups[0] ?? '';
    out +=
      subject.slice(from, match.start) +
      pieces.map((piece) => (piece === '&' ? found : piece === '\\&' ? '&' : piece === '\\\\' ? '\\' : piece)).join('');
    lastEnd = match.end;
    from = match.end;
    if (match.start === match.end) {
      out += subject.slice(from, from + 1);
      from++;
    }
    if (!all) break;
  }
  return { out: out + subject.slice(from), count };
}
