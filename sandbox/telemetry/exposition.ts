// Prometheus' text format, which programs expose their metrics in.
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
import { createLabels, getLabel, type Labels, NAME } from './labels.ts';
import { formatG } from './promql/format-number.ts';
import { parseFloat64 } from './promql/text.ts';

export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary' | 'untyped';

export interface ExposedSample {
  readonly labels: Labels;
  readonly value: number;
  /** Milliseconds, where the line has a time of its own. */
  readonly time?: number;
  readonly line: number;
}

export interface Family {
  readonly name: string;
  readonly help: string | undefined;
  readonly type: MetricType;
  readonly samples: readonly ExposedSample[];
}

/** What is wrong with an exposition and where, in the words of Prometheus' parser of it. */
export class ExpositionError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(`text format parsing error in line ${line}: ${message}`);
    this.line = line;
  }
}

interface Draft {
  help?: string;
  type?: MetricType;
  readonly samples: ExposedSample[];
}

const types: ReadonlySet<string> = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped']);

/** @throws ExpositionError */
export function readExposition(text: string): readonly Family[] {
  const families = new Map<string, Draft>();
  const familyOf = (name: string): Draft => {
    const known = families.get(name) ?? { samples: [] };
    families.set(name, known);
    return known;
  };
  const lines = text.split('\n');
  if (lines.at(-1) !== '') throw new ExpositionError('unexpected end of input stream', lines.length);
  lines.forEach((raw, i) => {
    const line = raw.trim();
    if (line === '') return;
    if (line.startsWith('#')) comment(line, i + 1, familyOf);
    else {
      const sample = readSample(line, i + 1);
      familyOf(familyName(getLabel(sample.labels, NAME), families)).samples.push(sample);
    }
  });
  return [...families].map(([name, { help, type, samples }]) => ({ name, help, type: type ?? 'untyped', samples }));
}

function comment(line: string, at: number, familyOf: (name: string) => Draft): void {
  const match = /^#\s+(HELP|TYPE)\s+(\S+)(?:\s+(.*))?$/.exec(line);
  if (match === null) return;
  const [, what, name, rest = ''] = match as unknown as [string, string, string, string | undefined];
  if (!isMetricName(name)) throw new ExpositionError('invalid metric name in comment', at);
  const family = familyOf(name);
  if (what === 'HELP') {
    if (family.help !== undefined) throw new ExpositionError(`second HELP line for metric name "${name}"`, at);
    family.help = rest.replace(/\\(\\|n)/g, (_, char: string) => (char === 'n' ? '\n' : '\\'));
    return;
  }
  if (family.type !== undefined || family.samples.length > 0) {
    throw new ExpositionError(`second TYPE line for metric name "${name}", or TYPE reported after samples`, at);
  }
  if (!types.has(rest.toLowerCase())) throw new ExpositionError(`unknown metric type "${rest}"`, at);
  family.type = rest.toLowerCase() as MetricType;
}

export const isMetricName = (name: string): boolean => /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name);

/** Samples of histograms and summaries have names of their own. */
function familyName(name: string, families: ReadonlyMap<string, Draft>): string {
  const base = name.replace(/_(bucket|sum|count)$/, '');
  const type = families.get(base)?.type;
  const ofHistogram = type === 'histogram' && base !== name;
  return ofHistogram || (type === 'summary' && /_(sum|count)$/.test(name)) ? base : name;
}

function readSample(line: string, at: number): ExposedSample {
  const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*/.exec(line)?.[0];
  if (name === undefined) throw new ExpositionError('invalid metric name', at);
  let rest = line.slice(name.length).trimStart();
  const pairs: [string, string][] = [];
  if (rest.startsWith('{')) {
    rest = rest.slice(1).trimStart();
    while (!rest.startsWith('}')) {
      const match = /^([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\\n]|\\.)*)"\s*(,\s*)?/.exec(rest);
      if (match === null) throw new ExpositionError(wrongLabel(rest, name), at);
      const [whole, label, value, comma] = match as unknown as [string, string, string, string | undefined];
      if (pairs.some(([known]) => known === label)) {
        throw new ExpositionError(`duplicate label names for metric "${name}"`, at);
      }
      pairs.push([label, value.replace(/\\(\\|n|")/g, (_, char: string) => (char === 'n' ? '\n' : char))]);
      rest = rest.slice(whole.length);
      if (comma === undefined && !rest.startsWith('}')) {
        throw new ExpositionError(`unexpected end of label value "${value}"`, at);
      }
    }
    rest = rest.slice(1);
  }
  const [value = '', time, ...more] = rest.trim().split(/\s+/);
  const number = parseFloat64(value);
  if (number === undefined) throw new ExpositionError(`expected float as value, got "${value}"`, at);
  if (time !== undefined && !/^-?\d+$/.test(time)) {
    throw new ExpositionError(`expected integer as timestamp, got "${time}"`, at);
  }
  if (more.length > 0) throw new ExpositionError(`spurious string after timestamp: "${more.join(' ')}"`, at);
  const labels = createLabels([...pairs, [NAME, name]]);
  return { labels, value: number, line: at, ...(time === undefined ? {} : { time: Number(time) }) };
}

function wrongLabel(rest: string, name: string): string {
  const label = /^[a-zA-Z_][a-zA-Z0-9_]*/.exec(rest)?.[0];
  if (label === undefined) return `invalid label name for metric "${name}"`;
  const after = rest.slice(label.length).trimStart();
  if (!after.startsWith('=')) return `expected '=' after label name, found '${after[0] ?? ''}'`;
  return `expected '"' at start of label value, found '${after.slice(1).trimStart()[0] ?? ''}'`;
}

/** A family that is to be written: its samples stand on no line yet. */
export type WrittenFamily = Omit<Family, 'samples'> & { readonly samples: readonly Omit<ExposedSample, 'line'>[] };

/** Writes families as a program would: HELP and TYPE before the samples. */
export function writeExposition(families: readonly WrittenFamily[]): string {
  return families.map(writeFamily).join('');
}

function writeFamily(family: WrittenFamily): string {
  const help = family.help?.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  const head = `${help === undefined ? '' : `# HELP ${family.name} ${help}\n`}# TYPE ${family.name} ${family.type}\n`;
  return family.samples.reduce((text, { labels, value, time }) => {
    const pairs = labels
      .filter(([name]) => name !== NAME)
      .map(
        ([name, text_]) => `${name}="${text_.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`,
      );
    const braces = pairs.length > 0 ? `{${pairs.join(',')}}` : '';
    return `${text}${getLabel(labels, NAME)}${braces} ${formatG(value)}${time === undefined ? '' : ` ${time}`}\n`;
  }, head);
}
