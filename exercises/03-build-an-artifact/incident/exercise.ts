import { type Chance, type Check, type Exercise, passed, pick } from '../../../sandbox/checks/index.ts';
import { artifactOf, build, startsInCleanRoom, words } from '../build.ts';
import { declared } from '../dependency-checks.ts';

/** What somebody changed in a hurry: a range that the lock does not fit, or one thing less in the artifact. */
function broken(chance: Chance): string {
  const change = pick(chance, [
    'npm pkg set dependencies.bitacora=~1.0.0',
    `sed -i 's/ trips.json / /' build.sh`,
    `sed -i 's/ package.json node_modules$/ package.json/' build.sh`,
  ]);
  return `cd seats && ${change} && git commit -qam 'Tidy up'`;
}

const buildsAgain: Check = {
  id: 'd03-i1-c1',
  kind: 'service',
  goal: words(
    'package.json y su lock están de acuerdo, y build.sh da un artefacto que arranca en la máquina vacía',
    'package.json and its lock agree, and build.sh gives an artifact that starts on the empty machine',
  ),
  async run(desk) {
    const artifact = artifactOf(await build(desk, '/home/dev/seats'));
    const started = await startsInCleanRoom(desk, artifact, words('en `dist`', 'in `dist`'));
    if (!started.passed) return started;
    const agreed = await declared.run(desk);
    return agreed.passed ? passed : agreed;
  },
};

export const exercise: Exercise = {
  id: 'd03-i1',
  seed: 'ventarela-day-3-incident',
  seeds: 6,
  title: words('El artefacto ya no arranca', 'The artifact no longer starts'),
  stateFrom: 'd03',
  setup: broken,
  opens: 'seats/build.sh',
  steps: [
    {
      id: 'd03-i1-s1',
      kind: 'challenge',
      title: words('Haz que vuelva a arrancar', 'Make it start again'),
      task: words(
        'Alguien «ordenó un poco» en `seats` y se fue. Desde entonces no sale de `build.sh` ningún artefacto que arranque en una máquina vacía. Encuentra qué cambió y corrige la causa.',
        'Somebody “tidied up a little” in `seats` and left. Since then no artifact comes out of `build.sh` that starts on an empty machine. Find what changed and fix the cause.',
      ),
      checks: [buildsAgain],
      files: ['seats/build.sh', 'seats/package.json'],
      hints: [
        words('«Una máquina vacía», en el día 3.', '“An empty machine”, in day 3.'),
        words(
          '`git show` enseña el último commit. `bash build.sh` y `cleanroom run dist/*.tgz` dicen dónde se para.',
          '`git show` shows the last commit. `bash build.sh` and `cleanroom run dist/*.tgz` say where it stops.',
        ),
        words(
          'Si falta algo en el artefacto: la línea de `tar`. Si `npm ci` se niega: `npm ____` pone de acuerdo los dos archivos.',
          'If something is missing from the artifact: the line with `tar`. If `npm ci` refuses: `npm ____` makes the two files agree.',
        ),
      ],
      reason: words(
        'La máquina vacía solo tiene lo que lleva el artefacto, y `npm ci` se niega cuando los dos archivos se contradicen. Los dos avisos llegan antes que el cliente.',
        'The empty machine has only what the artifact carries, and `npm ci` refuses when the two files contradict each other. Both warn you before a customer does.',
      ),
    },
  ],
  wrong: { 'packed-by-hand': 'd03-i1-c1', 'went-on-after-the-error': 'd03-i1-c1' },
};
