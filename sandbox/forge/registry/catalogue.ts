// The packages of the company's registry: small ones, of our own, that the days use. Data only.

export interface Release {
  readonly published: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly deprecated?: string;
  readonly files: Readonly<Record<string, string>>;
}

export interface CataloguePackage {
  readonly description: string;
  readonly releases: Readonly<Record<string, Release>>;
}

const paint = `const codes = { red: 31, green: 32, yellow: 33, blue: 34 };
const paint = (code) => (text) => '\\u001b[' + code + 'm' + text + '\\u001b[39m';
`;
const matizModule = `${paint}exports.red = paint(codes.red);
exports.green = paint(codes.green);
exports.yellow = paint(codes.yellow);
exports.blue = paint(codes.blue);
`;
const matizSwitch = `${matizModule}exports.plain = (text) => text.replace(/\\u001b\\[\\d+m/g, '');\n`;
const matizTwo = `${paint}module.exports = (color, text) => (color in codes ? paint(codes[color])(text) : text);\n`;

const logger = (call: string): string => `const matiz = require('matiz');
const levels = { info: 'green', warn: 'yellow', error: 'red' };

exports.createLogger = (name, write = console.log) => {
  const logger = {};
  for (const [level, color] of Object.entries(levels)) {
    logger[level] = (message) => write(${call} + ' ' + name + ': ' + message);
  }
  return logger;
};
`;
const jsonLogger = `${logger('matiz(color, level)')}
exports.createJsonLogger = (name, write = console.log) => (level, message, fields = {}) =>
  write(JSON.stringify({ level, name, message, ...fields }));
`;

const dates = (more: string): string => `const two = (value) => String(value).padStart(2, '0');
exports.day = (date) => date.getUTCFullYear() + '-' + two(date.getUTCMonth() + 1) + '-' + two(date.getUTCDate());
${more}`;
const hours = `exports.hour = (date) => two(date.getUTCHours()) + ':' + two(date.getUTCMinutes());\n`;

const csvUnsafe = `exports.parse = (text, into = {}) => {
  const [head = '', ...lines] = text.trim().split('\\n');
  const names = head.split(',');
  return lines.map((line) => {
    const row = {};
    line.split(',').forEach((cell, index) => {
      const path = names[index].split('.');
      let holder = row;
      for (const step of path.slice(0, -1)) holder = holder[step] ??= {};
      holder[path.at(-1)] = cell;
    });
    return row;
  });
};
`;
const csvSafe = `exports.parse = (text) => {
  const [head = '', ...lines] = text.trim().split('\\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, index) => [names[index], cell])));
};
`;

const router = (find: string): string => `const { patternOf } = require('ruta-patron');

exports.createRouter = () => {
  const routes = [];
  return {
    on(method, path, handler) {
      routes.push({ method, pattern: patternOf(path), handler });
    },
    find(method, path) {
      ${find}
    },
  };
};
`;
const firstMatch = `for (const { method: wanted, pattern, handler } of routes) {
        const found = pattern.exec(path);
        if (wanted === method && found) return { handler, params: { ...found.groups } };
      }`;
const pattern = (segment: string): string =>
  `exports.patternOf = (path) => new RegExp('^' + path.replace(/:(\\w+)/g, '(?<$1>${segment})') + '$');\n`;

const probetaBin = `#!/usr/bin/env node
const { check } = require('./index.js');
for (const file of process.argv.slice(2)) check(file, require(require('node:path').resolve(file)));
process.exitCode = check.failures > 0 ? 1 : 0;
`;
const probeta = (yes: string): string => `exports.check = (name, tests) => {
  for (const [what, test] of Object.entries(tests)) {
    try {
      test();
      console.log(${yes} + ' ' + name + ': ' + what);
    } catch (error) {
      exports.check.failures += 1;
      console.log('not ok ' + name + ': ' + what + ' (' + error.message + ')');
    }
  }
};
exports.check.failures = 0;
`;

export const catalogue: Readonly<Record<string, CataloguePackage>> = {
  bitacora: {
    description: 'A logger with levels, for people or as JSON',
    releases: {
      '1.0.0': {
        published: '2024-03-11T08:20:00.000Z',
        dependencies: { matiz: '^1.0.0' },
        files: { 'index.js': logger('matiz[color](level)') },
      },
      '1.1.0': {
        published: '2024-09-30T10:05:00.000Z',
        dependencies: { matiz: '^1.1.0' },
        files: { 'index.js': logger('matiz[color](level.toUpperCase())') },
      },
      '2.0.0': {
        published: '2025-11-04T16:40:00.000Z',
        dependencies: { matiz: '^2.0.0' },
        files: { 'index.js': jsonLogger },
      },
    },
  },
  'fecha-clara': {
    description: 'Dates as people write them',
    releases: {
      '1.0.0': { published: '2023-05-02T09:00:00.000Z', files: { 'index.js': dates('') } },
      '1.0.1': {
        published: '2023-06-19T09:30:00.000Z',
        files: { 'index.js': dates('exports.today = () => exports.day(new Date());\n') },
      },
      '1.1.0': {
        published: '2024-02-07T12:15:00.000Z',
        files: { 'index.js': dates(`${hours}exports.today = () => exports.day(new Date());\n`) },
      },
      '2.0.0': {
        published: '2025-08-21T07:45:00.000Z',
        files: {
          'index.js': dates(`${hours}exports.stamp = (date) => exports.day(date) + ' ' + exports.hour(date);\n`),
        },
      },
    },
  },
  'hoja-csv': {
    description: 'Reads sheets of comma-separated values',
    releases: {
      '0.9.0': { published: '2023-01-16T11:00:00.000Z', files: { 'index.js': csvUnsafe } },
      '1.0.0': { published: '2023-10-09T11:00:00.000Z', files: { 'index.js': csvUnsafe } },
      '1.0.1': { published: '2025-12-15T18:30:00.000Z', files: { 'index.js': csvSafe } },
    },
  },
  matiz: {
    description: 'Colours for the terminal',
    releases: {
      '1.0.0': { published: '2023-02-20T10:00:00.000Z', files: { 'index.js': matizModule } },
      '1.1.0': { published: '2024-07-01T10:00:00.000Z', files: { 'index.js': matizSwitch } },
      '2.0.0': { published: '2025-10-13T10:00:00.000Z', files: { 'index.js': matizTwo } },
    },
  },
  probeta: {
    description: 'A small test helper',
    releases: {
      '1.0.0': {
        published: '2024-01-22T15:00:00.000Z',
        dependencies: { matiz: '^1.0.0' },
        bin: { probeta: 'cli.js' },
        files: { 'index.js': probeta("require('matiz').green('ok')"), 'cli.js': probetaBin },
      },
      '1.1.0': {
        published: '2025-03-17T15:00:00.000Z',
        dependencies: { matiz: '^1.0.0' },
        bin: { probeta: 'cli.js' },
        files: { 'index.js': probeta("'ok'"), 'cli.js': probetaBin },
      },
    },
  },
  reintento: {
    description: 'Tries again, and again',
    releases: {
      '1.0.0': {
        published: '2022-04-04T08:00:00.000Z',
        deprecated: 'reintento is no longer kept; write a loop with a limit instead',
        files: {
          'index.js':
            'module.exports = async (times, action) => {\n  for (let left = times; ; left--) {\n    try {\n      return await action();\n    } catch (error) {\n      if (left <= 1) throw error;\n    }\n  }\n};\n',
        },
      },
    },
  },
  'ruta-patron': {
    description: 'Patterns of paths',
    releases: {
      '1.0.0': { published: '2023-03-06T09:00:00.000Z', files: { 'index.js': pattern('.+') } },
      '1.0.1': { published: '2026-02-10T09:00:00.000Z', files: { 'index.js': pattern('[^/]+') } },
    },
  },
  senda: {
    description: 'A tiny router for HTTP services',
    releases: {
      '1.0.0': {
        published: '2023-03-13T09:00:00.000Z',
        dependencies: { 'ruta-patron': '1.0.0' },
        files: { 'index.js': router(firstMatch) },
      },
      '1.1.0': {
        published: '2024-11-25T09:00:00.000Z',
        dependencies: { 'ruta-patron': '^1.0.0' },
        files: { 'index.js': router(firstMatch) },
      },
      '1.2.0': {
        published: '2026-02-11T09:00:00.000Z',
        dependencies: { 'ruta-patron': '^1.0.1' },
        files: { 'index.js': router(firstMatch) },
      },
    },
  },
};

export interface Advisory {
  readonly id: number;
  readonly name: string;
  readonly title: string;
  readonly severity: 'low' | 'moderate' | 'high' | 'critical';
  /** Versions that have the weakness. */
  readonly range: string;
  readonly cwe: string;
}

export const advisories: readonly Advisory[] = [
  {
    id: 1001,
    name: 'hoja-csv',
    title: 'hoja-csv lets a column name change the prototype of every object',
    severity: 'high',
    range: '<1.0.1',
    cwe: 'CWE-1321',
  },
  {
    id: 1002,
    name: 'ruta-patron',
    title: 'ruta-patron lets a parameter cross folders',
    severity: 'moderate',
    range: '<1.0.1',
    cwe: 'CWE-22',
  },
];
