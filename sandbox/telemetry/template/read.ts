// Reads the part of Go's text/template that alerts are written in: https://pkg.go.dev/text/template
import { unquote } from '../promql/text.ts';

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline; readonly line: number }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly pipeline: Pipeline;
      readonly body: readonly Piece[];
      readonly otherwise: readonly Piece[];
      readonly line: number;
    };

export interface Pipeline {
  /** `$x :=` or `$i, $x :=`. */
  readonly declares: readonly string[];
  readonly isNew: boolean;
  readonly commands: readonly (readonly Operand[])[];
}

export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean; readonly isInteger?: boolean }
  | { readonly kind: 'nil' }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'path'; readonly from: string; readonly fields: readonly string[] }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline; readonly fields: readonly string[] };

/** What is wrong with a template, in Go's words without the name of the template. */
export class TemplateError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

interface Tag {
  readonly code: string;
  readonly line: number;
}

/** @param functions names that may be called; variables that are there from the start are given in `known`. */
export function readTemplate(text: string, functions: ReadonlySet<string>, known: readonly string[]): readonly Piece[] {
  const parts = split(text);
  let at = 0;

  function block(scope: readonly string[], opened: Tag | undefined): { pieces: Piece[]; end: string } {
    const pieces: Piece[] = [];
    const variables = [...scope];
    while (at < parts.length) {
      const part = parts[at++] as string | Tag;
      if (typeof part === 'string') {
        if (part !== '') pieces.push({ kind: 'text', text: part });
        continue;
      }
      const [, word = '', rest = ''] = /^(\w*)\s*([\s\S]*)$/.exec(part.code) as RegExpExecArray;
      if (word === 'end' || word === 'else') {
        if (opened === undefined) throw new TemplateError(`unexpected {{${word}}}`, part.line);
        return { pieces, end: part.code };
      }
      if (word === 'if' || word === 'with' || word === 'range') {
        pieces.push(conditional(word, rest, part, variables));
      } else if (['define', 'template', 'block', 'break', 'continue'].includes(word)) {
        throw new TemplateError(`{{${word}}} is not part of this sandbox`, part.line);
      } else if (part.code !== '') {
        const pipeline = readPipeline(part.code, part.line, functions, variables);
        if (pipeline.isNew) variables.push(...pipeline.declares);
        pieces.push({ kind: 'action', pipeline, line: part.line });
      } else throw new TemplateError('missing value for command', part.line);
    }
    if (opened !== undefined) throw new TemplateError('unexpected EOF', opened.line);
    return { pieces, end: '' };
  }

  function conditional(kind: 'if' | 'with' | 'range', code: string, tag: Tag, scope: readonly string[]): Piece {
    if (code.trim() === '') throw new TemplateError(`missing value for ${kind}`, tag.line);
    const pipeline = readPipeline(code, tag.line, functions, scope);
    const inner = [...scope, ...pipeline.declares];
    const body = block(inner, tag);
    const line = tag.line;
    if (body.end === 'end') return { kind, pipeline, body: body.pieces, otherwise: [], line };
    const again = /^else\s+(if|with)\s+([\s\S]+)$/.exec(body.end);
    if (again !== null) {
      const otherwise = [conditional(again[1] as 'if', again[2] as string, tag, inner)];
      return { kind, pipeline, body: body.pieces, otherwise, line };
    }
    const otherwise = block(inner, tag);
    return { kind, pipeline, body: body.pieces, otherwise: otherwise.pieces, line };
  }

  return block(known, undefined).pieces;
}

/** Texts and what stands in {{ }} between them; `{{-` and `-}}` take the white space beside them away. */
function split(text: string): (string | Tag)[] {
  const out: (string | Tag)[] = [];
  let rest = text;
  let line = 1;
  let trim = false;
  for (;;) {
    const open = rest.indexOf('{{');
    let before = open < 0 ? rest : rest.slice(0, open);
    const lines = before.split('\n').length - 1;
    if (trim) before = before.trimStart();
    if (open < 0) return [...out, before];
    line += lines;
    const after = rest.slice(open + 2);
    if (/^-\s/.test(after)) before = before.trimEnd();
    const end = endOfAction(after);
    if (end < 0) throw new TemplateError(unclosed(after), line);
    const code = after.slice(0, end);
    trim = /\s-$/.test(code);
    out.push(before);
    const bare = code.replace(/^-\s/, '').replace(/\s-$/, '').trim();
    if (!/^\/\*[\s\S]*\*\/$/.test(bare)) out.push({ code: bare, line });
    line += code.split('\n').length - 1;
    rest = after.slice(end + 2);
  }
}

function unclosed(text: string): string {
  if (/^-?\s*\/\*/.test(text)) return 'unclosed comment';
  const rest = text.replace(/"(?:[^"\\\n]|\\.)*"|`[^`]*`/g, '');
  if (rest.includes('`')) return 'unterminated raw quoted string';
  return rest.includes('"') ? 'unterminated quoted string' : 'unclosed action';
}

function endOfAction(text: string): number {
  const match = /^(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)*'|\/\*[\s\S]*?\*\/|(?!\}\})[^"`'])*?\}\}/.exec(text);
  return match === null ? -1 : match[0].length - 2;
}

const token =
  /\s*(?:("(?:[^"\\\n]|\\.)*"|`[^`]*`)|([+-]?(?:0x[\da-fA-F]+|\d+\.?\d*(?:e[+-]?\d+)?|\.\d+))|(\$\w*(?:\.\w+)*)|(\.\w+(?:\.\w+)*|\.)|(\w+)|(:=|[=|(),]))/y;

function readPipeline(code: string, line: number, functions: ReadonlySet<string>, scope: readonly string[]): Pipeline {
  const tokens: RegExpExecArray[] = [];
  token.lastIndex = 0;
  while (code.slice(token.lastIndex).trim() !== '') {
    const start = token.lastIndex;
    const match = token.exec(code);
    if (match === null) {
      const char = code.slice(start).trim()[0] as string;
      throw new TemplateError(
        char === '"' ? 'unterminated quoted string' : `unexpected ${JSON.stringify(char)} in operand`,
        line,
      );
    }
    tokens.push(match);
  }
  let at = 0;
  const peek = (offset = 0): string => tokens[at + offset]?.[0].trim() ?? '';

  function pipeline(depth = 0): Pipeline {
    if (depth > 50) throw new TemplateError('too many parentheses', line);
    const declares: string[] = [];
    let isNew = false;
    const ahead = peek(1) === ',' ? 3 : 1;
    if (peek().startsWith('$') && (peek(ahead) === ':=' || peek(ahead) === '=')) {
      isNew = peek(ahead) === ':=';
      declares.push(peek(), ...(ahead === 3 ? [peek(2)] : []));
      at += ahead + 1;
    }
    const commands: Operand[][] = [];
    do {
      const command: Operand[] = [];
      while (at < tokens.length && peek() !== '|' && peek() !== ')') command.push(operand(depth));
      if (command.length === 0) throw new TemplateError('missing value for command', line);
      commands.push(command);
    } while (peek() === '|' && at++ >= 0);
    return { declares, isNew, commands };
  }

  function operand(depth: number): Operand {
    const [whole, text, number, variable, field, word] = tokens[at++] as RegExpExecArray;
    if (text !== undefined) {
      const read = unquote(text);
      if ('error' in read) throw new TemplateError(read.error, line);
      return { kind: 'literal', value: read.value };
    }
    if (number !== undefined)
      return { kind: 'literal', value: Number(number), isInteger: /^[+-]?(0x\w+|\d+)$/.test(number) };
    if (variable !== undefined) {
      const [name, ...fields] = variable.split('.') as [string, ...string[]];
      if (name !== '$' && !scope.includes(name)) throw new TemplateError(`undefined variable "${name}"`, line);
      return { kind: 'path', from: name, fields };
    }
    if (field !== undefined) return { kind: 'path', from: '.', fields: field.split('.').filter((name) => name !== '') };
    if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
    if (word === 'nil') return { kind: 'nil' };
    if (word !== undefined) {
      if (!functions.has(word)) throw new TemplateError(`function "${word}" not defined`, line);
      return { kind: 'function', name: word };
    }
    if (whole?.trim() !== '(') throw new TemplateError(`unexpected ${JSON.stringify(whole?.trim())} in operand`, line);
    const inner = pipeline(depth + 1);
    if (peek() !== ')') throw new TemplateError('unclosed left paren', line);
    at++;
    const next = tokens[at]?.[4];
    const glued = next !== undefined && next !== '.' && !/^\s/.test(tokens[at]?.[0] ?? ' ');
    if (glued) at++;
    return { kind: 'pipeline', pipeline: inner, fields: glued ? (next as string).split('.').slice(1) : [] };
  }

  const out = pipeline();
  if (at < tokens.length) throw new TemplateError(`unexpected ${JSON.stringify(peek())} in command`, line);
  return out;
}
