// `…/git/refs`, `…/git/ref/REF` and `…/git/matching-refs/REF` ("REST API endpoints for Git references").
import * as git from 'isomorphic-git';
import { isRefName } from '../../../forge/git/index.ts';
import { fullNameOf, receivePush } from '../../../forge/index.ts';
import type { Place } from '../place.ts';
import { type ApiRequest, ApiStop, invalid, type Json, notFound, notHere } from './request.ts';

/** @param kind what stands behind `git/`. @param name without `refs/`. */
export async function refs(request: ApiRequest, kind: string, name: string | undefined): Promise<Json | undefined> {
  const { place, method, body } = request;
  if (method === 'GET') return read(place, kind, name);
  if (kind !== 'refs') throw notHere(request);
  if (method === 'POST' && name === undefined) return create(place, body.ref, body.sha);
  if (name === undefined || (method !== 'PATCH' && method !== 'DELETE')) throw notHere(request);
  const ref = `refs/${name}`;
  if ((await idOf(place, ref)) === undefined) throw new ApiStop(422, 'Reference does not exist');
  if (method === 'PATCH') return move(place, ref, body.sha, body.force === true);
  await push(place, ref, undefined, true);
  return undefined;
}

/** One by its whole name; all that begin so; by the older address the one, or else those. */
async function read(place: Place, kind: string, name = ''): Promise<Json> {
  const ref = `refs/${name}`;
  if (kind !== 'matching-refs' && (await idOf(place, ref)) !== undefined) return asJson(place, ref);
  if (kind === 'ref') throw notFound();
  const found = (await allOf(place)).filter((one) => one.startsWith(ref));
  if (found.length === 0 && kind === 'refs') throw notFound();
  return Promise.all(found.map((one) => asJson(place, one)));
}

async function create(place: Place, ref: Json | undefined, sha: Json | undefined): Promise<Json> {
  if (typeof ref !== 'string') throw invalid('"ref" wasn\'t supplied.');
  if (!ref.startsWith('refs/') || ref.split('/').length < 3)
    throw new ApiStop(422, 'Reference name must contain at least three slash-separated components.');
  if (!isRefName(ref)) throw new ApiStop(422, `${ref} is not a valid ref name.`);
  const all = await allOf(place);
  if (all.includes(ref)) throw new ApiStop(422, 'Reference already exists');
  // A name is a file or a folder of git's, not both.
  if (all.some((one) => one.startsWith(`${ref}/`) || ref.startsWith(`${one}/`)))
    throw new ApiStop(422, 'Reference update failed');
  return move(place, ref, sha, true);
}

async function move(place: Place, ref: string, sha: Json | undefined, force: boolean): Promise<Json> {
  if (typeof sha !== 'string') throw invalid('"sha" wasn\'t supplied.');
  const type = await typeOf(place, sha);
  if (type === undefined || (ref.startsWith('refs/heads/') && type !== 'commit'))
    throw new ApiStop(422, 'Object does not exist');
  await push(place, ref, sha, force);
  return asJson(place, ref);
}

/** As a push of what is there already: rules hold, pull requests follow, workflows start. */
async function push({ forge, io, login, repository }: Place, ref: string, to: string | undefined, force: boolean) {
  const gitdir = `/srv/git/${repository}.git`;
  const answer = await receivePush(io.machine, { gitdir, name: repository }, forge.place, {
    ref,
    to,
    force,
    by: login,
  });
  if (answer.result !== 'refused') return;
  const { reason, said = [] } = answer;
  if (reason === 'non-fast-forward') throw new ApiStop(422, 'Update is not a fast forward');
  const why = said.filter((line) => line.startsWith('- ')).map((line) => line.slice(2));
  throw new ApiStop(422, [`Repository rule violations found`, '', ...why, ''].join('\n'));
}

const idOf = ({ forge }: Place, ref: string): Promise<string | undefined> =>
  git.resolveRef({ ...forge.place, ref }).catch(() => undefined);

const typeOf = ({ forge }: Place, oid: string): Promise<string | undefined> =>
  /^[0-9a-f]{40}$/.test(oid)
    ? git.readObject({ ...forge.place, oid }).then(
        ({ type }) => type,
        () => undefined,
      )
    : Promise.resolve(undefined);

async function allOf({ forge }: Place): Promise<readonly string[]> {
  const kinds = ['heads', 'tags'].map(async (kind) => {
    const names = await git.listRefs({ ...forge.place, filepath: `refs/${kind}` });
    return names.map((name) => `refs/${kind}/${name}`).sort();
  });
  return (await Promise.all(kinds)).flat();
}

async function asJson(place: Place, ref: string): Promise<Json> {
  const sha = (await idOf(place, ref)) ?? '';
  const type = (await typeOf(place, sha)) ?? 'commit';
  const root = `https://git.ventarela.test/api/v3/repos/${fullNameOf(place.repository)}/git`;
  return { ref, url: `${root}/${ref}`, object: { sha, type, url: `${root}/${type}s/${sha}` } };
}
