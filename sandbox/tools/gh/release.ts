// `gh release`
import * as git from 'isomorphic-git';
import {
  assetBytes,
  generatedNotes,
  publishRelease,
  type Release,
  removeRelease,
  uploadAsset,
} from '../../forge/index.ts';
import { FileError, resolvePath } from '../../machine/index.ts';
import { GhStop, type Given } from './given.ts';
import { iso, printFields, printTable } from './json.ts';
import { ago, type Place, urlOf } from './place.ts';
import { jsonFlags, type Subcommand } from './subcommand.ts';
import { plural, readInput } from './texts.ts';

const fields =
  'apiUrl assets author body createdAt databaseId id isDraft isPrerelease name publishedAt tagName targetCommitish url'.split(
    ' ',
  );
const listFields = ['createdAt', 'isDraft', 'isLatest', 'isPrerelease', 'name', 'publishedAt', 'tagName'];

const addressOf = (place: Place, { tag, isDraft }: Release): string =>
  `${urlOf(place)}/releases/tag/${isDraft ? `untagged-${tag}` : tag}`;

/** Newest first. */
const releasesOf = ({ store }: Place): readonly Release[] => [...store.releases()].reverse();

const latestOf = (place: Place): Release | undefined =>
  releasesOf(place).find(({ isDraft, isPrerelease }) => !(isDraft || isPrerelease));

/** By its tag, the latest where none is named. @throws GhStop */
function find(place: Place, tag: string | undefined): Release {
  const found = tag === undefined ? latestOf(place) : releasesOf(place).find((one) => one.tag === tag);
  if (found === undefined) throw new GhStop(tag === undefined ? 'no releases found' : 'release not found');
  return found;
}

function asJson(place: Place, release: Release): Record<string, unknown> {
  return {
    apiUrl: `https://git.ventarela.test/api/v3/repos/${place.fullName}/releases/tags/${release.tag}`,
    assets: release.assets.map(({ name, size, digest }) => ({
      name,
      size,
      digest,
      state: 'uploaded',
      url: `${urlOf(place)}/releases/download/${release.tag}/${name}`,
    })),
    author: { login: release.author },
    body: release.body,
    createdAt: iso(release.createdAt),
    databaseId: place.store.releases().findIndex(({ tag }) => tag === release.tag) + 1,
    id: `RE_${release.tag}`,
    isDraft: release.isDraft,
    isLatest: latestOf(place)?.tag === release.tag,
    isPrerelease: release.isPrerelease,
    name: release.name,
    publishedAt: release.publishedAt === undefined ? null : iso(release.publishedAt),
    tagName: release.tag,
    targetCommitish: release.target,
    url: addressOf(place, release),
  };
}

/** Files of the command line as assets; a label behind `#` is not kept. @throws GhStop */
function upload(place: Place, release: Release, paths: readonly string[], mayReplace: boolean): Release {
  const { io, forge } = place;
  let kept = release;
  for (const text of paths) {
    const [path = ''] = text.split('#');
    let bytes: Uint8Array;
    try {
      bytes = io.machine.files.readFile(resolvePath(io.cwd, path));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new GhStop(`open ${path}: ${error.code === 'EISDIR' ? 'is a directory' : 'no such file or directory'}`);
    }
    const answer = uploadAsset(forge, kept, path.slice(path.lastIndexOf('/') + 1), bytes, mayReplace);
    if (!answer.ok) throw new GhStop(answer.why);
    kept = answer.value;
  }
  return kept;
}

async function tagHead({ forge }: Place, tag: string): Promise<string | undefined> {
  return git.resolveRef({ ...forge.place, ref: `refs/tags/${tag}` }).catch(() => undefined);
}

async function notesOf(place: Place, given: Given, tag: string, target: string): Promise<string> {
  const file = given.value('notes-file');
  const written = given.value('notes') ?? (file === undefined ? undefined : readInput(place, file));
  if (!given.has('generate-notes')) return written ?? '';
  const { forge } = place;
  const at = (await tagHead(place, tag)) ?? (await forge.tip(target)) ?? target;
  const { oid } = await git.readCommit({ ...forge.place, oid: at });
  const before =
    given.value('notes-start-tag') ??
    releasesOf(place).find((one) => one.publishedAt !== undefined && one.tag !== tag)?.tag;
  const made = await generatedNotes(forge, tag, oid, before);
  return written === undefined ? made : `${written}\n${made}`;
}

function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KiB', 'MiB', 'GiB'];
  let [value, unit] = [bytes / 1024, 0];
  for (; value >= 1024 && unit < 2; unit++) value /= 1024;
  return `${value.toFixed(2)} ${units[unit]}`;
}

/** Names with `*` and `?`. */
function matches(pattern: string, name: string): boolean {
  const source = [...pattern].map((sign) =>
    sign === '*' ? '.*' : sign === '?' ? '.' : sign.replace(/[\\^$.+()[\]{}|]/g, '\\$&'),
  );
  return new RegExp(`^${source.join('')}$`).test(name);
}

export const releaseCommands: Readonly<Record<string, Subcommand>> = {
  create: {
    use: '[<tag>] [<files>...]',
    short: 'Create a new GitHub Release for a repository.',
    flags: {
      'draft d': 'Save the release as a draft instead of publishing it',
      'generate-notes': 'Automatically generate title and notes for the release',
      'notes n=': 'Release notes',
      'notes-file F=': 'Read release notes from `file` (use "-" to read from standard input)',
      'notes-start-tag=': 'Tag to use as the starting point for generating release notes',
      'prerelease p': 'Mark the release as a prerelease',
      'target=': 'Target `branch` or full commit SHA (default [main branch])',
      'title t=': 'Release title',
      'verify-tag': "Abort in case the git tag doesn't already exist in the remote repository",
    },
    async run(place, given) {
      const { io, forge, login, fullName, store } = place;
      const [tag, ...files] = given.words;
      if (tag === undefined) throw new GhStop('tag required when not running interactively');
      if (store.releases().some((one) => one.tag === tag))
        throw new GhStop(`a release with the same tag name already exists: ${tag}`);
      if (given.has('verify-tag') && (await tagHead(place, tag)) === undefined)
        throw new GhStop(`tag ${tag} doesn't exist in the repo ${fullName}, aborting due to --verify-tag flag`);
      const target = given.value('target') ?? store.settings().defaultBranch;
      const wish = {
        tag,
        name: given.value('title') ?? tag,
        body: await notesOf(place, given, tag, target),
        by: login,
        target,
        isPrerelease: given.has('prerelease'),
      };
      // Files go to a draft, which is published when all are there: nobody sees half a release.
      const answer = await publishRelease(forge, { ...wish, isDraft: given.has('draft') || files.length > 0 });
      if (!answer.ok) throw new GhStop(`HTTP 422: Validation Failed\n${answer.why}`);
      try {
        upload(place, answer.value, files, false);
      } catch (error) {
        removeRelease(forge, answer.value);
        throw error;
      }
      const last =
        files.length > 0 && !given.has('draft') ? await publishRelease(forge, { ...wish, isDraft: false }) : answer;
      if (!last.ok) {
        removeRelease(forge, answer.value);
        throw new GhStop(`HTTP 422: Validation Failed\n${last.why}`);
      }
      io.stdout(`${addressOf(place, last.value)}\n`);
      return 0;
    },
  },
  edit: {
    use: '<tag>',
    short: 'Edit a release',
    flags: {
      draft: 'Save the release as a draft instead of publishing it',
      'notes n=': 'Release notes',
      'notes-file F=': 'Read release notes from `file` (use "-" to read from standard input)',
      prerelease: 'Mark the release as a prerelease',
      'title t=': 'Release title',
    },
    async run(place, given) {
      const [tag] = given.words;
      if (tag === undefined) throw new GhStop('accepts 1 arg(s), received 0');
      if (given.flags.length === 0) throw new GhStop('use flags to specify properties to edit');
      const release = find(place, tag);
      const file = given.value('notes-file');
      const answer = await publishRelease(place.forge, {
        tag,
        name: given.value('title') ?? release.name,
        body: given.value('notes') ?? (file === undefined ? release.body : readInput(place, file)),
        by: release.author,
        target: release.target,
        isDraft: given.value('draft') === undefined ? release.isDraft : given.has('draft'),
        isPrerelease: given.value('prerelease') === undefined ? release.isPrerelease : given.has('prerelease'),
      });
      if (!answer.ok) throw new GhStop(`HTTP 422: Validation Failed\n${answer.why}`);
      place.io.stdout(`${addressOf(place, answer.value)}\n`);
      return 0;
    },
  },
  list: {
    short: 'List releases in a repository',
    flags: {
      'exclude-drafts': 'Exclude draft releases',
      'exclude-pre-releases': 'Exclude pre-releases',
      'limit L=': 'Maximum number of items to fetch (default 30)',
      ...jsonFlags,
    },
    fields: listFields,
    async run(place, given) {
      const found = releasesOf(place)
        .filter((one) => !(given.has('exclude-drafts') && one.isDraft))
        .filter((one) => !(given.has('exclude-pre-releases') && one.isPrerelease))
        .slice(0, Number(given.value('limit') ?? 30));
      if (given.has('json'))
        return printFields(
          place,
          given,
          listFields,
          found.map((one) => asJson(place, one)),
        );
      if (found.length === 0) throw new GhStop('no releases found', 0);
      const latest = latestOf(place)?.tag;
      printTable(
        place,
        ['TITLE', 'TYPE', 'TAG NAME', 'PUBLISHED'],
        found.map((one) => {
          const badge = one.isDraft ? 'Draft' : one.isPrerelease ? 'Pre-release' : one.tag === latest ? 'Latest' : '';
          const at = one.publishedAt ?? one.createdAt;
          return [one.name || one.tag, badge, one.tag, place.io.isTerminal ? ago(place, at) : iso(at)];
        }),
      );
      return 0;
    },
  },
  view: {
    use: '[<tag>]',
    short: 'View information about a GitHub Release.',
    flags: jsonFlags,
    fields,
    async run(place, given) {
      const { io } = place;
      const release = find(place, given.words[0]);
      if (given.has('json')) return printFields(place, given, fields, asJson(place, release));
      const { tag, name, author, body, assets, isDraft, isPrerelease, createdAt, publishedAt } = release;
      if (io.isTerminal)
        io.stdout(
          `${tag}\n${isDraft ? 'Draft • ' : isPrerelease ? 'Pre-release • ' : ''}${author} ${isDraft ? 'created' : 'released'} this ${ago(place, publishedAt ?? createdAt)}\n\n${body.replace(/^(?=.)/gm, '  ')}\n\n` +
            `${assets.length === 0 ? '' : `Assets\n${assets.map((one) => `${one.name}  ${size(one.size)}\n`).join('')}\n`}View on GitHub: ${addressOf(place, release)}\n`,
        );
      else
        io.stdout(
          `title:\t${name}\ntag:\t${tag}\ndraft:\t${isDraft}\nprerelease:\t${isPrerelease}\nauthor:\t${author}\ncreated:\t${iso(createdAt)}\n` +
            `${publishedAt === undefined ? '' : `published:\t${iso(publishedAt)}\n`}url:\t${addressOf(place, release)}\n${assets.map((one) => `asset:\t${one.name}\n`).join('')}--\n${body}${body.endsWith('\n') ? '' : '\n'}`,
        );
      return 0;
    },
  },
  download: {
    use: '[<tag>]',
    short: 'Download assets from a GitHub release.',
    flags: {
      clobber: 'Overwrite existing files of the same name',
      'dir D=': 'The `directory` to download files into (default ".")',
      'pattern p=': 'Download only assets that match a glob pattern',
      'skip-existing': 'Skip downloading when files of the same name exist',
    },
    async run(place, given) {
      const { io, forge } = place;
      const patterns = given.values('pattern');
      if (given.words[0] === undefined && patterns.length === 0)
        throw new GhStop('`--pattern` or `--archive` is required when downloading the latest release');
      const { tag, assets } = find(place, given.words[0]);
      const wanted = assets.filter(({ name }) => patterns.length === 0 || patterns.some((one) => matches(one, name)));
      if (wanted.length === 0)
        throw new GhStop(patterns.length === 0 ? 'no assets to download' : 'no assets match the file pattern');
      const folder = resolvePath(io.cwd, given.value('dir') ?? '.');
      const { files } = io.machine;
      for (const { name } of wanted) {
        const path = `${folder}/${name}`;
        if (files.exists(path) && given.has('skip-existing')) continue;
        if (files.exists(path) && !given.has('clobber'))
          throw new GhStop(
            `${name} already exists (use \`--clobber\` to overwrite file or \`--skip-existing\` to skip file)`,
          );
        files.mkdir(folder, { recursive: true });
        files.writeFile(path, assetBytes(forge, tag, name));
      }
      return 0;
    },
  },
  upload: {
    use: '<tag> <files>...',
    short: 'Upload asset files to a GitHub Release.',
    flags: { clobber: 'Overwrite existing assets of the same name' },
    async run(place, given) {
      const [tag, ...files] = given.words;
      if (tag === undefined || files.length === 0)
        throw new GhStop(`requires at least 2 arg(s), only received ${given.words.length}`);
      upload(place, find(place, tag), files, given.has('clobber'));
      if (place.io.isTerminal) place.io.stdout(`Successfully uploaded ${plural(files.length, 'asset')} to ${tag}\n`);
      return 0;
    },
  },
  delete: {
    use: '<tag>',
    short: 'Delete a release',
    flags: {
      'cleanup-tag': 'Delete the specified tag in addition to its release',
      'yes y': 'Skip the confirmation prompt',
    },
    async run(place, given) {
      const { io, forge, login, repository } = place;
      const [tag] = given.words;
      if (tag === undefined) throw new GhStop('accepts 1 arg(s), received 0');
      const release = find(place, tag);
      removeRelease(forge, release);
      const head = await tagHead(place, tag);
      if (given.has('cleanup-tag') && head !== undefined) {
        await git.deleteRef({ ...forge.place, ref: `refs/tags/${tag}` });
        io.machine.kernel.record({
          type: 'RefUpdated',
          repository,
          ref: `refs/tags/${tag}`,
          from: head,
          to: '',
          by: login,
        });
      }
      if (!io.isTerminal) return 0;
      io.stderr(`✓ Deleted release${given.has('cleanup-tag') ? ' and tag' : ''} ${tag}\n`);
      if (!given.has('cleanup-tag') && !release.isDraft)
        io.stderr(`! Note that the ${tag} git tag still remains in the repository\n`);
      return 0;
    },
  },
};
