import type { Exercise } from '../../sandbox/checks/index.ts';
import { branched, clean, oneAhead } from './branch-checks.ts';
import { ignored } from './ignored-check.ts';
import { BRANCH, TIDY } from './origin.ts';
import { asked, filters, unknownTown, works } from './service-checks.ts';
import { words } from './words.ts';

export const exercise: Exercise = {
  id: 'd02',
  seed: 'day-02',
  title: words('Un cambio pequeño, guardado en git', 'A small change, saved in git'),
  opens: 'seats/app.mjs',
  setup: `
git config --global user.name "Equipo de reservas" && git config --global user.email reservas@ventarela.test
git config --global init.defaultBranch main
git init -q --bare -b main /srv/git/seats.git
cd ~/seats && git init -q
git add README.md && git commit -qm "Describe the service"
git add trips.json && git commit -qm "Add the timetable"
git add app.mjs && git commit -qm "Serve trips over HTTP"
git remote add origin https://git.ventarela.test/seats.git
git push -q -u origin main
git config --global user.name "Aprendiz" && git config --global user.email aprendiz@ventarela.test`,
  steps: [
    {
      id: 'd02-s1',
      title: words('Mira el error con tus propios ojos', 'See the fault with your own eyes'),
      kind: 'run',
      task: words(
        "Entra en `seats` (`cd seats`) y arranca el servicio en segundo plano: `node app.mjs &`. Pide los viajes que salen de un pueblo: `curl 'localhost:8080/trips?from=Sierra'`. ¿De dónde salen los que recibes? Páralo con `kill %1`.",
        "Go into `seats` (`cd seats`) and start the service in the background: `node app.mjs &`. Ask for the trips that leave from one town: `curl 'localhost:8080/trips?from=Sierra'`. Where do the ones you get leave from? Stop it with `kill %1`.",
      ),
      checks: [asked],
      files: ['seats/app.mjs', 'seats/README.md'],
      hints: [
        words(
          'Lee «Un programa que escucha» en la lección: qué es un puerto y qué hace `&`.',
          'Read “A program that listens” in the lesson: what a port is, and what `&` does.',
        ),
        words(
          'Si `curl` dice que no pudo conectar, el servicio no está en marcha: mira con `jobs`.',
          'If `curl` says that it could not connect, the service is not running: see with `jobs`.',
        ),
        words(
          "`cd ~/seats`, `node app.mjs &`, `curl 'localhost:8080/trips?from=____'`",
          "`cd ~/seats`, `node app.mjs &`, `curl 'localhost:8080/trips?from=____'`",
        ),
      ],
      reason: words(
        'Las comillas guardan `?` y `=` de la terminal, y el `&` deja el servicio escuchando mientras preguntas. Así se ve el fallo antes de tocar nada.',
        'The quotes keep `?` and `=` from the terminal, and the `&` leaves the service listening while you ask. So the fault is seen before anything is touched.',
      ),
    },
    {
      id: 'd02-s2',
      title: words('Abre una rama', 'Open a branch'),
      kind: 'change',
      task: words(
        `Antes de tocar nada, mira dónde estás: \`git status\` y \`git log --oneline\`. Si no estás en \`main\`, vuelve: \`git switch main\`. Después abre una rama para el arreglo: \`git switch -c ${BRANCH}\`. El indicador de la terminal te dice en qué rama trabajas.`,
        `Before you touch anything, see where you are: \`git status\` and \`git log --oneline\`. If that is not \`main\`, go back: \`git switch main\`. Then open a branch for the fix: \`git switch -c ${BRANCH}\`. The prompt tells you which branch you work on.`,
      ),
      checks: [branched],
      hints: [
        words(
          'Lee «Ramas» en la lección: una rama es un nombre que avanza contigo.',
          'Read “Branches” in the lesson: a branch is a name that moves along with you.',
        ),
        words(
          'El nombre lleva una barra y va todo en minúsculas. `git branch` las enumera.',
          'The name has a slash and is all in lower case. `git branch` lists them.',
        ),
        words('`git switch -c fix/____`', '`git switch -c fix/____`'),
      ],
      reason: words(
        'La rama nace donde estás, en `main`, y desde ahí lleva solo tu arreglo. El nombre dice qué hace, que es lo que leerá quien revise.',
        'The branch starts where you are, on `main`, and from there it carries your fix only. Its name says what it does, which is what a reviewer will read.',
      ),
    },
    {
      id: 'd02-s3',
      title: words('Arregla el filtro', 'Fix the filter'),
      kind: 'fill',
      task: words(
        'En `seats/app.mjs`, la función `search` atiende a `to` y se olvida de `from`. Complétala para que funcione con los dos filtros, con uno o con ninguno. Los nombres se comparan enteros y tal cual, como ya hace `to`: `sierra` no es `Sierra`. Un filtro vacío (`?from=`) puede contar como ninguno o como un pueblo sin nombre: nadie ha pedido ni lo uno ni lo otro. Arranca el servicio otra vez y compruébalo con `curl`.',
        'In `seats/app.mjs`, the function `search` reads `to` and forgets `from`. Complete it: it must work with both filters, with one or with none. Names are compared whole and as they are, as `to` does already: `sierra` is not `Sierra`. An empty filter (`?from=`) may count as none, or as a town without a name: nobody has asked for either. Start the service again and try it with `curl`.',
      ),
      checks: [filters],
      files: ['seats/app.mjs', 'seats/trips.json'],
      hints: [
        words(
          'Un programa en marcha no ve los cambios del archivo: páralo y arráncalo de nuevo.',
          'A running program does not see changes of its file: stop it and start it again.',
        ),
        words(
          'Mira la línea de `to`: lee el parámetro y deja pasar todo cuando es `null`.',
          'Look at the line of `to`: it reads the parameter and lets everything through when it is `null`.',
        ),
        words(
          "`const from = query.get('____');` y en el filtro `(from === null || trip.____ === from) && …`",
          "`const from = query.get('____');` and in the filter `(from === null || trip.____ === from) && …`",
        ),
      ],
      reason: words(
        '`query.get` da `null` cuando el filtro no está, y entonces todo pasa. Es la misma línea que ya había para `to`, así que el siguiente filtro será igual de fácil.',
        '`query.get` gives `null` when the filter is not there, and then everything passes. It is the line that was there for `to`, so the next filter will be as easy.',
      ),
    },
    {
      id: 'd02-s4',
      title: words('Guárdalo y compártelo', 'Record it and share it'),
      kind: 'write',
      task: words(
        'Mira qué cambió (`git status`, `git diff`). Haz un commit solo con lo que forma parte del arreglo, y un mensaje que diga qué consigue. Fuera queda lo que no cambia nada: los `console.log` con los que buscaste, código comentado, nombres que nadie usa, otras comillas u otros espacios. Envía la rama a `origin`. En la carpeta hay algo que no debe salir nunca de esta máquina.',
        'See what changed (`git status`, `git diff`). Make one commit with only what belongs to the fix, and a message that says what it achieves. Leave out what changes nothing: any `console.log` that you added to look inside, code in comments, names that nobody uses, other quotes or spaces. Push the branch to `origin`. The folder holds something that must never leave this machine.',
      ),
      checks: [works, oneAhead, clean, unknownTown],
      files: ['seats/app.mjs'],
      hints: [
        words(
          'Lee «Qué entra en un commit»: el índice es la lista de lo que va a entrar.',
          'Read “What goes into a commit”: the index is the list of what will go in.',
        ),
        words(
          '`git status` después de `git add` muestra lo que entraría, y `git diff --staged`, sus líneas. ¿Está `.env` en la lista?',
          '`git status` after `git add` shows what would go in, and `git diff --staged` its lines. Is `.env` on the list?',
        ),
        words(
          `\`git add ____\`, \`git commit -m "____"\`, \`git push -u origin ${BRANCH}\``,
          `\`git add ____\`, \`git commit -m "____"\`, \`git push -u origin ${BRANCH}\``,
        ),
      ],
      reason: words(
        '`git add app.mjs` nombra lo que entra, y `.env` se queda fuera. El mensaje dice qué consigue el cambio; cómo lo hace se lee en el propio cambio.',
        '`git add app.mjs` names what goes in, and `.env` stays out. The message says what the change achieves; how it does that can be read in the change.',
      ),
    },
    {
      id: 'd02-s5',
      title: words('Reto: que no pueda volver a pasar', 'Challenge: make it impossible next time'),
      kind: 'challenge',
      task: words(
        `\`.env\` sigue ahí, a un \`git add .\` de escaparse. En una rama aparte que nace de \`main\`, \`${TIDY}\`, haz que git deje de ver \`.env\` y \`node_modules\`, con un solo commit que no cambie nada más, y envíala. El README puede decir que git no los ve, y solo eso.`,
        `\`.env\` is still there, one \`git add .\` away from getting out. On a branch of its own that starts from \`main\`, \`${TIDY}\`, make git stop seeing \`.env\` and \`node_modules\`, with a single commit that changes nothing else, and push it. The README may tell that git does not see them, and only that.`,
      ),
      checks: [ignored],
      hints: [
        words('Busca en el glosario `.gitignore`.', 'Look up `.gitignore` in the glossary.'),
        words(
          'Cada rama parte de donde estás: vuelve antes a `main`.',
          'Each branch starts where you are: go back to `main` first.',
        ),
        words(
          '`git switch main`, `git switch -c ____`, un archivo `.gitignore` con dos líneas, commit y push.',
          '`git switch main`, `git switch -c ____`, a file `.gitignore` with two lines, commit and push.',
        ),
      ],
      reason: words(
        'Es otro propósito, así que es otra rama y otro commit. Un `.gitignore` en el repositorio protege a todas las personas que lo clonen, no solo a ti.',
        'It is another purpose, so it is another branch and another commit. A `.gitignore` in the repository protects everybody who clones it, not only you.',
      ),
    },
  ],
  wrong: {
    'add-everything': 'd02-c3',
    'unknown-town-404': 'd02-c4',
    'two-commits': 'd02-c2',
    'tidied-after-the-push': 'd02-c7',
    'one-filter-or-the-other': 'd02-c1',
    'a-table-of-towns': 'd02-c1',
    'a-line-when-none-is-found': 'd02-c1',
    'names-the-day-only': 'd02-c2',
    'part-of-a-name': 'd02-c4',
    'any-case': 'd02-c4',
    'mended-after-the-push': 'd02-c1',
    'only-the-search': 'd02-c1',
    'secret-on-the-way': 'd02-c3',
    'ignores-what-belongs': 'd02-c8',
    'ignored-on-this-machine-only': 'd02-c8',
    'copy-of-the-secret': 'd02-c3',
    'stray-notes': 'd02-c3',
    'timetable-touched': 'd02-c3',
    'old-line-in-a-comment': 'd02-c3',
    'port-by-another-name': 'd02-c1 d02-c3',
    'only-counted-up': 'd02-c3',
    'a-line-about-nothing': 'd02-c8',
  },
};
