import { type Check, type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import {
  artifactOf,
  build,
  clone,
  commitAll,
  committed,
  contentsOf,
  OTHER_MACHINE,
  OTHER_OWNER,
  pathIn,
  script,
  short,
  startsInCleanRoom,
  words,
} from './build.ts';

/** Long enough for every clock to show another time, one that tells the day alone as well. */
const LATER = 'sleep 26h';

/** Removes what only this machine has: modules above the project, of the home folder or of the system. */
const WITHOUT_GLOBALS =
  'rm -rf ~/node_modules ~/package.json ~/package-lock.json ~/.node_modules /usr/local/lib/node_modules /node_modules';

async function headOf(desk: Desk, folder: string): Promise<string> {
  return (await desk.run('git rev-parse HEAD', { cwd: folder })).stdout.trim();
}

/** Whether a file name says which commit it was made from. */
function namesCommit(artifact: string, commit: string): boolean {
  const id = /^seats-([0-9a-f]{7,40})\.(?:tgz|tar\.gz)$/.exec(artifact.slice(artifact.lastIndexOf('/') + 1))?.[1];
  return id !== undefined && commit.startsWith(id);
}

interface CleanBuild {
  readonly contents: readonly string[];
  readonly sum: string;
  /** That of the archive before gzip. */
  readonly unpacked: string;
}

/** What a clone of the learner's work gives now. */
const cleanBuild = (desk: Desk): Promise<CleanBuild> =>
  desk.once('a build in a clean clone', async (copy) => {
    const artifact = artifactOf(await build(copy, await clone(copy, await committed(copy), 'monday')));
    return { contents: await contentsOf(copy, artifact, 'monday'), ...(await sumsOf(copy, artifact)) };
  });

/** What another person's machine gives for the same commit a day later. */
interface LaterBuild extends CleanBuild {
  /** Each artifact with the commit that it was made from: this one, and one more. */
  readonly named: readonly (readonly [artifact: string, commit: string])[];
}

const laterBuild = (desk: Desk): Promise<LaterBuild> =>
  desk.once('a build of another person, a day later', async (copy) => {
    const source = await committed(copy);
    await copy.run(`${LATER}\n${OTHER_MACHINE}\n${OTHER_OWNER}`);
    const folder = await clone(copy, source, 'tuesday');
    // On another branch: nothing may depend on what some branch is called, or points to.
    await copy.run('git switch -q -c elsewhere', { cwd: folder });
    const artifact = artifactOf(await build(copy, folder));
    const sums = await sumsOf(copy, artifact);
    await copy.run('unset TAR_OPTIONS');
    const contents = await contentsOf(copy, artifact, 'tuesday');
    await copy.run('git commit -q --allow-empty -m "Another commit"', { cwd: folder });
    const next = artifactOf(await build(copy, folder));
    const named = [[artifact, await headOf(copy, source)] as const, [next, await headOf(copy, folder)] as const];
    return { contents, ...sums, named };
  });

async function sumsOf(desk: Desk, artifact: string): Promise<Pick<CleanBuild, 'sum' | 'unpacked'>> {
  const { stdout } = await desk.run(`sha256sum ${artifact}; gzip -dc ${artifact} | sha256sum`);
  const [sum = '', unpacked = ''] = stdout.split('\n').map((line) => line.slice(0, 12));
  return { sum, unpacked };
}

export const sameAgain: Check = {
  id: 'd03-c3',
  goal: words(
    'El mismo commit da los mismos archivos; cada commit, un nombre con su id',
    'The same commit gives the same files; each commit a name with its id',
  ),
  kind: 'command',
  run: givesTheSame,
};

/** Whether builds of one commit give the same files, and each commit a name of its own. */
async function givesTheSame(desk: Desk): Promise<Verdict> {
  const { contents: before } = await cleanBuild(desk);
  const { contents: after, named } = await laterBuild(desk);
  const differs = [
    ...before.filter((line) => !after.includes(line)),
    ...after.filter((line) => !before.includes(line)),
  ];
  if (differs.length > 0) {
    const files = [...new Set(differs.map(pathIn))];
    return failed({
      expected: words(
        'dos builds del mismo commit con los mismos archivos',
        'two builds of one commit with the same files',
      ),
      found: words(
        `un día después, en otra máquina, cambia: ${files.slice(0, 3).join(' ')}`,
        `a day later, on another machine, this differs: ${files.slice(0, 3).join(' ')}`,
      ),
      where: script,
      next: words(
        'Quita lo que depende de la hora, de la máquina, de la persona o de la rama.',
        'Take out what depends on the time, the machine, the person or the branch.',
      ),
    });
  }
  const wrong = named.find(([artifact, commit]) => !namesCommit(artifact, commit));
  if (wrong === undefined) return passed;
  const [artifact, commit] = wrong;
  return failed({
    expected: words(
      `\`dist/seats-${commit.slice(0, 7)}.tgz\` para el commit ${commit.slice(0, 7)}`,
      `\`dist/seats-${commit.slice(0, 7)}.tgz\` for commit ${commit.slice(0, 7)}`,
    ),
    found: words(
      `\`dist/${artifact.slice(artifact.lastIndexOf('/') + 1)}\``,
      `\`dist/${artifact.slice(artifact.lastIndexOf('/') + 1)}\``,
    ),
    where: script,
    next: toName(artifact, commit),
  });
}

/** What is to change in a name that does not tell the commit. */
function toName(artifact: string, commit: string): Words {
  const told = /(?:^|[-_.])([0-9a-f]{4,40})(?=[-_.])/.exec(artifact.slice(artifact.lastIndexOf('/') + 1))?.[1] ?? '';
  if (told === '' || !commit.startsWith(told))
    return words('`git rev-parse --short HEAD` dice el id corto.', '`git rev-parse --short HEAD` tells the short id.');
  return told.length < 7
    ? words(
        'Ese id es demasiado corto: hacen falta siete cifras, las que da `git rev-parse --short HEAD`.',
        'That id is too short: seven digits are needed, as `git rev-parse --short HEAD` gives them.',
      )
    : words(
        'El id está, pero sobra algo: deja solo `seats-`, el id y `.tgz`.',
        'The id is there, and something more: leave only `seats-`, the id and `.tgz`.',
      );
}

export const withoutGlobals: Check = {
  id: 'd03-c2',
  goal: words(
    'Un clon limpio, sin los módulos ni los restos que solo hay en esta máquina, da el mismo artefacto, y arranca',
    'A clean clone, without the modules and remains that only this machine has, gives the same artifact, and it starts',
  ),
  kind: 'service',
  async run(desk) {
    const { folder: mineAt, tracked } = await withStrays(desk);
    const mine = await contentsOf(desk, artifactOf(await build(desk, mineAt, 'seats-0000000.tgz')), 'here');
    const folder = await clone(desk, mineAt, 'colleague');
    await desk.run(WITHOUT_GLOBALS);
    const built = await build(desk, folder);
    if (built.exitCode !== 0 || built.artifacts.length !== 1) {
      return failed({
        expected: words('`build.sh` funciona en un clon limpio', '`build.sh` works in a clean clone'),
        found: words(
          `código ${built.exitCode}; dijo: ${short(built.said)}`,
          `code ${built.exitCode}; it said: ${short(built.said)}`,
        ),
        where: script,
        next: tracked.includes('package-lock.json') ? nothingFromHome : lockIsIgnored,
      });
    }
    const elsewhere = artifactOf(built);
    const theirs = await contentsOf(desk, elsewhere, 'colleague');
    const packages = mine.find((line) => line.includes('/node_modules/') && !theirs.includes(line));
    if (packages !== undefined) {
      const file = pathIn(packages);
      return failed({
        expected: words(
          'con `~/node_modules` y sin él, los mismos paquetes en el artefacto',
          'with `~/node_modules` and without it, the same packages in the artifact',
        ),
        found: words(`cambia \`${file}\``, `\`${file}\` differs`),
        where: script,
        next: nothingFromHome,
      });
    }
    const own = mine.find((line) => isOwn(line, theirs, tracked));
    if (own !== undefined) {
      const file = pathIn(own);
      return failed({
        expected: words(
          'en una carpeta con notas y restos que git no guarda, los mismos archivos que en un clon limpio',
          'in a folder with notes and remains that git does not hold, the same files as in a clean clone',
        ),
        found: words(`\`${file}\` no es como en el clon`, `\`${file}\` is not as in the clone`),
        where: script,
        next: words(
          'Nombra en `tar` cada archivo que entra: `*` y `.` se llevan todo lo que haya.',
          'Give `tar` the name of each file that goes in: `*` and `.` take whatever lies there.',
        ),
      });
    }
    return startsInCleanRoom(desk, elsewhere, words('en un clon limpio', 'from a clean clone'));
  },
};

/**
 * The learner's folder itself, its work as a commit, with what lies about where a person works: notes, settings. Git ignores these, so
 * that a script that asks for a clean `git status` has it. Without `.env` and `node_modules`: other goals look at them.
 */
async function withStrays(desk: Desk): Promise<{ readonly folder: string; readonly tracked: readonly string[] }> {
  const folder = '/home/dev/seats';
  await commitAll(desk, folder);
  const { stdout } = await desk.run(
    `printf '%s\\n' /local.json /draft.mjs /notes.tmp /dist/ >> .git/info/exclude
echo '{}' > local.json; echo '// Not yet.' > draft.mjs; echo 'Call Nora' > notes.tmp; rm -rf .env node_modules
git ls-files`,
    { cwd: folder },
  );
  return { folder, tracked: stdout.trim().split('\n') };
}

/** Whether a line of an artifact's contents is there because of what only that folder has. What the clock changes is another goal's. */
function isOwn(line: string, others: readonly string[], tracked: readonly string[]): boolean {
  if (others.includes(line)) return false;
  const path = pathIn(line);
  return !others.some((other) => pathIn(other) === path) || tracked.some((name) => `/${path}`.endsWith(`/${name}`));
}

const nothingFromHome = words(
  'Todo debe salir del repositorio y del registro de npm, nada de tu carpeta personal.',
  'All must come from the repository and the registry of npm, nothing from your home folder.',
);

const lockIsIgnored = words(
  '`package-lock.json` no está en el repositorio: quítalo de `.gitignore` y guárdalo en un commit.',
  '`package-lock.json` is not in the repository: take it out of `.gitignore`, and commit it.',
);

export const sameBytes: Check = {
  id: 'd03-c9',
  goal: words(
    'Dos builds del mismo commit, a otra hora y de otra persona, tienen la misma suma SHA-256',
    'Two builds of one commit, at another time and by another person, have the same SHA-256',
  ),
  kind: 'command',
  async run(desk) {
    const { sum: one, ...monday } = await cleanBuild(desk);
    const { sum: two, ...tuesday } = await laterBuild(desk);
    if (one !== '' && one === two) return passed;
    return failed({
      expected: words('la misma suma dos veces', 'the same sum twice'),
      found: words(
        `${one}… y, un día después, en el equipo de otra persona, ${two}…`,
        `${one}… and, a day later, on another person's machine, ${two}…`,
      ),
      where: script,
      next:
        monday.unpacked === tuesday.unpacked
          ? words(
              'Dentro, los dos son iguales: solo cambia la cabecera de gzip, que guarda el nombre y la hora del archivo. `gzip -n` no los guarda.',
              'Inside, both are equal: only the header of gzip differs, which keeps the name and the time of the file. `gzip -n` leaves them out.',
            )
          : monday.contents.join() === tuesday.contents.join()
            ? words(
                '¿Qué dice `tar -tvzf` de fecha, dueño y orden? Cada disco tiene su orden de nombres. Busca en `tar --help` cómo fijarlos.',
                'What does `tar -tvzf` say of date, owner and order? Each disk has its own order of names. Look in `tar --help` for how to fix them.',
              )
            : words(
                'Dentro hay archivos distintos: la meta del paso 4 dice cuáles.',
                'There are different files inside: the goal of step 4 says which.',
              ),
    });
  },
};
