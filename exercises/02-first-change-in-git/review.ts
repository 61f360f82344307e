import { pick, type ReviewQuestion, type Words } from '../../sandbox/checks/index.ts';

const say = (es: string, en: string): Words => ({ es, en });
const same = (text: string): Words => say(text, text);

const towns = ['Alba', 'Puerto', 'Sierra', 'Molinos'] as const;

const whichStatus: ReviewQuestion = {
  id: 'd02-r1',
  ask(chance) {
    const known = pick(chance, towns);
    const cases = [
      {
        path: `/trips?from=Villa${chance.integer(100, 999)}`,
        right: 'empty',
        why: say(
          'La búsqueda es válida, y su respuesta es que no hay ninguno.',
          'The search is valid, and its answer is that there are none.',
        ),
      },
      {
        path: `${pick(chance, ['/trip', '/tickets', '/seats'])}?from=${known}`,
        right: 'missing',
        why: say('`seats` no tiene esa dirección.', '`seats` has no such address.'),
      },
      {
        path: `/trips?from=${known}`,
        right: 'list',
        why: say(
          `La dirección existe y hay viajes desde ${known}.`,
          `The address exists, and there are trips from ${known}.`,
        ),
      },
    ];
    const { path, right, why } = pick(chance, cases);
    const answers: readonly (readonly [id: string, text: Words, wrong: Words])[] = [
      [
        'empty',
        say('200 y una lista vacía', '200 and an empty list'),
        right === 'list'
          ? say('En el horario hay viajes desde ese pueblo.', 'The timetable has trips from that town.')
          : say(
              'Antes de buscar viajes tiene que existir la dirección.',
              'Before it can search trips, the address has to exist.',
            ),
      ],
      [
        'missing',
        same('404'),
        say(
          '404 dice que esa dirección no existe, y `/trips` existe.',
          '404 says that there is no such address, and `/trips` exists.',
        ),
      ],
      [
        'list',
        say('200 y una lista con viajes', '200 and a list with trips'),
        right === 'empty'
          ? say('Ningún autobús sale de ese pueblo.', 'No coach leaves that town.')
          : say('Esa dirección no es `/trips`.', 'That address is not `/trips`.'),
      ],
      [
        'failure',
        same('500'),
        say(
          '500 dice que el servicio falló, y aquí nada ha fallado.',
          '500 says that the service failed. Nothing has failed here.',
        ),
      ],
    ];
    return {
      kind: 'choice',
      text: say(
        `¿Qué debe responder \`seats\`?\n    $ curl 'localhost:8080${path}'`,
        `What should \`seats\` answer?\n    $ curl 'localhost:8080${path}'`,
      ),
      choices: answers.map(([id, text, wrong]) => (id === right ? { text, right: true, why } : { text, why: wrong })),
    };
  },
};

const whatGoesIn: ReviewQuestion = {
  id: 'd02-r2',
  ask(chance) {
    const staged = pick(chance, ['app.mjs', 'README.md', 'trips.json']);
    const unstaged = pick(
      chance,
      ['app.mjs', 'README.md', 'trips.json'].filter((file) => file !== staged),
    );
    const unknown = pick(chance, ['.env', 'notes.txt', 'debug.log']);
    return {
      kind: 'choice',
      text: say(
        `Haces \`git commit -m "…"\` ahora. ¿Qué entra en el commit?\n    $ git status --short\n    M  ${staged}\n     M ${unstaged}\n    ?? ${unknown}`,
        `You run \`git commit -m "…"\` now. What goes into the commit?\n    $ git status --short\n    M  ${staged}\n     M ${unstaged}\n    ?? ${unknown}`,
      ),
      choices: [
        {
          text: say(`Solo \`${staged}\``, `Only \`${staged}\``),
          right: true,
          why: say(
            'La `M` de la primera columna: está en el índice.',
            'The `M` in the first column: it is in the index.',
          ),
        },
        {
          text: same(`\`${staged}\`, \`${unstaged}\``),
          why: say(
            `La \`M\` de \`${unstaged}\` está en la segunda columna: el cambio sigue en la carpeta.`,
            `The \`M\` of \`${unstaged}\` is in the second column: the change is still in the working tree only.`,
          ),
        },
        {
          text: same(`\`${staged}\`, \`${unstaged}\`, \`${unknown}\``),
          why: say(
            'Eso haría `git add .` antes. Sin él, entra lo que hay en el índice.',
            '`git add .` would do that first. Without it, what is in the index goes in.',
          ),
        },
        {
          text: say(`Solo \`${unstaged}\``, `Only \`${unstaged}\``),
          why: say('Ese cambio nadie lo ha puesto en el índice.', 'Nobody has put that change into the index.'),
        },
      ],
    };
  },
};

const howFarAhead: ReviewQuestion = {
  id: 'd02-r3',
  ask(chance) {
    const before = chance.integer(4, 9);
    const mine = chance.integer(2, 5);
    const theirs = chance.integer(6, 9);
    return {
      kind: 'quantity',
      text: say(
        `\`main\` tiene ${before} commits. Abres una rama, haces ${mine} commits en ella y la envías. Mientras tanto, el equipo añade ${theirs} a \`main\`. ¿Cuántos commits tiene la historia de tu rama?`,
        `\`main\` has ${before} commits. You open a branch, make ${mine} commits on it and push it. Meanwhile the team adds ${theirs} to \`main\`. How many commits does the history of your branch have?`,
      ),
      answer: before + mine,
      unit: say('commits', 'commits'),
      why: say(
        `Los ${before} de los que nació y tus ${mine}. Lo que el equipo añade a \`main\` no mueve tu rama.`,
        `The ${before} that it started from, and your ${mine}. What the team adds to \`main\` does not move your branch.`,
      ),
      low: say(
        'Es más: la historia de una rama empieza en el primer commit.',
        'It is more: the history of a branch begins at the first commit.',
      ),
      high: say(
        'Es menos: la rama solo tiene lo que había al nacer y lo tuyo.',
        'It is less: the branch only has what was there at first, and yours.',
      ),
      slips: [
        {
          value: mine,
          why: say(
            'Esos son los tuyos. Antes hay otros: la rama nace de `main`.',
            'Those are yours. There are others before: the branch starts from `main`.',
          ),
        },
        {
          value: before + mine + theirs,
          why: say(
            'Los commits del equipo están en `main`, y tu rama no los tiene.',
            'The commits of the team are on `main`, and your branch does not have them.',
          ),
        },
        { value: before + theirs, why: say('Esa es la historia de `main`.', 'That is the history of `main`.') },
      ],
    };
  },
};

export const review: readonly ReviewQuestion[] = [whichStatus, whatGoesIn, howFarAhead];
