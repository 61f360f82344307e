import { type Check, type Desk, failed, passed, type Verdict } from '../../sandbox/checks/index.ts';
import {
  artifactOf,
  build,
  clone,
  committed,
  OTHER_MACHINE,
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

/** Names, kinds and contents of all that an artifact holds, a line each. */
async function contentsOf(desk: Desk, artifact: string, name: string): Promise<readonly string[]> {
  const folder = `/tmp/unpacked/${name}`;
  const { stdout } = await desk.run(
    `mkdir -p ${folder} && tar -xzf ${artifact} -C ${folder} && cd ${folder} && find . -type d | sort && find . -type f | sort | xargs sha256sum`,
  );
  return stdout.trim().split('\n');
}

async function headOf(desk: Desk, folder: string): Promise<string> {
  return (await desk.run('git rev-parse HEAD', { cwd: folder })).stdout.trim();
}

/** Whether a file name says which commit it was made from. */
function namesCommit(artifact: string, commit: string): boolean {
  const id = /^seats-([0-9a-f]{7,40})\.(?:tgz|tar\.gz)$/.exec(artifact.slice(artifact.lastIndexOf('/') + 1))?.[1];
  return id !== undefined && commit.startsWith(id);
}

export const sameAgain: Check = {
  id: 'd03-c3',
  goal: words(
    'El mismo commit da los mismos archivos; cada commit, un nombre con su id',
    'The same commit gives the same files; each commit a name with its id',
  ),
  kind: 'command',
  run: async (desk) => givesTheSame(desk, await committed(desk)),
};

/** Whether builds of one commit of a repository give the same files, and each commit a name of its own. */
async function givesTheSame(desk: Desk, source: string): Promise<Verdict> {
  const first = artifactOf(await build(desk, await clone(desk, source, 'monday')));
  await desk.run(`${LATER}; ${OTHER_MACHINE}`);
  const other = await clone(desk, source, 'tuesday');
  const second = artifactOf(await build(desk, other));
  const [before, after] = [await contentsOf(desk, first, 'first'), await contentsOf(desk, second, 'second')];
  const differs = [
    ...before.filter((line) => !after.includes(line)),
    ...after.filter((line) => !before.includes(line)),
  ];
  if (differs.length > 0) {
    const files = [...new Set(differs.map((line) => line.replace(/^[0-9a-f]{64} [ *]/, '')))];
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
        'Quita lo que depende de la hora o de la máquina.',
        'Take out what depends on the time or on the machine.',
      ),
    });
  }
  // On another branch: the name is that of what was built, and not of what some branch points to.
  await desk.run('git switch -q -c elsewhere && git commit -q --allow-empty -m "Another commit"', { cwd: other });
  const third = artifactOf(await build(desk, other));
  const wrong = [
    [second, await headOf(desk, source)],
    [third, await headOf(desk, other)],
  ].find(([artifact = '', commit = '']) => !namesCommit(artifact, commit));
  if (wrong === undefined) return passed;
  const [artifact = '', commit = ''] = wrong;
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
    next: words('`git rev-parse --short HEAD` dice el id corto.', '`git rev-parse --short HEAD` tells the short id.'),
  });
}

export const withoutGlobals: Check = {
  id: 'd03-c2',
  goal: words(
    'Sin los módulos que solo tiene esta máquina, un clon limpio da el mismo artefacto, y arranca',
    'Without the modules that only this machine has, a clean clone gives the same artifact, and it starts',
  ),
  kind: 'service',
  async run(desk) {
    const source = await committed(desk);
    const here = artifactOf(await build(desk, await clone(desk, source, 'here')));
    const folder = await clone(desk, source, 'colleague');
    await desk.run(WITHOUT_GLOBALS);
    const built = await build(desk, folder);
    if (built.exitCode !== 0 || built.artifacts.length !== 1) {
      return failed({
        expected: words('`build.sh` funciona sin `~/node_modules`', '`build.sh` works without `~/node_modules`'),
        found: words(
          `código ${built.exitCode}; dijo: ${short(built.said)}`,
          `code ${built.exitCode}; it said: ${short(built.said)}`,
        ),
        where: script,
        next: nothingFromHome,
      });
    }
    const elsewhere = artifactOf(built);
    const [mine, theirs] = [await contentsOf(desk, here, 'here'), await contentsOf(desk, elsewhere, 'colleague')];
    // What the clock changes is another check's.
    const differs = mine.find((line) => line.includes('/node_modules/') && !theirs.includes(line));
    if (differs !== undefined) {
      const file = differs.replace(/^([0-9a-f]{64} [ *])?\.\//, '');
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
    return startsInCleanRoom(desk, elsewhere, words('en un clon limpio', 'from a clean clone'));
  },
};

const nothingFromHome = words(
  'Todo debe salir del repositorio y del registro de npm, nada de tu carpeta personal.',
  'All must come from the repository and the registry of npm, nothing from your home folder.',
);

export const sameBytes: Check = {
  id: 'd03-c9',
  goal: words(
    'Dos builds del mismo commit, en otra carpeta y a otra hora, tienen la misma suma SHA-256',
    'Two builds of one commit, in another folder at another time, have the same SHA-256',
  ),
  kind: 'command',
  async run(desk) {
    const source = await committed(desk);
    const first = artifactOf(await build(desk, await clone(desk, source, 'here')));
    await desk.run(LATER);
    const second = artifactOf(await build(desk, await clone(desk, source, 'there')));
    const { stdout } = await desk.run(`sha256sum ${first} ${second} | cut -c 1-12`);
    const [one = '', two = ''] = stdout.trim().split('\n');
    if (one !== '' && one === two) return passed;
    return failed({
      expected: words('la misma suma dos veces', 'the same sum twice'),
      found: words(`${one}… y, un día después, ${two}…`, `${one}… and, a day later, ${two}…`),
      where: script,
      next: words(
        'Compara con `tar -tvzf`: ¿qué columna cambia? Busca en `tar --help` cómo fijarla.',
        'Compare with `tar -tvzf`: which column differs? Look in `tar --help` for how to fix it.',
      ),
    });
  },
};
