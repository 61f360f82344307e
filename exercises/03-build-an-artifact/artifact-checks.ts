import { type Check, type Desk, failed, passed, type Star } from '../../sandbox/checks/index.ts';
import { artifactOf, besideTheBuild, build, script, startsInCleanRoom, words } from './build.ts';

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
