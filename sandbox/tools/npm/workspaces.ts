// Workspaces: packages that a project keeps in folders of its own (npm documentation, "workspaces").
import { type CommandIO, type Files, parentOf, resolvePath } from '../../machine/index.ts';
import type { Given } from './options.ts';
import { idOf, join, type Manifest, projectFolder, readManifest, WORKSPACES } from './project.ts';
import { NpmStop } from './stop.ts';

export interface Workspace {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The folders that the patterns of `workspaces` name, in the order of their names. */
export function workspacesOf(files: Files, root: string, { workspaces }: Manifest): readonly Workspace[] {
  const patterns = Array.isArray(workspaces)
    ? workspaces
    : (workspaces as { packages?: string[] } | undefined)?.packages;
  const folders = (patterns ?? []).flatMap((pattern: string) =>
    pattern
      .replace(/^\.\/|\/+$/g, '')
      .split('/')
      .reduce((found, part) => found.flatMap((folder) => inside(files, folder, part)), [root]),
  );
  return [...new Set<string>(folders)]
    .filter((folder) => files.exists(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readManifest(files, folder) }))
    .map(({ folder, manifest }) => ({ name: manifest.name ?? folder.slice(root.length + 1), folder, manifest }));
}

function inside(files: Files, folder: string, part: string): readonly string[] {
  if (!part.includes('*')) return [join(folder, part)];
  if (!files.exists(folder)) return [];
  const fits = new RegExp(`^${part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\*+/g, '.*')}$`);
  return files
    .list(folder)
    .filter((name) => name !== 'node_modules' && fits.test(name))
    .map((name) => join(folder, name));
}

/** package.json of a project, which asks for its workspaces too. */
export function readRoot(files: Files, folder: string): Manifest {
  const manifest = readManifest(files, folder);
  const all = workspacesOf(files, folder, manifest);
  if (all.length === 0) return manifest;
  return {
    ...manifest,
    [WORKSPACES]: Object.fromEntries(all.map((one) => [one.name, `file:${one.folder.slice(folder.length + 1)}`])),
  };
}

/** The project that a folder belongs to: the one around it, where it is a workspace of that. */
export function rootFolder(io: Pick<CommandIO, 'machine' | 'cwd'>): string {
  const { files } = io.machine;
  const own = projectFolder(io);
  for (let folder = own; folder !== '/'; ) {
    folder = parentOf(folder);
    if (!files.exists(join(folder, 'package.json'))) continue;
    const all = workspacesOf(files, folder, readManifest(files, folder));
    if (all.some((one) => one.folder === own)) return folder;
  }
  return own;
}

/** The workspaces that a command is for; nothing where it is for the project. @throws NpmStop when there is none of that name */
export function chosen(io: CommandIO, given: Given): readonly Workspace[] | undefined {
  const root = rootFolder(io);
  const named = given.flags.get('workspace')?.split('\n') ?? [];
  const isAll = given.has('workspaces');
  const own = projectFolder(io);
  if (named.length === 0 && !isAll && own === root) return undefined;
  const { files } = io.machine;
  const manifest = readManifest(files, root);
  const all = workspacesOf(files, root, manifest);
  if (isAll) {
    if (all.length === 0) throw new NpmStop(undefined, ['No workspaces found!']);
    return given.has('include-workspace-root') ? [{ name: idOf(manifest), folder: root, manifest }, ...all] : all;
  }
  if (named.length === 0) return all.filter(({ folder }) => folder === own);
  const found = named.flatMap((word) => {
    const path = resolvePath(io.cwd, word);
    return all.filter(({ name, folder }) => name === word || folder === path || folder.startsWith(`${path}/`));
  });
  if (found.length > 0) return found;
  throw new NpmStop(undefined, ['No workspaces found:', `  ${named.map((word) => `--workspace=${word}`).join(' ')}`]);
}
