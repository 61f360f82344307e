import {
  type Check,
  type Commit,
  type Desk,
  failed,
  passed,
  type Repository,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';
import { saysNothing } from './message.ts';
import {
  anew,
  BRANCH,
  besideThePush,
  KEY,
  mainAtFirst,
  pushed,
  SECRET,
  startPushed,
  strayOfFix,
  strayOfTidy,
  TIDY,
  takenOut,
  tookAlong,
  withoutSecret,
} from './origin.ts';
import {
  allSearches,
  answersLikeTheTimetable,
  counted,
  findsOtherTrips,
  listIn,
  restOf,
  someTrip,
} from './searches.ts';
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

/** What HEAD of the learner's repository says, `ref: refs/heads/main`; '' when there is none. */
function headOf(desk: Desk): string {
  return desk.exists('seats/.git/HEAD') ? desk.text('seats/.git/HEAD').trim() : '';
}

export const branched: Check = {
  id: 'd02-c6',
  goal: words(`Hay una rama ${BRANCH} que nace de main`, `There is a branch ${BRANCH} that starts from main`),
  kind: 'git',
  async run(desk) {
    const local = await desk.git.at('seats');
    const branches = (await local?.branches()) ?? [];
    // A branch without a commit of its own yet is only named in HEAD; one that was pushed may be deleted here.
    const sent = (await (await desk.git.origin('seats'))?.branches()) ?? [];
    if ([...branches, ...sent].includes(BRANCH) || headOf(desk) === `ref: refs/heads/${BRANCH}`) return passed;
    return failed({
      expected: { es: `una rama llamada \`${BRANCH}\``, en: `a branch called \`${BRANCH}\`` },
      found: { es: `hay: ${branches.join(', ')}`, en: `there are: ${branches.join(', ')}` },
      where: { command: 'git branch' },
      next: { es: `En \`seats\`: \`git switch -c ${BRANCH}\`.`, en: `In \`seats\`: \`git switch -c ${BRANCH}\`.` },
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

/** The verdict on a pushed program, with what to do where the learner's folder has another one by now. */
async function orNotCommitted(desk: Desk, origin: Repository, verdict: Verdict): Promise<Verdict> {
  if (verdict.passed || headOf(desk) !== `ref: refs/heads/${BRANCH}` || !desk.exists('seats/app.mjs')) return verdict;
  if ((await origin.read(`refs/heads/${BRANCH}`, 'app.mjs')) === desk.text('seats/app.mjs')) return verdict;
  return {
    ...verdict,
    next: {
      es: 'El `app.mjs` enviado no es el de tu carpeta. Si el tuyo ya filtra bien: `git add app.mjs`, `git commit --amend --no-edit` y `git push --force` en tu rama.',
      en: 'The pushed `app.mjs` is not that of your folder. If yours filters well: `git add app.mjs`, `git commit --amend --no-edit`, then `git push --force` on your branch.',
    },
  };
}

/** Whether the pushed program still listens on 8080 when nobody names a port: later days and other people start it so. */
async function listensAsBefore(desk: Desk, origin: Repository): Promise<Verdict> {
  const folder = await desk.checkout(origin, `refs/heads/${BRANCH}`);
  const { exitCode } = await desk.run(
    'unset PORT; node app.mjs > /tmp/listens & sleep 1; curl -s localhost:8080/healthz; asked=$?; kill $!; exit $asked',
    { cwd: folder },
  );
  if (exitCode === 0) return passed;
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

export const oneAhead: Check = besideThePush({
  id: 'd02-c2',
  goal: words(
    `origin tiene ${BRANCH} con un solo commit más que main, cuyo mensaje dice qué consigue, y main está donde estaba`,
    `origin has ${BRANCH} with one commit more than main, whose message says what it achieves, and main is where it was`,
  ),
  kind: 'git',
  async run(desk) {
    const origin = await pushed(desk, BRANCH);
    const was = mainAtFirst(desk);
    const main = await origin.resolve('refs/heads/main');
    const commits = await origin.commits(`refs/heads/${BRANCH}`, 'refs/heads/main');
    const [commit] = commits;
    if (main === was && commit !== undefined && commits.length === 1)
      return (await emptyMessage(origin, commit)) ?? passed;
    if (main !== was) {
      const [old, now] = [was.slice(0, 7), main?.slice(0, 7) ?? '-'];
      return failed({
        expected: { es: `\`main\` en ${old}, donde estaba`, en: `\`main\` at ${old}, where it was` },
        found: { es: `\`main\` en ${now}`, en: `\`main\` at ${now}` },
        where: { command: 'git push origin main' },
        next: {
          es: `Devuélvela a su sitio: \`git push --force origin ${old}:main\`; el commit va en \`${BRANCH}\`. De verdad, antes se habla con el equipo: otros construyen sobre \`main\`.`,
          en: `Put it back: \`git push --force origin ${old}:main\`; the commit belongs on \`${BRANCH}\`. In real life, talk to the team first: others build on \`main\`.`,
        },
      });
    }
    if (commits.length === 0) {
      return failed({
        expected: { es: 'un commit más que `main`', en: 'one commit more than `main`' },
        found: { es: 'ninguno: la rama está donde `main`', en: 'none: the branch is where `main` is' },
        where: { command: `git log --oneline main..${BRANCH}` },
        next: {
          es: 'Mira con `git status` si el cambio sigue sin guardar; haz el commit en la rama y envíala otra vez.',
          en: 'See with `git status` whether the change is still unrecorded; commit it on the branch and push again.',
        },
      });
    }
    const along = await tookAlong(desk, BRANCH, commits);
    const subjects = commits.map(({ message }) => message.split('\n')[0]).join(' · ');
    return failed({
      expected: { es: 'un commit', en: 'one commit' },
      found: { es: `${commits.length}: ${subjects.slice(0, 120)}`, en: `${commits.length}: ${subjects.slice(0, 120)}` },
      where: { command: `git log --oneline origin/main..${BRANCH}` },
      next: along ?? {
        es: '`git reset --soft main`, un solo `git commit`, y `git push --force` en tu rama.',
        en: '`git reset --soft main`, a single `git commit`, and `git push --force` on your branch.',
      },
    });
  },
});

/** What is wrong with a message that does not say what the change achieves; undefined when it does. */
async function emptyMessage(origin: Repository, commit: Commit): Promise<Verdict | undefined> {
  const why = await saysNothing(origin, commit);
  if (why === undefined) return undefined;
  const subject = commit.message.split('\n')[0]?.slice(0, 60);
  return failed({
    expected: { es: 'un mensaje que diga qué consigue el cambio', en: 'a message that says what the change achieves' },
    found: { es: `«${subject}», ${why.es}`, en: `“${subject}”, ${why.en}` },
    where: { command: `git log --oneline main..${BRANCH}` },
    next: {
      es: '¿Qué notará quien busque viajes? Dilo: `git commit --amend -m "…"` y `git push --force` en tu rama.',
      en: 'What will people who search trips notice? Say it: `git commit --amend -m "…"`, then `git push --force` on your branch.',
    },
  });
}

export const clean: Check = besideThePush({
  id: 'd02-c3',
  goal: words(
    'Los commits enviados no llevan .env ni node_modules, y el del arreglo, solo sus archivos',
    'The pushed commits hold no .env and no node_modules, and that of the fix only its own files',
  ),
  kind: 'git',
  async run(desk) {
    const origin = await pushed(desk, BRANCH);
    const branches = (await origin.branches()).filter((name) => name !== 'main');
    const sent = await Promise.all(
      branches.map(async (branch) => {
        const commits = await origin.commits(`refs/heads/${branch}`, 'refs/heads/main');
        return commits.map((commit) => ({ ...commit, branch, isOnly: commits.length === 1 }));
      }),
    );
    for (const { branch, isOnly, id, message } of sent.flat()) {
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
        next: isOnly ? await withoutSecret(origin, branch, secret) : await anew(origin, branch, secret),
      });
    }
    const [fix] = await origin.commits(`refs/heads/${BRANCH}`, 'refs/heads/main');
    const stray = fix && (await strayOfFix(desk, origin, fix));
    if (fix === undefined || stray === undefined) return passed;
    const { command, without } = await takenOut(origin, stray);
    return failed({
      expected: { es: 'solo los archivos del cambio', en: 'only the files of the change' },
      found: {
        es: `\`${stray}\`: ${without.es}, el servicio contesta lo mismo`,
        en: `\`${stray}\`: ${without.en}, the service answers the same`,
      },
      where: { command: `git show --stat ${fix.id.slice(0, 7)}` },
      next: {
        es: `Sácalo del commit: \`${command}\`, \`git commit --amend --no-edit\` y \`git push --force\` en tu rama.`,
        en: `Take it out of the commit: \`${command}\`, \`git commit --amend --no-edit\`, then \`git push --force\` on your branch.`,
      },
    });
  },
});

export const unknownTown: Check = besideThePush({
  id: 'd02-c4',
  goal: words(
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
});

/** A file of the program that somebody writes tomorrow. */
const NEW = 'offers.mjs';

function hides(path: string): Verdict {
  return failed({
    expected: { es: 'que git siga viendo los demás archivos', en: 'git to see the other files still' },
    found: {
      es: `en una carpeta nueva, \`${path}\` no sale en \`git status\``,
      en: `in a new folder, \`${path}\` is not in \`git status\``,
    },
    where: { file: 'seats/.gitignore' },
    next: {
      es: 'Nombra solo lo que no debe viajar: `.env` y `node_modules/`.',
      en: 'Name only what must not travel: `.env` and `node_modules/`.',
    },
  });
}

/** What a line of a `.gitignore` means that was meant to name `.env`, and does not; undefined when there is none. */
function meansOther(text: string): Words | undefined {
  const line = text
    .split('\n')
    .find((one) => /^\s*\.env(\/|\s*#)/.test(one))
    ?.trim();
  if (line === undefined) return undefined;
  return line.includes('#')
    ? {
        es: `\`#\` solo abre un comentario al principio de la línea: \`${line.slice(0, 40)}\` es un nombre entero. Escribe solo \`.env\`.`,
        en: `\`#\` begins a comment only at the start of a line: \`${line.slice(0, 40)}\` is one whole name. Write \`.env\` only.`,
      }
    : {
        es: `Con la barra al final, \`${line.slice(0, 40)}\` nombra una carpeta, y \`.env\` es un archivo: quita la barra.`,
        en: `With the slash at its end, \`${line.slice(0, 40)}\` names a folder, and \`.env\` is a file: take the slash away.`,
      };
}

const NO_LIST: Words = {
  es: 'El archivo `.gitignore` tiene que estar en el commit: solo así llega a quien clona.',
  en: 'The file `.gitignore` has to be in the commit: only then does it reach those who clone.',
};

/** What to write into a `.gitignore` that lets git see what it should not. */
function lacksIn(seen: readonly string[]): Words {
  const names = ['.env', 'node_modules/'].filter((name) => seen.some((path) => path.startsWith(name)));
  const lines = names.map((name) => `\`${name}\``);
  return {
    es: `A \`.gitignore\` le falta ${lines.join(' y ')}, cada nombre solo en su línea. Después: \`git commit -a --amend --no-edit\` y \`git push --force\`.`,
    en: `\`.gitignore\` lacks ${lines.join(' and ')}, each name alone on its line. Then: \`git commit -a --amend --no-edit\`, \`git push --force\`.`,
  };
}

const anotherPurpose = (stray: string, command: string): Verdict =>
  failed({
    expected: {
      es: 'un commit que solo cambia lo que git deja de ver',
      en: 'a commit that changes only what git stops seeing',
    },
    found: { es: `cambia también \`${stray}\``, en: `it changes \`${stray}\` as well` },
    where: { command: `git show --stat ${TIDY}` },
    next: {
      es: `En \`${TIDY}\`: \`${command}\`, \`git commit --amend --no-edit\` y \`git push --force\`.`,
      en: `On \`${TIDY}\`: \`${command}\`, \`git commit --amend --no-edit\`, then \`git push --force\`.`,
    },
  });

export const ignored: Check = {
  id: 'd02-c8',
  goal: words(
    `origin tiene ${TIDY}: un commit sobre main con el que git ya no ve .env ni node_modules, y que no cambia nada más`,
    `origin has ${TIDY}: one commit on main that makes git stop seeing .env and node_modules, and changes nothing else`,
  ),
  kind: 'git',
  async run(desk) {
    const origin = await pushed(desk, TIDY);
    const commits = await origin.commits(`refs/heads/${TIDY}`, 'refs/heads/main');
    const folder = await desk.checkout(origin, `refs/heads/${TIDY}`);
    const { stdout } = await desk.run(
      // As it is for a colleague: what git ignores on this machine only does not count.
      `git init -q; mkdir -p node_modules/left; touch .env ${NEW} node_modules/left/pad.js; git -c core.excludesFile=/dev/null status --short`,
      { cwd: folder },
    );
    const listed = stdout.split('\n').map((line) => line.slice(3));
    const seen = listed.filter((path) => SECRET.test(path));
    const lists = await origin.read(`refs/heads/${TIDY}`, '.gitignore');
    const hidden = [NEW, ...(lists === undefined ? [] : ['.gitignore'])].find((path) => !listed.includes(path));
    if (seen.length === 0 && hidden !== undefined) return hides(hidden);
    const [commit] = commits;
    if (commit !== undefined && commits.length === 1 && seen.length === 0) {
      const stray = await strayOfTidy(origin, commit);
      return stray === undefined ? passed : anotherPurpose(stray, (await takenOut(origin, stray)).command);
    }
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
          ? (meansOther(lists ?? '') ?? (lists === undefined ? NO_LIST : lacksIn(seen)))
          : ((await tookAlong(desk, TIDY, commits)) ?? {
              es: `Parte de \`main\`: \`git switch main\`, \`git switch -c ${TIDY}\`. Un solo commit, con \`.gitignore\`.`,
              en: `Start from \`main\`: \`git switch main\`, \`git switch -c ${TIDY}\`. One single commit, with \`.gitignore\`.`,
            }),
    });
  },
};
