// What is judged of test.sh, which runs the suite: that it ends as the tests do, and that its log tells what they all say.
import { type Check, type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { kept } from './kept.ts';
import { testFiles } from './noticing.ts';
import { benchOf, byScript, copyOf, type Texts, withoutNode, writing } from './suite.ts';
import { words } from './words.ts';

export const truthful: Check = {
  id: 'd04-c3',
  goal: words(
    'Cuando falla una prueba, test.sh termina con un código distinto de cero, y test.log dice qué pasó',
    'When a test fails, test.sh ends with a code other than zero, and test.log tells what happened',
  ),
  kind: 'command',
  run: async (desk) => judged(await benchOf(desk)),
};

/** Of the tests only where they are: what they say is for the other checks, and the script is tried with others in their files. */
async function judged(desk: Desk): Promise<Verdict> {
  const files = await filesWithTests(desk);
  return kept(desk, `truthful ${files.map(({ path, asks }) => `${path} ${asks}`).join()}`, () => truthOf(desk, files), {
    tests: [],
    script: true,
  });
}

async function truthOf(desk: Desk, files: readonly TestFile[]): Promise<Verdict> {
  const good = await copyOf(desk);
  const broken = await copyOf(desk, broke);
  await lay(desk, broken, files, () => 'throw new Error("broken on purpose");');
  const log = await logOf(desk, broken);
  if (log.exitCode === 0)
    return lie(desk, broken, words('un servicio que ni siquiera carga', 'a service that does not even load'));
  if (log.text === undefined) return keepsNoLog(words('sin `test.log`', 'no `test.log`'));
  if (log.text === '') return keepsNoLog(words('`test.log` vacío', 'an empty `test.log`'));
  if (!SAYS_WHAT_FAILED.test(log.text)) {
    const first = log.text.split('\n')[0]?.slice(0, 60);
    return keepsNoLog(words(`con el servicio roto, solo: «${first}»`, `with a broken service, only: “${first}”`));
  }
  await lay(desk, good, files, tells);
  const told = await logOf(desk, good);
  const heard = files.filter(({ path }) => told.text?.includes(TOLD + path));
  // One run that tells of all leaves none out: then one that fails stands for each.
  const runs = told.text?.match(/^(?:ℹ|#) tests \d+$/gm)?.length;
  const tried = heard.length === files.length && runs === 1 ? files.slice(0, 1) : files;
  let unsaid: string | undefined;
  for (const file of tried) {
    await lay(desk, good, files, (one) => (one === file ? FAILS : tells(one)));
    const { exitCode, text } = await logOf(desk, good);
    if (exitCode === 0) return leavesOut(file.path);
    unsaid ??= SAID.find((said) => !text?.includes(said));
  }
  // A script that fails by itself may end before the tests do.
  if (told.exitCode === 0 && unsaid !== undefined)
    return keepsNoLog(
      words(`fallan ${FAILING} pruebas, y falta «${unsaid}»`, `${FAILING} tests fail, and “${unsaid}” is missing`),
    );
  if ((await withoutNode(desk, broken)).exitCode === 0)
    return readsTheWords(words('un `node` que ni siquiera arranca', 'a `node` that does not even start'));
  for (const { what, code } of HIDDEN) {
    await lay(desk, good, [...files, NEW], () => code);
    if ((await byScript(desk, good)).exitCode === 0) return readsTheWords(what);
  }
  if (told.exitCode !== 0) return passed;
  for (const text of [told.text, told.said]) {
    const [lost, ...more] = files.filter(({ path }) => !text?.includes(TOLD + path));
    // A reporter that names no passing test tells of none.
    if (lost !== undefined && more.length + 1 < files.length) return losesAFile(lost.path);
  }
  return passed;
}

/** A service that cannot even be loaded. */
const broke = (service: Texts): Texts =>
  Object.fromEntries(
    Object.entries(service).map(([file, text]) => [
      file,
      file.endsWith('.mjs') ? "throw new Error('broken on purpose');\n" : text,
    ]),
  );

/** test.sh in a folder, and what it leaves in test.log. */
async function logOf(desk: Desk, folder: string) {
  const ran = await byScript(desk, folder, 'rm -f test.log');
  const path = `${folder}/test.log`;
  return { ...ran, text: desk.exists(path) ? desk.text(path).trim() : undefined };
}

interface TestFile {
  readonly path: string;
  /** How it asks for modules. */
  readonly asks: 'import' | 'require';
}

/** The learner's files that hold tests; node also runs those beside them that only help, and a script need not. */
async function filesWithTests(desk: Desk): Promise<readonly TestFile[]> {
  return (await testFiles(desk)).flatMap((path) => {
    const text = desk.text(`seats/${path}`);
    if (!text.includes('node:test')) return [];
    return [{ path, asks: /\.m[jt]s$/.test(path) || /^import\b/m.test(text) ? 'import' : 'require' }];
  });
}

/** A file of tests more, for a suite that has none. */
const NEW: TestFile = { path: 'test/zz-added.test.mjs', asks: 'import' };

/** Puts other tests into files of a copy; in them `added` is `node:test`. */
async function lay(desk: Desk, folder: string, files: readonly TestFile[], testOf: (file: TestFile) => string) {
  const text = (file: TestFile): string =>
    `${file.asks === 'import' ? "import * as added from 'node:test';" : "const added = require('node:test');"}\n${testOf(file)}\n`;
  const texts = Object.fromEntries(files.map((file) => [file.path, text(file)]));
  await desk.run(`mkdir -p test\n${writing(texts)}`, { cwd: folder });
}

/** So many that no last lines of the log hold them all. */
const FAILING = 30;
const failing = Array.from({ length: FAILING }, (_, at) => ({
  name: `fails on purpose ${10 + at}`,
  error: `expected ${10 + at}, found ${11 + at}`,
}));
const FAILS = failing
  .map(({ name, error }) => `added.test('${name}', () => { throw new Error('${error}'); });`)
  .join('\n');
/** Which failed and why: what a log tells of them, whichever reporter writes it. */
const SAID = failing.flatMap(({ name, error }) => [name, error]);
const TOLD = 'told by ';
const tells = ({ path }: TestFile): string => `added.test('${TOLD}${path}', () => {});`;

/** What goes wrong although node says `fail 0`. */
const HIDDEN = [
  {
    what: words('una prueba que espera en vano (`cancelled`)', 'a test that waits in vain (`cancelled`)'),
    code: "added.test('waits in vain', { timeout: 1000 }, () => new Promise(() => {}));",
  },
  {
    what: words('un `describe` que falla (`fail 0`)', 'a `describe` that fails (`fail 0`)'),
    code: "added.describe('fails on purpose', () => { throw new Error('on purpose'); });",
  },
];

/** Each reporter of node has a sign for a test that fails, or tells its error. */
const SAYS_WHAT_FAILED = /✖|not ok|Error\b/;

/** Why the code of failing tests does not come out of test.sh. It is run again in the folder where it lied, with what would mend it. */
async function lie(desk: Desk, folder: string, what: Words): Promise<Verdict> {
  const code = async (options: string): Promise<number> =>
    (await desk.run(`timeout 60 bash ${options} test.sh > /dev/null 2>&1`, { cwd: folder })).exitCode;
  const last = desk.text('seats/test.sh').trim().split('\n').at(-1)?.trim() ?? '';
  const shown = last.length > 40 ? `${last.slice(0, 39)}…` : last;
  const next = async (): Promise<Words> => {
    if ((await code('-o pipefail')) !== 0)
      return words(
        'El código de una tubería es el de su última orden. Con `set -o pipefail` al principio falla si falla cualquiera.',
        'The code of a pipeline is that of its last command. With `set -o pipefail` at the top it fails when any of them does.',
      );
    if (/\|\|/.test(desk.text('seats/test.sh')))
      return words(
        'Lo que sigue a `||` se ejecuta cuando fallan las pruebas, y su código es el que queda. Quítalo, o termina con `exit 1`.',
        'What follows `||` runs when the tests fail, and its code is what is left. Take it away, or end with `exit 1`.',
      );
    return words(
      `Termina con el código de «${shown}». Guarda el de las pruebas enseguida, \`code=$?\`, y acaba con \`exit $code\`; si van por una tubería, \`set -o pipefail\`.`,
      `It ends with the code of “${shown}”. Keep that of the tests at once, \`code=$?\`, and end with \`exit $code\`; through a pipeline, \`set -o pipefail\`.`,
    );
  };
  return failed({
    expected: words('un código distinto de 0', 'a code other than 0'),
    found: words(`0, con ${what.es}`, `0, with ${what.en}`),
    where: { file: 'seats/test.sh' },
    next: await next(),
  });
}

const keepsNoLog = (found: Words) =>
  failed({
    expected: words(
      'en `test.log`, lo que dicen las pruebas: cuál falla y por qué',
      'in `test.log`, what the tests say: which fails, and why',
    ),
    found,
    where: { file: 'seats/test.sh' },
    next: words(
      'Pasa a `tee test.log` todo lo que dice `node --test`: la tubería puede guardarlo y terminar como él.',
      'Hand `tee test.log` all that `node --test` says: the pipeline can keep it and end as it does.',
    ),
  });

const losesAFile = (file: string) =>
  failed({
    expected: words(
      'en `test.log` y en la pantalla, lo que dicen todos los archivos de pruebas',
      'in `test.log` and on the screen, what all files of tests say',
    ),
    found: words(`falta lo de \`${file}\``, `what \`${file}\` says is missing`),
    where: { file: 'seats/test.sh' },
    next: words(
      'Cada `>` y cada `tee` empieza el archivo de nuevo. `node --test`, sin nombres, ejecuta todas las pruebas de una vez.',
      'Each `>` and each `tee` begins the file anew. `node --test`, without names, runs all tests at once.',
    ),
  });

const readsTheWords = (what: Words) =>
  failed({
    expected: words('el código con el que termina `node --test`', 'the code that `node --test` ends with'),
    found: words(`0, con ${what.es}`, `0, with ${what.en}`),
    where: { file: 'seats/test.sh' },
    next: words(
      'Las palabras del registro no dicen todo lo que va mal; el código de `node --test`, sí. Deja que decida él.',
      'The words of the log do not tell all that goes wrong; the code of `node --test` does. Let that decide.',
    ),
  });

const leavesOut = (file: string) =>
  failed({
    expected: words('el código de todas tus pruebas', 'the code of all of your tests'),
    found: words(
      `termina con 0 aunque falle una prueba de \`${file}\``,
      `it ends with 0 although a test of \`${file}\` fails`,
    ),
    where: { file: 'seats/test.sh' },
    next: words(
      '`node --test`, sin nombres de archivos ni de pruebas, ejecuta todo lo que hay en `test/` y termina mal si algo falla.',
      '`node --test`, without names of files or tests, runs everything in `test/`, and ends badly when something fails.',
    ),
  });
