import {
  type Check,
  CheckStop,
  type Desk,
  type Exercise,
  failed,
  passed,
  pick,
  type Repository,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';

const BRANCH = 'fix/from-filter';
const TIDY = 'chore/ignore-secrets';

interface Trip {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** The pushed branch, or the verdict that says that it is not there. */
async function pushed(desk: Desk, branch: string): Promise<Repository> {
  const origin = await desk.git.origin('seats');
  const found = await origin?.resolve(`refs/heads/${branch}`);
  if (origin !== undefined && found !== undefined) return origin;
  const there = (await origin?.branches())?.join(', ') ?? '';
  throw new CheckStop(
    failed({
      expected: { es: `una rama \`${branch}\` en origin`, en: `a branch \`${branch}\` on origin` },
      found: { es: `origin tiene: ${there}`, en: `origin has: ${there}` },
      where: { command: `git push -u origin ${branch}` },
      next: await towards(desk, branch),
    }),
  );
}

/** What is still to be done before a branch of the learner's is on origin. */
async function towards(desk: Desk, branch: string): Promise<Words> {
  const local = await desk.git.at('seats');
  if (local === undefined || !(await local.branches()).includes(branch)) {
    return {
      es: `Esa rama aún no existe. Sale de \`main\`: \`git switch main\`, \`git switch -c ${branch}\`, y el commit en ella.`,
      en: `That branch does not exist yet. It leaves from \`main\`: \`git switch main\`, \`git switch -c ${branch}\`, and the commit on it.`,
    };
  }
  if ((await local.commits(`refs/heads/${branch}`, 'refs/heads/main')).length === 0) {
    return {
      es: 'La rama está donde `main`. Haz el commit en ella y envíala.',
      en: 'The branch stands where `main` does. Make the commit on it, then push it.',
    };
  }
  return {
    es: `Tu commit está en \`${branch}\`, solo en esta máquina: falta enviarla.`,
    en: `Your commit is on \`${branch}\`, on this machine only: push it.`,
  };
}

/** The pushed program, started in a clean folder. */
async function startPushed(desk: Desk) {
  const origin = await pushed(desk, BRANCH);
  return desk.start('node app.mjs', { cwd: await desk.checkout(origin, `refs/heads/${BRANCH}`) });
}

/** Towns that the timetable knows, from the commit that everybody has. */
async function timetable(desk: Desk): Promise<readonly Trip[]> {
  const origin = await desk.git.origin('seats');
  return JSON.parse((await origin?.read('refs/heads/main', 'trips.json')) ?? '[]') as Trip[];
}

type Service = Awaited<ReturnType<Desk['start']>>;
type Filter = Partial<Pick<Trip, 'from' | 'to'>>;

/** A trip of the timetable that the learner cannot foresee. */
async function someTrip(desk: Desk): Promise<Trip> {
  return pick(desk, await timetable(desk));
}

/** Whether the service answers each search with the trips that fit it, and with no others. */
async function answersLikeTheTimetable(
  desk: Desk,
  service: Service,
  where: string,
  searches: readonly Filter[],
): Promise<Verdict> {
  const all = await timetable(desk);
  for (const filter of searches) {
    const query = new URLSearchParams(filter).toString();
    const target = query === '' ? '/trips' : `/trips?${query}`;
    const answer = await service.get(target);
    const found = listIn(answer.text);
    const right = all.filter((trip) => fits(trip, filter));
    const others = found?.filter((trip) => !fits(trip, filter)).length ?? 0;
    if (found !== undefined && others === 0 && idsOf(found) === idsOf(right)) continue;
    return failed({
      expected: {
        es: `${counted(right.length, 'viaje')}${townsOf(filter, 'desde', 'a')}`,
        en: `${counted(right.length, 'trip')}${townsOf(filter, 'from', 'to')}`,
      },
      found:
        found === undefined
          ? { es: `${answer.status} y algo que no es una lista`, en: `${answer.status} and something that is no list` }
          : {
              es: `${counted(found.length, 'viaje')}, ${others} de más`,
              en: `${counted(found.length, 'trip')}, ${others} that should not be there`,
            },
      where: { service: `GET ${target} (${where})` },
      next: nextFor(filter),
    });
  }
  return passed;
}

function fits(trip: Trip, { from, to }: Filter): boolean {
  return (from === undefined || trip.from === from) && (to === undefined || trip.to === to);
}

function idsOf(list: readonly Trip[]): string {
  return list
    .map(({ id }) => id)
    .sort()
    .join();
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

function townsOf({ from, to }: Filter, leaving: string, arriving: string): string {
  return `${from === undefined ? '' : ` ${leaving} ${from}`}${to === undefined ? '' : ` ${arriving} ${to}`}`;
}

function nextFor({ from, to }: Filter): Words {
  if (from !== undefined && to !== undefined) {
    return {
      es: 'Con los dos filtros, un viaje tiene que cumplir uno y también el otro.',
      en: 'With both filters, a trip has to fit the one and the other as well.',
    };
  }
  if (from !== undefined) {
    return {
      es: 'Mira qué hace `search` con `to` y haz lo mismo con `from`.',
      en: 'See what `search` does with `to`, and do the same with `from`.',
    };
  }
  if (to !== undefined) {
    return {
      es: 'El filtro `to` funcionaba en `main`: mira con `git diff main` qué ha cambiado en él.',
      en: 'The filter `to` worked on `main`: see with `git diff main` what has changed in it.',
    };
  }
  return {
    es: 'Sin `from` en la dirección, `query.get` da `null`: en ese caso no hay que filtrar.',
    en: 'With no `from` in the address, `query.get` gives `null`: then there is nothing to filter by.',
  };
}

function listIn(text: string): readonly Trip[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? (list as Trip[]) : undefined;
  } catch {
    return undefined;
  }
}

const goal = (es: string, en: string): Words => ({ es, en });

const asked: Check = {
  id: 'd02-c5',
  goal: goal(
    'El servicio ha contestado a una búsqueda por pueblo de salida',
    'The service has answered a search by town of departure',
  ),
  kind: 'log',
  run(desk) {
    const requests = desk.log.flatMap((entry) => (entry.type === 'RequestAnswered' ? [entry.path] : []));
    if (requests.some((path) => /^\/trips\?(.*&)?from=./.test(path))) return passed;
    return failed({
      expected: { es: 'una petición a `/trips?from=…`', en: 'a request to `/trips?from=…`' },
      found:
        requests.length === 0
          ? { es: 'ninguna petición todavía', en: 'no request yet' }
          : { es: `peticiones: ${requests.slice(-3).join(', ')}`, en: `requests: ${requests.slice(-3).join(', ')}` },
      where: { command: 'curl' },
      next: {
        es: "En `seats`: `node app.mjs &` y luego `curl 'localhost:8080/trips?from=Sierra'`. Las comillas importan.",
        en: "In `seats`: `node app.mjs &`, then `curl 'localhost:8080/trips?from=Sierra'`. The quotes matter.",
      },
    });
  },
};

/** What HEAD of the learner's repository says, `ref: refs/heads/main`; '' when there is none. */
function headOf(desk: Desk): string {
  return desk.exists('seats/.git/HEAD') ? desk.text('seats/.git/HEAD').trim() : '';
}

const branched: Check = {
  id: 'd02-c6',
  goal: goal(`Hay una rama ${BRANCH} que nace de main`, `There is a branch ${BRANCH} that grows from main`),
  kind: 'git',
  async run(desk) {
    const local = await desk.git.at('seats');
    const branches = (await local?.branches()) ?? [];
    // A branch without a commit of its own yet is only named in HEAD.
    if (branches.includes(BRANCH) || headOf(desk) === `ref: refs/heads/${BRANCH}`) return passed;
    return failed({
      expected: { es: `una rama llamada \`${BRANCH}\``, en: `a branch called \`${BRANCH}\`` },
      found: { es: `hay: ${branches.join(', ')}`, en: `there are: ${branches.join(', ')}` },
      where: { command: 'git branch' },
      next: { es: `En \`seats\`: \`git switch -c ${BRANCH}\`.`, en: `In \`seats\`: \`git switch -c ${BRANCH}\`.` },
    });
  },
};

/** Departure only, arrival only, both, neither. */
async function allSearches(desk: Desk): Promise<readonly Filter[]> {
  const { from, to } = await someTrip(desk);
  return [{ from }, { to }, { from, to }, {}];
}

const filters: Check = {
  id: 'd02-c7',
  goal: goal(
    'El programa de tu carpeta filtra por salida, por llegada, por las dos o por ninguna',
    'The program in your folder filters by departure, by arrival, by both or by neither',
  ),
  kind: 'service',
  async run(desk) {
    const local = await desk.git.at('seats');
    const elsewhere = local !== undefined && headOf(desk) !== `ref: refs/heads/${BRANCH}`;
    // Another branch may be checked out by now: then what the fix's own branch holds is looked at.
    if (elsewhere && (await local.commits(`refs/heads/${BRANCH}`, 'refs/heads/main')).length > 0) {
      const folder = await desk.checkout(local, `refs/heads/${BRANCH}`);
      const service = await desk.start('node app.mjs', { cwd: folder });
      return answersLikeTheTimetable(desk, service, BRANCH, await allSearches(desk));
    }
    const service = await desk.start('node app.mjs', { cwd: 'seats' });
    return answersLikeTheTimetable(desk, service, 'seats/app.mjs', await allSearches(desk));
  },
};

/** An address that no program of ours knows. */
const UNKNOWN = '/trips-of-yesterday';

/** Status and kind of what a program answers where the change has no part; `undefined` where its answer names no kind. */
async function restOf(service: Service): Promise<readonly (readonly [string, string])[]> {
  const targets = ['/healthz', '/trips', UNKNOWN];
  return Promise.all(
    targets.map(async (target) => {
      const { status, headers } = await service.get(target);
      const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].split(';')[0];
      return [target, `${status} ${type}`] as const;
    }),
  );
}

/** Whether what was pushed is the program that c7 looks at, which then tells of every search. */
async function isLookedAt(desk: Desk, origin: Repository): Promise<boolean> {
  const pushedText = await origin.read(`refs/heads/${BRANCH}`, 'app.mjs');
  if (headOf(desk) === `ref: refs/heads/${BRANCH}`) return pushedText === desk.text('seats/app.mjs');
  return pushedText === (await (await desk.git.at('seats'))?.read(`refs/heads/${BRANCH}`, 'app.mjs'));
}

const works: Check = {
  id: 'd02-c1',
  goal: goal(
    'El commit enviado, en una carpeta limpia, filtra por salida y por llegada, y contesta a lo demás como antes',
    'The pushed commit, in a clean folder, filters by departure and by arrival, and answers the rest as before',
  ),
  kind: 'service',
  async run(desk) {
    const origin = await pushed(desk, BRANCH);
    const main = await desk.start('node app.mjs', { cwd: await desk.checkout(origin, 'refs/heads/main'), port: 8079 });
    const before = new Map(await restOf(main));
    main.stop();
    const service = await startPushed(desk);
    const { from } = await someTrip(desk);
    const searches = (await isLookedAt(desk, origin)) ? [{ from }] : await allSearches(desk);
    const searched = await answersLikeTheTimetable(desk, service, BRANCH, searches);
    if (!searched.passed) return searched;
    const other = (await restOf(service)).find(([target, answer]) => answer !== before.get(target));
    if (other === undefined) return passed;
    const [target, answer] = other;
    return failed({
      expected: { es: `${before.get(target)}, como en \`main\``, en: `${before.get(target)}, as on \`main\`` },
      found: { es: answer, en: answer },
      where: { service: `GET ${target} (${BRANCH})` },
      next: {
        es: 'El arreglo cambia la búsqueda y nada más: mira con `git diff main` qué más ha cambiado.',
        en: 'The fix changes the search and nothing else: see with `git diff main` what else has changed.',
      },
    });
  },
};

const oneAhead: Check = {
  id: 'd02-c2',
  goal: goal(
    `origin tiene ${BRANCH} con un solo commit más que main, y main no se movió`,
    `origin has ${BRANCH} with one commit more than main, and main did not move`,
  ),
  kind: 'git',
  async run(desk) {
    const origin = await pushed(desk, BRANCH);
    const moved =
      desk.log.filter(
        (entry) => entry.type === 'RefUpdated' && entry.repository === 'seats' && entry.ref === 'refs/heads/main',
      ).length - 1;
    const commits = await origin.commits(`refs/heads/${BRANCH}`, 'refs/heads/main');
    if (moved === 0 && commits.length === 1) return passed;
    if (moved > 0) {
      return failed({
        expected: { es: '`main` como estaba', en: '`main` as it was' },
        found: {
          es: `\`main\` cambió ${moved} ${moved === 1 ? 'vez' : 'veces'}`,
          en: `\`main\` moved ${moved === 1 ? 'once' : `${moved} times`}`,
        },
        where: { command: 'git push origin main' },
        next: {
          es: 'Empieza el día de nuevo y haz el cambio en la rama: otros construyen sobre `main`.',
          en: 'Begin the day anew and make the change on the branch: others build on `main`.',
        },
      });
    }
    if (commits.length === 0) {
      return failed({
        expected: { es: 'un commit más que `main`', en: 'one commit more than `main`' },
        found: { es: 'ninguno: la rama está donde `main`', en: 'none: the branch stands where `main` does' },
        where: { command: `git log --oneline main..${BRANCH}` },
        next: {
          es: 'Mira con `git status` si el cambio sigue sin guardar; haz el commit en la rama y envíala otra vez.',
          en: 'See with `git status` whether the change is still unrecorded; commit it on the branch and push again.',
        },
      });
    }
    const subjects = commits.map(({ message }) => message.split('\n')[0]).join(' · ');
    return failed({
      expected: { es: 'un commit', en: 'one commit' },
      found: { es: `${commits.length}: ${subjects.slice(0, 120)}`, en: `${commits.length}: ${subjects.slice(0, 120)}` },
      where: { command: `git log --oneline main..${BRANCH}` },
      next: {
        es: '`git reset --soft main`, un solo `git commit`, y `git push --force` en tu rama.',
        en: '`git reset --soft main`, a single `git commit`, and `git push --force` on your branch.',
      },
    });
  },
};

/** Paths of what stays on the machine. */
const SECRET = /(^|\/)(\.env|node_modules)(\/|$)/;
/** What makes `.env` a secret, wherever somebody copies it. */
const KEY = 'ventarela-local-7f3a9c';

const clean: Check = {
  id: 'd02-c3',
  goal: goal('Ningún commit enviado lleva .env ni node_modules', 'No pushed commit holds .env or node_modules'),
  kind: 'git',
  async run(desk) {
    const origin = await pushed(desk, BRANCH);
    const branches = (await origin.branches()).filter((name) => name !== 'main');
    const sent = await Promise.all(branches.map((name) => origin.commits(`refs/heads/${name}`, 'refs/heads/main')));
    for (const { commits, id, message } of sent.flatMap((commits) => commits.map((one) => ({ ...one, commits })))) {
      const paths = await origin.paths(id);
      const texts = await Promise.all(paths.map((path) => origin.read(id, path)));
      const secret = paths.find((path) => SECRET.test(path)) ?? paths.find((_, index) => texts[index]?.includes(KEY));
      if (secret === undefined) continue;
      const what = SECRET.test(secret) ? { es: '', en: '' } : { es: ', con la clave,', en: ', with the key in it,' };
      return failed({
        expected: { es: 'solo los archivos del cambio', en: 'only the files of the change' },
        found: {
          es: `\`${secret}\`${what.es} en «${message.split('\n')[0]}»`,
          en: `\`${secret}\`${what.en} in “${message.split('\n')[0]}”`,
        },
        where: { command: `git show --stat ${id.slice(0, 7)}` },
        next:
          commits.length === 1
            ? {
                es: 'Sácalo del commit (`git rm --cached .env`), `git commit --amend --no-edit`, `git push --force`. De verdad, además, esa clave se cambia.',
                en: 'Take it out of the commit (`git rm --cached .env`), `git commit --amend --no-edit`, `git push --force`. For real, that key is changed as well.',
              }
            : {
                es: 'Borrarlo en otro commit no lo quita de este. `git reset main`, `git add app.mjs`, un solo `git commit`, `git push --force`. De verdad, además, esa clave se cambia.',
                en: 'Deleting it in another commit does not take it out of this one. `git reset main`, `git add app.mjs`, a single `git commit`, `git push --force`. For real, that key is changed as well.',
              },
      });
    }
    return passed;
  },
};

const unknownTown: Check = {
  id: 'd02-c4',
  goal: goal(
    'Un pueblo desconocido da una lista vacía con estado 200',
    'An unknown town gives an empty list with status 200',
  ),
  kind: 'service',
  async run(desk) {
    const service = await startPushed(desk);
    const { from } = await someTrip(desk);
    // The second is a part of a name that the timetable has, which is no town either.
    const targets = [`/trips?from=Villa${desk.integer(100, 999)}`, `/trips?from=${from.slice(0, -1)}`];
    const answers = await Promise.all(targets.map(async (target) => ({ target, ...(await service.get(target)) })));
    const wrong = answers.find(({ status, text }) => status !== 200 || listIn(text)?.length !== 0);
    if (wrong === undefined) return passed;
    const { target, status, text } = wrong;
    return failed({
      expected: { es: '200 y `[]`', en: '200 and `[]`' },
      found: { es: `${status} y \`${text.trim().slice(0, 60)}\``, en: `${status} and \`${text.trim().slice(0, 60)}\`` },
      where: { service: `GET ${target} (${BRANCH})` },
      next: {
        es: 'Ningún pueblo se llama así, y no encontrar nada no es un error: responde con la lista vacía.',
        en: 'No town has that name, and to find nothing is no error: answer with the empty list.',
      },
    });
  },
};

/** A file of the program that somebody writes tomorrow. */
const NEW = 'offers.mjs';

function hidesAll(): Verdict {
  return failed({
    expected: { es: 'que git siga viendo los archivos del programa', en: 'git to see the files of the program still' },
    found: {
      es: `un archivo nuevo, \`${NEW}\`, no sale en \`git status\``,
      en: `a new file, \`${NEW}\`, is not in \`git status\``,
    },
    where: { file: 'seats/.gitignore' },
    next: {
      es: 'Nombra solo lo que no debe viajar: `.env` y `node_modules/`.',
      en: 'Name only what must not travel: `.env` and `node_modules/`.',
    },
  });
}

const ignored: Check = {
  id: 'd02-c8',
  goal: goal(
    `origin tiene ${TIDY}: un commit sobre main con el que git ya no ve .env ni node_modules`,
    `origin has ${TIDY}: one commit on main with which git no longer sees .env or node_modules`,
  ),
  kind: 'git',
  async run(desk) {
    const origin = await pushed(desk, TIDY);
    const commits = await origin.commits(`refs/heads/${TIDY}`, 'refs/heads/main');
    const folder = await desk.checkout(origin, `refs/heads/${TIDY}`);
    const { stdout } = await desk.run(
      `git init -q; mkdir -p node_modules/left; touch .env ${NEW} node_modules/left/pad.js; git status --short`,
      { cwd: folder },
    );
    const listed = stdout.split('\n').map((line) => line.slice(3));
    const seen = listed.filter((path) => SECRET.test(path));
    if (seen.length === 0 && !listed.includes(NEW)) return hidesAll();
    if (commits.length === 1 && seen.length === 0) return passed;
    return failed({
      expected: {
        es: 'un commit, y ni `.env` ni `node_modules/` en `git status`',
        en: 'one commit, and neither `.env` nor `node_modules/` in `git status`',
      },
      found: {
        es: `${counted(commits.length, 'commit')}; git ve: ${seen.join(' ') || 'nada de eso'}`,
        en: `${counted(commits.length, 'commit')}; git sees: ${seen.join(' ') || 'none of them'}`,
      },
      where: { file: 'seats/.gitignore' },
      next:
        commits.length === 1
          ? {
              es: 'El archivo `.gitignore`, con un nombre por línea, tiene que estar en el commit: solo así llega a quien clona.',
              en: 'The file `.gitignore`, one name a line, has to be in the commit: only so does it reach whoever clones.',
            }
          : {
              es: `Parte de \`main\`: \`git switch main\`, \`git switch -c ${TIDY}\`. Un solo commit, con \`.gitignore\`.`,
              en: `Start from \`main\`: \`git switch main\`, \`git switch -c ${TIDY}\`. One single commit, with \`.gitignore\`.`,
            },
    });
  },
};

export const exercise: Exercise = {
  id: 'd02',
  seed: 'day-02',
  title: goal('Un cambio pequeño, guardado en git', 'A small change, saved in git'),
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
      title: goal('Mira el error con tus propios ojos', 'See the fault with your own eyes'),
      kind: 'run',
      task: goal(
        "Entra en `seats` (`cd seats`) y arranca el servicio en segundo plano: `node app.mjs &`. Pide los viajes que salen de un pueblo: `curl 'localhost:8080/trips?from=Sierra'`. ¿De dónde salen los que recibes? Páralo con `kill %1`.",
        "Go into `seats` (`cd seats`) and start the service in the background: `node app.mjs &`. Ask for the trips that leave one town: `curl 'localhost:8080/trips?from=Sierra'`. Where do those you get leave from? Stop it with `kill %1`.",
      ),
      checks: [asked],
      files: ['seats/app.mjs', 'seats/README.md'],
      hints: [
        goal(
          'Lee «Un programa que escucha» en la lección: qué es un puerto y qué hace `&`.',
          'Read “A program that listens” in the lesson: what a port is, and what `&` does.',
        ),
        goal(
          'Si `curl` dice que no pudo conectar, el servicio no está en marcha: mira con `jobs`.',
          'If `curl` says that it could not connect, the service is not running: see with `jobs`.',
        ),
        goal(
          "`cd ~/seats`, `node app.mjs &`, `curl 'localhost:8080/trips?from=____'`",
          "`cd ~/seats`, `node app.mjs &`, `curl 'localhost:8080/trips?from=____'`",
        ),
      ],
      reason: goal(
        'Las comillas guardan `?` y `=` de la terminal, y el `&` deja el servicio escuchando mientras preguntas. Así se ve el fallo antes de tocar nada.',
        'The quotes keep `?` and `=` from the terminal, and the `&` leaves the service listening while you ask. So the fault is seen before anything is touched.',
      ),
    },
    {
      id: 'd02-s2',
      title: goal('Abre una rama', 'Open a branch'),
      kind: 'change',
      task: goal(
        `Antes de tocar nada, mira dónde estás: \`git status\` y \`git log --oneline\`. Después abre una rama para el arreglo: \`git switch -c ${BRANCH}\`. El indicador de la terminal te dice en qué rama trabajas.`,
        `Before you touch anything, see where you are: \`git status\` and \`git log --oneline\`. Then open a branch for the fix: \`git switch -c ${BRANCH}\`. The prompt tells you which branch you work on.`,
      ),
      checks: [branched],
      hints: [
        goal(
          'Lee «Ramas» en la lección: una rama es un nombre que avanza contigo.',
          'Read “Branches” in the lesson: a branch is a name that moves along with you.',
        ),
        goal(
          'El nombre lleva una barra y todo en minúsculas. `git branch` las enumera.',
          'The name has a slash and is all in lower case. `git branch` lists them.',
        ),
        goal('`git switch -c fix/____`', '`git switch -c fix/____`'),
      ],
      reason: goal(
        'La rama nace donde estás, en `main`, y desde ahí lleva solo tu arreglo. El nombre dice qué hace, que es lo que leerá quien revise.',
        'The branch grows from where you are, on `main`, and from there it carries your fix only. Its name says what it does, which is what a reviewer will read.',
      ),
    },
    {
      id: 'd02-s3',
      title: goal('Arregla el filtro', 'Mend the filter'),
      kind: 'fill',
      task: goal(
        'En `seats/app.mjs`, la función `search` atiende a `to` y se olvida de `from`. Complétala: con los dos filtros, uno o ninguno. Arranca el servicio otra vez y compruébalo con `curl`.',
        'In `seats/app.mjs`, the function `search` reads `to` and forgets `from`. Complete it: it must work with both filters, one or none. Start the service again and try it with `curl`.',
      ),
      checks: [filters],
      files: ['seats/app.mjs', 'seats/trips.json'],
      hints: [
        goal(
          'Un programa en marcha no ve los cambios del archivo: páralo y arráncalo de nuevo.',
          'A running program does not see changes of its file: stop it and start it again.',
        ),
        goal(
          'Mira la línea de `to`: lee el parámetro y deja pasar todo cuando es `null`.',
          'Look at the line of `to`: it reads the parameter and lets everything through when it is `null`.',
        ),
        goal(
          "`const from = query.get('____');` y en el filtro `(from === null || trip.____ === from) && …`",
          "`const from = query.get('____');` and in the filter `(from === null || trip.____ === from) && …`",
        ),
      ],
      reason: goal(
        '`query.get` da `null` cuando el filtro no está, y entonces todo pasa. Es la misma línea que ya había para `to`, así que el siguiente filtro será igual de fácil.',
        '`query.get` gives `null` when the filter is not there, and then everything passes. It is the line that was there for `to`, so the next filter will be as easy.',
      ),
    },
    {
      id: 'd02-s4',
      title: goal('Guárdalo y compártelo', 'Record it and share it'),
      kind: 'write',
      task: goal(
        'Mira qué cambió (`git status`, `git diff`). Haz un commit solo con lo que forma parte del arreglo y un mensaje que diga qué consigue. Envía la rama a `origin`. En la carpeta hay algo que no debe salir nunca de esta máquina.',
        'See what changed (`git status`, `git diff`). Make one commit with only what belongs to the fix, and a message that says what it achieves. Push the branch to `origin`. The folder holds something that must never leave this machine.',
      ),
      checks: [works, oneAhead, clean, unknownTown],
      files: ['seats/app.mjs'],
      hints: [
        goal(
          'Lee «Qué entra en un commit»: el índice es la lista de lo que va a entrar.',
          'Read “What goes into a commit”: the index is the list of what will go in.',
        ),
        goal(
          '`git status` después de `git add` muestra lo que entraría. ¿Está `.env` en la lista?',
          '`git status` after `git add` shows what would go in. Is `.env` on the list?',
        ),
        goal(
          `\`git add ____\`, \`git commit -m "____"\`, \`git push -u origin ${BRANCH}\``,
          `\`git add ____\`, \`git commit -m "____"\`, \`git push -u origin ${BRANCH}\``,
        ),
      ],
      reason: goal(
        '`git add app.mjs` nombra lo que entra, y `.env` se queda fuera. El mensaje dice qué consigue el cambio; cómo lo hace se lee en el propio cambio.',
        '`git add app.mjs` names what goes in, and `.env` stays out. The message says what the change achieves; how it does that can be read in the change.',
      ),
    },
    {
      id: 'd02-s5',
      title: goal('Reto: que no pueda volver a pasar', 'Challenge: make it impossible next time'),
      kind: 'challenge',
      task: goal(
        `\`.env\` sigue ahí, a un \`git add .\` de escaparse. En una rama aparte que nace de \`main\`, \`${TIDY}\`, haz que git deje de ver \`.env\` y \`node_modules\`, con un solo commit, y envíala.`,
        `\`.env\` is still there, one \`git add .\` away from getting out. On a branch of its own that grows from \`main\`, \`${TIDY}\`, make git stop seeing \`.env\` and \`node_modules\`, with one commit, and push it.`,
      ),
      checks: [ignored],
      hints: [
        goal('Busca en el glosario `.gitignore`.', 'Look up `.gitignore` in the glossary.'),
        goal(
          'Cada rama parte de donde estás: vuelve antes a `main`.',
          'Each branch grows from where you are: go back to `main` first.',
        ),
        goal(
          '`git switch main`, `git switch -c ____`, un archivo `.gitignore` con dos líneas, commit y push.',
          '`git switch main`, `git switch -c ____`, a file `.gitignore` with two lines, commit and push.',
        ),
      ],
      reason: goal(
        'Es otro propósito, así que es otra rama y otro commit. Un `.gitignore` en el repositorio protege a todas las personas que lo clonen, no solo a ti.',
        'It is another purpose, so it is another branch and another commit. A `.gitignore` in the repository protects everybody who clones it, not only you.',
      ),
    },
  ],
  wrong: {
    'add-everything': 'd02-c3',
    'unknown-town-404': 'd02-c4',
    'two-commits': 'd02-c2',
    'no-town-no-trips': 'd02-c7',
    'one-filter-or-the-other': 'd02-c7',
    'from-instead-of-to': 'd02-c7',
    'part-of-a-name': 'd02-c4',
    'mended-after-the-push': 'd02-c1',
    'only-the-search': 'd02-c1',
    'secret-on-the-way': 'd02-c3',
    'ignores-everything': 'd02-c8',
    'copy-of-the-secret': 'd02-c3',
  },
};
