// Reads Prometheus' test scripts: their language is described in promql/promqltest/README.md of its repository.
import { parseDuration } from '../../sandbox/telemetry/promql/duration.ts';
import { unquote } from '../../sandbox/telemetry/promql/text.ts';

export type Command =
  | { readonly kind: 'clear' }
  | {
      readonly kind: 'load';
      readonly line: number;
      readonly step: number;
      readonly nhcb: boolean;
      readonly series: readonly string[];
    }
  | Evaluation;

export interface Evaluation {
  readonly kind: 'eval';
  readonly line: number;
  readonly expression: string;
  readonly span: { readonly start: number; readonly end: number; readonly step: number };
  readonly isRange: boolean;
  readonly expected: Expected;
}

export interface Expectation {
  readonly kind: 'msg' | 'regex' | 'any';
  readonly text: string;
}

export interface Expected {
  readonly fail: readonly Expectation[];
  readonly warn: readonly Expectation[];
  readonly info: readonly Expectation[];
  readonly noWarn: boolean;
  readonly noInfo: boolean;
  readonly ordered: boolean;
  readonly string: string | undefined;
  readonly rangeVector: { readonly start: number; readonly end: number; readonly step: number } | undefined;
  /** A number where the result is a scalar. */
  readonly scalar: string | undefined;
  readonly series: readonly string[];
}

function duration(text: string): number {
  const negative = text.startsWith('-');
  const ms = parseDuration(negative ? text.slice(1) : text);
  if (ms === undefined) throw new Error(`not a duration: ${text}`);
  return negative ? -ms : ms;
}

export function readScript(text: string): readonly Command[] {
  const lines = text.split('\n').map((line) => (line.trim().startsWith('#') ? '' : line.trim()));
  const out: Command[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string;
    const body: string[] = [];
    const command = line.split(/\s/)[0] ?? '';
    if (command === '') continue;
    if (command !== 'clear') while ((lines[i + 1] ?? '') !== '') body.push(lines[++i] as string);
    const number = i + 1 - body.length;
    if (command === 'clear') out.push({ kind: 'clear' });
    else if (command.startsWith('load')) {
      const step = duration((/^load(?:_with_nhcb)?\s+(.+)$/.exec(line) ?? [])[1] ?? '');
      out.push({ kind: 'load', line: number, step, nhcb: command.endsWith('_with_nhcb'), series: body });
    } else out.push(readEvaluation(line, body, number));
  }
  return out;
}

function readEvaluation(line: string, body: readonly string[], number: number): Evaluation {
  const instant = /^eval(?:_(fail|warn|ordered|info))?\s+instant\s+(?:at\s+(\S+?))?\s+(.+)$/.exec(line);
  const range = /^eval(?:_(fail|warn|info))?\s+range\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+?)\s+(.+)$/.exec(line);
  const mode = (instant ?? range)?.[1];
  if (instant !== null) {
    const expected = readExpected(body, mode);
    const at = duration(instant[2] ?? '0');
    const span = { start: at, end: expected.rangeVector?.end ?? at, step: 0 };
    return { kind: 'eval', line: number, expression: instant[3] as string, span, isRange: false, expected };
  }
  if (range === null) throw new Error(`line ${number}: not an evaluation: ${line}`);
  const [, , start, end, step, expression] = range as unknown as [string, string, string, string, string, string];
  const span = { start: duration(start), end: duration(end), step: duration(step) };
  return { kind: 'eval', line: number, expression, span, isRange: true, expected: readExpected(body, mode) };
}

function readExpected(body: readonly string[], mode: string | undefined): Expected {
  const any: Expectation = { kind: 'any', text: '' };
  const lists: Record<'fail' | 'warn' | 'info', Expectation[]> = {
    fail: mode === 'fail' ? [any] : [],
    warn: mode === 'warn' ? [any] : [],
    info: mode === 'info' ? [any] : [],
  };
  let [noWarn, noInfo, ordered] = [false, false, mode === 'ordered'];
  let string: string | undefined;
  let rangeVector: Expected['rangeVector'];
  let scalar: string | undefined;
  const series: string[] = [];
  for (const line of body) {
    const legacy = /^expected_fail_(message|regexp)\s+(.*)$/.exec(line);
    const vector = /^expect range vector\s+from\s+(.+)\s+to\s+(.+)\s+step\s+(.+)$/.exec(line);
    const expect = /^expect\s+(ordered|fail|warn|no_warn|info|no_info)(?:\s+(regex|msg):(.+))?$/.exec(line);
    if (legacy !== null) lists.fail = [{ kind: legacy[1] === 'message' ? 'msg' : 'regex', text: legacy[2] as string }];
    else if (vector !== null) {
      const [start, end, step] = vector.slice(1).map(duration) as [number, number, number];
      rangeVector = { start, end, step };
    } else if (line.startsWith('expect string')) {
      const read = unquote(line.slice('expect string'.length).trim());
      string = 'value' in read ? read.value : '';
    } else if (expect !== null) {
      const what = expect[1] as string;
      if (what === 'ordered') ordered = true;
      else if (what === 'no_warn') noWarn = true;
      else if (what === 'no_info') noInfo = true;
      else {
        const kind = (expect[2] as 'regex' | 'msg' | undefined) ?? 'any';
        lists[what as 'fail'].push({ kind, text: (expect[3] ?? '').trim() });
      }
    } else if (/^[+-]?(inf|nan|0x[0-9a-f]+|[\d.]+(e[+-]?\d+)?)$/i.test(line)) scalar = line;
    else series.push(line);
  }
  return { ...lists, noWarn, noInfo, ordered, string, rangeVector, scalar, series };
}
