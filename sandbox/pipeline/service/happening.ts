// What happened on the forge, in the words of workflows: an event with its payload, and the commits that it is about.
import * as git from 'isomorphic-git';
import {
  BOT,
  changedPaths,
  fullNameOf,
  openRepository,
  openStore,
  type Place,
  type PullRequest,
  placeAt,
  type Repository,
} from '../../forge/index.ts';
import type { LoggedEvent } from '../../kernel/index.ts';
import type { Machine } from '../../machine/index.ts';
import type { Json } from '../expression.ts';

type Payload = { readonly [key: string]: Json };

/** One event, as it may start workflows. */
export interface Happening {
  readonly event: string;
  /** The activity type: `opened`. */
  readonly type?: string;
  readonly repository: string;
  readonly actor: string;
  /** Simulated time, ms since 1970. */
  readonly at: number;
  /** `refs/heads/main`: GITHUB_REF. */
  readonly ref: string;
  /** The branch that the filter `branches` looks at, where it is not that of `ref`. */
  readonly filteredBranch?: string;
  /** As lists of runs show it. */
  readonly branch: string;
  /** What is checked out, and where the workflow files are read: GITHUB_SHA. */
  readonly commit: string;
  /** The commit that the checks speak of, where it is another. */
  readonly checked?: string;
  readonly pull?: PullRequest;
  /** Of `workflow_dispatch`: path, file name or name of the only workflow that is meant. */
  readonly only?: string;
  /** Of `workflow_run`: the workflow that ran. */
  readonly after?: string;
  /** Of `schedule`: the cron that is due, and the file that has it. */
  readonly cron?: string;
  readonly inputs?: Payload;
  readonly payload: Payload;
  /** Paths that it changed, for the filter `paths`. */
  changed?(): Promise<readonly string[]>;
}

const ZERO = '0'.repeat(40);
const skips = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]|^skip-checks:\s*true$/im;

/** Events that can start a workflow; all others are passed over without a look. */
const heard = new Set([
  'RefUpdated',
  'PullRequestOpened',
  'PullRequestSynchronized',
  'PullRequestReopened',
  'PullRequestReadied',
  'PullRequestLabeled',
  'PullRequestClosed',
  'PullRequestMerged',
  'MergeQueued',
  'ReviewSubmitted',
  'IssueOpened',
  'IssueClosed',
  'ReleasePublished',
  'WorkflowDispatched',
  'RepositoryDispatched',
  'WorkflowRunStarted',
  'WorkflowRunEnded',
]);

export const isHeard = ({ type }: LoggedEvent): boolean => heard.has(type);

export async function happeningsOf(machine: Machine, entry: LoggedEvent): Promise<readonly Happening[]> {
  if (!('repository' in entry)) return [];
  const { repository, at } = entry;
  // In a fork no workflow runs before its owner says so ("Disabling and enabling a workflow").
  if (repository.includes('/')) return [];
  const gitdir = `/srv/git/${repository}.git`;
  if (!machine.files.exists(`${gitdir}/HEAD`)) return [];
  const place = placeAt(machine.files, gitdir);
  const read = openRepository(machine.files, gitdir, repository);
  const store = openStore(machine, repository);
  const { defaultBranch } = store.settings();
  const actor = 'by' in entry ? entry.by : BOT;
  const common = { repository, at, actor };

  async function onDefaultBranch(event: string, type: string, payload: Payload): Promise<readonly Happening[]> {
    const commit = await read.resolve(`refs/heads/${defaultBranch}`);
    if (commit === undefined) return [];
    const ref = `refs/heads/${defaultBranch}`;
    return [{ ...common, event, type, ref, branch: defaultBranch, commit, payload: { action: type, ...payload } }];
  }

  const pullOf = (number: number): PullRequest | undefined => store.pulls().find((one) => one.number === number);
  const ofPull = async (
    number: number,
    event: string,
    type: string,
    more: Payload = {},
  ): Promise<readonly Happening[]> => {
    const pull = pullOf(number);
    return pull === undefined ? [] : pullHappenings({ place, read, common, pull, event, type, more });
  };

  switch (entry.type) {
    case 'RefUpdated':
      return pushed(entry, place, read, common);
    case 'PullRequestOpened':
      return ofPull(entry.number, 'pull_request', 'opened');
    case 'PullRequestSynchronized':
      return ofPull(entry.number, 'pull_request', 'synchronize');
    case 'PullRequestReopened':
      return ofPull(entry.number, 'pull_request', 'reopened');
    case 'PullRequestReadied':
      return ofPull(entry.number, 'pull_request', 'ready_for_review');
    case 'PullRequestLabeled':
      return ofPull(entry.number, 'pull_request', 'labeled', { label: { name: entry.label } });
    case 'PullRequestClosed':
    case 'PullRequestMerged':
      return ofPull(entry.number, 'pull_request', 'closed');
    case 'ReviewSubmitted':
      return ofPull(entry.number, 'pull_request_review', 'submitted', { review: { state: entry.state.toLowerCase() } });
    case 'MergeQueued': {
      const pull = pullOf(entry.number);
      if (pull === undefined) return [];
      const branch = `gh-readonly-queue/${pull.base}/pr-${pull.number}-${entry.commit}`;
      const ref = `refs/heads/${branch}`;
      const group = { head_sha: entry.commit, head_ref: ref, base_ref: `refs/heads/${pull.base}` };
      const about = { action: 'checks_requested', merge_group: group };
      const filteredBranch = pull.base;
      return [
        {
          ...common,
          event: 'merge_group',
          type: 'checks_requested',
          ref,
          branch,
          filteredBranch,
          commit: entry.commit,
          payload: about,
        },
      ];
    }
    case 'IssueOpened':
    case 'IssueClosed': {
      const issue = store.issues().find((one) => one.number === entry.number);
      const type = entry.type === 'IssueOpened' ? 'opened' : 'closed';
      return onDefaultBranch('issues', type, {
        issue: { number: entry.number, title: issue?.title ?? '', body: issue?.body ?? '' },
      });
    }
    case 'ReleasePublished': {
      const commit = await read.resolve(`refs/tags/${entry.tag}`);
      if (commit === undefined) return [];
      const release = store.releases().find(({ tag }) => tag === entry.tag);
      const { name = entry.tag, body = '', isPrerelease = false } = release ?? {};
      const about = { tag_name: entry.tag, name, body, draft: false, prerelease: isPrerelease };
      const types = ['created', 'published', isPrerelease ? 'prereleased' : 'released'];
      return Promise.all(
        types.map(async (type) => ({
          ...common,
          event: 'release',
          type,
          ref: `refs/tags/${entry.tag}`,
          branch: entry.tag,
          commit: await commitOf(place, commit),
          payload: { action: type, release: about },
        })),
      );
    }
    case 'WorkflowDispatched': {
      const full =
        (await read.resolve(`refs/heads/${entry.ref}`)) === undefined
          ? `refs/tags/${entry.ref}`
          : `refs/heads/${entry.ref}`;
      const commit = await read.resolve(full);
      if (commit === undefined) return [];
      const inputs = JSON.parse(entry.inputs) as Payload;
      return [
        {
          ...common,
          event: 'workflow_dispatch',
          ref: full,
          branch: entry.ref,
          commit: await commitOf(place, commit),
          only: entry.workflow,
          inputs,
          payload: { inputs, ref: full, workflow: entry.workflow },
        },
      ];
    }
    case 'RepositoryDispatched':
      return onDefaultBranch('repository_dispatch', entry.eventType, {
        branch: defaultBranch,
        client_payload: JSON.parse(entry.payload) as Payload,
      });
    case 'WorkflowRunStarted':
    case 'WorkflowRunEnded': {
      const type = entry.type === 'WorkflowRunStarted' ? 'requested' : 'completed';
      const conclusion = entry.type === 'WorkflowRunEnded' ? entry.conclusion : null;
      const about = { id: entry.run, name: entry.workflow, conclusion, event: 'event' in entry ? entry.event : '' };
      const told = await onDefaultBranch('workflow_run', type, { workflow_run: about });
      return told.map((one) => ({ ...one, after: entry.workflow }));
    }
    default:
      return [];
  }
}

type Common = Pick<Happening, 'repository' | 'at' | 'actor'>;

async function pushed(
  { ref, from, to, by }: { readonly ref: string; readonly from: string; readonly to: string; readonly by: string },
  place: Place,
  read: Repository,
  common: Common,
): Promise<readonly Happening[]> {
  const isBranch = ref.startsWith('refs/heads/');
  if (!(isBranch || ref.startsWith('refs/tags/')) || ref.startsWith('refs/heads/gh-readonly-queue/')) return [];
  // What a workflow pushes with its own token starts no workflow ("Triggering a workflow from a workflow").
  if (by === BOT || to === '') return [];
  const commit = await commitOf(place, to);
  const [head] = await git.log({ ...place, ref: commit, depth: 1 });
  const message = head?.commit.message.trimEnd() ?? '';
  if (isBranch && skips.test(message)) return [];
  const author = { name: head?.commit.author.name ?? '', email: head?.commit.author.email ?? '' };
  const about = { id: commit, message, author, timestamp: common.at };
  const base = from === '' ? head?.commit.parent[0] : from;
  const isForced =
    from !== '' && !(await git.isDescendent({ ...place, oid: commit, ancestor: from, depth: -1 }).catch(() => false));
  const commits = from === '' || isForced ? [about] : await messagesSince(read, commit, from);
  const payload: Payload = {
    ref,
    before: from === '' ? ZERO : from,
    after: to,
    created: from === '',
    deleted: false,
    forced: isForced,
    commits,
    head_commit: about,
    pusher: { name: by },
  };
  const branch = ref.replace(/^refs\/(heads|tags)\//, '');
  const push: Happening = {
    ...common,
    event: 'push',
    ref,
    branch,
    commit,
    payload,
    ...(isBranch && { changed: () => changedPaths(place, base, commit) }),
  };
  const created: Payload = { ref: branch, ref_type: isBranch ? 'branch' : 'tag' };
  return from === '' ? [push, { ...common, event: 'create', ref, branch, commit, payload: created }] : [push];
}

async function messagesSince(read: Repository, commit: string, from: string): Promise<readonly Json[]> {
  const commits = await read.commits(commit, from);
  return commits
    .map(({ id, message, author }) => ({ id, message: message.trimEnd(), author: { ...author } }))
    .reverse();
}

/** Where the proposed commits come from: a branch here, or in a fork. */
function headOf({ head, headCommit }: PullRequest, repository: string): Json {
  const [, owner, ref = head] = /^([^:]+):(.+)$/.exec(head) ?? [];
  const full = owner === undefined ? fullNameOf(repository) : `${owner}/${repository}`;
  return {
    ref,
    sha: headCommit,
    label: `${owner ?? 'ventarela'}:${ref}`,
    repo: { full_name: full, name: repository, owner: { login: owner ?? 'ventarela' }, fork: owner !== undefined },
  };
}

async function pullHappenings(options: {
  readonly place: Place;
  readonly read: Repository;
  readonly common: Common;
  readonly pull: PullRequest;
  readonly event: string;
  readonly type: string;
  readonly more: Payload;
}): Promise<readonly Happening[]> {
  const { place, read, common, pull, event, type, more } = options;
  const base = await read.resolve(`refs/heads/${pull.base}`);
  const testMerge = await read.resolve(`refs/pull/${pull.number}/merge`);
  const merged = testMerge ?? pull.headCommit;
  const about = {
    number: pull.number,
    title: pull.title,
    body: pull.body,
    draft: pull.isDraft,
    state: pull.state === 'OPEN' ? 'open' : 'closed',
    merged: pull.state === 'MERGED',
    user: { login: pull.author },
    labels: pull.labels.map((name) => ({ name })),
    head: headOf(pull, common.repository),
    base: { ref: pull.base, sha: base ?? '', repo: { full_name: fullNameOf(common.repository), fork: false } },
    merge_commit_sha: pull.mergeCommit ?? merged,
  };
  const payload: Payload = { action: type, number: pull.number, pull_request: about, ...more };
  const shared = {
    ...common,
    type,
    pull,
    branch: pull.head,
    filteredBranch: pull.base,
    checked: pull.headCommit,
    payload,
  };
  const changed = async (): Promise<readonly string[]> => {
    const [start] = base === undefined ? [] : await git.findMergeBase({ ...place, oids: [base, pull.headCommit] });
    return changedPaths(place, start as string | undefined, pull.headCommit);
  };
  const ofHead: Happening = { ...shared, event, ref: `refs/pull/${pull.number}/merge`, commit: merged, changed };
  if (event !== 'pull_request' || base === undefined) return [ofHead];
  // "Events that trigger workflows", pull_request: none runs while there is a merge conflict; pull_request_target does.
  const isInConflict = testMerge === undefined && type !== 'closed';
  const target: Happening = {
    ...shared,
    event: 'pull_request_target',
    ref: `refs/heads/${pull.base}`,
    commit: base,
    changed,
  };
  return isInConflict ? [target] : [ofHead, target];
}

/** The commit behind an annotated tag, or the commit itself. */
async function commitOf(place: Place, oid: string): Promise<string> {
  const read = await git.readCommit({ ...place, oid });
  return read.oid;
}
