// Releases: a tag with words and files to download, each with its digest.
import * as git from 'isomorphic-git';
import { sha256 } from '../machine/index.ts';
import { isAncestor } from './ancestor.ts';
import { type Answer, done, refused } from './answer.ts';
import { type Forge, fullNameOf } from './forge.ts';
import { isRefName } from './git/index.ts';
import { pullUrl } from './merge-pull.ts';
import { ruleOn } from './push-rules.ts';
import type { Asset, Login, Release } from './records.ts';
import { folderOf } from './store.ts';

export interface ReleaseWish {
  readonly tag: string;
  readonly name: string;
  readonly body: string;
  readonly by: Login;
  /** A branch or a full commit id; for a tag that is not there yet. */
  readonly target: string;
  readonly isDraft: boolean;
  readonly isPrerelease: boolean;
}

/** Makes the tag where there is none, unless it is a draft; publishes what was a draft. */
export async function publishRelease(forge: Forge, wish: ReleaseWish): Promise<Answer<Release>> {
  const { machine, repository, place, store } = forge;
  const { tag, by, isDraft, target } = wish;
  if (!isRefName(tag)) return refused('tag_name is not a valid tag');
  const known = store.releases().find((one) => one.tag === tag);
  const ref = `refs/tags/${tag}`;
  const there = await git.resolveRef({ ...place, ref }).catch(() => undefined);
  if (there === undefined && !isDraft) {
    const commit = (await forge.tip(target)) ?? (await commitNamed(forge, target));
    if (commit === undefined) return refused('target_commitish is invalid');
    const ruling = await ruleOn(forge, { ref, from: undefined, to: commit, by });
    if (ruling?.isRefused) return refused(ruling.lines.filter((line) => line.startsWith('- ')).join('\n'));
    await git.writeRef({ ...place, ref, value: commit });
    machine.kernel.record({ type: 'RefUpdated', repository, ref, from: '', to: commit, by });
  }
  const now = forge.now();
  const release: Release = {
    tag,
    name: wish.name,
    body: wish.body,
    author: by,
    target,
    isDraft,
    isPrerelease: wish.isPrerelease,
    createdAt: known?.createdAt ?? now,
    ...(!isDraft && { publishedAt: known?.publishedAt ?? now }),
    assets: known?.assets ?? [],
  };
  store.saveRelease(release);
  if (!isDraft && known?.publishedAt === undefined)
    machine.kernel.record({ type: 'ReleasePublished', repository, tag, by });
  return done(release);
}

async function commitNamed({ place }: Forge, name: string): Promise<string | undefined> {
  if (!/^[0-9a-f]{40}$/.test(name)) return undefined;
  return git.readCommit({ ...place, oid: name }).then(
    ({ oid }) => oid,
    () => undefined,
  );
}

const assetPath = (repository: string, tag: string, name: string): string =>
  `${folderOf(repository)}/release-assets/${tag.replaceAll('/', '%2F')}/${name}`;

/** Keeps a file with a release. @param name without folders; signs that an address cannot take become dots, as the product does. */
export function uploadAsset(
  { machine, repository, store }: Forge,
  release: Release,
  name: string,
  bytes: Uint8Array,
  mayReplace: boolean,
): Answer<Release> {
  const kept = name.replace(/[^\w.+@-]+/g, '.');
  if (kept === '' || /^\.+$/.test(kept)) return refused(`'${name}' is not a name for an asset`);
  if (!mayReplace && release.assets.some((one) => one.name === kept))
    return refused(`asset under the same name already exists: [${kept}]`);
  const path = assetPath(repository, release.tag, kept);
  machine.far.mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
  machine.far.writeFile(path, bytes);
  const asset: Asset = {
    name: kept,
    size: bytes.length,
    digest: `sha256:${[...sha256(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`,
  };
  const assets = [...release.assets.filter((one) => one.name !== kept), asset];
  const saved = { ...release, assets: assets.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  store.saveRelease(saved);
  return done(saved);
}

export function assetBytes({ machine, repository }: Forge, tag: string, name: string): Uint8Array {
  return machine.far.readFile(assetPath(repository, tag, name));
}

export function removeRelease({ machine, repository, store }: Forge, { tag }: Release): void {
  store.removeRelease(tag);
  const folder = assetPath(repository, tag, '').slice(0, -1);
  machine.far.remove(folder, { recursive: true, force: true });
}

/** "Automatically generated release notes": what was merged since the last release. @param at the commit that is released. */
export async function generatedNotes(
  { place, repository, store }: Forge,
  tag: string,
  at: string,
  before: string | undefined,
): Promise<string> {
  const from =
    before === undefined
      ? undefined
      : await git.resolveRef({ ...place, ref: `refs/tags/${before}` }).catch(() => undefined);
  const start = from === undefined ? undefined : (await git.readCommit({ ...place, oid: from })).oid;
  const lines: string[] = [];
  for (const { mergeCommit, mergedAt, number, title, author } of [...store.pulls()].sort(
    (a, b) => (a.mergedAt ?? 0) - (b.mergedAt ?? 0),
  )) {
    if (mergeCommit === undefined || mergedAt === undefined || !(await isAncestor(place, mergeCommit, at))) continue;
    if (start !== undefined && (await isAncestor(place, mergeCommit, start))) continue;
    lines.push(`* ${title} by @${author} in ${pullUrl(repository, number)}`);
  }
  const base = `https://git.ventarela.test/${fullNameOf(repository)}`;
  const whole = `**Full Changelog**: ${before === undefined ? `${base}/commits/${tag}` : `${base}/compare/${before}...${tag}`}`;
  return lines.length === 0 ? whole : `## What's Changed\n${lines.join('\n')}\n\n\n${whole}`;
}
