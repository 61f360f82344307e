import { pick, type ReviewQuestion } from '../../sandbox/checks/index.ts';
import { words } from './build.ts';

const packages = ['bitacora', 'senda', 'fecha-clara', 'colores'] as const;

const whoRefuses: ReviewQuestion = {
  id: 'd03-r1',
  ask(chance) {
    const name = pick(chance, packages);
    const major = chance.integer(1, 4);
    const minor = chance.integer(1, 9);
    const installed = `${major}.${minor}.0`;
    const fits = chance.integer(0, 1) === 1;
    const asked = fits ? `^${major}.${chance.integer(0, minor)}.0` : `^${major + 1}.0.0`;
    const lock = words(`el lock dice \`${installed}\``, `the lock says \`${installed}\``);
    const installs = words(`Instala ${name} ${installed}`, `It installs ${name} ${installed}`);
    const refuses = words('No instala nada y termina con 1', 'It installs nothing and ends with 1');
    const installsWhy = fits
      ? words(
          `${installed} cabe en \`${asked}\`, así que obedece al lock.`,
          `${installed} fits \`${asked}\`, so it obeys the lock.`,
        )
      : words(
          `${installed} no cabe en \`${asked}\`: los dos archivos se contradicen.`,
          `${installed} does not fit \`${asked}\`: the two files contradict each other.`,
        );
    const refusesWhy = fits
      ? words(
          'Se niega cuando los dos archivos se contradicen, y aquí no lo hacen.',
          'It refuses when the two files contradict each other, and here they do not.',
        )
      : words('Una persona tiene que decidir cuál de los dos vale.', 'A person has to say which of the two is right.');
    return {
      kind: 'choice',
      text: words(
        `\`package.json\` pide \`"${name}": "${asked}"\` y ${lock.es}. ¿Qué hace \`npm ci\`?`,
        `\`package.json\` asks for \`"${name}": "${asked}"\` and ${lock.en}. What does \`npm ci\` do?`,
      ),
      choices: [
        fits ? { text: installs, right: true, why: installsWhy } : { text: installs, why: installsWhy },
        fits ? { text: refuses, why: refusesWhy } : { text: refuses, right: true, why: refusesWhy },
        {
          text: words(
            'Instala la más nueva que cabe y corrige el lock',
            'It installs the newest that fits and updates the lock',
          ),
          why: words(
            'Eso hace `npm install`. `npm ci` nunca escribe en el lock.',
            '`npm install` does that. `npm ci` never writes to the lock.',
          ),
        },
      ],
    };
  },
};

const howManyDiffer: ReviewQuestion = {
  id: 'd03-r2',
  ask(chance) {
    const builds = chance.integer(3, 6);
    const commits = chance.integer(2, builds - 1);
    return {
      kind: 'quantity',
      text: words(
        `Un build sin entradas ocultas se ejecuta ${builds} veces en cada uno de ${commits} commits, cada uno con un cambio en \`app.mjs\`. El nombre es \`seats-ID.tgz\`, con el id del commit. ¿Cuántas sumas distintas dará \`sha256sum\`?`,
        `A build without hidden inputs runs ${builds} times on each of ${commits} commits, each with a change in \`app.mjs\`. The name is \`seats-ID.tgz\`, with the id of the commit. How many different sums will \`sha256sum\` give?`,
      ),
      answer: commits,
      unit: words('sumas', 'sums'),
      why: words(
        'El mismo commit da los mismos bytes, las veces que se ejecute. Otro commit da otros.',
        'The same commit gives the same bytes, however often it runs. Another commit gives others.',
      ),
      low: words(
        'Es más: cada commit cambia `app.mjs`, así que cambia el artefacto.',
        'It is more: each commit changes `app.mjs`, so the artifact changes.',
      ),
      high: words(
        'Es menos: repetir el build de un commit no cambia nada.',
        'It is less: repeating the build of a commit changes nothing.',
      ),
      slips: [
        {
          value: builds * commits,
          why: words(
            'Así sería si la hora entrara en el artefacto: otra suma en cada build.',
            'So it would be if the time went into the artifact: another sum with each build.',
          ),
        },
        {
          value: 1,
          why: words(
            'Un cambio en `app.mjs` cambia los bytes del artefacto.',
            'A change in `app.mjs` changes the bytes of the artifact.',
          ),
        },
      ],
    };
  },
};

const whatIsMissing: ReviewQuestion = {
  id: 'd03-r3',
  ask(chance) {
    const name = pick(chance, packages);
    const file = pick(chance, ['trips.json', 'prices.json', 'stations.json']);
    const missing = pick(chance, [name, file]);
    const isPackage = missing === name;
    const line = isPackage
      ? `Error [ERR_MODULE_NOT_FOUND]: Cannot find package '${name}'`
      : `Error: ENOENT: no such file or directory, open '/home/clean/app/${file}'`;
    const listing = isPackage
      ? `app.mjs\n    ${file}\n    package.json`
      : `app.mjs\n    package.json\n    node_modules/${name}/index.js`;
    const text = (question: string): string =>
      `${question}\n    $ tar -tzf dist/seats.tgz\n    ${listing}\n    $ cleanroom run dist/seats.tgz\n    ${line}`;
    return {
      kind: 'choice',
      text: words(
        text('En tu máquina arranca; en la vacía, no. ¿Qué haces en `build.sh`?'),
        text('On your machine it starts; on the empty one it does not. What do you do in `build.sh`?'),
      ),
      choices: [
        {
          text: isPackage
            ? words('Añadir `node_modules` a la línea de `tar`', 'Add `node_modules` to the line with `tar`')
            : words(`Añadir \`${file}\` a la línea de \`tar\``, `Add \`${file}\` to the line with \`tar\``),
          right: true,
          why: words(
            'La máquina vacía solo tiene lo que lleva el artefacto, y eso no está en la lista.',
            'The empty machine has only what the artifact carries, and that is not on the list.',
          ),
        },
        {
          text: isPackage
            ? words(`Añadir \`${file}\` a la línea de \`tar\``, `Add \`${file}\` to the line with \`tar\``)
            : words('Añadir `node_modules` a la línea de `tar`', 'Add `node_modules` to the line with `tar`'),
          why: words('Eso ya está en la lista de `tar -tzf`.', 'That is in the list of `tar -tzf` already.'),
        },
        {
          text: words('Instalar lo que falta en la máquina vacía', 'Install what is missing on the empty machine'),
          why: words(
            'Otra persona tendría que saberlo y hacerlo en cada máquina. El artefacto debe bastarse.',
            'Somebody would have to know it and do it on every machine. The artifact should be enough.',
          ),
        },
        {
          text: words('Quitar `set -e`', 'Take `set -e` away'),
          why: words(
            'Así el script seguiría tras un error. Aquí el build no ha fallado: le falta algo.',
            'Then the script would go on after an error. Here the build has not failed: it lacks something.',
          ),
        },
      ],
    };
  },
};

export const review: readonly ReviewQuestion[] = [whoRefuses, howManyDiffer, whatIsMissing];
