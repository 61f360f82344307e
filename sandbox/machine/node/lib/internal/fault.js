// How the end of a program by an error is told: the line, the place, the stack.
import { columnOf, placeOf } from 'node:internal/errors';
import { host, info } from 'node:internal/host';
import { inspect } from 'node:internal/inspect';

/** Texts that were no JSON, and where: they are shown as the line of the program would be. */
export const unread = new WeakMap();

export function writeFault(error, origin) {
  const lines = [...excerpt(error, origin), ...shown(error, origin), '', `Node.js ${info.version}`, ''];
  host.write(2, lines.join('\n'));
}

function shown(error, origin) {
  if (error instanceof Error) {
    const text = inspect(error);
    // An error without a place is set in brackets, but not at the end of a program.
    const bare = text.startsWith('[');
    return [bare ? text.replace(/^\[([\s\S]*?)\](?= \{\n|$)/, '$1') : text];
  }
  if (origin === 'module') return [inspect(error)];
  if (origin === 'script') {
    return [inspect(error), '(Use `node --trace-uncaught ...` to show where the exception was thrown)'];
  }
  const reason = `This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${typeof error === 'object' && error !== null ? '#<Object>' : String(error)}".`;
  return [`UnhandledPromiseRejection: ${reason} {`, "  code: 'ERR_UNHANDLED_REJECTION'", '}'];
}

/** The line of the program and a mark under it; nothing when the error does not come from a file of the program. */
function excerpt(error, origin) {
  if (/^ERR_(UNSUPPORTED|INVALID)_TYPESCRIPT_SYNTAX$/.test(error?.code ?? '')) {
    return [host.misread(), ''];
  }
  const json = typeof error === 'object' && error !== null ? unread.get(error) : undefined;
  if (json !== undefined) {
    const before = json.text.slice(0, json.position).split('\n');
    const column = before.at(-1).length;
    const isEnd = json.position >= json.text.length;
    return [
      `<anonymous_script>:${before.length}`,
      json.text.split('\n')[before.length - 1],
      isEnd ? '' : `${' '.repeat(column)}^`,
      '',
    ];
  }
  const place = placeOf(error);
  const line = place === undefined ? undefined : host.sourceLine(place.file, place.line);
  if (line === undefined) return [];
  return [
    `${info.check ? place.file.replace(/^file:\/\//, '') : place.file}:${place.line}`,
    line,
    origin === 'script'
      ? mark(line, place.column, error)
      : markAt(columnOf(place.file, place.line, place.column), line, error),
    ...(missingName(error) === undefined ? [''] : []),
  ];
}

/** The name that a module was asked for and does not have. */
const missingName = (error) => / does not provide an export named '(.*)'$/s.exec(error?.message ?? '')?.[1];

/** What a promise brings is shown where the error was made, not where it was thrown. */
function markAt(column, line, error) {
  return error?.name === 'SyntaxError' ? mark(line, column, error) : `${' '.repeat(column - 1)}^`;
}

function mark(line, column, error) {
  const before = line.slice(0, column - 1);
  const thrown = before.lastIndexOf('throw');
  if (thrown >= 0) return `${' '.repeat(thrown)}^`;
  const indent = line.length - line.trimStart().length;
  // QuickJS knows the line of a syntax error, and only seldom its column.
  const token = /^Unexpected token '(.+)'$/s.exec(error?.message ?? '')?.[1];
  if (error?.name === 'SyntaxError' && token !== undefined && line.includes(token))
    return `${' '.repeat(line.lastIndexOf(token))}${'^'.repeat(token.length)}`;
  if (error?.message === 'Unexpected end of input') return '';
  const missing = missingName(error);
  if (missing !== undefined) {
    const at = line.search(new RegExp(`\\b${missing}\\b`));
    return `${' '.repeat(Math.max(0, at))}${'^'.repeat(at < 0 ? 1 : missing.length)}`;
  }
  if (error?.name === 'SyntaxError') return `${' '.repeat(indent)}${'^'.repeat(Math.max(1, line.trim().length))}`;
  const rest = line.slice(column - 1);
  const start = column - 1 + (rest.length - rest.trimStart().length);
  const skipped = line[start] === '.' ? start + 1 : start;
  return `${' '.repeat(Math.max(indent, Math.min(skipped, line.length)))}^`;
}
