import type { Exercise } from '../../sandbox/checks/index.ts';
import { words } from './forge.ts';
import { noDirectPush, notBehind, unseen } from './gate-checks.ts';
import { setup } from './setup.ts';
import { badOut, goodIn, noWaste, tried } from './waiting-checks.ts';
import { keeps, oneRun, onMain, starts, tests } from './workflow-checks.ts';

const FLOW = 'seats/.github/workflows/ci.yml';

export const exercise: Exercise = {
  id: 'd05',
  seed: 'day-05',
  parts: ['forge'],
  title: words('Reto: una puerta delante de main', 'Capstone: a gate in front of main'),
  opens: FLOW,
  stateFrom: 'd04',
  setup,
  steps: [
    {
      id: 'd05-s1',
      title: words('Tres pull requests y nadie los prueba', 'Three pull requests, and nobody tests them'),
      kind: 'run',
      task: words(
        'Entra en `seats` y mira qué espera: `gh pr list`. Baja el último *pull request* con `gh pr checkout 3` y haz a mano lo que debería hacer una máquina: `bash build.sh` y `bash test.sh`. Después vuelve a tu rama: `git switch ci/gate`.',
        'Go into `seats` and see what waits: `gh pr list`. Fetch the last pull request with `gh pr checkout 3` and do by hand what a machine should do: `bash build.sh` and `bash test.sh`. Then go back to your branch: `git switch ci/gate`.',
      ),
      files: ['seats/build.sh', 'seats/test.sh', 'seats/booking.mjs'],
      checks: [tried],
      hints: [
        words(
          'Lee «Un pull request y sus checks» en la lección.',
          'Read “A pull request and its checks” in the lesson.',
        ),
        words(
          '`gh pr checkout` cambia de rama. El indicador de la terminal dice en cuál estás.',
          '`gh pr checkout` switches branches. The prompt says which one you are on.',
        ),
        words(
          '`cd ~/seats`, `gh pr checkout ____`, `bash ____`, `git switch ci/gate`',
          '`cd ~/seats`, `gh pr checkout ____`, `bash ____`, `git switch ci/gate`',
        ),
      ],
      reason: words(
        'El número 3 se construye y rompe una prueba: para saberlo hubo que bajarlo y acordarse de los dos scripts. Eso no lo hace nadie tres veces al día.',
        'Number 3 builds and breaks a test: to know it, somebody had to fetch it and remember both scripts. Nobody does that three times a day.',
      ),
    },
    {
      id: 'd05-s2',
      title: words('Que lo haga una máquina', 'Let a machine do it'),
      kind: 'change',
      task: words(
        'El flujo de `ci.yml` construye, pero solo cuando alguien lo pone en marcha a mano. Cambia `on` para que corra en cada *pull request* y en cada `push` a `main`. Haz un commit en la rama `ci/gate`, envía la rama y abre un *pull request* con `gh pr create`. Espera con `gh pr checks --watch`.',
        'The workflow in `ci.yml` builds, but only when somebody starts it by hand. Change `on` so that it runs on every pull request and on every `push` to `main`. Commit it on the branch `ci/gate`, push, and open a pull request with `gh pr create`. Wait with `gh pr checks --watch`.',
      ),
      files: [FLOW],
      checks: [starts],
      hints: [
        words(
          'Lee «Qué hay en un flujo de trabajo»: la tabla con `on`.',
          'Read “What a workflow holds”: the table with `on`.',
        ),
        words(
          '`git status` muestra `.github/` sin seguimiento: entra en el commit con `git add .github`.',
          '`git status` shows `.github/` as untracked: it goes into the commit with `git add .github`.',
        ),
        words(
          'En lugar de `workflow_dispatch`, dos líneas con sangría: `pull_request:` y `push: { branches: [____] }`',
          'In place of `workflow_dispatch`, two indented lines: `pull_request:` and `push: { branches: [____] }`',
        ),
      ],
      reason: words(
        '`pull_request` prueba lo que quedaría al fusionar. `push` se limita a `main`: si no, cada commit de un *pull request* se construiría dos veces.',
        '`pull_request` tries what the merge would give. `push` is kept to `main`: otherwise each commit of a pull request would be built twice.',
      ),
    },
    {
      id: 'd05-s3',
      title: words('Después del build, las pruebas', 'After the build, the tests'),
      kind: 'fill',
      task: words(
        'Al flujo le faltan dos cosas. Un job `test` que ejecute `bash test.sh`, solo si `build` acabó bien. Y un paso en `build` que conserve la carpeta `dist` con `actions/upload-artifact@v4`. Envía el cambio a la misma rama. Cuando tu *pull request* esté en verde, fusiónalo en un solo commit: `gh pr merge --squash`.',
        'The workflow lacks two things. A job `test` that runs `bash test.sh`, only if `build` ended well. And a step in `build` that keeps the folder `dist` with `actions/upload-artifact@v4`. Push the change to the same branch. Once your pull request is green, merge it as one commit: `gh pr merge --squash`.',
      ),
      files: [FLOW, 'seats/test.sh'],
      checks: [tests, keeps, onMain],
      hints: [
        words(
          'Lee «Qué hay en un flujo de trabajo»: cada job empieza en una máquina vacía.',
          'Read “What a workflow holds”: each job begins on an empty machine.',
        ),
        words(
          'Las pruebas importan paquetes: sin `npm ci` en su job no los hay. `gh run view --log-failed` lo dice.',
          'The program needs packages: without `npm ci` in its job there are none. `gh run view --log-failed` says so.',
        ),
        words(
          '`test:` a la altura de `build:`, con `needs: ____`, `runs-on: ubuntu-latest` y cuatro pasos: checkout, setup-node, `npm ci`, `bash ____`',
          '`test:` level with `build:`, with `needs: ____`, `runs-on: ubuntu-latest` and four steps: checkout, setup-node, `npm ci`, `bash ____`',
        ),
      ],
      reason: words(
        '`needs` ordena los jobs y ahorra minutos: sin build no hay nada que probar. El artefacto se conserva en el build, que es quien lo hizo.',
        '`needs` puts the jobs in order and saves minutes: with no build there is nothing to test. The artifact is kept by the build, which made it.',
      ),
    },
    {
      id: 'd05-s4',
      title: words('Cierra la puerta', 'Close the gate'),
      kind: 'write',
      task: words(
        'Un check en rojo avisa; no impide nada. Escribe en `gate.json` qué exige `main`: los checks `build` y `test`, también a quien administra. Envíalo desde `seats`: `gh api -X PUT repos/{owner}/{repo}/branches/main/protection --input ~/gate.json` (`PUT` pone la regla entera; `gh` rellena las llaves con el repositorio de la carpeta).',
        'A red check warns; it stops nobody. Write into `gate.json` what `main` requires: the checks `build` and `test`, of administrators as well. Send it from `seats`: `gh api -X PUT repos/{owner}/{repo}/branches/main/protection --input ~/gate.json` (`PUT` sets the whole rule; `gh` fills the braces with the repository of the folder).',
      ),
      files: ['gate.json'],
      checks: [noDirectPush],
      hints: [
        words(
          'Lee «La puerta» en la lección: qué quiere decir cada campo.',
          'Read “The gate” in the lesson: what each field means.',
        ),
        words(
          'Tu cuenta administra el repositorio. ¿Qué campo decide si la regla también se te aplica?',
          'Your account administers the repository. Which field decides whether the rule binds you too?',
        ),
        words(
          '`"required_status_checks": { "strict": ____, "contexts": ["build", ____] }` y `"enforce_admins": ____`',
          '`"required_status_checks": { "strict": ____, "contexts": ["build", ____] }` and `"enforce_admins": ____`',
        ),
      ],
      reason: words(
        'Se exigen los dos: un check saltado cuenta como bueno, y `test` se salta justo cuando `build` falla. Y la regla vale para todos, también con prisa.',
        'Both are required: a skipped check counts as good, and `test` is skipped just when `build` fails. And the rule binds everybody, in a hurry too.',
      ),
    },
    {
      id: 'd05-s5',
      title: words('Que entre el bueno', 'Let the good one in'),
      kind: 'write',
      task: words(
        'Los tres *pull requests* nacieron antes que tu flujo. Ponlos al día con `gh pr update-branch NÚMERO` y espera a sus checks. Fusiona el bueno. Deja abiertos los otros dos: sus equipos ya ven qué falla.',
        'The three pull requests are older than your workflow. Bring each up to date with `gh pr update-branch NUMBER` and wait for its checks. Merge the good one. Leave the other two open: their teams can now see what fails.',
      ),
      checks: [goodIn, badOut, noWaste],
      hints: [
        words(
          'Lee «Un pull request y sus checks»: de dónde sale el flujo que corre.',
          'Read “A pull request and its checks”: where the workflow that runs comes from.',
        ),
        words(
          '`gh pr checks 1 --watch` espera. `gh run list` muestra lo que corrió y cómo acabó.',
          '`gh pr checks 1 --watch` waits. `gh run list` shows what ran and how it ended.',
        ),
        words(
          'Para cada uno: `gh pr update-branch ____` y `gh pr checks ____ --watch`. Solo para uno: `gh pr merge ____ --squash`',
          'For each: `gh pr update-branch ____` and `gh pr checks ____ --watch`. For one only: `gh pr merge ____ --squash`',
        ),
      ],
      reason: words(
        'Poner al día una rama le trae el flujo y es un cambio nuevo, así que la máquina empieza. La que no construye se detiene antes de gastar en pruebas.',
        'Bringing a branch up to date gives it the workflow and is a new change, so the machine begins. The one that does not build stops before it spends on tests.',
      ),
    },
    {
      id: 'd05-s6',
      title: words('Reto: pull requests que no has visto', 'Challenge: pull requests that you have not seen'),
      kind: 'challenge',
      task: words(
        'Al comprobar llegan tres *pull requests* nuevos: uno correcto, uno que no se construye y uno que rompe una prueba. Tu puerta debe dejar entrar solo al primero, y una prueba nueva debe ejecutarse. Si ya lo hace, solo quedan las estrellas. Si hace falta cambiar el flujo, también tú pasas por la puerta, con una rama nueva: `git switch main && git pull && git switch -c gate/fix`. Estrellas: un solo build por commit, y que no entren dos *pull requests* verdes por separado que juntos rompan `main`.',
        'When you check, three new pull requests arrive: one is correct, one does not build, one breaks a test. Your gate must let in only the first, and a new test must run. If it already does, only the stars are left. If the workflow has to change, you go through the gate too, with a new branch: `git switch main && git pull && git switch -c gate/fix`. Stars: one build per commit, and keeping out a pair of pull requests that are green apart and break `main` together.',
      ),
      files: ['gate.json', FLOW],
      checks: [unseen],
      stars: [oneRun, notBehind],
      hints: [
        words(
          'Lee «La puerta»: qué pasa con un check que se salta.',
          'Read “The gate”: what becomes of a check that is skipped.',
        ),
        words(
          '`gh pr checks NÚMERO` da los nombres tal como los espera la puerta.',
          '`gh pr checks NUMBER` gives the names just as the gate expects them.',
        ),
        words(
          '`"contexts": ["build", "____"]`, y para la segunda estrella `"strict": ____`',
          '`"contexts": ["build", "____"]`, and for the second star `"strict": ____`',
        ),
      ],
      reason: words(
        'Con `strict`, el segundo *pull request* debe ponerse al día antes de entrar, y entonces sus checks ven a los dos juntos.',
        'With `strict`, the second pull request must be brought up to date before it goes in, and then its checks see both together.',
      ),
    },
  ],
  wrong: {
    'push-alone': 'd05-c7',
    'administrators-may': 'd05-c3',
    'only-test-required': 'd05-c4',
    'hushed-afterwards': 'd05-c4',
    'tests-in-any-case': 'd05-c5',
    'whole-repository-kept': 'd05-c10',
    'one-job': 'd05-c8',
    'merged-untried': 'd05-c1',
    'only-some-paths': 'd05-c4',
    'tests-by-name': 'd05-c4',
    'only-for-me': 'd05-c4',
    'mended-past-the-pull-request': 'd05-c8',
    'nothing-kept': 'd05-c10',
    'never-on-main': 'd05-c9',
    'good-one-left-out': 'd05-c1',
    'one-left-unchecked': 'd05-c2',
  },
};
