import { type Check, type Desk, failed, passed, type Star, type Verdict } from '../../sandbox/checks/index.ts';
import { artifactOf, besideTheBuild, build, script, secretIn, startsInCleanRoom, words } from './build.ts';

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

interface OwnBuild {
  readonly started: Verdict;
  /** Names in the artifact. */
  readonly names: readonly string[];
  /** A file of it that nobody else should have. */
  readonly secret: string | undefined;
}

/** What the build gives in the learner's folder, as that is. */
const ownBuild = (desk: Desk): Promise<OwnBuild> =>
  desk.once('a build in the own folder', async (copy) => {
    const artifact = artifactOf(await build(copy, '/home/dev/seats'));
    const { stdout } = await copy.run(`tar -tzf ${artifact}`);
    const names = stdout.split('\n').map((name) => name.replace(/^\.\//, ''));
    const secret = names.find((name) => /(^|\/)\.env$|(^|\/)\.git\//.test(name)) ?? (await holdsSecret(copy, artifact));
    return { names, secret, started: await startsInCleanRoom(copy, artifact, words('en `dist`', 'in `dist`')) };
  });

export const startsElsewhere: Check = {
  id: 'd03-c1',
  goal: words(
    'El artefacto arranca en la máquina vacía y /healthz contesta 200',
    'The artifact starts on the empty machine and /healthz answers 200',
  ),
  kind: 'service',
  run: async (desk) => (await ownBuild(desk)).started,
};

export const nothingPrivate: Check = besideTheBuild({
  id: 'd03-c7',
  goal: words(
    'El artefacto no lleva secretos ni la historia de git',
    'The artifact carries no secret and no history of git',
  ),
  kind: 'file',
  async run(desk) {
    const { secret } = await ownBuild(desk);
    if (secret === undefined) return passed;
    return failed({
      expected: words('solo lo que el servicio necesita', 'only what the service needs'),
      found: words(`\`${secret}\` está dentro`, `\`${secret}\` is inside`),
      where: script,
      next: words(
        'Nombra en `tar` lo que entra, en vez de toda la carpeta.',
        'Give `tar` the names of what goes in, instead of the whole folder.',
      ),
    });
  },
});

/** A file of an artifact in which a value of `.env` stands, whatever the file is called. */
async function holdsSecret(desk: Desk, artifact: string): Promise<string | undefined> {
  await desk.run(`mkdir -p /tmp/searched && tar -xzf ${artifact} -C /tmp/searched`);
  return secretIn(desk, '/tmp/searched');
}

export const lean: Star = besideTheBuild({
  id: 'd03-x1',
  star: 'cheaper',
  goal: words(
    'El artefacto no lleva las dependencias de desarrollo',
    'The artifact leaves the development dependencies out',
  ),
  kind: 'file',
  async run(desk) {
    const { started, names } = await ownBuild(desk);
    if (!started.passed)
      return { ...started, expected: words('primero, un artefacto que arranque', 'first, an artifact that starts') };
    const { packages } = desk.json('seats/package-lock.json') as { packages: Record<string, { dev?: boolean }> };
    // Where each file lies from the first `node_modules` on, whatever folder is on top.
    const places = names.map((name) => name.slice(Math.max(0, name.indexOf('node_modules/'))));
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
