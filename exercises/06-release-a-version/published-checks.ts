// What is judged of what is published: the registry, the tags and CHANGELOG.md.
import { type Check, type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import {
  commitOf,
  cut,
  FIRST,
  isNamed,
  keptBy,
  REGISTRY,
  SEATS,
  same,
  sectionOf,
  sha256,
  tagOnOrigin,
  tagStays,
  versionsIn,
  waiting,
  words,
  wrongName,
} from './released.ts';

export const sawRefusal: Check = {
  id: 'd06-c6',
  goal: words(
    'El registro ha rechazado otro contenido para la versión 1.0.0',
    'The registry has refused other content for version 1.0.0',
  ),
  kind: 'log',
  run(desk) {
    if (desk.log.some((entry) => entry.type === 'ArtifactRefused' && entry.version === '1.0.0')) return passed;
    // 1.0.0 itself went in before the day began.
    const others = desk.log.flatMap((entry) =>
      entry.type === 'ArtifactPublished' && entry.version !== '1.0.0' ? [entry.version] : [],
    );
    return failed({
      expected: words('un envío rechazado a 1.0.0', 'a refused upload to 1.0.0'),
      found:
        others.length === 0
          ? words('todavía ninguno', 'none so far')
          : words(`enviado y aceptado: ${others.join(', ')}`, `sent and accepted: ${others.join(', ')}`),
      where: { command: 'curl -T' },
      next: words(
        `\`curl -T seats/README.md ${REGISTRY}/1.0.0/seats-1.0.0.tgz\`, con esa dirección exacta.`,
        `\`curl -T seats/README.md ${REGISTRY}/1.0.0/seats-1.0.0.tgz\`, to that very address.`,
      ),
    });
  },
};

const artifactOf = (desk: Desk, version: string) =>
  desk.registry.artifacts(SEATS).find((one) => one.version === version);

/** What an artifact in the registry does, asked for its trips. */
async function tripsOf(desk: Desk, version: string): Promise<Readonly<Record<string, unknown>>[]> {
  const artifact = artifactOf(desk, version);
  const folder = `/tmp/run-${version}`;
  await desk.run(
    `mkdir -p ${folder} && curl -s -o ${folder}/a.tgz ${REGISTRY}/${version}/${artifact?.file ?? ''} && tar -xzf ${folder}/a.tgz -C ${folder}`,
  );
  const service = await desk.start('node app.mjs', { cwd: folder, env: { CURRENCY: 'units' } });
  const { text } = await service.get('/trips?from=sierra');
  service.stop();
  return JSON.parse(text) as Readonly<Record<string, unknown>>[];
}

/** What a trip of one of the three tells its price by. */
const fieldsOf = (version: string) =>
  version === '1.1.0'
    ? words('viajes con `price` y `fare`', 'trips with `price` and `fare`')
    : version === '1.0.1'
      ? words('viajes con `price`, sin `fare`', 'trips with `price`, without `fare`')
      : words('viajes con `fare`, sin `price`', 'trips with `fare`, without `price`');

export const inOrder: Check = {
  id: 'd06-c1',
  goal: words(
    'El registro tiene 1.0.1, 1.1.0 y 2.0.0, en ese orden y cada una con su cambio',
    'The registry holds 1.0.1, 1.1.0 and 2.0.0, in that order, each with its change',
  ),
  kind: 'world',
  async run(desk) {
    const found = versionsIn(desk);
    const expected = ['1.0.0', ...waiting.map(({ version }) => version)];
    if (found.slice(0, expected.length).join(' ') !== expected.join(' '))
      return failed({
        expected: words(
          `en el registro, en este orden: ${expected.join(', ')}`,
          `in the registry, in this order: ${expected.join(', ')}`,
        ),
        found: same(found.join(', ')),
        where: { command: `curl ${REGISTRY}` },
        next: words(
          'Ejecuta `bash release.sh COMMIT` para cada uno, del más antiguo al más nuevo. Si ya publicaste otra cosa, restablece el día.',
          'Run `bash release.sh COMMIT` for each, from the oldest to the newest. If something else is published, reset the day.',
        ),
      });
    for (const { version } of waiting) {
      const artifact = artifactOf(desk, version);
      if (artifact !== undefined && !isNamed(artifact)) return wrongName(artifact);
      const [trip] = await tripsOf(desk, version);
      const does = [trip !== undefined, trip?.fare !== undefined, trip?.price === undefined];
      const should = [true, version !== '1.0.1', version === '2.0.0'];
      if (trip !== undefined && does.join() === should.join()) continue;
      return failed({
        expected: words(
          `${version} con su cambio y sin los posteriores: ${fieldsOf(version).es}`,
          `${version} with its change and none of the later ones: ${fieldsOf(version).en}`,
        ),
        found: words(
          trip === undefined ? 'no encuentra «sierra»' : `un viaje con ${Object.keys(trip).join(', ')}`,
          trip === undefined ? 'it does not find “sierra”' : `a trip with ${Object.keys(trip).join(', ')}`,
        ),
        where: { service: `seats ${version}` },
        next: words(
          'Publica el artefacto de su ejecución (`gh run list --commit COMMIT`), no el de la última. Lo publicado queda: restablece el día.',
          'Publish the artifact of its own run (`gh run list --commit COMMIT`), not of the newest. What is published stays: reset the day.',
        ),
      });
    }
    return passed;
  },
};

/** What to do about a version that is not in the registry. */
const notYet = (commit: string): Words =>
  words(
    `Esa versión aún no está publicada: \`bash release.sh ${commit.slice(0, 7)}\`, después de las más antiguas. Si ya hay otras más nuevas, restablece el día.`,
    `That version is not published yet: \`bash release.sh ${commit.slice(0, 7)}\`, after the older ones. If newer ones are there already, reset the day.`,
  );

export const sameDigest: Check = {
  id: 'd06-c2',
  goal: words(
    'El digest del registro es el del artefacto que probó CI',
    'The digest in the registry is that of the artifact that CI tested',
  ),
  kind: 'world',
  async run(desk) {
    for (const { card, version } of waiting) {
      const tested = await keptBy(desk, commitOf(desk, card));
      const artifact = artifactOf(desk, version);
      if (artifact !== undefined && tested.includes(artifact.digest)) continue;
      return failed({
        expected: words(
          `en el registro, ${version} con ${sha256(tested[0])}, lo que probó CI`,
          `in the registry, ${version} with ${sha256(tested[0])}, which CI tested`,
        ),
        found:
          artifact === undefined
            ? words(`${version} no está en el registro`, `${version} is not in the registry`)
            : same(`${version}: ${sha256(artifact.digest)}`),
        where: artifact === undefined ? { command: `curl ${REGISTRY}` } : { file: 'release.sh' },
        next:
          artifact === undefined
            ? notYet(commitOf(desk, card))
            : words(
                'No construyas otra vez, ni tomes lo de otra ejecución: `gh run download ID` trae el artefacto de la suya. Lo publicado no cambia; restablece el día.',
                'Do not build again, nor take that of another run: `gh run download ID` brings the artifact of its own. What is published stays; reset the day.',
              ),
      });
    }
    return passed;
  },
};

export const tagged: Check = {
  id: 'd06-c4',
  goal: words(
    'Cada etiqueta apunta al commit de su cambio, en main y con los checks en verde',
    'Each tag points to the commit of its change, on main and with a green check',
  ),
  kind: 'git',
  async run(desk) {
    const origin = await desk.git.origin(SEATS);
    for (const { card, version } of waiting) {
      const expected = commitOf(desk, card);
      const found = await tagOnOrigin(desk, version);
      if (found === expected) continue;
      const onMain = (await origin?.commits('refs/heads/main'))?.some(({ id }) => id === found);
      return failed({
        expected: words(
          `en origin, v${version} → ${expected.slice(0, 7)}, el commit de \`${card}\``,
          `on origin, v${version} → ${expected.slice(0, 7)}, the commit of \`${card}\``,
        ),
        found:
          found === undefined
            ? words('esa etiqueta no está en origin', 'that tag is not on origin')
            : words(
                `v${version} → ${found.slice(0, 7)}, ${onMain ? 'que es otro commit' : 'que no está en main'}`,
                `v${version} → ${found.slice(0, 7)}, ${onMain ? 'which is another commit' : 'which is not on main'}`,
              ),
        where: { command: 'git ls-remote --tags' },
        next:
          found === undefined
            ? versionsIn(desk).includes(version)
              ? words(
                  `En \`seats\`: \`git push origin v${version}\`. Si aún no existe, antes \`git tag -a v${version} -m … ${expected.slice(0, 7)}\`.`,
                  `In \`seats\`: \`git push origin v${version}\`. If there is none yet, first \`git tag -a v${version} -m … ${expected.slice(0, 7)}\`.`,
                )
              : notYet(expected)
            : tagStays(version, expected),
      });
    }
    return passed;
  },
};

/** As next-version.sh reads messages. */
const ASKS_FOR_A_VERSION = /^(feat|fix)(\([^)]*\))?:|^[a-z]+(\([^)]*\))?!:|^BREAKING[ -]CHANGE:/m;

/** The three, and what stood in CHANGELOG.md before them. */
const written = [...waiting, { card: 'first-sale', version: '1.0.0' }];

export const cardsNamed: Check = {
  id: 'd06-c5',
  goal: words(
    'El CHANGELOG.md de main tiene un título por versión, con la tarjeta de su cambio y ninguna otra',
    'The CHANGELOG.md of main has a heading for each version, with the card of its change and no other',
  ),
  kind: 'file',
  async run(desk) {
    const origin = await desk.git.origin(SEATS);
    const text = (await origin?.read('refs/heads/main', 'CHANGELOG.md')) ?? '';
    const ownText = desk.exists('seats/CHANGELOG.md') ? desk.text('seats/CHANGELOG.md') : '';
    const headings = written.map(({ version }) => sectionOf(text, version)?.split('\n')[0]);
    for (const [index, { card, version }] of written.entries()) {
      const section = sectionOf(text, version);
      const isShared =
        section !== undefined && headings.indexOf(headings[index]) !== headings.lastIndexOf(headings[index]);
      const other = written.find((one) => one.card !== card && section?.includes(one.card))?.card;
      if (section?.includes(card) && !isShared) {
        if (other === undefined) continue;
        return tellsOfAnother(version, card, other);
      }
      const isHere = sectionOf(ownText, version)?.includes(card);
      return failed({
        expected: words(
          `en ${version}, la tarjeta \`${card}\`, bajo un título propio`,
          `under ${version}, the card \`${card}\`, below a heading of its own`,
        ),
        found:
          section === undefined
            ? words(
                `en main no hay un título con ${version}${isHere ? '; en tu carpeta, sí' : ''}`,
                `no heading with ${version} on main${isHere ? '; in your folder there is' : ''}`,
              )
            : isShared
              ? words(`en main, el título «${headings[index]}»`, `on main, the heading “${headings[index]}”`)
              : words(`en main, bajo ${version}, no está esa tarjeta`, `on main, that card is not under ${version}`),
        where: { file: 'seats/CHANGELOG.md' },
        next: isShared
          ? words(
              'Un título propio para cada versión, `## 1.0.1`, y debajo solo lo suyo. Corrígelo por la misma puerta.',
              'A heading of its own for each version, `## 1.0.1`, and below it only what it brought. Mend it through the same gate.',
            )
          : isHere
            ? words(
                'Llévalo a main como cualquier cambio: rama, commit, `gh pr create`, checks y fusión.',
                'Take it to main like any change: branch, commit, `gh pr create`, checks and merge.',
              )
            : section === undefined && version !== FIRST
              ? words(
                  '`release.sh` escribe la entrada al publicar (su punto 5). Después llévala a main: rama, commit `docs: …`, pull request, checks y fusión.',
                  '`release.sh` writes the entry when it releases (its point 5). Then take it to main: branch, a commit `docs: …`, pull request, checks and merge.',
                )
              : words(
                  'Cada commit nombra su tarjeta al pie: `git log --format="%(trailers:key=Card,valueonly,separator=%x2C)"`. Lo que ya estaba escrito se queda. Corrígelo por la misma puerta.',
                  'Each commit names its card at the foot: `git log --format="%(trailers:key=Card,valueonly,separator=%x2C)"`. What was written before stays. Mend it through the same gate.',
                ),
      });
    }
    const newest = commitOf(desk, 'one-price-only');
    const later = (await origin?.commits('refs/heads/main')) ?? [];
    const loud = later
      .slice(
        0,
        later.findIndex(({ id }) => id === newest),
      )
      .find(
        ({ message, changed }) => ASKS_FOR_A_VERSION.test(message) && changed.every((path) => path.endsWith('.md')),
      );
    return loud === undefined ? passed : asksForAVersion(loud.message.split('\n')[0] ?? '');
  },
};

const tellsOfAnother = (version: string, card: string, other: string): Verdict =>
  failed({
    expected: words(
      `en ${version}, solo lo que trajo: \`${card}\``,
      `under ${version} only what it brought: \`${card}\``,
    ),
    found: words(`en main, también \`${other}\``, `on main, \`${other}\` as well`),
    where: { file: 'seats/CHANGELOG.md' },
    next: words(
      'Una entrada va de la etiqueta anterior a su commit: `git log ETIQUETA..COMMIT`, no hasta `main`. Corrígela por la misma puerta.',
      'An entry goes from the tag before to its commit: `git log TAG..COMMIT`, not to `main`. Mend it through the same gate.',
    ),
  });

const asksForAVersion = (subject: string): Verdict =>
  failed({
    expected: words(
      'un commit que lleve el CHANGELOG a main sin pedir otra versión',
      'a commit that takes the CHANGELOG to main and asks for no version',
    ),
    found: words(`en main, «${cut(subject, 60)}»`, `on main, “${cut(subject, 60)}”`),
    where: { command: 'git log origin/main' },
    next: words(
      'Escribir lo que hay no cambia el servicio: `docs:`. Con `feat:` o `fix:`, la próxima publicación sube un número de más. Lo fusionado queda; restablece el día.',
      'To write down what is there changes no service: `docs:`. With `feat:` or `fix:` the next release raises a number too many. What is merged stays; reset the day.',
    ),
  });
