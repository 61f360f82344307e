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

/** The desk on which the checks of one judging make their copies, so that what one has asked serves the others. */
export const benchOf = (desk: Desk): Promise<Desk> =>
  desk.once('bench', async (copy) => {
    await onItsBranch(copy);
    return copy;
  });

/** Texts of files, by their names. */
export type Texts = Readonly<Record<string, string>>;

/** The service of each commit of main that was asked for. */
const services = new Map<string, Promise<Texts>>();

/** The booking developers' own service, as they put it on main, whatever was done to it meanwhile. */
async function serviceOf(desk: Desk): Promise<Texts> {
  const origin = await desk.git.origin('seats');
  const main = await origin?.resolve('refs/heads/main');
  if (origin === undefined || main === undefined) throw noRepository('origin/main');
  const read = async (): Promise<Texts> => {
    const commit = (await origin.commits(main)).findLast(({ changed }) => changed.includes('booking.mjs'));
    if (commit === undefined) throw noRepository('booking.mjs');
    const texts = SERVICE.map(async (file) => [file, (await origin.read(commit.id, file)) ?? ''] as const);
    return Object.fromEntries(await Promise.all(texts));
  };
  const service = services.get(main) ?? read();
  services.set(main, service);
  return service;
}

const noRepository = (missing: string) =>
  new CheckStop(
    failed({
      expected: words('`seats` es el repositorio del día', '`seats` is the repository of the day'),
      found: words(`falta \`${missing}\``, `\`${missing}\` is missing`),
      where: { command: 'git log origin/main' },
      next: words('Empieza el día de nuevo.', 'Start the day again.'),
    }),
  );

/** The first file of a folder that is not as the booking developers wrote it. */
async function otherService(desk: Desk, folder: string): Promise<string | undefined> {
  const service = await serviceOf(desk);
  return SERVICE.find((name) => desk.text(`${folder}/${name}`) !== service[name]);
}

/** Whether the service in a folder is the booking developers' own. */
export const isTheirs = async (desk: Desk, folder: string): Promise<boolean> =>
  (await otherService(desk, folder)) === undefined;

/** A copy of the learner's folder with the booking developers' own service in it, or with what is made of it. */
export async function copyOf(desk: Desk, make: (service: Texts) => Texts = (service) => service): Promise<string> {
  const texts = make(await serviceOf(desk));
  let number = 1;
  while (desk.exists(`/tmp/copy-${number}`)) number += 1;
  const folder = `/tmp/copy-${number}/seats`;
  const { exitCode } = await desk.run(
    `mkdir -p /tmp/copy-${number} && cp -r ~/seats ${folder} && cd ${folder} || exit
${writing(texts)}`,
  );
  if (exitCode !== 0) throw noRepository('~/seats');
  return folder;
}

/** The service with faults in it. */
export function withFaults(service: Texts, mutants: readonly Mutant[]): Texts {
  const texts = { ...service };
  for (const { file, from, to } of mutants) texts[file] = replaced(texts, file, from, to);
  return texts;
}

function replaced(texts: Texts, file: string, from: string, to: string): string {
  const text = texts[file] ?? '';
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  return text.replace(from, to);
}

/**
 * The good service in other words: names inside, spaces, a comment, each line in which a fault is put; and in other files, behind doors of
 * the old names. A test that asks what the service does cannot tell it apart; one that looks for some text finds none.
 */
export function rewritten(service: Texts): Texts {
  const texts: Record<string, string> = { ...service };
  const names = { 'booking.mjs': /\bholds\b/g, 'app.mjs': /\banswerOrRefuse\b/g };
  for (const [file, name] of Object.entries(names)) {
    const written = [...six, ...unseen, lostFrom].filter((mutant) => mutant.file === file);
    const text = written.reduce((said, { from, alike }) => said.replace(from, alike), service[file] ?? '');
    const renamed = text.replace(name, 'renamed').replace(/^ +/gm, (spaces) => '\t'.repeat(spaces.length / 2));
    if (!renamed.includes('renamed')) throw new Error(`${file} has no ${name}`);
    // What is done when a file is run itself stays in the file that is run.
    const [inside = '', started] = renamed.split(/^(?=if \(import\.meta\.main\))/m);
    const other = `seats-${file}`;
    texts[other] = `// The same in other words.\n${inside}`;
    const door = started === undefined ? '' : `import { createSeats } from './${other}';\n${started}`;
    texts[file] = `export * from './${other}';\n${door}`;
  }
  return texts;
}

/** A service with other names and texts, of which the README says nothing: of holds, of tickets, of errors. */
export function withOtherNames(service: Texts): Texts {
  let all = service;
  for (const [from, to] of [
    ['`H${', '`hold-${100 + '],
    ['`K${', '`ticket-${500 + '],
    ["'no such trip'", "'we do not know this trip'"],
    ["'no such hold'", "'we do not know this hold'"],
    ["'no seat left'", "'all seats are taken'"],
    ["'sold already'", "'this hold was used'"],
    ["'the hold has expired'", "'ten minutes are over'"],
    ["'not found'", "'nothing here'"],
  ] as const) {
    const entries = Object.entries(all).map(([file, text]) => [file, text.replaceAll(from, to)] as const);
    if (entries.every(([file, text]) => text === all[file])) throw new Error(`no file has ${from}`);
    all = Object.fromEntries(entries);
  }
  return all;
}

/** Commands that write files into the folder in which they run. */
export const writing = (texts: Texts): string =>
  Object.entries(texts)
    .map(([path, text]) => `cat > '${path}' <<'END-OF-FILE'\n${text}END-OF-FILE`)
    .join('\n');

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
export const IN_TMP = "find /tmp -mindepth 1 -maxdepth 1 -not -name 'copy-[0-9]*' -not -name clone -not -name said";
/** Before a run: takes that away. */
export const CLEAN_TMP = `${IN_TMP} -exec rm -rf {} +`;

const FILES = 'find . -path ./.git -prune -o -type f -print';
/** Before each run in a copy: nothing is there that the runs before it have left, so that only the service decides what it says. */
export const ANEW = `${CLEAN_TMP}
if [ ! -e ../files ]; then ${FILES} > ../files; else
  files=$(${FILES})
  [ "$files" = "$(< ../files)" ] || echo "$files" | grep -vxFf ../files | xargs -d '\\n' rm -f
fi`;

async function timed(desk: Desk, folder: string, command: string, before = ''): Promise<Ran> {
  const began = desk.now();
  const { exitCode } = await desk.run(`${before}\ntimeout ${LIMIT_S} ${command} > /tmp/said 2>&1`, { cwd: folder });
  return { exitCode, seconds: (desk.now() - began) / 1000, said: desk.text('/tmp/said') };
}

/** The tests of which node tells that they ended, and how long each took, in ms. */
export const testsOf = ({ said }: Ran): readonly { readonly name: string; readonly ms: number }[] =>
  [...said.matchAll(/^ *[✔✖] (.+) \(([\d.]+)ms\)$/gm)].map(([, name = '', ms]) => ({ name, ms: Number(ms) }));

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
  if (ran.exitCode !== TIMED_OUT && (await byNode(desk, await copyOf(desk), '', TIDIED)).exitCode === 0)
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
  const file = await otherService(desk, folder);
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

/** Faults told together: the first two, and how many more there are. */
export function faultsOf(mutants: readonly Mutant[]): Words {
  const told = mutants.slice(0, 2);
  const more = mutants.length - told.length;
  const list = (language: 'es' | 'en', rest: string): string =>
    `${told.map(({ fault }) => fault[language]).join('; ')}${more === 0 ? '' : ` (${rest})`}`;
  return words(
    list('es', more === 1 ? 'y un error más' : `y ${more} errores más`),
    list('en', more === 1 ? 'and one more fault' : `and ${more} more faults`),
  );
}
