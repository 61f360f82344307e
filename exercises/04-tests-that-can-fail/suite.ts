// The learner's suite, run on copies of their folder: over the good service, over one with a fault, over a broken one.
import { CheckStop, type Desk, failed, type Words } from '../../sandbox/checks/index.ts';
import { lostFrom, type Mutant, six, unseen } from './mutants.ts';
import { slipIn } from './slip.ts';
import { words } from './words.ts';

/** Simulated seconds after which a suite that does not end is ended. */
const LIMIT_S = 3600;

/** What the booking developers wrote. */
export const SERVICE = ['booking.mjs', 'app.mjs', 'trips.json'];

export const BRANCH = 'test/booking';

/** Goes to the day's branch, here or on origin, for whoever has left it with nothing undone: on `main` there are no tests of theirs. */
export async function onItsBranch(desk: Desk): Promise<void> {
  const head = 'seats/.git/HEAD';
  if (!desk.exists(head) || desk.text(head).trim() === `ref: refs/heads/${BRANCH}`) return;
  await desk.run(
    `[ -n "$(git status --porcelain)" ] || for name in ${BRANCH} origin/${BRANCH}; do
  [ -n "$(git log --format=%h origin/main..$name 2>/dev/null)" ] && git switch -q --detach $name && break; done`,
    { cwd: 'seats' },
  );
}

/** A copy of the learner's folder with the booking developers' own service in it, whatever was done to it meanwhile. */
export async function goodCopy(desk: Desk): Promise<string> {
  await onItsBranch(desk);
  let number = 1;
  while (desk.exists(`/tmp/copy-${number}`)) number += 1;
  const folder = `/tmp/copy-${number}/seats`;
  const { exitCode, stderr } = await desk.run(
    `mkdir -p ${folder.slice(0, -'/seats'.length)} && cp -r ~/seats ${folder} && cd ${folder} &&
first=$(git log --all --diff-filter=A --format=%H -- booking.mjs | tail -n 1) &&
for file in ${SERVICE.join(' ')}; do git show "$first:$file" > $file; done`,
  );
  if (exitCode === 0) return folder;
  throw new CheckStop(
    failed({
      expected: words('`seats` es el repositorio del día', '`seats` is the repository of the day'),
      found: words(`git dijo: ${stderr.slice(0, 80)}`, `git said: ${stderr.slice(0, 80)}`),
      where: { command: 'git log' },
      next: words('Empieza el día de nuevo.', 'Start the day again.'),
    }),
  );
}

export async function copyWith(desk: Desk, ...mutants: readonly Mutant[]): Promise<string> {
  const folder = await goodCopy(desk);
  for (const { file, from, to } of mutants) {
    const text = desk.text(`${folder}/${file}`);
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    await write(desk, `${folder}/${file}`, text.replace(from, to));
  }
  return folder;
}

/**
 * The good service in other words: names inside, spaces, a comment, each line in which a fault is put; and in other files, behind doors of
 * the old names. A test that asks what the service does cannot tell it apart; one that looks for some text finds none.
 */
export async function rewrittenCopy(desk: Desk): Promise<string> {
  const folder = await goodCopy(desk);
  const names = { 'booking.mjs': /\bholds\b/g, 'app.mjs': /\banswerOrRefuse\b/g };
  for (const [file, name] of Object.entries(names)) {
    const written = [...six, ...unseen, lostFrom].filter((mutant) => mutant.file === file);
    const text = written.reduce((said, { from, alike }) => said.replace(from, alike), desk.text(`${folder}/${file}`));
    const renamed = text.replace(name, 'renamed').replace(/^ +/gm, (spaces) => '\t'.repeat(spaces.length / 2));
    if (!renamed.includes('renamed')) throw new Error(`${file} has no ${name}`);
    // What is done when a file is run itself stays in the file that is run.
    const [inside = '', started] = renamed.split(/^(?=if \(import\.meta\.main\))/m);
    const other = `./seats-${file}`;
    await write(desk, `${folder}/${other}`, `// The same in other words.\n${inside}`);
    const door = started === undefined ? '' : `import { createSeats } from '${other}';\n${started}`;
    await write(desk, `${folder}/${file}`, `export * from '${other}';\n${door}`);
  }
  return folder;
}

/** A service that cannot even be loaded. */
export async function brokenCopy(desk: Desk): Promise<string> {
  const folder = await goodCopy(desk);
  for (const file of ['booking.mjs', 'app.mjs'])
    await write(desk, `${folder}/${file}`, "throw new Error('broken on purpose');\n");
  return folder;
}

export async function write(desk: Desk, path: string, text: string): Promise<void> {
  await desk.run(`cat > ${path} <<'END-OF-FILE'\n${text}END-OF-FILE`);
}

export interface Ran {
  readonly exitCode: number;
  /** Simulated seconds. */
  readonly seconds: number;
  readonly said: string;
}

/** @param before commands that are run in the folder first */
export const byScript = (desk: Desk, folder: string, before = ''): Promise<Ran> =>
  timed(desk, folder, 'bash test.sh', before);
/** test.sh where node refuses to start: it runs no test, and says so in no reporter's words. */
export const withoutNode = (desk: Desk, folder: string): Promise<Ran> =>
  timed(desk, folder, 'env NODE_OPTIONS=--no-such-option bash test.sh');
export const byNode = (desk: Desk, folder: string, words = '', before = ''): Promise<Ran> =>
  timed(desk, folder, `node --test ${words}`, before);

/** What somebody has left in /tmp, of what is not of these checks. */
export const IN_TMP = "ls -A /tmp | grep -vxE 'copy-[0-9]+|clone|said'";
/** Before a run: takes that away. */
export const CLEAN_TMP = `${IN_TMP} | sed 's#^#/tmp/#' | xargs -d '\\n' rm -rf`;

const FILES = 'find . -path ./.git -prune -o -type f -print';
/** Before each run in a copy: nothing is there that the runs before it have left, so that only the service decides what it says. */
export const ANEW = `${CLEAN_TMP}
[ -e ../files ] || ${FILES} > ../files
${FILES} | grep -vxFf ../files | xargs -d '\\n' rm -f`;

async function timed(desk: Desk, folder: string, command: string, before = ''): Promise<Ran> {
  const { stdout } = await desk.run(
    `${before}
began=$(date +%s%3N); timeout ${LIMIT_S} ${command} > /tmp/said 2>&1; code=$?; echo "$code $(( $(date +%s%3N) - began ))"`,
    { cwd: folder },
  );
  // Beside ours, the shell may tell of a job that the script left.
  const [, code = '1', ms = '0'] = /^(\d+) (\d+)$/m.exec(stdout) ?? [];
  return { exitCode: Number(code), seconds: Number(ms) / 1000, said: desk.text('/tmp/said') };
}

/** How many tests node says that it ran. */
export const testsIn = (said: string): string | undefined => /^(?:ℹ|#) tests (\d+)$/m.exec(said)?.[1];

/** What `timeout` ends with when it had to end the command. */
export const TIMED_OUT = 124;

/** The names of the tests that failed, those inside others first. */
export const failedTests = ({ said }: Ran): readonly string[] => [
  ...new Set([...said.matchAll(/^ *✖ (.+) \([\d.]+ms\)$/gm)].map(([, name = '']) => name)),
];

/** The words after `node --test` with which a test of a file runs alone. */
export const onlyTest = (name: string, file: string): string =>
  `--test-name-pattern='^${name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll("'", "'\\''")}$' ${file}`;

/** The name of the first test that failed, where it is told. */
export const failedTest = ({ said }: Ran): string | undefined => /✖ (?!failing)([^\n(]+)/.exec(said)?.[1]?.trim();

/** Which test failed; the code, where none is named. */
export function failing(ran: Ran): Words {
  const { exitCode } = ran;
  const test = failedTest(ran);
  if (exitCode === TIMED_OUT) return words('en una hora no termina', 'it does not end within an hour');
  if (test === undefined) return words(`termina con ${exitCode}`, `it ends with ${exitCode}`);
  return words(`falla «${test}»`, `“${test}” fails`);
}

/** The same in short, of a goal that can be judged only then. */
export const waitsForGood = (ran: Ran) =>
  failed({
    expected: words('una suite que pasa con el servicio original', 'a suite that passes on the original service'),
    found: failing(ran),
    where: { command: 'bash test.sh' },
    next: words('Primero eso; después se mira esta meta.', 'That first; then this goal is looked at.'),
  });

export type Refusal = ReturnType<typeof failed>;

/** Takes away what tests have left: in /tmp, and in the folder what is neither theirs nor recorded. */
const TIDIED = `${CLEAN_TMP}
git ls-files -o | grep -vE '^node_modules/|[.]([cm]?js|json|sh)$' | xargs -d '\\n' rm -f`;

/** What node says of something that fails when its test has ended. */
export const LATE = 'asynchronous activity after the test ended';

/** A test that does not wait for what it asks, where node names it. */
function lateIn({ said }: Ran): Refusal | undefined {
  const [, name, file, line] =
    new RegExp(`Test "(.+)" at (?:\\S*/seats/)?(\\S+?):(\\d+):\\d+ generated ${LATE}`).exec(said) ?? [];
  if (name === undefined) return undefined;
  return failed({
    expected: words('cada prueba espera lo que pregunta', 'each test waits for what it asks'),
    found: words(`«${name}» acabó, y algo suyo falló después`, `“${name}” had ended, and something of it failed later`),
    where: { file: `seats/${file}`, line: Number(line) },
    next: words(
      'Falta un `await` delante de una llamada, en una prueba `async`: lo que no se espera no lo comprueba nadie.',
      'An `await` is missing before a call, in an `async` test: what is not waited for is checked by nobody.',
    ),
  });
}

/** What is wrong with tests that fail on the good service. */
export async function failsOnGood(ran: Ran, desk: Desk): Promise<Refusal> {
  const slip = slipIn(ran) ?? lateIn(ran);
  if (slip !== undefined) return slip;
  if (ran.exitCode !== TIMED_OUT && (await byNode(desk, await goodCopy(desk), '', TIDIED)).exitCode === 0)
    return failed({
      expected: words('pasa también la segunda vez', 'it passes the second time as well'),
      found: failing(ran),
      where: { command: 'bash test.sh; bash test.sh' },
      next: words(
        'Una prueba deja algo en `/tmp` o en la carpeta. Cada una recoge lo suyo: `t.after(() => …)`. Borra lo que quedó.',
        'A test leaves something behind, in `/tmp` or in the folder. Each tidies up its own: `t.after(() => …)`. Delete what is left.',
      ),
    });
  return failed({
    expected: words(
      'la suite pasa con el servicio original, el de `origin/main`',
      'the suite passes on the original service, that of `origin/main`',
    ),
    found: failing(ran),
    where: { command: 'bash test.sh' },
    next: whatNext(ran),
  });
}

function whatNext(ran: Ran): Words {
  if (ran.exitCode === TIMED_OUT)
    return words(
      'Una prueba espera algo que nunca llega, o un servicio sigue abierto. Una prueba que lo abre es `async` y usa `await`.',
      'A test waits for something that never comes, or a service is still open. A test that opens one is `async` and uses `await`.',
    );
  const name = failedTest(ran);
  if (name !== undefined && /\.[cm]?js$/.test(name))
    return words(
      `Falla el archivo, no una de sus pruebas: algo se ejecuta fuera de ellas, o falta un \`await\`. \`node --test ${name}\` lo muestra.`,
      `The file fails, and none of its tests: something runs outside them, or an \`await\` is missing. \`node --test ${name}\` shows it.`,
    );
  return words(
    'Lee en el README qué promete el servicio y compáralo con lo que espera esa prueba.',
    'Read in the README what the service promises, and compare it with what that test expects.',
  );
}

/**
 * Why test.sh fails in a folder: the service is not the original there, or the script ends otherwise than the tests, or a test fails.
 * @param place where the folder is named, c1 tells the rest
 */
export async function failsThere(desk: Desk, folder: string, ran: Ran, place?: Words) {
  const good = await goodCopy(desk);
  const file = SERVICE.find((name) => desk.text(`${folder}/${name}`) !== desk.text(`${good}/${name}`));
  if (file !== undefined)
    return failed({
      expected: words('`test.sh` pasa con el servicio original', '`test.sh` passes on the original service'),
      found: words(
        `falla, y ${place?.es ?? 'allí'} \`${file}\` no es el original`,
        `it fails, and ${place?.en ?? 'there'} \`${file}\` is not the original`,
      ),
      where: { file: `seats/${file}` },
      next: words(
        `Recupéralo: \`git restore --source=origin/main ${file}\`. Si estaba en un commit, haz otro y envíalo.`,
        `Bring it back: \`git restore --source=origin/main ${file}\`. If it was in a commit, make another and push it.`,
      ),
    });
  if (place !== undefined) return waitsForGood(ran);
  if ((await byNode(desk, folder)).exitCode !== 0) return failsOnGood(ran, desk);
  return failed({
    expected: words('0 cuando pasan todas las pruebas', '0 when all tests pass'),
    found: words(
      `\`node --test\` pasa, pero \`test.sh\` termina con ${ran.exitCode}`,
      `\`node --test\` passes, but \`test.sh\` ends with ${ran.exitCode}`,
    ),
    where: { file: 'seats/test.sh' },
    next: words(
      'Ejecuta `bash test.sh`, lee lo que dice y busca qué orden decide el código con el que termina.',
      'Run `bash test.sh`, read what it says, and look for the command that decides the code it ends with.',
    ),
  });
}

/** At most three faults, told together. */
export function faultsOf(mutants: readonly Mutant[]): Words {
  const list = (language: 'es' | 'en'): string =>
    mutants
      .slice(0, 3)
      .map(({ fault }) => fault[language])
      .join('; ');
  return words(list('es'), list('en'));
}
