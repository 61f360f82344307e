// What a step says to its runner: commands in its output (`::error file=…::`), and files that it writes to.
import type { Annotation } from './record.ts';

/** Where what a step says goes. */
export interface Ears {
  annotate(annotation: Annotation): void;
  mask(value: string): void;
  output(name: string, value: string): void;
  env(name: string, value: string): void;
  path(folder: string): void;
  state(name: string, value: string): void;
  /** A command that the runner does not take: the step fails. */
  refuse(why: string): void;
  /** `ACTIONS_ALLOW_UNSECURE_COMMANDS`. */
  readonly isUnsecure: boolean;
}

/** One step's talk with the runner. */
export interface Talk {
  /** The line for the log, or undefined when it was a command that is not shown. */
  hear(line: string): string | undefined;
}

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly value: string;
}

const silent = new Set([
  'debug',
  'add-mask',
  'echo',
  'stop-commands',
  'set-output',
  'save-state',
  'set-env',
  'add-path',
]);
const shown = new Set(['error', 'warning', 'notice', 'group', 'endgroup']);

/** "Workflow commands for GitHub Actions". Those that were taken out of use for safety are refused as the product does. */
export function listen(ears: Ears): Talk {
  let stopped: string | undefined;
  let echoes = false;

  function hear(line: string): string | undefined {
    if (stopped !== undefined) {
      if (line.trim() !== `::${stopped}::`) return line;
      stopped = undefined;
      return undefined;
    }
    const command = parse(line);
    if (command === undefined) return line;
    if (command.name === 'echo') echoes = command.value.toLowerCase() === 'on';
    if (command.name === 'stop-commands') stopped = command.value;
    const told = obey(command);
    if (told !== undefined) return told;
    return echoes && command.name !== 'add-mask' ? line : undefined;
  }

  /** The line that stands in the log in its place. */
  function obey({ name, properties, value }: Command): string | undefined {
    switch (name) {
      case 'error':
      case 'warning':
      case 'notice':
        ears.annotate({ level: name, message: value, ...placeOf(properties) });
        return `##[${name}]${value}`;
      case 'group':
        return `##[group]${value}`;
      case 'endgroup':
        return '##[endgroup]';
      case 'add-mask':
        ears.mask(value);
        return undefined;
      case 'set-output':
      case 'save-state': {
        if (!properties.name) return refuse(`Required field 'name' is missing in ##[${name}] command.`);
        (name === 'set-output' ? ears.output : ears.state)(properties.name, value);
        const message = `The \`${name}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files.`;
        ears.annotate({ level: 'warning', message });
        return undefined;
      }
      case 'set-env':
      case 'add-path':
        if (!ears.isUnsecure)
          return refuse(
            `The \`${name}\` command is disabled. Please upgrade to using Environment Files or opt into unsecure command execution by setting the \`ACTIONS_ALLOW_UNSECURE_COMMANDS\` environment variable to \`true\`.`,
          );
        if (name === 'add-path') ears.path(value);
        else if (!properties.name) return refuse(`Required field 'name' is missing in ##[${name}] command.`);
        else ears.env(properties.name, value);
        return undefined;
      default:
        return undefined;
    }
  }

  function refuse(why: string): string {
    ears.refuse(why);
    return `##[error]${why}`;
  }

  return { hear };
}

/** `::name key=value,key=value::value`; undefined for any other line. */
function parse(line: string): Command | undefined {
  const text = line.trimStart();
  if (!text.startsWith('::')) return undefined;
  const end = text.indexOf('::', 2);
  if (end < 0) return undefined;
  const head = text.slice(2, end);
  const space = head.indexOf(' ');
  const name = (space < 0 ? head : head.slice(0, space)).toLowerCase();
  if (!(silent.has(name) || shown.has(name))) return undefined;
  const properties = space < 0 ? {} : propertiesOf(head.slice(space + 1));
  return { name, properties, value: decodeData(text.slice(end + 2)) };
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
 * The names and values in `$GITHUB_OUTPUT`, `$GITHUB_ENV` or `$GITHUB_STATE`: `name=value`, or `name<<END`, lines, `END`.
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
      const [name, end] = [line.slice(0, heredoc), line.slice(heredoc + 2)];
      if (name === '' || end === '')
        throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`);
      const from = at + 1;
      do at += 1;
      while (at < lines.length && lines[at] !== end);
      if (at >= lines.length) throw new Error(`Invalid value. Matching delimiter not found '${end}'`);
      pairs.push([name, lines.slice(from, at).join('\n')]);
    } else if (equals > 0) pairs.push([line.slice(0, equals), line.slice(equals + 1)]);
    else if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`);
    else throw new Error(`Invalid format '${line}'`);
  }
  return pairs;
}
