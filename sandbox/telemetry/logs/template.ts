import type { Line } from './line.ts';
import { absent, QueryProblem } from './problem.ts';

type Part = (line: Line) => string;

const functions: Readonly<Record<string, (text: string) => string>> = {
  upper: (text) => text.toUpperCase(),
  ToUpper: (text) => text.toUpperCase(),
  lower: (text) => text.toLowerCase(),
  ToLower: (text) => text.toLowerCase(),
  trim: (text) => text.trim(),
  len: (text) => String(new TextEncoder().encode(text).length),
};

/**
 * A template of `line_format` and `label_format`: text with `{{.label}}`, `{{__line__}}` and `{{.label | upper}}` (upper, lower, trim,
 * default "x"). The rest of Go's templates is refused by name.
 * @throws QueryProblem
 */
export function readTemplate(source: string): Part {
  const parts: Part[] = [];
  let at = 0;
  for (const { 0: whole, 1: left, 2: inner = '', 3: right, index } of source.matchAll(/\{\{(-?)([\s\S]*?)(-?)\}\}/g)) {
    const before = source.slice(at, index);
    parts.push(() => before);
    if (left !== '' || right !== '') absent('{{-');
    parts.push(readAction(inner.trim()));
    at = index + whole.length;
  }
  const rest = source.slice(at);
  if (rest.includes('{{')) throw new QueryProblem('invalid line template: template: line:1: unclosed action');
  parts.push(() => rest);
  return (line) => parts.map((part) => part(line)).join('');
}

function readAction(text: string): Part {
  const [first = '', ...others] = text.split('|').map((part) => part.trim());
  let value = readOperand(first);
  for (const call of others) {
    const [, name = '', given] = /^(\w+)(?:\s+"([^"\\]*)")?$/.exec(call) ?? [];
    const before = value;
    if (name === 'default' && given !== undefined) value = (line) => before(line) || given;
    else if (given === undefined && Object.hasOwn(functions, name)) {
      const change = functions[name] as (one: string) => string;
      value = (line) => change(before(line));
    } else absent(`{{ ${call} }}`);
  }
  return value;
}

function readOperand(text: string): Part {
  const [, name] = /^\.([A-Za-z_]\w*)$/.exec(text) ?? [];
  if (name !== undefined) return (line) => line.labels.get(name) ?? '';
  const [, literal] = /^"([^"\\]*)"$/.exec(text) ?? [];
  if (literal !== undefined) return () => literal;
  if (text === '__line__') return (line) => line.text;
  const [, called, operand] = /^(\w+)\s+(\.\w+|__line__)$/.exec(text) ?? [];
  if (called !== undefined && operand !== undefined && Object.hasOwn(functions, called)) {
    const [change, inner] = [functions[called] as (one: string) => string, readOperand(operand)];
    return (line) => change(inner(line));
  }
  if (/^[A-Za-z]\w*$/.test(text))
    throw new QueryProblem(`invalid line template: template: line:1: function "${text}" not defined`);
  return absent(`{{ ${text} }}`);
}
