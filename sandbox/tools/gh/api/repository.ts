// `repos/OWNER/NAME`
import type { MergeMethod, Settings } from '../../../forge/index.ts';
import type { Place } from '../place.ts';
import { type ApiRequest, ApiStop, type Json, notHere } from './request.ts';

const methods = { merge: 'allow_merge_commit', squash: 'allow_squash_merge', rebase: 'allow_rebase_merge' } as const;

export async function repository(request: ApiRequest): Promise<Json> {
  const { place, method, body } = request;
  if (method === 'PATCH') await change(place, body);
  else if (method !== 'GET') throw notHere(request);
  const settings = place.store.settings();
  return {
    name: place.repository,
    full_name: place.fullName,
    owner: { login: place.fullName.split('/')[0] ?? '' },
    private: settings.isPrivate,
    visibility: settings.isPrivate ? 'private' : 'public',
    description: settings.description,
    default_branch: settings.defaultBranch,
    ...Object.fromEntries(
      Object.entries(methods).map(([own, key]) => [key, settings.methods.includes(own as MergeMethod)]),
    ),
    delete_branch_on_merge: settings.deleteBranchOnMerge,
  };
}

async function change({ store, forge, io, repository: name, login }: Place, body: ApiRequest['body']): Promise<void> {
  const before = store.settings();
  const allowed = (Object.keys(methods) as MergeMethod[]).filter((own) => {
    const value = body[methods[own]];
    return typeof value === 'boolean' ? value : before.methods.includes(own);
  });
  if (allowed.length === 0)
    throw new ApiStop(422, 'Sorry, you need to allow at least one merge strategy. (no_merge_method)');
  const { description, default_branch: branch, delete_branch_on_merge: deletes, private: isPrivate } = body;
  if (typeof branch === 'string' && (await forge.tip(branch)) === undefined)
    throw new ApiStop(422, 'Validation Failed', [
      `The branch ${branch} was not found. Please push that ref first or create it via the Git Data API.`,
    ]);
  const changed: Partial<Settings> = {
    methods: allowed,
    ...(typeof description === 'string' && { description }),
    ...(typeof branch === 'string' && { defaultBranch: branch }),
    ...(typeof deletes === 'boolean' && { deleteBranchOnMerge: deletes }),
    ...(typeof isPrivate === 'boolean' && { isPrivate }),
  };
  store.change(changed);
  io.machine.kernel.record({ type: 'SettingChanged', repository: name, setting: 'repository', by: login });
}
