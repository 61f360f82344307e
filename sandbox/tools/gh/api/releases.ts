// `…/releases` ("REST API endpoints for releases"), and `…/actions/permissions/workflow`.
import { publishRelease, type Release } from '../../../forge/index.ts';
import { iso } from '../json.ts';
import { type Place, urlOf } from '../place.ts';
import { taken } from './issues.ts';
import { type ApiRequest, ApiStop, type Json, notFound, notHere } from './request.ts';

export async function releases(request: ApiRequest, which: string | undefined): Promise<Json> {
  const { place, method, body } = request;
  const { store, forge, login } = place;
  const all = [...store.releases()].reverse();
  if (which !== undefined) {
    if (method !== 'GET') throw notHere(request);
    const isLatest = which === 'latest';
    const found = all.find(({ tag, isDraft, isPrerelease }) =>
      isLatest ? !isDraft && !isPrerelease : which === `tags/${tag}`,
    );
    if (found === undefined) throw notFound();
    return asJson(place, found);
  }
  if (method === 'GET') return all.map((one) => asJson(place, one));
  if (method !== 'POST') throw notHere(request);
  const { tag_name: tag, name, target_commitish: target, draft, prerelease } = body;
  if (typeof tag !== 'string' || tag === '')
    throw new ApiStop(422, 'Validation Failed', [{ resource: 'Release', field: 'tag_name', code: 'missing_field' }]);
  if (all.some((one) => one.tag === tag))
    throw new ApiStop(422, 'Validation Failed', [{ resource: 'Release', field: 'tag_name', code: 'already_exists' }]);
  const wish = {
    tag,
    name: typeof name === 'string' ? name : tag,
    body: typeof body.body === 'string' ? body.body : '',
    by: login,
    target: typeof target === 'string' ? target : store.settings().defaultBranch,
    isDraft: draft === true,
    isPrerelease: prerelease === true,
  };
  return asJson(place, taken(await publishRelease(forge, wish)));
}

function asJson(place: Place, one: Release): Json {
  return {
    html_url: `${urlOf(place)}/releases/tag/${one.tag}`,
    tag_name: one.tag,
    target_commitish: one.target,
    name: one.name,
    body: one.body,
    draft: one.isDraft,
    prerelease: one.isPrerelease,
    author: { login: one.author },
    created_at: iso(one.createdAt),
    published_at: one.publishedAt === undefined ? null : iso(one.publishedAt),
    assets: one.assets.map(({ name, size, digest }) => ({ name, size, digest, state: 'uploaded' })),
  };
}

/** "Set default workflow permissions for a repository": what a GITHUB_TOKEN may do where a file says nothing. */
export function tokenPermissions(request: ApiRequest): Json | undefined {
  const { place, method, body } = request;
  const { store, login, repository } = place;
  if (method === 'GET')
    return { default_workflow_permissions: store.settings().tokenMay, can_approve_pull_request_reviews: true };
  if (method !== 'PUT') throw notHere(request);
  const { default_workflow_permissions: level } = body;
  if (level !== 'read' && level !== 'write') throw new ApiStop(422, 'Validation Failed');
  if (!store.settings().admins.includes(login)) throw new ApiStop(403, 'Must have admin rights to Repository.');
  store.change({ tokenMay: level });
  place.io.machine.kernel.record({ type: 'SettingChanged', repository, setting: 'token permissions', by: login });
  return undefined;
}
