// How the end of a program by an error is told: the line, the place, the stack.
import { define, emissionOf, isEngine, thrownWarnings, tracedOf } from 'node:internal/errors';
import { host, info } from 'node:internal/host';
import { inspect } from 'node:internal/inspect';

/** Texts that were no JSON, and where: they are shown as the line of the program would be. */
export const unread = new WeakMap();

/** What CommonJS has and a module has not is explained where it ends the program. */
function explain(error) {
  const name = /^(require|module|exports|__filename|__dirname) is not defined$/.exec(error.message)?.[1];
  const file = tracedOf(error)?.place?.file;
  if (name === undefined || !file?.startsWith('file:')) return;
  const path = decodeURI(file.slice('file://'.length));
  const instead = name === 'require' ? ', you can use import instead' : '';
  const waits = host.lastAwait(file) !== 'null';
  if (waits) Object.assign(error, { code: 'ERR_AMBIGUOUS_MODULE_SYNTAX' });
  const words = waits
    ? `Cannot determine intended module format because both '${name}' and top-level await are present. If the code is intended to be CommonJS, wrap await in an async function. If the code is intended to be an ES module, ${otherWay(name)}`
    : `${name} is not defined in ES module scope${instead}${path.endsWith('.js') ? typed(path) : ''}`;
  define(error, 'stack', String(error.stack).replace(error.message, words));
  define(error, 'message', words);
}

const otherWay = (name) =>
  name === 'require'
    ? 'replace require() with import.'
    : name.startsWith('__')
      ? `use import.meta.${name.slice(2)} instead.`
      : 'use export instead of module.exports/exports.';

function typed(path) {
  for (let folder = path; folder !== ''; ) {
    folder = folder.slice(0, folder.lastIndexOf('/'));
    const file = `${folder}/package.json`;
    if (!host.exists(file)) continue;
    if (JSON.parse(host.readText(file)).type !== 'module') return '';
    return `\nThis file is being treated as an ES module because it has a '.js' file extension and '${file}' contains "type": "module". To treat it as a CommonJS script, rename it to use the '.cjs' file extension.`;
  }
  return '';
}

/**
 * @param code with which the program ends: 7 where the test runner threw it again
 * @param isAgain who was told of it threw it again
 */
export function writeFault(error, origin, code, isAgain = false) {
  if (origin === 'module' && error instanceof ReferenceError) explain(error);
  const isPrimitive = typeof error !== 'object' || error === null;
  const isBare = origin !== 'promise' && (isPrimitive || (!(error instanceof Error) && info.file !== undefined));
  // A value that is no object stands right below the mark, and all of it after an empty line.
  const again = isAgain ? JSON.parse(host.thrown('', '')) : null;
  const excerptOf = code === 7 ? drawn(ofRunner) : again === null ? excerpt(error, origin) : drawn(again);
  const above = isBare ? ['', ...excerptOf.slice(0, -1)] : excerptOf;
  const lines = [...above, ...shown(error, origin), '', `Node.js ${info.version}`, ''];
  host.write(2, lines.join('\n'));
}

/** At the end of a program values are shown deeper, and as they are. */
const whole = (value) => inspect(value, { customInspect: false, depth: 5 });

function shown(error, origin) {
  if (error instanceof Error) return [withEmission(error, whole(error))];
  if (origin === 'module') {
    const isPlain = typeof error === 'object' && error !== null;
    return [
      isPlain ? whole(error) : String(error),
      ...(isPlain ? [] : ['(Use `node --trace-uncaught ...` to show where the exception was thrown)']),
    ];
  }
  if (origin !== 'promise') {
    const isPlain = typeof error === 'object' && error !== null;
    return isPlain
      ? [whole(error)]
      : [String(error), '(Use `node --trace-uncaught ...` to show where the exception was thrown)'];
  }
  const reason = `This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${typeof error === 'object' && error !== null ? '#<Object>' : String(error)}".`;
  return [
    `UnhandledPromiseRejection: ${reason}`,
    '    at throwUnhandledRejectionsMode (node:internal/process/promises:392:7)',
    '    at processPromiseRejections (node:internal/process/promises:475:17)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:106:37) {',
    "  code: 'ERR_UNHANDLED_REJECTION'",
    '}',
  ];
}

/** An 'error' event that nobody listened to: where it was emitted stands below the stack, before the properties. */
function withEmission(error, text) {
  const emission = emissionOf(error);
  // An error without a place is set in brackets, but not at the end of a program.
  const bare = emission === undefined ? text : text.replace(/^\[([\s\S]*?)\](?= \{\n|$)/, '$1');
  if (emission === undefined) return bare;
  const lines = bare.split('\n');
  let last = lines.findLastIndex((line) => /^ {4}at /.test(line));
  if (last < 0) last = lines.findIndex((line) => line.endsWith(' {'));
  if (last < 0) last = lines.length - 1;
  const open = lines[last].endsWith(' {') ? ' {' : '';
  lines[last] = open === '' ? lines[last] : lines[last].slice(0, -2);
  const where = [
    `Emitted 'error' event${emission.who === 'EventEmitter' ? '' : ` on ${emission.who} instance`} at:`,
    ...emission.lines,
  ];
  where[where.length - 1] += open;
  return lines.toSpliced(last + 1, 0, ...where).join('\n');
}

const drawn = ({ where, line, column }) => [where, line, `${' '.repeat(column - 1)}^`, ''];
const ofMain = { where: 'node:internal/modules/run_main:107', line: '    triggerUncaughtException(', column: 5 };
const ofPromise = {
  where: 'node:internal/process/promises:394',
  line: '    triggerUncaughtException(err, true /* fromPromise */);',
  column: 5,
};
const ofReason = {
  where: 'node:internal/process/promises:392',
  line: '      new UnhandledPromiseRejection(reason);',
  column: 7,
};
const ofUnhandled = {
  where: 'node:events:477',
  line: '  const err = new ERR_UNHANDLED_ERROR(stringifiedEr);',
  column: 15,
};
const ofCommand = { where: 'node:internal/errors:986', line: '  const err = new Error(message);', column: 15 };
const ofRunner = { where: 'node:internal/test_runner/harness:124', line: '      throw err;', column: 7 };
const ofWarning = { where: 'node:internal/process/warning:176', line: '        throw warning;', column: 9 };
const ofEvent = { where: 'node:events:505', line: "    throw er; // Unhandled 'error' event", column: 5 };

const thrownAgain = ({ own }) => JSON.parse(host.thrown('', JSON.stringify(own)));

/** The line of the program and a mark under it. */
function excerpt(error, origin) {
  if (/^ERR_(UNSUPPORTED|INVALID)_TYPESCRIPT_SYNTAX$/.test(error?.code ?? ''))
    return [...(origin === 'module' ? drawn(ofMain) : []), host.misread(), ''];
  const json = typeof error === 'object' && error !== null ? unread.get(error) : undefined;
  const isLate = origin !== 'script';
  const traced = tracedOf(error);
  if (json !== undefined || traced?.excerpt !== undefined) {
    // Who throws it again is shown instead, but not of a promise.
    const again = isLate || traced === undefined ? null : thrownAgain(traced);
    if (again !== null) return drawn(again);
  }
  if (json?.excerpt !== undefined) return drawn(json.excerpt);
  if (json !== undefined) {
    const before = json.text.slice(0, json.position).split('\n');
    const isEnd = json.position >= json.text.length;
    return [
      `<anonymous_script>:${before.length}`,
      json.text.split('\n')[before.length - 1],
      ...(isEnd ? [] : [`${' '.repeat(before.at(-1).length)}^`]),
      '',
    ];
  }
  if (!(error instanceof Error)) {
    if (origin === 'module') return drawn(ofMain);
    if (origin === 'promise') return drawn(ofReason);
    const named = typeof error === 'object' && error !== null ? Object.prototype.toString.call(error) : String(error);
    const thrown = JSON.parse(host.thrown(named, ''));
    return thrown === null ? [] : drawn(thrown);
  }
  if (isLate && /\nDid you mean to import "/.test(error.message))
    return drawn(origin === 'module' ? ofMain : ofPromise);
  if (thrownWarnings.has(error)) return drawn(ofWarning);
  if (emissionOf(error) !== undefined && !isLate) return drawn(ofEvent);
  if (error.code === 'ERR_UNHANDLED_ERROR' && isLate) return drawn(ofUnhandled);
  // A pattern of a program that runs is not a text that could not be read.
  const isPattern = traced?.misread === undefined && /^Invalid (flags|regular)/.test(error.message);
  const isUnread = error.name === 'SyntaxError' && isEngine(error) && !isPattern;
  const isPlaceless = traced === undefined || traced.lines.length === 0 || traced.lateExcerpt?.line === '';
  if (isLate && (error.code === 'ERR_ASSERTION' || isPlaceless)) return drawn(origin === 'module' ? ofMain : ofPromise);
  if (isLate && /^Command failed: /.test(error.message)) return drawn(ofCommand);
  const isBare = !/\n {4}at /.test(String(error.stack));
  if (isLate && isBare && error.name !== 'SyntaxError') return drawn(origin === 'module' ? ofMain : ofPromise);
  // What a callback was given and threw again was thrown where it stands.
  const isGiven = !isLate && isBare;
  if (traced?.excerpt !== undefined && !isGiven) return drawn((isLate && traced.lateExcerpt) || traced.excerpt);
  if (isGiven && traced !== undefined) {
    const thrown = thrownAgain(traced);
    if (thrown !== null) return drawn(thrown);
  }
  if (traced?.place === undefined || (traced.lines.length === 0 && !isUnread)) {
    const thrown = JSON.parse(host.thrown('', ''));
    return thrown === null ? [] : drawn(thrown);
  }
  const { file, line: number } = traced.place;
  const line = host.sourceLine(file, number);
  if (line === undefined) return [];
  if (!isUnread && !isLate) {
    const thrown = thrownAgain(traced);
    if (thrown !== null) return drawn(thrown);
  }
  return [
    `${info.check ? file.replace(/^file:\/\//, '') : file}:${number}`,
    line,
    ...(traced.misread?.isLong
      ? []
      : [isUnread ? misread(line, error, traced.misread) : `${' '.repeat(traced.column - 1)}^`]),
    ...(/^\[(eval|stdin)\]$|\/\[eval1\]$/.test(file) && traced.misread?.besides !== undefined
      ? [traced.misread.besides]
      : []),
    ...(missingName(error) === undefined ? [''] : []),
  ];
}

/** The name that a module was asked for and does not have. */
const missingName = (error) =>
  (/ does not provide an export named '(.*)'$/s.exec(error?.message ?? '') ??
    /^Named export '(.*)' not found/.exec(error?.message ?? ''))?.[1];

/** QuickJS knows the line of a syntax error, and only seldom its column. */
function misread(line, error, found) {
  if (found !== undefined) return `${' '.repeat(found.column - 1)}${'^'.repeat(found.length)}`;
  const indent = line.length - line.trimStart().length;
  const token = /^Unexpected (?:token|identifier|strict mode reserved word) '(.+)'$/s.exec(error.message)?.[1];
  if (token !== undefined && line.includes(token))
    return `${' '.repeat(line.lastIndexOf(token))}${'^'.repeat(token.length)}`;
  if (error.message === 'Unexpected end of input') return '';
  if (/require a function name$/.test(error.message)) return `${' '.repeat(line.indexOf('function'))}${'^'.repeat(8)}`;
  const missing = missingName(error);
  if (missing !== undefined) {
    const isDefault = missing === 'default' && !/\bdefault\b/.test(line);
    const at = isDefault ? line.search(/(?<=\bimport\s+)[\w$]/) : line.search(new RegExp(`\\b${missing}\\b`));
    if (isDefault)
      return `${' '.repeat(Math.max(0, at))}${'^'.repeat(/[\w$]+/.exec(line.slice(Math.max(0, at)))[0].length)}`;
    return `${' '.repeat(Math.max(0, at))}${'^'.repeat(at < 0 ? 1 : missing.length)}`;
  }
  const again = /^Identifier '(.+)' has already/.exec(error.message)?.[1];
  if (again !== undefined) {
    const at =
      [...line.matchAll(new RegExp(`(?<![\\w$])${again.replaceAll('$', '\\$')}(?![\\w$])`, 'g'))].at(-1)?.index ?? 0;
    return `${' '.repeat(Math.max(0, at))}${'^'.repeat(again.length)}`;
  }
  return `${' '.repeat(indent)}${'^'.repeat(Math.max(1, line.trim().length))}`;
}
