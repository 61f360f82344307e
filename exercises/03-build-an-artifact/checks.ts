import {
  type Check,
  CheckStop,
  type Desk,
  failed,
  passed,
  type Star,
  type Verdict,
  verdictOf,
  type Words,
} from '../../sandbox/checks/index.ts';
import {
  artifactOf,
  besideTheBuild,
  build,
  clone,
  committed,
  OTHER_MACHINE,
  short,
  startsInCleanRoom,
  words,
} from './build.ts';

const BRANCH = 'build/artifact';
const script = { file: 'seats/build.sh' };

/** Long enough for every clock to show another time, one that tells the day alone as well. */
const LATER = 'sleep 26h';

/** Removes what only this machine has: modules above the project, of the home folder or of the system. */
const WITHOUT_GLOBALS =
  'rm -rf ~/node_modules ~/package.json ~/package-lock.json ~/.node_modules /usr/local/lib/node_modules /node_modules';

export const tried: Check = {
  id: 'd03-c5',
  goal: words(
    'Un artefacto de seats se ha probado en la máquina vacía',
    'An artifact of seats has been tried on the empty machine',
  ),
  kind: 'log',
  run(desk) {
    const runs = desk.log.flatMap((entry) => (entry.type === 'CleanroomRan' ? [entry] : []));
    // By what it holds: the file may be called anything, and the first one has no package.json that says whose it is.
    if (runs.some(({ holds }) => holds.split(' ').includes('trips.json'))) return passed;
    const files = runs.map(({ file }) => file).join(', ');
    return failed({
      expected: words('`cleanroom run` con el .tgz de seats', '`cleanroom run` with the .tgz of seats'),
      found: runs.length === 0 ? words('todavía nada', 'nothing yet') : words(`solo: ${files}`, `only: ${files}`),
      where: { command: 'cleanroom run dist/seats.tgz' },
      next: words(
        'En `seats`: `bash build.sh` y luego `cleanroom run dist/seats.tgz`.',
        'In `seats`: `bash build.sh`, then `cleanroom run dist/seats.tgz`.',
      ),
    });
  },
};

export const declared: Check = {
  id: 'd03-c6',
  goal: words(
    'package.json y su lock nombran lo que usa seats, y bastan para arrancarlo en otra carpeta',
    'package.json and its lock name what seats uses, and are enough to start it in another folder',
  ),
  kind: 'service',
  async run(desk) {
    const folder = await committed(desk);
    const { exitCode, stderr } = await desk.run('rm -rf node_modules; npm ci --omit=dev --no-audit', { cwd: folder });
    if (exitCode !== 0) {
      const code = /npm error code (\w+)/.exec(stderr)?.[1] ?? exitCode;
      return failed({
        expected: words('`npm ci` instala lo que dice el lock', '`npm ci` installs what the lock says'),
        found: words(`\`npm ci\` falló: ${code}`, `\`npm ci\` failed: ${code}`),
        where: { file: 'seats/package.json' },
        next: words(
          'Deja que npm escriba los dos archivos: `npm install NOMBRE` en `seats`.',
          'Let npm write both files: `npm install NAME` in `seats`.',
        ),
      });
    }
    const status = await healthOf(desk, folder);
    if (status === 200) return namesLogger(desk);
    if (typeof status !== 'number') return (await onlyForDevelopment(desk, folder)) ?? status;
    return failed({
      expected: words('200', '200'),
      found: words(`${status}`, `${status}`),
      where: { service: 'GET /healthz' },
      next: words('Recupera `/healthz` en `seats/app.mjs`.', 'Bring `/healthz` back in `seats/app.mjs`.'),
    });
  },
};

/** Whether the package that was never declared is: the lock agrees, or `npm ci` would have refused. */
function namesLogger(desk: Desk): Verdict {
  const { dependencies = {} } = desk.json('seats/package.json') as { dependencies?: object };
  if ('bitacora' in dependencies) return passed;
  return failed({
    expected: words('`bitacora` en `dependencies`', '`bitacora` in `dependencies`'),
    found: words(`solo ${Object.keys(dependencies).join(', ')}`, `only ${Object.keys(dependencies).join(', ')}`),
    where: { file: 'seats/package.json' },
    next: words(
      'El servicio escribe su log con ese paquete: si lo quitaste de `app.mjs`, recupéralo con `git restore app.mjs`, y que npm lo declare.',
      'The service writes its log with that package: if you took it out of `app.mjs`, bring it back with `git restore app.mjs`, and let npm declare it.',
    ),
  });
}

/** What `/healthz` of the service in a folder answers, or the verdict that it does not start. */
async function healthOf(desk: Desk, folder: string): Promise<number | Verdict> {
  try {
    const service = await desk.start('node app.mjs', { cwd: folder });
    return (await service.get('/healthz')).status;
  } catch (error) {
    const verdict = verdictOf(error);
    if (verdict !== undefined) return verdict;
    throw error;
  }
}

/** Whether what did not start with `dependencies` alone starts with `devDependencies` as well: then one of these belongs to the others. */
async function onlyForDevelopment(desk: Desk, folder: string): Promise<Verdict | undefined> {
  await desk.run('npm ci --no-audit', { cwd: folder });
  if ((await healthOf(desk, folder)) !== 200) return undefined;
  const { devDependencies = {} } = desk.json('seats/package.json') as { devDependencies?: object };
  const names = Object.keys(devDependencies).join(', ');
  return failed({
    expected: words('seats arranca solo con `dependencies`', 'seats starts with `dependencies` alone'),
    found: words(
      `solo arranca con \`devDependencies\` (${names}), que son para desarrollar`,
      `it starts only with \`devDependencies\` (${names}), which are for development`,
    ),
    where: { file: 'seats/package.json' },
    next: words(
      '`npm install --save-prod NOMBRE` pasa un paquete a `dependencies`.',
      '`npm install --save-prod NAME` moves a package to `dependencies`.',
    ),
  });
}

export const startsElsewhere: Check = {
  id: 'd03-c1',
  goal: words(
    'El artefacto arranca en la máquina vacía y /healthz contesta 200',
    'The artifact starts on the empty machine and /healthz answers 200',
  ),
  kind: 'service',
  async run(desk) {
    const artifact = artifactOf(await build(desk, '/home/dev/seats'));
    return startsInCleanRoom(desk, artifact, words('en `dist`', 'in `dist`'));
  },
};

export const nothingPrivate: Check = besideTheBuild({
  id: 'd03-c7',
  goal: words(
    'El artefacto no lleva secretos ni la historia de git',
    'The artifact carries no secret and no history of git',
  ),
  kind: 'file',
  async run(desk) {
    const artifact = artifactOf(await build(desk, '/home/dev/seats'));
    const { stdout } = await desk.run(`tar -tzf ${artifact}`);
    const names = stdout.split('\n').map((name) => name.replace(/^\.\//, ''));
    const private_ =
      names.find((name) => /(^|\/)\.env$|(^|\/)\.git\//.test(name)) ?? (await holdsSecret(desk, artifact));
    if (private_ === undefined) return passed;
    return failed({
      expected: words('solo lo que el servicio necesita', 'only what the service needs'),
      found: words(`\`${private_}\` está dentro`, `\`${private_}\` is inside`),
      where: script,
      next: words(
        'Nombra en `tar` lo que entra, en vez de toda la carpeta.',
        'Name to `tar` what goes in, instead of the whole folder.',
      ),
    });
  },
});

/** A file of an artifact in which a value of `.env` stands, whatever the file is called. */
async function holdsSecret(desk: Desk, artifact: string): Promise<string | undefined> {
  const secrets = desk.exists('seats/.env') ? [...desk.text('seats/.env').matchAll(/^\w+=(\S{8,})$/gm)] : [];
  if (secrets.length === 0) return undefined;
  const patterns = secrets.map(([, value]) => `-e '${value}'`).join(' ');
  const { stdout } = await desk.run(
    `mkdir -p /tmp/searched && tar -xzf ${artifact} -C /tmp/searched && cd /tmp/searched && grep -rlF ${patterns} . | head -1`,
  );
  return stdout.trim().replace(/^\.\//, '') || undefined;
}

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

export const stopsWhenTheyDisagree: Check = besideTheBuild({
  id: 'd03-c4',
  goal: words(
    'Si el lock y package.json no concuerdan, o si tar falla, build.sh termina con un código distinto de cero',
    'If the lock and package.json disagree, or if tar fails, build.sh ends with a code other than zero',
  ),
  kind: 'command',
  run: async (desk) => stopsAtErrors(desk, await committed(desk)),
});

/** Whether build.sh of a repository ends with an error when tar fails, and when the lock does not fit. The repository is changed. */
async function stopsAtErrors(desk: Desk, folder: string): Promise<Verdict> {
  artifactOf(await build(desk, folder));
  const whenTarFails = await desk.run(`${TAR_FAILS}; bash build.sh; code=$?; unset -f tar; exit $code`, {
    cwd: folder,
  });
  if (whenTarFails.exitCode === 0 && desk.exists('/tmp/tar-failed')) {
    return failed({
      expected: words(
        'un código distinto de 0: aquí, `tar` terminó con 2',
        'a code other than 0: here, `tar` ended with 2',
      ),
      found: words('código 0', 'code 0'),
      where: script,
      next: goesOn(desk),
    });
  }
  const added = `const fs = require('node:fs'); const it = JSON.parse(fs.readFileSync('package.json', 'utf8')); it.dependencies = { ...it.dependencies, 'fecha-clara': '^2.0.0' }; fs.writeFileSync('package.json', JSON.stringify(it, null, 2) + '\\n');`;
  await desk.run(
    `node --input-type=commonjs -e "${added}" && git commit -qam 'Ask for fecha-clara, without its lock'`,
    { cwd: folder },
  );
  const { exitCode, artifacts } = await build(desk, folder);
  if (exitCode !== 0) return passed;
  return failed({
    expected: words(
      'un código distinto de 0: `package.json` pide algo que el lock no tiene',
      'a code other than 0: `package.json` asks for something that the lock lacks',
    ),
    found: words(`código 0 y ${artifacts[0] ?? 'ningún artefacto'}`, `code 0 and ${artifacts[0] ?? 'no artifact'}`),
    where: script,
    next: /^\s*npm (?:install|i)\b/m.test(desk.text('seats/build.sh'))
      ? words(
          '`npm ci` se niega; `npm install` arregla el lock en silencio.',
          '`npm ci` refuses; `npm install` quietly mends the lock.',
        )
      : goesOn(desk),
  });
}

/** A `tar` that does its work and then fails, as GNU tar does when one of the named files is missing; it notes that it was called. */
const TAR_FAILS = `tar() { command tar "$@"; touch /tmp/tar-failed; echo 'tar: Exiting with failure status due to previous errors' >&2; return 2; }; export -f tar`;

/** What to try when a script went on after an error. */
function goesOn(desk: Desk): Words {
  const text = desk.text('seats/build.sh');
  if (/^\s*set\s+-(?:\w*e|o errexit)|\bexit\s*(?:$|[;}])/m.test(text))
    return words(
      'Algo esconde el código: una tubería sin `set -o pipefail`, un `if`, un `||` o un `exit` sin número.',
      'Something hides the code: a pipe without `set -o pipefail`, an `if`, an `||` or an `exit` without a number.',
    );
  return /^#!.*\s-\w*e/.test(text)
    ? words(
        'Con `bash build.sh`, bash no lee el `-e` de la primera línea: escribe `set -e` en la segunda.',
        'With `bash build.sh`, bash does not read the `-e` of the first line: write `set -e` in the second.',
      )
    : words(
        'Un script sigue tras un error si nadie lo para: `set -e`, y `set -o pipefail` si hay una tubería.',
        'A script goes on after an error unless told to stop: `set -e`, and `set -o pipefail` where there is a pipe.',
      );
}

export const shared: Check = {
  id: 'd03-c8',
  goal: words(
    `La rama ${BRANCH} de origin tiene este build sin lo que genera, y da un artefacto que arranca`,
    `The branch ${BRANCH} of origin has this build without what it makes, and gives an artifact that starts`,
  ),
  kind: 'git',
  async run(desk) {
    const origin = await desk.git.origin('seats');
    if ((await origin?.resolve(`refs/heads/${BRANCH}`)) === undefined)
      throw new CheckStop(notPushed(words('no está esa rama', 'there is no such branch')));
    const made = (await origin?.paths(`refs/heads/${BRANCH}`))?.find((path) => /^dist\/|\.(tgz|tar\.gz)$/.test(path));
    if (made !== undefined) return holdsWhatIsMade(made);
    const source = await clone(desk, 'https://git.ventarela.test/seats.git', 'origin', BRANCH);
    const verdict = await orVerdict(() => startsFrom(desk, source));
    const { stdout: status } = await desk.run('git status --short', { cwd: source });
    const { stdout: differing } = await desk.run(`git fetch -q origin ${BRANCH} && git diff --name-only FETCH_HEAD`, {
      cwd: 'seats',
    });
    // What is pushed as it stands here is judged by the other checks. What the build itself rewrites differs by that.
    const others = differing.split('\n').filter((path) => path !== '' && !status.includes(` ${path}\n`));
    if (others.length > 0) {
      const names = others.slice(0, 4).join(', ');
      return notPushed(words(`no es como aquí: ${names}`, `this is not as here: ${names}`));
    }
    if (!verdict.passed) {
      const { es, en } = verdict.found;
      return { ...notPushed(words(firstOf(es), firstOf(en))), next: isItTheBuild };
    }
    const [change] = status.trimEnd().split('\n');
    return change ? leavesChanges(change) : passed;
  },
};

async function startsFrom(desk: Desk, source: string): Promise<Verdict> {
  return startsInCleanRoom(desk, artifactOf(await build(desk, source)), words(`en ${BRANCH}`, `on ${BRANCH}`));
}

/** What was found, without what was said: another goal tells that in full. */
const firstOf = (found: string): string => found.split(';')[0] ?? '';

/** A verdict, also where the judging stops with one. */
async function orVerdict(judge: () => Promise<Verdict>): Promise<Verdict> {
  try {
    return await judge();
  } catch (error) {
    const verdict = verdictOf(error);
    if (verdict !== undefined) return verdict;
    throw error;
  }
}

const isItTheBuild = words(
  'Si falla también la primera meta de este paso, empieza por ella. Si no, mira `git status`: algo falta en el commit.',
  'If the first goal of this step fails too, begin there. If not, look at `git status`: something is missing from the commit.',
);

function notPushed(found: Words) {
  return failed({
    expected: words(
      `en origin, \`${BRANCH}\` con todo lo que el build necesita`,
      `on origin, \`${BRANCH}\` with all that the build needs`,
    ),
    found: words(`en origin, ${found.es}`, `on origin, ${found.en}`),
    where: { command: `git push origin ${BRANCH}` },
    next: words(
      'Mira `git status`: ¿están en el commit `build.sh`, `package.json` y `package-lock.json`? Después, `git push`.',
      'Look at `git status`: are `build.sh`, `package.json` and `package-lock.json` in the commit? Then `git push`.',
    ),
  });
}

function holdsWhatIsMade(path: string) {
  const top = path.startsWith('dist/') ? 'dist' : path;
  return failed({
    expected: words(
      `en \`${BRANCH}\`, solo aquello de lo que sale el artefacto`,
      `on \`${BRANCH}\`, only what the artifact is made from`,
    ),
    found: words(`el commit lleva \`${path}\``, `the commit holds \`${path}\``),
    where: { file: 'seats/.gitignore' },
    next: words(
      `Escribe \`dist/\` en \`.gitignore\`, sácalo con \`git rm -r --cached ${top}\`, haz otro commit y envíalo.`,
      `Write \`dist/\` into \`.gitignore\`, take it out with \`git rm -r --cached ${top}\`, make another commit and push it.`,
    ),
  });
}

function leavesChanges(change: string) {
  return failed({
    expected: words('después del build, `git status` no muestra nada', 'after the build, `git status` shows nothing'),
    found: words(`en un clon muestra \`${change.trim()}\``, `in a clone it shows \`${change.trim()}\``),
    where: { file: 'seats/.gitignore' },
    next: words(
      'Lo que genera el build se nombra en `.gitignore`. Si ya está en un commit, sácalo: `git rm --cached NOMBRE`.',
      'What the build makes is named in `.gitignore`. If a commit holds it already, take it out: `git rm --cached NAME`.',
    ),
  });
}

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

export const lean: Star = besideTheBuild({
  id: 'd03-x1',
  star: 'cheaper',
  goal: words(
    'El artefacto no lleva las dependencias de desarrollo',
    'The artifact leaves the development dependencies out',
  ),
  kind: 'file',
  async run(desk) {
    const artifact = artifactOf(await build(desk, '/home/dev/seats'));
    const started = await startsInCleanRoom(desk, artifact, words('en `dist`', 'in `dist`'));
    if (!started.passed) return started;
    const { stdout } = await desk.run(`tar -tzf ${artifact}`);
    const { packages } = desk.json('seats/package-lock.json') as { packages: Record<string, { dev?: boolean }> };
    // Where each file lies from the first `node_modules` on, whatever folder is on top.
    const places = stdout.split('\n').map((name) => name.slice(Math.max(0, name.indexOf('node_modules/'))));
    const inside = Object.keys(packages).find(
      (place) => packages[place]?.dev && places.some((name) => name.startsWith(`${place}/`)),
    );
    if (inside === undefined) return passed;
    return failed({
      expected: words('solo lo que hace falta para ejecutar', 'only what is needed to run'),
      found: words(
        `\`${inside}\`, que el lock marca como de desarrollo`,
        `\`${inside}\`, which the lock marks as for development`,
      ),
      where: script,
      next: words(
        '`npm ci` tiene una opción para omitirlas: mira `npm ci --help`.',
        '`npm ci` has an option to omit them: see `npm ci --help`.',
      ),
    });
  },
});
