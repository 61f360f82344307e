import type { Exercise } from '../../sandbox/checks/index.ts';
import { lean, nothingPrivate, startsElsewhere, tried } from './artifact-checks.ts';
import { words } from './build.ts';
import { declared, stopsWhenTheyDisagree } from './dependency-checks.ts';
import { shared } from './pushed-check.ts';
import { sameAgain, sameBytes, withoutGlobals } from './same-again-checks.ts';

// Chance has no part in this day. The day between two builds in the checks is there so that any clock shows another time.
export const exercise: Exercise = {
  id: 'd03',
  seed: 'ventarela-day-3',
  title: {
    es: 'Build: del código a algo que se puede entregar',
    en: 'Build: from source to something you can hand over',
  },
  stateFrom: 'd02',
  opens: 'seats/build.sh',
  // The booking developers merged yesterday's branches, began a build on a branch of their own, and somebody once ran
  // `npm install bitacora` one folder too high: its module is found from every project of this machine, and declared by none.
  setup: `
set -e
forge person dev-booking 'Desarrollo de reservas' reservas@ventarela.test
cp -r ~/seats /tmp/theirs
forge as dev-booking 'set -e
cd /tmp && git clone -q https://git.ventarela.test/seats.git work && cd work
git merge -q --no-edit origin/chore/ignore-secrets && git merge -q --no-edit origin/fix/from-filter && git push -q origin main
git switch -q -c build/artifact
cp ../theirs/app.mjs ../theirs/package.json ../theirs/README.md . && npm install --silent && git add app.mjs package.json package-lock.json README.md
git commit -q -m "Route requests and log them"
cp ../theirs/build.sh . && git add build.sh && git commit -q -m "Begin a build script"
git push -q origin build/artifact'
cd ~
npm install --silent bitacora@1.1.0
cd seats
git fetch -q
git switch -q -f main
git reset -q --hard origin/main
git clean -fdq
git switch -q build/artifact
npm ci --silent
cd ../panel
npm install --silent
rm -rf /tmp/theirs /tmp/work`,
  steps: [
    {
      id: 'd03-s1',
      title: words('En tu máquina sí; en otra, no', 'Here it works; elsewhere it does not'),
      kind: 'run',
      task: words(
        'Entra en `seats` y arranca el servicio (`node app.mjs &`): funciona. Detenlo con `kill %1`. Ahora haz el artefacto con `bash build.sh` y pruébalo en una máquina vacía: `cleanroom run dist/seats.tgz`. Lee el error entero. ¿Qué paquete nombra? Node se detiene en el primero que le falta.',
        'Go into `seats` and start the service (`node app.mjs &`): it works. Stop it with `kill %1`. Now make the artifact with `bash build.sh` and try it on an empty machine: `cleanroom run dist/seats.tgz`. Read the whole error. Which package does it name? Node stops at the first one that is missing.',
      ),
      checks: [tried],
      files: ['seats/build.sh', 'seats/app.mjs'],
      hints: [
        words('Lee «Una máquina vacía» en la lección.', 'Read “An empty machine” in the lesson.'),
        words(
          'El artefacto está en `seats/dist`. Si `cleanroom` no puede leerlo, mira dónde estás con `pwd`.',
          'The artifact is in `seats/dist`. If `cleanroom` cannot read it, see where you are with `pwd`.',
        ),
        words(
          '`cd ~/seats`, `bash ____`, `cleanroom run dist/____`',
          '`cd ~/seats`, `bash ____`, `cleanroom run dist/____`',
        ),
      ],
      reason: words(
        'La máquina vacía solo tiene lo que lleva el artefacto. Lo que falta en él aparece aquí, y no en producción.',
        'The empty machine has only what the artifact carries. What it lacks shows here, and not in production.',
      ),
    },
    {
      id: 'd03-s2',
      title: words('Declara lo que usas', 'Declare what you use'),
      kind: 'change',
      task: words(
        '`app.mjs` usa un paquete que `package.json` no nombra. Está en `~/node_modules`, una carpeta por encima del proyecto, y por eso aquí funciona. Haz que npm lo declare: deben cambiar `package.json` y `package-lock.json`. npm trae la versión más nueva, que escribe `info` donde la anterior escribía `INFO`: también vale.',
        '`app.mjs` uses a package that `package.json` does not name. It is in `~/node_modules`, one folder above the project, which is why it works here. Make npm declare it: both `package.json` and `package-lock.json` must change. npm brings the newest version, which writes `info` where the other wrote `INFO`: that will do.',
      ),
      checks: [declared],
      files: ['seats/package.json', 'seats/app.mjs'],
      hints: [
        words(
          'Lee «Dependencias: lo que pides y lo que recibes».',
          'Read “Dependencies: what you ask for and what you get”.',
        ),
        words(
          'Compara las líneas `import` de `app.mjs` con `dependencies` de `package.json`.',
          'Compare the `import` lines of `app.mjs` with `dependencies` in `package.json`.',
        ),
        words('En `seats`: `npm install ____`', 'In `seats`: `npm install ____`'),
      ],
      reason: words(
        '`npm install NOMBRE` apunta el rango en `package.json` y la versión exacta en el lock. Toma la más nueva: aquí 2.0.0, cuando tu carpeta tenía 1.1.0. Quien quiera la de antes escribe `NOMBRE@1`.',
        '`npm install NAME` writes the range into `package.json` and the exact version into the lock. It takes the newest: here 2.0.0, where your home folder had 1.1.0. Whoever wants the one from before types `NAME@1`.',
      ),
    },
    {
      id: 'd03-s3',
      title: words('Un artefacto completo', 'A whole artifact'),
      kind: 'fill',
      task: words(
        '`cleanroom` da todavía el mismo error: el paquete está declarado, pero no empaquetado. Completa `build.sh`: el artefacto debe llevar todo lo que el servicio necesita para arrancar, también sus paquetes, y nada privado: ni secretos ni la historia de git. Pruébalo con `cleanroom run` hasta que `/healthz` conteste 200.',
        '`cleanroom` still gives the same error: the package is declared, but not packed. Complete `build.sh`: the artifact must carry all that the service needs to start, its packages too, and nothing private: no secrets, no history of git. Try it with `cleanroom run` until `/healthz` answers 200.',
      ),
      checks: [startsElsewhere, nothingPrivate],
      files: ['seats/build.sh'],
      hints: [
        words(
          'La máquina vacía solo desempaqueta y arranca. No tiene red: ahí npm no puede descargar nada.',
          'The empty machine only unpacks and starts. It has no network: npm can download nothing there.',
        ),
        words(
          '`tar -tzf dist/*.tgz` enseña lo que lleva. ¿Qué falta de lo que importa `app.mjs`?',
          '`tar -tzf dist/*.tgz` shows what it carries. What is missing of the things that `app.mjs` imports?',
        ),
        words(
          '`tar -czf dist/seats.tgz app.mjs trips.json package.json ____`',
          '`tar -czf dist/seats.tgz app.mjs trips.json package.json ____`',
        ),
      ],
      reason: words(
        'Se nombra lo que entra. Así `.env` y `.git` se quedan fuera aunque nadie se acuerde de ellos.',
        'What goes in is named. So `.env` and `.git` stay out even when nobody thinks of them.',
      ),
    },
    {
      id: 'd03-s4',
      title: words('Mismo commit, mismos archivos', 'Same commit, same files'),
      kind: 'fill',
      task: words(
        'Cambia el nombre a `dist/seats-ID.tgz`, donde ID es el id corto del commit (uno más largo también vale). Hasta que guardes tu trabajo, en el paso 5, es el del commit anterior. Y quita del artefacto lo que cambia sin que cambie el código: dos builds del mismo commit deben llevar los mismos archivos.',
        'Change the name to `dist/seats-ID.tgz`, where ID is the short id of the commit (a longer one will do). Until you commit your work, in step 5, it is that of the commit before. And take out of the artifact what changes though the code does not: two builds of one commit must carry the same files.',
      ),
      checks: [sameAgain],
      files: ['seats/build.sh'],
      hints: [
        words('Lee «Un build es una función».', 'Read “A build is a function”.'),
        words(
          '`$(orden)` pone en su sitio lo que escribe una orden. ¿Qué orden de git dice el id corto? ¿Y qué línea de `build.sh` mira el reloj?',
          '`$(command)` puts in its place what a command writes. Which command of git tells the short id? And which line of `build.sh` looks at the clock?',
        ),
        words('`name="seats-$(git rev-parse --short ____).tgz"`', '`name="seats-$(git rev-parse --short ____).tgz"`'),
      ],
      reason: words(
        'El nombre dice de qué commit salió. La hora del build no dice nada del código y hace distintos dos artefactos iguales.',
        'The name tells which commit it came from. The time of the build says nothing about the code and makes two equal artifacts differ.',
      ),
    },
    {
      id: 'd03-s5',
      title: words('Que falle cuando debe', 'Let it fail when it should'),
      kind: 'write',
      task: words(
        'Haz que `build.sh` instale exactamente lo que dice el lock y se detenga, con un código distinto de cero, si falla npm, `tar` o, si lo usas, `cp`. No debe usar nada de fuera del repositorio, ni empaquetar restos de tu carpeta. Después, guarda tu trabajo en un commit de `build/artifact` y envíalo a `origin`. Lo que genera el build (`dist/`) no va en el commit: nómbralo en `.gitignore`. Tras un build, `git status` no debe mostrar nada.',
        'Make `build.sh` install exactly what the lock says, and stop with a code other than zero when npm, `tar` or, if you use it, `cp` fails. It must use nothing from outside the repository, nor pack what lies about in your folder. Then record your work in a commit on `build/artifact` and push it to `origin`. What the build makes (`dist/`) does not belong in the commit: name it in `.gitignore`. After a build, `git status` should show nothing.',
      ),
      checks: [withoutGlobals, stopsWhenTheyDisagree, shared],
      files: ['seats/build.sh', 'seats/package-lock.json'],
      hints: [
        words('Lee en la lección qué hacen `npm ci` y `set -e`.', 'Read in the lesson what `npm ci` and `set -e` do.'),
        words(
          'Prueba tu build donde no hay nada: `cleanroom run build.sh` lleva allí tu último commit. Y mira `git status` antes de enviar.',
          'Try your build where there is nothing: `cleanroom run build.sh` takes your last commit there. And look at `git status` before you push.',
        ),
        words(
          'Segunda línea: `set -____`. Para instalar: `npm ____`.',
          'Second line: `set -____`. To install: `npm ____`.',
        ),
      ],
      reason: words(
        '`npm ci` obedece al lock o se niega. `set -e` detiene el script en el primer error, así que nunca sale un artefacto a medias.',
        '`npm ci` obeys the lock or refuses. `set -e` stops the script at the first error, so no half-made artifact ever comes out.',
      ),
    },
    {
      id: 'd03-s6',
      title: words('Reto: bit a bit', 'Challenge: byte for byte'),
      kind: 'challenge',
      task: words(
        'Calidad compara artefactos con `sha256sum`. Los tuyos llevan los mismos archivos, pero la suma cambia en cada build. Haz que dos builds del mismo commit, en carpetas distintas, a horas distintas y de personas distintas, den la misma suma. Guarda y envía también este cambio. La estrella: que el artefacto no lleve las dependencias de desarrollo (`devDependencies`).',
        'Quality compares artifacts with `sha256sum`. Yours carry the same files, but the sum changes with each build. Make two builds of one commit, in different folders, at different times and by different people, give the same sum. Commit and push this change too. The star: the artifact leaves the development dependencies (`devDependencies`) out.',
      ),
      checks: [sameBytes],
      files: ['seats/build.sh'],
      hints: [
        words(
          'Un archivo tar guarda, de cada archivo, más que su contenido.',
          'Of each file, a tar archive keeps more than its content.',
        ),
        words(
          'Compara `tar -tvzf` de dos builds: mira la fecha y el dueño. `npm ci` escribe los archivos de nuevo cada vez, a nombre de quien lo ejecuta.',
          'Compare `tar -tvzf` of two builds: look at the date and the owner. `npm ci` writes the files again each time, as those of whoever runs it.',
        ),
        words(
          '`tar --sort=name --mtime=____ --owner=0 --group=0 --numeric-owner -czf …`',
          '`tar --sort=name --mtime=____ --owner=0 --group=0 --numeric-owner -czf …`',
        ),
      ],
      reason: words(
        'Una fecha fija, un orden fijo y un dueño fijo: ya no queda nada que dependa de quién hace el build, dónde o cuándo. Con `--omit=dev`, `npm ls` dice después en tu carpeta que falta `probeta`: `npm ci` la devuelve.',
        'A fixed date, a fixed order and a fixed owner: nothing is left that depends on who builds, where or when. With `--omit=dev`, `npm ls` then says that your folder lacks `probeta`: `npm ci` brings it back.',
      ),
      stars: [lean],
    },
  ],
  wrong: {
    'logger-taken-out': 'd03-c6',
    // What differs inside differs in the sum as well.
    'named-by-the-machine': 'd03-c3 d03-c9',
    'dist-not-ignored': 'd03-c8',
    'copy-the-global': 'd03-c2',
    'install-instead-of-ci': 'd03-c4',
    'goes-on-after-an-error': 'd03-c4',
    'only-npm-stops-it': 'd03-c4',
    'named-after-the-version': 'd03-c3',
    'not-pushed': 'd03-c8',
    'the-whole-folder': 'd03-c2',
    'secret-goes-along': 'd03-c7',
    'dates-inside': 'd03-c9',
    'dated-by-the-day': 'd03-c9',
    'named-after-the-branch': 'd03-c3',
    'secret-by-another-name': 'd03-c7',
    'mended-after-the-push': 'd03-c8',
    'prefers-home': 'd03-c2',
    'declared-for-development': 'd03-c6',
    'part-of-the-tools-stays': 'd03-x1',
    'tried-another-program': 'd03-c5',
    'archive-committed': 'd03-c8',
    'modules-committed': 'd03-c8',
    'secret-pushed': 'd03-c8',
    'env-no-longer-ignored': 'd03-c8',
    'newer-than-the-lock': 'd03-c4',
    'only-npm-and-tar-stop-it': 'd03-c4',
    'written-by-whom': 'd03-c3 d03-c9',
    'installs-when-it-starts': 'd03-c1 d03-c2 d03-c8',
    'owner-as-it-is': 'd03-c9',
    'in-the-order-of-the-disk': 'd03-c9',
  },
};
