import {
  type Check,
  CheckStop,
  type Desk,
  failed,
  passed,
  type Star,
  type Verdict,
  type Words,
} from '../../sandbox/checks/index.ts';
import {
  commitOf,
  propose,
  release,
  releaseWaiting,
  SEATS,
  same,
  type Unseen,
  versionsIn,
  waiting,
  words,
} from './released.ts';

const REGISTRY = 'http://registry.ventarela.test/seats';

export const sawRefusal: Check = {
  id: 'd06-c6',
  goal: words(
    'El registro ha rechazado otro contenido para la versión 1.0.0',
    'The registry has refused other content for version 1.0.0',
  ),
  kind: 'log',
  run(desk) {
    if (desk.log.some((entry) => entry.type === 'ArtifactRefused' && entry.version === '1.0.0')) return passed;
    const others = desk.log.flatMap((entry) => (entry.type === 'ArtifactPublished' ? [entry.version] : []));
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

/** Asks next-version.sh for what comes after a version. */
async function next(desk: Desk, after: string, messages: readonly string[]): Promise<string> {
  desk.text('next-version.sh');
  const lines = messages.map((line) => `'${line}'`).join(' ');
  const { stdout, stderr, exitCode } = await desk.run(`printf '%s\\n' ${lines} | bash next-version.sh ${after}`);
  return stdout.trim() || `(${exitCode}) ${stderr.trim().slice(0, 60)}`;
}

/** Each case: a version, the lines of the commits since, and the version that must come next. */
export async function counts(
  desk: Desk,
  cases: readonly (readonly [after: string, message: readonly string[], expected: string])[],
): Promise<Verdict> {
  for (const [after, message, expected] of cases) {
    const found = await next(desk, after, message);
    if (found === expected) continue;
    const said = message.filter(Boolean).join(' / ');
    return failed({
      expected: words(`después de ${after}, con «${said}»: ${expected}`, `after ${after}, with “${said}”: ${expected}`),
      found: same(found),
      where: { file: 'next-version.sh', line: 8 },
      next: words(
        'Mira qué patrón debía reconocerlo. Al subir un número, los de su derecha vuelven a 0; manda el cambio más fuerte.',
        'See which pattern should know it. When a number goes up, those to its right go back to 0; the strongest change decides.',
      ),
    });
  }
  return passed;
}

export const minor: Check = {
  id: 'd06-c9',
  goal: words(
    'Un arreglo sube el último número; algo nuevo sube el segundo y pone el último a 0',
    'A fix raises the last number; something new raises the second and sets the last to 0',
  ),
  kind: 'command',
  run(desk) {
    const [a, b, c] = [desk.integer(1, 9), desk.integer(2, 19), desk.integer(1, 19)];
    return counts(desk, [
      [`${a}.${b}.${c}`, ['fix: keep the order of trips'], `${a}.${b}.${c + 1}`],
      [`${a}.${b}.${c}`, ['feat: sort trips by hour'], `${a}.${b + 1}.0`],
      [`${a}.${b}.${c}`, ['fix: one thing', 'feat(trips): and another'], `${a}.${b + 1}.0`],
    ]);
  },
};

export const major: Check = {
  id: 'd06-c10',
  goal: words(
    'Un cambio incompatible sube el primero y pone los otros a 0',
    'An incompatible change raises the first and sets the others to 0',
  ),
  kind: 'command',
  run(desk) {
    const [a, b, c] = [desk.integer(1, 9), desk.integer(2, 19), desk.integer(1, 19)];
    return counts(desk, [
      [`${a}.${b}.${c}`, ['feat!: rename left to free'], `${a + 1}.0.0`],
      [`${a}.${b}.${c}`, ['fix(holds)!: answer 410'], `${a + 1}.0.0`],
      [`${a}.${b}.${c}`, ['feat: sort trips by hour'], `${a}.${b + 1}.0`],
      [`${a}.${b}.${c}`, ['fix: one thing', 'This is no BREAKING CHANGE.'], `${a}.${b}.${c + 1}`],
    ]);
  },
};

export const first: Check = {
  id: 'd06-c7',
  goal: words(
    '`release.sh` publica los tres cambios, uno a uno',
    '`release.sh` publishes the three changes, one by one',
  ),
  kind: 'command',
  async run(desk) {
    await releaseWaiting(desk);
    return passed;
  },
};

/** The digests of what CI kept for a commit of main. */
async function keptBy(desk: Desk, commit: string): Promise<readonly string[]> {
  const runs = new Set(
    desk
      .forge(SEATS)
      .checks(commit)
      .map(({ run }) => run),
  );
  const digests: string[] = [];
  for (const run of runs) {
    const { stdout } = await desk.run(
      `find /srv/forge/${SEATS}/runs/${run}/artifacts -type f 2>/dev/null | sort | xargs -r sha256sum`,
    );
    digests.push(...stdout.split('\n').flatMap((line) => line.split(' ')[0] || []));
  }
  return digests;
}

/** A change whose artifact tells which run built it: what is built elsewhere has other bytes. */
const tellsItsRun: Unseen = {
  branch: 'tell-the-run',
  message: ['fix: tell which run built this', 'Card: tell-the-run'],
  script: `sed -i '2i (cd "$(dirname "$0")" && echo "// built by run \${GITHUB_RUN_ID:-of nobody}" >> app.mjs)' build.sh`,
};
/** A change that is green as a request and red on main. */
const redOnMain: Unseen = {
  branch: 'red-on-main',
  message: ['fix: keep trips in the order of the day', 'Card: red-on-main'],
  script: `sed -i '2i if [ "\${GITHUB_REF:-}" = refs/heads/main ]; then echo "not ok 1 - trips in order"; exit 1; fi' test.sh`,
};

export const onlyTested: Check = {
  id: 'd06-c11',
  goal: words(
    '`release.sh` publica el archivo que guardó la ejecución y lo anota en CHANGELOG.md; sin ejecución verde en main, nada',
    '`release.sh` publishes the file that the run kept and writes it into CHANGELOG.md; with no green run on main, nothing',
  ),
  kind: 'command',
  async run(desk) {
    await releaseWaiting(desk);
    const before = versionsIn(desk);
    const fresh = () => desk.registry.artifacts(SEATS).filter(({ version }) => !before.includes(version));
    const { mergeCommit = '' } = await propose(desk, tellsItsRun, 'squash');
    const good = await release(desk, mergeCommit);
    const tested = await keptBy(desk, mergeCommit);
    const [published] = fresh();
    if (good.exitCode !== 0 || published === undefined || !tested.includes(published.digest))
      return failed({
        expected: words(
          `código 0, y publicado el archivo de la ejecución: sha256 ${tested[0]?.slice(0, 12)}…`,
          `code 0, and the file of the run published: sha256 ${tested[0]?.slice(0, 12)}…`,
        ),
        found:
          published === undefined || good.exitCode !== 0
            ? words(`código ${good.exitCode}: ${good.said}`, `code ${good.exitCode}: ${good.said}`)
            : same(`${published.version}: sha256 ${published.digest.slice(0, 12)}…`),
        where: { file: 'release.sh' },
        next: words(
          'No construyas: este cambio da otros bytes fuera de su ejecución. `gh run download` trae el archivo que se probó.',
          'Do not build: this change gives other bytes outside its run. `gh run download` brings the file that was tested.',
        ),
      });
    const entry = await newestEntry(desk, published.version);
    if (!entry?.includes(tellsItsRun.branch)) return notWritten(published.version, entry);
    // Merged with its own commit: that one is on main too, and green in its request alone.
    const red = await propose(desk, redOnMain, 'merge');
    if (
      !desk
        .forge(SEATS)
        .checks(red.mergeCommit ?? '')
        .some(({ conclusion }) => conclusion === 'failure')
    )
      throw new Error('day 6: the run of red-on-main is not red');
    for (const commit of [red.mergeCommit ?? '', red.headCommit]) {
      const { exitCode, said } = await release(desk, commit);
      const extra = fresh().filter(({ version }) => version !== published.version);
      if (exitCode !== 0 && extra.length === 0) continue;
      const isRed = commit !== red.headCommit;
      return failed({
        expected: isRed
          ? words(
              'otro código que 0 y nada publicado: su ejecución en main acabó en rojo',
              'a code other than 0 and nothing published: its run on main was red',
            )
          : words(
              'otro código que 0 y nada publicado: ese commit solo corrió en su pull request',
              'a code other than 0 and nothing published: that commit ran in its pull request only',
            ),
        found: words(
          `${extra[0] ? `se publicó ${extra[0].version}` : `código ${exitCode}`}: ${said}`,
          `${extra[0] ? `${extra[0].version} was published` : `code ${exitCode}`}: ${said}`,
        ),
        where: { file: 'release.sh' },
        next: isRed
          ? words(
              'Pide solo ejecuciones que acabaron bien: `gh run list … --status success`. Si no queda ninguna, `exit 1`.',
              'Ask only for runs that ended well: `gh run list … --status success`. When none is left, `exit 1`.',
            )
          : words(
              'Pide solo ejecuciones de main: `gh run list --branch main …`. Si no queda ninguna, `exit 1`.',
              'Ask only for runs on main: `gh run list --branch main …`. When none is left, `exit 1`.',
            ),
      });
    }
    return passed;
  },
};

/** What CHANGELOG.md says of a version just released: in the folder, or wherever the script took it on the forge. */
async function newestEntry(desk: Desk, version: string): Promise<string | undefined> {
  const here = desk.exists('seats/CHANGELOG.md') ? sectionOf(desk.text('seats/CHANGELOG.md'), version) : undefined;
  if (here !== undefined) return here;
  const origin = await desk.git.origin(SEATS);
  const texts = await Promise.all(
    ((await origin?.branches()) ?? []).map((branch) => origin?.read(`refs/heads/${branch}`, 'CHANGELOG.md')),
  );
  return texts.map((text) => sectionOf(text ?? '', version)).find((section) => section !== undefined);
}

const notWritten = (version: string, entry: string | undefined): Verdict =>
  failed({
    expected: words(
      `que \`release.sh\` escriba en CHANGELOG.md un título con ${version}, el cambio y su tarjeta, \`${tellsItsRun.branch}\``,
      `\`release.sh\` to write into CHANGELOG.md a heading with ${version}, the change and its card, \`${tellsItsRun.branch}\``,
    ),
    found:
      entry === undefined
        ? words(`ningún título con ${version}`, `no heading with ${version}`)
        : same(entry.split('\n').filter(Boolean).slice(0, 2).join(' · ').slice(0, 80)),
    where: { file: 'release.sh' },
    next: words(
      'Es lo quinto que hace el guion. La tarjeta está al pie del commit: `git log --format="%(trailers:key=Card,valueonly,separator=%x2C)"`.',
      'It is the fifth thing that the script does. The card stands at the foot of the commit: `git log --format="%(trailers:key=Card,valueonly,separator=%x2C)"`.',
    ),
  });

const aFix: Unseen = {
  branch: 'shorter-log',
  message: ['fix: log one line a request', 'Card: shorter-log'],
  script: `echo '// one line a request' >> app.mjs`,
};

const anotherFix: Unseen = {
  branch: 'quiet-health',
  message: ['fix: log no question after health', 'Card: quiet-health'],
  script: `echo '// none for health' >> app.mjs`,
};

/**
 * The three released, and 2.0.1 for a fix, so that what is refused is not everything; then 2.0.2 taken by other bytes, and release.sh run
 * for a fix that would get it. @throws CheckStop when 2.0.1 is not released.
 */
const takenVersion = (copied: Desk) =>
  copied.once('a version that is taken', async (desk) => {
    await releaseWaiting(desk);
    const free = await propose(desk, aFix, 'squash');
    const good = await release(desk, free.mergeCommit ?? '');
    if (good.exitCode !== 0 || !versionsIn(desk).includes('2.0.1'))
      throw new CheckStop(
        failed({
          expected: words(
            'que `release.sh` publique un arreglo como 2.0.1, que está libre, y termine con 0',
            '`release.sh` to release a fix as 2.0.1, which is free, and to end with 0',
          ),
          found: words(`código ${good.exitCode}: ${good.said}`, `code ${good.exitCode}: ${good.said}`),
          where: { file: 'release.sh' },
          next: words(
            'Solo debe fallar lo que el registro rechaza. Ejecútalo con `bash -x` y mira qué orden lo termina.',
            'Only what the registry refuses should fail. Run it with `bash -x` and see which command ends it.',
          ),
        }),
      );
    const taken = await propose(desk, anotherFix, 'squash');
    const address = `${REGISTRY}/2.0.2/seats-2.0.2.tgz`;
    await desk.run(`echo 'something else' > /tmp/other && curl -s -T /tmp/other ${address}`);
    const { exitCode, said } = await release(desk, taken.mergeCommit ?? '');
    const tag = await (await desk.git.origin(SEATS))?.resolve('refs/tags/v2.0.2');
    return { exitCode, said, versions: versionsIn(desk), tag };
  });

export const refusalTold: Check = {
  id: 'd06-c3',
  goal: words(
    'Si la versión ya existe con otro contenido, `release.sh` lo dice y falla',
    'If the version is there with other content, `release.sh` says so and fails',
  ),
  kind: 'command',
  async run(desk) {
    const { exitCode, said, versions } = await takenVersion(desk);
    // A script that asks the registry for the newest version takes the number after the one that is taken: that is right too.
    const isElsewhere = versions.includes('2.0.3');
    if (exitCode !== 0 || isElsewhere) return passed;
    return failed({
      expected: words(
        'un código de salida distinto de 0 cuando 2.0.2 ya existe',
        'an exit code other than 0 when 2.0.2 is there already',
      ),
      found: words(`código ${exitCode}: ${said}`, `code ${exitCode}: ${said}`),
      where: { file: 'release.sh' },
      next: words(
        '`curl` acaba en 0 aunque el registro conteste 409. Con `--fail-with-body` o `-f`, no.',
        '`curl` ends with 0 even when the registry answers 409. With `--fail-with-body` or `-f` it does not.',
      ),
    });
  },
};

export const noTagWithoutArtifact: Star = {
  id: 'd06-x1',
  star: 'safer',
  goal: words('Una publicación rechazada no deja ninguna etiqueta', 'A refused release leaves no tag behind'),
  kind: 'git',
  async run(desk) {
    const { tag } = await takenVersion(desk);
    if (tag === undefined) return passed;
    return failed({
      expected: words('ninguna etiqueta v2.0.2 en origin', 'no tag v2.0.2 on origin'),
      found: words(
        `v2.0.2 → ${tag.slice(0, 7)}, sin su artefacto`,
        `v2.0.2 → ${tag.slice(0, 7)}, without its artifact`,
      ),
      where: { file: 'release.sh' },
      next: words('Publica primero y etiqueta después.', 'Publish first, tag afterwards.'),
    });
  },
};

/** What an artifact in the registry does, asked for its trips. */
async function tripsOf(desk: Desk, version: string): Promise<Readonly<Record<string, unknown>>[]> {
  const artifact = desk.registry.artifacts(SEATS).find((one) => one.version === version);
  const folder = `/tmp/run-${version}`;
  await desk.run(
    `mkdir -p ${folder} && curl -s -o ${folder}/a.tgz ${REGISTRY}/${version}/${artifact?.file ?? ''} && tar -xzf ${folder}/a.tgz -C ${folder}`,
  );
  const service = await desk.start('node app.mjs', { cwd: folder, env: { CURRENCY: 'units' } });
  const { text } = await service.get('/trips?from=sierra');
  service.stop();
  return JSON.parse(text) as Readonly<Record<string, unknown>>[];
}

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
        expected: same(expected.join(', ')),
        found: same(found.join(', ')),
        where: { command: `curl ${REGISTRY}` },
        next: words(
          'Ejecuta `bash release.sh COMMIT` para cada uno, del más antiguo al más nuevo. Si ya publicaste otra cosa, restablece el día.',
          'Run `bash release.sh COMMIT` for each, from the oldest to the newest. If something else is published, reset the day.',
        ),
      });
    for (const { version } of waiting) {
      const [trip] = await tripsOf(desk, version);
      const does = [trip !== undefined, trip?.fare !== undefined, trip?.price === undefined];
      const should = [true, version !== '1.0.1', version === '2.0.0'];
      if (trip !== undefined && does.join() === should.join()) continue;
      return failed({
        expected: words(
          `${version} con su cambio y sin los posteriores`,
          `${version} with its change and none of the later ones`,
        ),
        found: words(
          trip === undefined ? 'no encuentra «sierra»' : `un viaje con ${Object.keys(trip).join(', ')}`,
          trip === undefined ? 'it does not find “sierra”' : `a trip with ${Object.keys(trip).join(', ')}`,
        ),
        where: { service: `seats ${version}` },
        next: words(
          'Se publica el artefacto de la ejecución de ESE commit, no el de la última.',
          'What is published is the artifact of the run of THAT commit, not of the newest.',
        ),
      });
    }
    return passed;
  },
};

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
      const artifact = desk.registry.artifacts(SEATS).find((one) => one.version === version);
      if (artifact !== undefined && tested.includes(artifact.digest)) continue;
      return failed({
        expected: words(
          `${version}: sha256 ${tested[0]?.slice(0, 12)}…, lo que se probó`,
          `${version}: sha256 ${tested[0]?.slice(0, 12)}…, which was tested`,
        ),
        found:
          artifact === undefined
            ? words(`${version} no está en el registro`, `${version} is not in the registry`)
            : same(`sha256 ${artifact.digest.slice(0, 12)}…`),
        where: { file: 'release.sh' },
        next: words(
          'No construyas otra vez: `gh run download` trae el artefacto de la ejecución. Lo publicado no cambia; restablece el día.',
          'Do not build again: `gh run download` brings the artifact of the run. What is published stays; reset the day.',
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
      const { stdout } = await desk.run(`git ls-remote --tags https://git.ventarela.test/seats.git`, { cwd: SEATS });
      const lines = stdout.split('\n').map((line) => line.split(/\s+/));
      const named = (ref: string) => lines.find(([, one]) => one === ref)?.[0];
      const found = named(`refs/tags/v${version}^{}`) ?? named(`refs/tags/v${version}`);
      if (found === expected) continue;
      const onMain = (await origin?.commits('refs/heads/main'))?.some(({ id }) => id === found);
      return failed({
        expected: words(
          `v${version} → ${expected.slice(0, 7)} (${card})`,
          `v${version} → ${expected.slice(0, 7)} (${card})`,
        ),
        found:
          found === undefined
            ? words('esa etiqueta no está en origin', 'that tag is not on origin')
            : words(
                `→ ${found.slice(0, 7)}, ${onMain ? 'que es otro commit' : 'que no está en main'}`,
                `→ ${found.slice(0, 7)}, ${onMain ? 'which is another commit' : 'which is not on main'}`,
              ),
        where: { command: 'git ls-remote --tags' },
        next: words(
          '`git tag -a vX.Y.Z COMMIT` nombra el commit; sin él, etiqueta donde estás. Y `git push origin vX.Y.Z`.',
          '`git tag -a vX.Y.Z COMMIT` names the commit; without it, it tags where you are. Then `git push origin vX.Y.Z`.',
        ),
      });
    }
    return passed;
  },
};

/** The lines below each heading of the change log that names a version. */
function sectionOf(text: string, version: string): string | undefined {
  const lines = text.split('\n');
  const names = new RegExp(`(^|[^0-9.])${version.replaceAll('.', '\\.')}($|[^0-9.])`);
  const from = lines.findIndex((line) => /^#+ /.test(line) && names.test(line));
  if (from < 0) return undefined;
  const to = lines.findIndex((line, index) => index > from && /^##? /.test(line));
  return lines.slice(from, to < 0 ? undefined : to).join('\n');
}

export const cardsNamed: Check = {
  id: 'd06-c5',
  goal: words(
    'El CHANGELOG.md de main nombra la tarjeta de cada cambio',
    'The CHANGELOG.md of main names the card of each change',
  ),
  kind: 'file',
  async run(desk) {
    const text = (await (await desk.git.origin(SEATS))?.read('refs/heads/main', 'CHANGELOG.md')) ?? '';
    for (const { card, version } of waiting) {
      const section = sectionOf(text, version);
      if (section?.includes(card)) continue;
      const here = desk.exists('seats/CHANGELOG.md') && desk.text('seats/CHANGELOG.md').includes(card);
      return failed({
        expected: words(`en ${version}, la tarjeta \`${card}\``, `under ${version}, the card \`${card}\``),
        found:
          section === undefined
            ? words(
                `en main no hay un título con ${version}${here ? '; en tu carpeta, sí' : ''}`,
                `no heading with ${version} on main${here ? '; in your folder there is' : ''}`,
              )
            : same(section.split('\n').filter(Boolean).slice(1, 2).join('').slice(0, 80) || '—'),
        where: { file: 'seats/CHANGELOG.md' },
        next: here
          ? words(
              'Llévalo a main como cualquier cambio: rama, commit, `gh pr create`, checks y fusión.',
              'Take it to main like any change: branch, commit, `gh pr create`, checks and merge.',
            )
          : words(
              'La tarjeta está en el pie del commit: `git log --format="%(trailers:key=Card,valueonly,separator=%x2C)"`.',
              'The card stands at the foot of the commit: `git log --format="%(trailers:key=Card,valueonly,separator=%x2C)"`.',
            ),
      });
    }
    return passed;
  },
};

const onlyInTheFooter: Unseen = {
  branch: 'holds-in-seconds',
  message: [
    'feat(holds): tell in seconds how long a hold lasts',
    'BREAKING CHANGE: minutes has gone; read seconds.',
    'Card: holds-in-seconds',
  ],
  script: `sed -i 's/minutes: HOLD_MS/seconds: HOLD_MS/; s/60_000 };/1_000 };/' booking.mjs`,
};
/** Merged after it, and the commit that is released: what came before it since the last version counts as well. */
const andAFix: Unseen = {
  branch: 'after-the-seconds',
  message: ['fix: write no log of a hold', 'Card: after-the-seconds'],
  script: `echo '// holds are quiet' >> app.mjs`,
};
const onlyWords: Unseen = {
  branch: 'say-it-better',
  message: ['docs: say in the README what a hold is', 'Card: say-it-better'],
  script: `echo 'A hold keeps a seat while you pay.' >> README.md`,
};
const notMerged: Unseen = {
  branch: 'not-yet-agreed',
  message: ['feat: answer in capitals', 'Card: not-yet-agreed'],
  script: `echo '// not agreed yet' >> app.mjs`,
};

/** What to do, by the version that came, and by what next-version.sh makes of a footer alone and of the whole message that begins with `feat`. */
function adviceFor(version: string | undefined, byFooter: string, byBoth: string): Words {
  if (version === '2.0.1')
    return words(
      'Entre la última versión y ese commit hay dos. Pasa todos sus mensajes: `git log --format=%B ETIQUETA..COMMIT`.',
      'Between the last version and that commit there are two. Hand over all of their messages: `git log --format=%B TAG..COMMIT`.',
    );
  if (version?.startsWith('7.') || version?.startsWith('8.'))
    return words(
      'v7.0.0 está en una rama que nadie ha fusionado. `git tag --merged COMMIT` da solo las etiquetas que el commit contiene.',
      'v7.0.0 is on a branch that nobody has merged. `git tag --merged COMMIT` gives only the tags that the commit holds.',
    );
  if (byBoth === '3.0.0')
    return words(
      '`next-version.sh` da 3.0.0 con ese mensaje. Mira qué recibe de `release.sh` (`git log --format=%B` da el mensaje entero) y qué pasa después.',
      '`next-version.sh` gives 3.0.0 for that message. See what `release.sh` hands it (`git log --format=%B` gives the whole message), and what comes after.',
    );
  if (byFooter === '3.0.0')
    return words(
      '`next-version.sh` conoce el pie, pero antes pregunta por `feat`. Pregunta primero por lo más fuerte.',
      '`next-version.sh` knows the footer, but asks for `feat` before it. Ask for the strongest first.',
    );
  return words(
    'El signo `!` no es la única forma: mira también los renglones del mensaje que empiezan por `BREAKING CHANGE:`.',
    'The sign `!` is not the only way: look at the lines of the message that begin with `BREAKING CHANGE:` as well.',
  );
}

export const unseen: Check = {
  id: 'd06-c8',
  goal: words(
    'Lo que no está en main o no cambia el servicio no se publica; todo mensaje desde la versión anterior cuenta, también su pie',
    'What is not on main or does not change the service is not released; each message since the last version counts, its foot too',
  ),
  kind: 'command',
  async run(desk) {
    await releaseWaiting(desk);
    const before = versionsIn(desk);
    for (const [change, merge] of [
      [notMerged, false],
      [onlyWords, 'squash'],
    ] as const) {
      const pull = await propose(desk, change, merge);
      const { exitCode, said } = await release(desk, merge ? (pull.mergeCommit ?? '') : pull.headCommit);
      const extra = versionsIn(desk).filter((version) => !before.includes(version));
      if (extra.length === 0 && (exitCode !== 0 || merge)) continue;
      return failed({
        expected: words(
          `«${change.message[0]}» ${merge ? '' : '(sin fusionar) '}no se publica`,
          `“${change.message[0]}” ${merge ? '' : '(not merged) '}is not released`,
        ),
        found: words(
          `${extra.length > 0 ? `se publicó ${extra.join(', ')}` : `código ${exitCode}`}: ${said}`,
          `${extra.length > 0 ? `${extra.join(', ')} was published` : `code ${exitCode}`}: ${said}`,
        ),
        where: { file: 'release.sh' },
        next: merge
          ? words(
              'Sin `fix`, `feat` ni cambio incompatible no hay versión nueva.',
              'With no `fix`, `feat` or incompatible change there is no new version.',
            )
          : words(
              '`git merge-base --is-ancestor COMMIT origin/main` dice si un commit está en main.',
              '`git merge-base --is-ancestor COMMIT origin/main` tells whether a commit is on main.',
            ),
      });
    }
    // Somebody's try, on the branch that is not merged: no version of main comes after it.
    await desk.run('git tag v7.0.0 && git push -q origin v7.0.0', { cwd: `/tmp/${notMerged.branch}` });
    await propose(desk, onlyInTheFooter, 'squash');
    const { mergeCommit = '' } = await propose(desk, andAFix, 'squash');
    const { exitCode, said } = await release(desk, mergeCommit);
    const extra = versionsIn(desk).filter((version) => !before.includes(version));
    if (extra.join() === '3.0.0') return passed;
    const byFooter = await next(desk, '2.0.0', ['docs: say more', 'BREAKING CHANGE: minutes has gone.']);
    const byBoth = await next(desk, '2.0.0', onlyInTheFooter.message);
    return failed({
      expected: words(
        '3.0.0 para un arreglo y, antes de él, un cambio cuyo pie dice BREAKING CHANGE',
        '3.0.0 for a fix and, before it, a change whose footer says BREAKING CHANGE',
      ),
      found: words(
        `${extra.join(', ') || 'ninguna versión'} (código ${exitCode}: ${said})`,
        `${extra.join(', ') || 'no version'} (code ${exitCode}: ${said})`,
      ),
      where: { file: byBoth === '3.0.0' ? 'release.sh' : 'next-version.sh' },
      next: adviceFor(extra[0] ?? said.match(/\d+\.\d+\.\d+/)?.[0], byFooter, byBoth),
    });
  },
};
