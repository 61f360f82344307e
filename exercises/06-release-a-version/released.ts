// The three changes of day 6, and what release.sh makes of them and of others: checks run it on a copy of the learner's state.
import { CheckStop, type Desk, failed, type Words } from '../../sandbox/checks/index.ts';

export const SEATS = 'seats';
export const REGISTRY = 'http://registry.ventarela.test/seats';
export const words = (es: string, en: string): Words => ({ es, en });
export const same = (text: string): Words => ({ es: text, en: text });

/** A change that waits: its branch, which is the name of its card too, and the version that it must get. */
export interface Waiting {
  readonly card: string;
  readonly version: string;
}

/** Published before the day begins, and written into CHANGELOG.md. */
export const FIRST = '1.0.0';

export const waiting: readonly Waiting[] = [
  { card: 'towns-as-typed', version: '1.0.1' },
  { card: 'fare-with-currency', version: '1.1.0' },
  { card: 'one-price-only', version: '2.0.0' },
];

/** The commit with which a request went into main. */
export function commitOf(desk: Desk, branch: string): string {
  const pull = desk
    .forge(SEATS)
    .pulls()
    .find(({ head }) => head === branch);
  if (pull?.mergeCommit !== undefined) return pull.mergeCommit;
  throw new Error(`day 6: ${branch} is not merged`);
}

export const versionsIn = (desk: Desk): readonly string[] =>
  desk.registry.artifacts(SEATS).map(({ version }) => version);

/** What was released since the registry held these versions. */
export const releasedSince = (desk: Desk, before: readonly string[]) =>
  desk.registry.artifacts(SEATS).filter(({ version }) => !before.includes(version));

export type Artifact = ReturnType<typeof releasedSince>[number];

/** Whether it is called as day 7 asks for it. */
export const isNamed = ({ version, file }: Artifact): boolean => file === `seats-${version}.tgz`;

export const wrongName = ({ version, file }: Artifact) =>
  failed({
    expected: words(
      `en el registro, el archivo \`${version}/seats-${version}.tgz\``,
      `in the registry, the file \`${version}/seats-${version}.tgz\``,
    ),
    found: same(`\`${version}/${file}\``),
    where: { file: 'release.sh' },
    next: words(
      'Quien instala pide el archivo por ese nombre: corrige la dirección de `curl -T`. Lo publicado no cambia: si ya lo hiciste de verdad, restablece el día.',
      'Whoever installs asks for the file by that name: mend the address of `curl -T`. What is published stays: if you did it for good, reset the day.',
    ),
  });

export interface Told {
  readonly exitCode: number;
  /** The last lines that it printed; empty when it printed nothing. */
  readonly said: string;
}

export const codeOf = ({ exitCode, said }: Told): Words =>
  said === ''
    ? words(`código ${exitCode}, y ningún mensaje`, `code ${exitCode}, and no message`)
    : words(`código ${exitCode}, y dice: ${said}`, `code ${exitCode}, and it says: ${said}`);

/** What was published although nothing should be; the code, when nothing was. */
export const publishedOr = (told: Told, published: string | undefined): Words =>
  published
    ? words(
        `se publicó ${published}, con código ${told.exitCode}`,
        `${published} was published, with code ${told.exitCode}`,
      )
    : codeOf(told);

/** A text that is not too long, cut between two words. */
export const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length).replace(/\s+\S*$/, '')} …`;

/** Where to look when release.sh should have released: what it sends to the registry stays there, so it is tried without that. */
export function whereItStopped(
  desk: Desk,
  { published, exitCode, said }: Told & { readonly published: readonly unknown[] },
): Words {
  if (published.length > 0)
    return words(
      'Publicó y falló después, en el punto 4 o en el 5: lo último que dijo está arriba. De git, envía solo la etiqueta: `git push origin vX.Y.Z`.',
      'It published and failed after that, at point 4 or 5: its last words stand above. Of git, push the tag alone: `git push origin vX.Y.Z`.',
    );
  if (/--is-ancestor +\S+ +["']?main\b/.test(desk.text('release.sh')))
    return words(
      'Preguntas por tu `main`, que se queda atrás hasta un `git pull`. `git fetch` pone al día `origin/main`: pregunta por ella.',
      'You ask about your own `main`, which stays behind until a `git pull`. `git fetch` brings `origin/main` up to date: ask about that.',
    );
  if (/curl: \(/.test(said))
    return words(
      'Falla el envío del punto 3. Va con `curl -T ARCHIVO` a `$registry/VERSIÓN/seats-VERSIÓN.tgz`, con la versión de los dos lados.',
      'The upload of point 3 fails. It goes by `curl -T FILE` to `$registry/VERSION/seats-VERSION.tgz`, with the version on both sides.',
    );
  const look = words(
    'Para verlo sin publicar, pon `exit` antes de `curl` y usa `bash -x release.sh COMMIT`.',
    'To see it without publishing, put `exit` before `curl` and use `bash -x release.sh COMMIT`.',
  );
  if (exitCode === 0)
    return words(
      `No envió nada al registro: falta el punto 3, \`curl -T\`. ${look.es}`,
      `It sent nothing to the registry: point 3, \`curl -T\`, is missing. ${look.en}`,
    );
  return words(
    `No publicó nada: se detuvo en el punto 1, 2 o 3 de sus comentarios. ${look.es}`,
    `It published nothing: it stopped at point 1, 2 or 3 of its comments. ${look.en}`,
  );
}

/** The last lines of a text. What git advises and what it did are beside the line that says what is wrong. */
const lastOf = (text: string, count: number): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(hint:|To |\* )/.test(line))
    .slice(-count);

/** Runs the learner's release.sh for a commit. */
export async function release(desk: Desk, commit: string): Promise<Told> {
  const { exitCode, stdout, stderr } = await desk.run(`bash release.sh ${commit}`);
  return { exitCode, said: cut([...lastOf(stderr, 2), ...lastOf(stdout, 1)].join(' · '), 160) };
}

/** The commit to which a tag on origin leads. */
export async function tagOnOrigin(desk: Desk, version: string): Promise<string | undefined> {
  const { stdout } = await desk.run('git ls-remote --tags https://git.ventarela.test/seats.git', { cwd: SEATS });
  const lines = stdout.split('\n').map((line) => line.split(/\s+/));
  const named = (ref: string) => lines.find(([, one]) => one === ref)?.[0];
  return named(`refs/tags/v${version}^{}`) ?? named(`refs/tags/v${version}`);
}

/** Releases those of the three that are not released yet, in order. @throws CheckStop when one of them does not get its version or its tag. */
export async function releaseWaiting(desk: Desk): Promise<void> {
  for (const [index, { card, version }] of waiting.entries()) {
    if (versionsIn(desk).includes(version)) continue;
    const commit = commitOf(desk, card);
    const later = versionsIn(desk).find((one) => waiting.slice(index + 1).some((other) => other.version === one));
    const told = await release(desk, commit);
    if (told.exitCode !== 0 || !versionsIn(desk).includes(version)) {
      const misled = await wrongTagBefore(desk, index);
      if (misled !== undefined) throw new CheckStop(misled);
      throw new CheckStop(
        failed({
          expected: words(
            `que \`release.sh ${commit.slice(0, 7)}\` publique ${version} (${card}) y termine con 0`,
            `\`release.sh ${commit.slice(0, 7)}\` to publish ${version} (${card}) and end with 0`,
          ),
          found: codeOf(told),
          where: { file: 'release.sh' },
          next:
            later === undefined
              ? whereItStopped(desk, { ...told, published: versionsIn(desk).includes(version) ? [version] : [] })
              : words(
                  `${later} está publicada y ya incluye ese cambio. Lo publicado no cambia: restablece el día y empieza por el más antiguo.`,
                  `${later} is published and includes that change already. What is published stays: reset the day and begin with the oldest.`,
                ),
        }),
      );
    }
    const other = await fileOfAnother(desk, version, commit);
    if (other !== undefined) throw new CheckStop(other);
    const tagged = await tagOnOrigin(desk, version);
    if (tagged !== commit) throw new CheckStop(notTagged(version, commit, tagged));
  }
}

/** A tag of one of those before, which leads elsewhere: what comes after is counted from there. */
async function wrongTagBefore(desk: Desk, before: number) {
  for (const { card, version } of waiting.slice(0, before)) {
    const commit = commitOf(desk, card);
    const tagged = await tagOnOrigin(desk, version);
    if (tagged !== undefined && tagged !== commit)
      return failed({ ...notTagged(version, commit, tagged), next: tagStays(version, commit) });
  }
  return undefined;
}

/** What to do about a tag that is on origin already and leads to another commit. */
export const tagStays = (version: string, commit: string): Words => {
  const tag = `git tag -a v${version} -m … ${commit.slice(0, 7)}`;
  return words(
    `Una etiqueta enviada se queda donde está. En \`release.sh\`, nombra el commit, \`${tag}\`, y restablece el día.`,
    `A tag that is pushed stays where it was put. In \`release.sh\`, name the commit, \`${tag}\`, and reset the day.`,
  );
};

/** A file that was published and comes from the run of another commit. */
export async function fileOfAnother(desk: Desk, version: string, commit: string) {
  const digest = desk.registry.artifacts(SEATS).find((one) => one.version === version)?.digest ?? '';
  const tested = await keptBy(desk, commit);
  if (tested.includes(digest)) return undefined;
  const mains = (await (await desk.git.origin(SEATS))?.commits('refs/heads/main')) ?? [];
  for (const { id } of mains)
    if (id !== commit && (await keptBy(desk, id)).includes(digest))
      return failed({
        expected: words(
          `${version}: el archivo de la ejecución de ${commit.slice(0, 7)}`,
          `${version}: the file of the run of ${commit.slice(0, 7)}`,
        ),
        found: words(`el de la ejecución de ${id.slice(0, 7)}`, `that of the run of ${id.slice(0, 7)}`),
        where: { file: 'release.sh' },
        next: words(
          'Pide solo las ejecuciones de ese commit: `gh run list --commit "$commit" --branch main …`. Si no queda ninguna, `exit 1`.',
          'Ask only for runs of that commit: `gh run list --commit "$commit" --branch main …`. When none is left, `exit 1`.',
        ),
      });
  return undefined;
}

/** A release whose tag is not on origin, or leads elsewhere. */
export const notTagged = (version: string, commit: string, tagged: string | undefined) =>
  failed({
    expected: words(
      `en origin, v${version} → ${commit.slice(0, 7)} después de \`release.sh ${commit.slice(0, 7)}\``,
      `on origin, v${version} → ${commit.slice(0, 7)} after \`release.sh ${commit.slice(0, 7)}\``,
    ),
    found:
      tagged === undefined
        ? words('esa etiqueta no está en origin', 'that tag is not on origin')
        : words(
            `v${version} → ${tagged.slice(0, 7)}, que es otro commit`,
            `v${version} → ${tagged.slice(0, 7)}, which is another commit`,
          ),
    where: { file: 'release.sh' },
    next:
      tagged === undefined
        ? words(
            'Una etiqueta se queda en tu carpeta hasta que la envías: `git push origin vX.Y.Z`.',
            'A tag stays in your folder until you push it: `git push origin vX.Y.Z`.',
          )
        : words(
            '`git tag -a vX.Y.Z` sin commit etiqueta HEAD. Nómbralo: `git tag -a vX.Y.Z -m … COMMIT`.',
            '`git tag -a vX.Y.Z` with no commit tags HEAD. Name it: `git tag -a vX.Y.Z -m … COMMIT`.',
          ),
  });

/** The digests of what CI kept for a commit of main. */
export async function keptBy(desk: Desk, commit: string): Promise<readonly string[]> {
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

/** A digest as it is told. */
export const sha256 = (digest: string | undefined): string => `sha256 ${digest?.slice(0, 12)}…`;

/** A heading of Markdown, in either form: `## 2.0.1`, or a line above `-----`. */
const isHeading = (lines: readonly string[], index: number, deepest = 6): boolean =>
  new RegExp(`^#{1,${deepest}} `).test(lines[index] ?? '') ||
  (/\S/.test(lines[index] ?? '') && /^(=+|-+)\s*$/.test(lines[index + 1] ?? ''));

export const headingsIn = (text: string): readonly string[] => {
  const lines = text.split('\n');
  return lines.filter((_, index) => isHeading(lines, index));
};

/** The heading of the change log that names a version, with the lines below it. */
export function sectionOf(text: string, version: string): string | undefined {
  const lines = text.split('\n');
  const names = new RegExp(`(^|[^0-9.])${version.replaceAll('.', '\\.')}($|[^0-9.])`);
  const from = lines.findIndex((line, index) => isHeading(lines, index) && names.test(line));
  if (from < 0) return undefined;
  const to = lines.findIndex((_, index) => index > from && isHeading(lines, index, 2));
  return lines.slice(from, to < 0 ? undefined : to).join('\n');
}
