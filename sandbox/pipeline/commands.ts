// What a step says to its runner: commands in its output (`::error file=…::`), and files that it writes to.
import type { Annotation } from './record.ts';

/** One step's talk with the runner. */
export interface Talk {
  /** The line for the log, or undefined when it was a command that is not shown. */
  hear(line: string): string | undefined;
  readonly annotations: readonly Annotation[];
  /** Values to be masked from now on. */
  readonly masks: readonly string[];
}

const pattern = /^::([a-zA-Z-]+)(?: +([^:]*(?:::?[^:]+)*?))?::(.*)$/;

/** "Workflow commands for GitHub Actions". Commands that were taken out of use for safety are refused as the product does. */
export function listen(): Talk {
  const annotations: Annotation[] = [];
  const masks: string[] = [];
  let stopped: string | undefined;

  function hear(line: string): string | undefined {
    const found = pattern.exec(line.trimStart());
    if (found === null) return line;
    const [, name = '', properties = '', data = ''] = found;
    if (stopped !== undefined) {
      if (name === stopped) stopped = undefined;
      return stopped === undefined ? undefined : line;
    }
    const value = decodeData(data);
    switch (name.toLowerCase()) {
      case 'error':
      case 'warning':
      case 'notice': {
        const level = name.toLowerCase() as Annotation['level'];
        annotations.push({ level, message: value, ...placeOf(propertiesOf(properties)) });
        return `##[${level}]${value}`;
      }
      case 'debug':
        return undefined;
      case 'group':
        return `##[group]${value}`;
      case 'endgroup':
        return '##[endgroup]';
      case 'add-mask':
        if (value !== '') masks.push(value);
        return undefined;
      case 'stop-commands':
        stopped = value;
        return undefined;
      case 'echo':
        return undefined;
      case 'set-env':
      case 'add-path':
        return `##[error]The '${name}' command is disabled.`;
      default:
        return line;
    }
  }

  return { hear, annotations, masks };
}

function propertiesOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    text
      .split(',')
      .map((part) => part.trim().split('='))
      .filter(([key]) => key !== undefined && key !== '')
      .map(([key = '', ...value]) => [key.toLowerCase(), decodeProperty(value.join('='))]),
  );
}

function placeOf({ title, file, line, col }: Readonly<Record<string, string>>): Partial<Annotation> {
  return {
    ...(title ? { title } : {}),
    ...(file ? { file } : {}),
    ...(line ? { line: Number(line) } : {}),
    ...(col ? { column: Number(col) } : {}),
  };
}

const decodeData = (text: string): string =>
  text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');

const decodeProperty = (text: string): string =>
  text
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%25', '%');

/**
 * The names and values in `$GITHUB_OUTPUT` or `$GITHUB_ENV`: `name=value`, or `name<<END`, lines, `END`.
 * @throws an Error with the runner's words.
 */
export function readPairs(text: string): readonly (readonly [string, string])[] {
  const pairs: [string, string][] = [];
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const end = line.slice(heredoc + 2);
      const from = at + 1;
      do at += 1;
      while (at < lines.length && lines[at] !== end);
      if (at >= lines.length) throw new Error(`Invalid value. Matching delimiter not found '${end}'`);
      pairs.push([line.slice(0, heredoc), lines.slice(from, at).join('\n')]);
    } else if (equals > 0) pairs.push([line.slice(0, equals), line.slice(equals + 1)]);
    else throw new Error(`Invalid format '${line}'`);
  }
  return pairs;
}

/** Replaces what must stay secret. Long values first: one may hold another. */
export function masked(text: string, masks: readonly string[]): string {
  return [...masks]
    .flatMap((mask) => [mask, ...mask.split('\n')])
    .filter((mask) => mask.trim() !== '')
    .sort((a, b) => b.length - a.length)
    .reduce((shown, mask) => shown.replaceAll(mask, '***'), text);
}
