// What is judged of the program: that it searches as the timetable says, in the folder and as it was pushed.
import { type Check, type Desk, failed, passed, type Repository, type Verdict } from '../../sandbox/checks/index.ts';
import { BRANCH, besideThePush, headOf, pushed, startPushed } from './origin.ts';
import { allSearches, answersLikeTheTimetable, findsOtherTrips, listIn, restOf, someTrip } from './searches.ts';
import { words } from './words.ts';

export const asked: Check = {
  id: 'd02-c5',
  goal: words(
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

export const filters: Check = {
  id: 'd02-c7',
  goal: words(
    `El programa filtra por salida, llegada, las dos o ninguna. Se prueba el de tu carpeta, o el de ${BRANCH} si estás en otra rama`,
    `The program filters by departure, arrival, both or neither. The one in your folder is tried, or ${BRANCH} if you are elsewhere`,
  ),
  kind: 'service',
  async run(desk) {
    const { folder, where } = await programOf(desk);
    const service = await desk.start('node app.mjs', { cwd: folder });
    const searched = await answersLikeTheTimetable(desk, service, where, await allSearches(desk));
    service.stop();
    return searched.passed ? findsOtherTrips(desk, folder, where) : searched;
  },
};

/** The learner's program: what lies in their folder, or on the fix's own branch when another is checked out by now. */
async function programOf(desk: Desk): Promise<{ readonly folder: string; readonly where: string }> {
  if (headOf(desk) !== `ref: refs/heads/${BRANCH}`) {
    // The pushed one last: a branch that is on origin may be deleted here.
    for (const repository of [await desk.git.at('seats'), await desk.git.origin('seats')]) {
      const commits = (await repository?.commits(`refs/heads/${BRANCH}`, 'refs/heads/main')) ?? [];
      if (repository === undefined || commits.length === 0) continue;
      return { folder: await desk.checkout(repository, `refs/heads/${BRANCH}`), where: BRANCH };
    }
  }
  return { folder: 'seats', where: 'seats/app.mjs' };
}

export const works: Check = {
  id: 'd02-c1',
  goal: words(
    'El commit enviado, en una carpeta limpia, filtra por salida y por llegada, contesta a lo demás como antes y no escribe más que antes',
    'The pushed commit, in a clean folder, filters by departure and by arrival, answers the rest as before and writes no more than before',
  ),
  kind: 'service',
  async run(desk) {
    const origin = await pushed(desk, BRANCH);
    const main = await desk.start('node app.mjs', { cwd: await desk.checkout(origin, 'refs/heads/main'), port: 8079 });
    const before = new Map(await restOf(main));
    main.stop();
    const service = await startPushed(desk);
    const searched = await answersLikeTheTimetable(desk, service, BRANCH, await allSearches(desk));
    if (!searched.passed) return orNotCommitted(desk, origin, searched);
    const other = (await restOf(service)).find(([target, answer]) => answer !== before.get(target));
    service.stop();
    if (other === undefined) {
      const found = await findsOtherTrips(desk, await desk.checkout(origin, `refs/heads/${BRANCH}`), BRANCH);
      return found.passed ? listensAsBefore(desk, origin) : orNotCommitted(desk, origin, found);
    }
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

/** The verdict on a pushed program, with what to do where the learner's folder, or their branch, has another one by now. */
async function orNotCommitted(desk: Desk, origin: Repository, verdict: Verdict): Promise<Verdict> {
  if (verdict.passed) return verdict;
  const sent = await origin.read(`refs/heads/${BRANCH}`, 'app.mjs');
  if (headOf(desk) !== `ref: refs/heads/${BRANCH}`) {
    const own = await (await desk.git.at('seats'))?.read(`refs/heads/${BRANCH}`, 'app.mjs');
    return own === undefined || own === sent ? verdict : { ...verdict, next: notPushed };
  }
  if (!desk.exists('seats/app.mjs') || sent === desk.text('seats/app.mjs')) return verdict;
  return {
    ...verdict,
    next: {
      es: 'El `app.mjs` enviado no es el de tu carpeta. Si el tuyo ya filtra bien: `git add app.mjs`, `git commit --amend --no-edit` y `git push --force` en tu rama.',
      en: 'The pushed `app.mjs` is not that of your folder. If yours filters well: `git add app.mjs`, `git commit --amend --no-edit`, then `git push --force` on your branch.',
    },
  };
}

const notPushed = words(
  `El \`app.mjs\` enviado no es el de tu rama \`${BRANCH}\`. Si el de la rama ya filtra bien: \`git switch ${BRANCH}\` y \`git push --force\`.`,
  `The pushed \`app.mjs\` is not that of your branch \`${BRANCH}\`. If that of the branch filters well: \`git switch ${BRANCH}\`, then \`git push --force\`.`,
);

/**
 * Whether the pushed program still listens on 8080 when nobody names a port, and on the one in `PORT`: later days and other people start
 * it so. And whether it writes what it wrote on `main`, a line when it starts and none when it is asked.
 */
async function listensAsBefore(desk: Desk, origin: Repository): Promise<Verdict> {
  const folder = await desk.checkout(origin, `refs/heads/${BRANCH}`);
  const { exitCode } = await desk.run(
    `PORT=8123 node app.mjs > /dev/null 2>&1 & sleep 1; curl -s localhost:8123/healthz || exit 3; kill $!
unset PORT; node app.mjs > /tmp/listens 2>&1 & sleep 1; curl -s localhost:8080/healthz; asked=$?
for query in '' '?from=Alba' '?from=Sierra' '?from=Nowhere' '?to=Alba' '?from=Alba&to=Sierra'; do curl -s "localhost:8080/trips$query"; done; kill $!; exit $asked`,
    { cwd: folder },
  );
  if (exitCode === 3) return listensElsewhere;
  const written = desk.text('/tmp/listens').split('\n').filter(Boolean);
  if (exitCode === 0) return written.length <= 1 ? passed : writesMore(written);
  return failed({
    expected: {
      es: 'sin `PORT`, escucha en 8080, como en `main`',
      en: 'without `PORT`, it listens on 8080, as on `main`',
    },
    found: { es: 'en 8080 no contesta nadie', en: 'nobody answers on 8080' },
    where: { service: `localhost:8080 (${BRANCH})` },
    next: {
      es: 'El arreglo cambia la búsqueda y nada más: mira con `git diff main` qué más ha cambiado.',
      en: 'The fix changes the search and nothing else: see with `git diff main` what else has changed.',
    },
  });
}

const listensElsewhere = failed({
  expected: {
    es: 'con `PORT=8123`, escucha en 8123, como en `main`',
    en: 'with `PORT=8123` it listens on 8123, as on `main`',
  },
  found: { es: 'en 8123 no contesta nadie', en: 'nobody answers on 8123' },
  where: { service: `localhost:8123 (${BRANCH})` },
  next: {
    es: '`PORT` es un nombre que otros usan para arrancar el servicio: déjalo como en `main`. Con `git diff main` ves qué cambió.',
    en: '`PORT` is a name that others start the service with: leave it as on `main`. `git diff main` shows what has changed.',
  },
});

const writesMore = (lines: readonly string[]): Verdict =>
  failed({
    expected: {
      es: 'una línea al arrancar, como en `main`, y ninguna al contestar búsquedas',
      en: 'a line when it starts, as on `main`, and none when it answers searches',
    },
    found: {
      es: `${lines.length} líneas; la última: «${lines.at(-1)?.slice(0, 60)}»`,
      en: `${lines.length} lines; the last: “${lines.at(-1)?.slice(0, 60)}”`,
    },
    where: { command: `git diff main ${BRANCH}` },
    next: {
      es: 'Quita los `console.log` con los que buscabas. Después: `git add app.mjs`, `git commit --amend --no-edit` y `git push --force` en tu rama.',
      en: 'Take out each `console.log` that you looked with. Then: `git add app.mjs`, `git commit --amend --no-edit`, `git push --force` on your branch.',
    },
  });

export const unknownTown: Check = besideThePush({
  id: 'd02-c4',
  goal: words(
    'Un pueblo desconocido da una lista vacía con estado 200; también lo es un nombre a medias o escrito de otra manera',
    'An unknown town gives an empty list with status 200; so does a part of a name, or one that is written otherwise',
  ),
  kind: 'service',
  async run(desk) {
    const service = await startPushed(desk);
    const { from, to } = await someTrip(desk);
    const unknown = `from=Villa${desk.integer(100, 999)}`;
    // Parts of a name that the timetable has, and other ways to write one, which are no towns either.
    const alike = [
      `from=${from.slice(0, -1)}`,
      `to=${to.slice(1)}`,
      `from=${from.toLowerCase()}`,
      `to=${to.toLowerCase()}`,
      ...[`%20${from}`, `${from}%20`].map((name) => `from=${name}`),
      ...[`%20${to}`, `${to}%20`].map((name) => `to=${name}`),
    ];
    const targets = [unknown, ...alike].map((query) => `/trips?${query}`);
    const answers = await Promise.all(targets.map(async (target) => ({ target, ...(await service.get(target)) })));
    const wrong = answers.find(({ status, text }) => status !== 200 || listIn(text)?.length !== 0);
    if (wrong === undefined) return passed;
    const { target, status, text } = wrong;
    const verdict = failed({
      expected: { es: '200 y `[]`', en: '200 and `[]`' },
      found: { es: `${status} y \`${text.trim().slice(0, 60)}\``, en: `${status} and \`${text.trim().slice(0, 60)}\`` },
      where: { service: `GET ${target} (${BRANCH})` },
      next:
        status === 200 && !target.endsWith(unknown)
          ? {
              es: 'Ningún pueblo se llama así. Compara el nombre entero y tal cual, con `===`, sin quitarle nada ni cambiar mayúsculas.',
              en: 'No town has that name. Compare the whole name as it is, with `===`: take nothing off it and leave its capitals.',
            }
          : {
              es: 'Ningún pueblo se llama así, y no encontrar nada no es un error: responde con la lista vacía.',
              en: 'No town has that name, and to find nothing is no error: answer with the empty list.',
            },
    });
    return orNotCommitted(desk, await pushed(desk, BRANCH), verdict);
  },
});
