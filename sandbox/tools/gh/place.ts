import { type Forge, folderOfUrl, fullNameOf, loginOf, openForge, parentOf, type Store } from '../../forge/index.ts';
import { type CommandIO, parentOf as folderAbove } from '../../machine/index.ts';
import type { Ci } from '../../pipeline/index.ts';
import { GhStop } from './given.ts';

/** What every subcommand works on. */
export interface Place {
  readonly io: CommandIO;
  readonly ci: Ci;
  /** As the forge calls it: `seats`. */
  readonly repository: string;
  /** `ventarela/seats` */
  readonly fullName: string;
  readonly store: Store;
  readonly forge: Forge;
  /** Who acts. */
  readonly login: string;
  /** Whether the repository was named with `-R`. */
  readonly isNamed: boolean;
  /** ms since 1970 */
  now(): number;
}

/** The repository of `-R`, of GH_REPO, or of the remote `origin` of the folder. @throws GhStop */
export function openPlace(io: CommandIO, ci: Ci, asked: string | undefined): Place {
  const repository = nameOf(asked ?? io.env.GH_REPO) ?? repositoryHere(io);
  if (!isThere(io, repository))
    throw new GhStop(
      `GraphQL: Could not resolve to a Repository with the name '${fullNameOf(repository)}'. (repository)`,
    );
  const { machine } = io;
  const forge = openForge(machine, repository);
  return {
    io,
    ci,
    repository,
    fullName: fullNameOf(repository),
    store: forge.store,
    forge,
    login: loginOf(machine, io.env),
    isNamed: asked !== undefined,
    now: () => machine.kernel.now(),
  };
}

const isThere = ({ machine }: CommandIO, repository: string): boolean =>
  machine.far.exists(`/srv/git/${repository}.git/HEAD`);

/** The repository of the forge that a path of its REST interface names: `repos/ventarela/seats/…` is asked for in any folder. */
export function repositoryOf(io: CommandIO, path: string): string | undefined {
  const [, named] = /^\/?repos\/([^/{]+\/[^/{?]+)/.exec(path) ?? [];
  return isThere(io, nameOf(named) ?? '') ? named : undefined;
}

function nameOf(asked: string | undefined): string | undefined {
  if (asked === undefined || asked === '') return undefined;
  const [, name] =
    /^(?:https:\/\/git\.ventarela\.test\/)?(?:ventarela\/)?((?:[\w-]+\/)?[\w.-]+?)(?:\.git)?$/.exec(asked) ?? [];
  if (name === undefined) throw new GhStop(`expected the "[HOST/]OWNER/REPO" format, got "${asked}"`);
  return name;
}

function repositoryHere(io: CommandIO): string {
  const { files } = io.machine;
  for (let folder = io.cwd; ; folder = folderAbove(folder)) {
    const config = `${folder === '/' ? '' : folder}/.git/config`;
    if (files.exists(config)) {
      const text = files.readText(config);
      const urlOfRemote = (name: string) =>
        new RegExp(`\\[remote "${name}"\\][^[]*?\\n\\s*url\\s*=\\s*(\\S+)`).exec(text)?.[1];
      const url = urlOfRemote('upstream') ?? urlOfRemote('origin');
      if (url === undefined) throw new GhStop('no git remotes found');
      const found = folderOfUrl(url);
      if (found === undefined)
        throw new GhStop(
          'none of the git remotes configured for this repository point to a known GitHub host. To tell gh about a new GitHub host, please use `gh auth login`',
        );
      // A fork is worked on for what it was made from.
      return parentOf(found.name) ?? found.name;
    }
    if (folder === '/')
      throw new GhStop('failed to run git: fatal: not a git repository (or any of the parent directories): .git\n');
  }
}

export const urlOf = ({ fullName }: Place): string => `https://git.ventarela.test/${fullName}`;

/** `about 2 minutes ago`, as gh says it of the past. */
export function ago(place: Place, at: number): string {
  const minutes = Math.floor((place.now() - at) / 60_000);
  const told = (count: number, unit: string): string => `about ${count} ${unit}${count === 1 ? '' : 's'} ago`;
  if (minutes < 1) return 'less than a minute ago';
  if (minutes < 60) return told(minutes, 'minute');
  if (minutes < 60 * 24) return told(Math.floor(minutes / 60), 'hour');
  return told(Math.floor(minutes / 60 / 24), 'day');
}

/** `1m12s` */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const units = ['h', 'm', 's'];
  const first = parts.findIndex((part) => part > 0);
  return parts
    .map((part, at) => `${part}${units[at]}`)
    .slice(first < 0 ? 2 : first)
    .join('');
}
