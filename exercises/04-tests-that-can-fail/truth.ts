// What is judged of test.sh, which runs the suite: that it ends as the tests do, and that its log tells what they all say.
import { type Check, type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { kept } from './kept.ts';
import { testFiles } from './noticing.ts';
import { brokenCopy, byScript, goodCopy, withoutNode, write } from './suite.ts';
import { words } from './words.ts';

export const truthful: Check = {
  id: 'd04-c3',
  goal: words(
    'Cuando falla una prueba, test.sh termina con un código distinto de cero, y test.log dice qué pasó',
    'When a test fails, test.sh ends with a code other than zero, and test.log tells what happened',
  ),
  kind: 'command',
  run: (desk) => kept(desk, 'truthful', () => truthOf(desk), { script: true }),
};

async function truthOf(desk: Desk): Promise<Verdict> {
  const broken = await brokenCopy(desk);
  const log = await logOf(desk, broken);
  if (log.exitCode === 0)
    return lie(desk, words('un servicio que ni siquiera carga', 'a service that does not even load'));
  if (log.text === undefined) return keepsNoLog(words('sin `test.log`', 'no `test.log`'));
  if (log.text === '') return keepsNoLog(words('`test.log` vacío', 'an empty `test.log`'));
  if (!SAYS_WHAT_FAILED.test(log.text)) {
    const first = log.text.split('\n')[0]?.slice(0, 60);
    return keepsNoLog(words(`con el servicio roto, solo: «${first}»`, `with a broken service, only: “${first}”`));
  }
  const files = await filesWithTests(desk);
  const told = await logOf(desk, await adding(desk, files, tells));
  const heard = files.filter((file) => told.text?.includes(TOLD + file));
  // One run that tells of all leaves none out: then one that fails stands for each.
  const runs = told.text?.match(/^(?:ℹ|#) tests \d+$/gm)?.length;
  const tried = heard.length === files.length && runs === 1 ? files.slice(0, 1) : files;
  let unsaid: string | undefined;
  for (const file of tried) {
    const { exitCode, text } = await logOf(desk, await adding(desk, [file], () => FAILS));
    if (exitCode === 0) return leavesOut(file);
    unsaid ??= SAID.find((said) => !text?.includes(said));
  }
  // A suite that fails by itself may end before the tests that are added.
  if (told.exitCode === 0 && unsaid !== undefined)
    return keepsNoLog(
      words(`fallan ${FAILING} pruebas, y falta «${unsaid}»`, `${FAILING} tests fail, and “${unsaid}” is missing`),
    );
  if ((await withoutNode(desk, broken)).exitCode === 0)
    return readsTheWords(words('un `node` que ni siquiera arranca', 'a `node` that does not even start'));
  for (const { what, code } of HIDDEN)
    if ((await byScript(desk, await adding(desk, [...files, NEW], () => code))).exitCode === 0)
      return readsTheWords(what);
  if (told.exitCode !== 0) return passed;
  for (const text of [told.text, told.said]) {
    const lost = files.filter((file) => !text?.includes(TOLD + file));
    // A reporter that names no passing test tells of none.
    if (lost[0] !== undefined && lost.length < files.length) return losesAFile(lost[0]);
  }
  return passed;
}

/** test.sh in a folder, and what it leaves in test.log. */
async function logOf(desk: Desk, folder: string) {
  const ran = await byScript(desk, folder, 'rm -f test.log');
  const path = `${folder}/test.log`;
  return { ...ran, text: desk.exists(path) ? desk.text(path).trim() : undefined };
}

/** The learner's files that hold tests; node also runs those beside them that only help, and a script need not. */
async function filesWithTests(desk: Desk): Promise<readonly string[]> {
  return (await testFiles(desk)).filter((file) => desk.text(`seats/${file}`).includes('node:test'));
}

/** A file of tests more, for a suite in which nothing else is added to. */
const NEW = 'test/zz-added.test.mjs';

/** A copy in some of whose files there is one test more; in it `added` is `node:test`. */
async function adding(desk: Desk, files: readonly string[], testOf: (file: string) => string): Promise<string> {
  const folder = await goodCopy(desk);
  await desk.run('mkdir -p test', { cwd: folder });
  for (const file of files) {
    const path = `${folder}/${file}`;
    const text = desk.exists(path) ? desk.text(path) : '';
    const asks = file.endsWith('.mjs') || /^import\b/m.test(text);
    const brings = asks ? "import * as added from 'node:test';" : "const added = require('node:test');";
    await write(desk, path, `${text}\n${brings}\n${testOf(file)}\n`);
  }
  return folder;
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
const tells = (file: string): string => `added.test('${TOLD}${file}', () => {});`;

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

function lie(desk: Desk, what: Words): Verdict {
  const piped = /[^|]\|[^|]|\|\| *true/.test(desk.text('seats/test.sh'));
  return failed({
    expected: words('un código distinto de 0', 'a code other than 0'),
    found: words(`0, con ${what.es}`, `0, with ${what.en}`),
    where: { file: 'seats/test.sh' },
    next: piped
      ? words(
          'El código de una tubería es el de su última orden, y `|| true` siempre da 0. Pruébalo: rompe una prueba y mira `echo $?`.',
          'The code of a pipeline is that of its last command, and `|| true` always gives 0. Try it: break a test and look at `echo $?`.',
        )
      : words(
          'Algo que viene después de `node --test` cambió su código. Guárdalo enseguida, `code=$?`, y termina con él: `exit $code`.',
          'Something after `node --test` changed its code. Keep it at once, `code=$?`, and end with it: `exit $code`.',
        ),
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
