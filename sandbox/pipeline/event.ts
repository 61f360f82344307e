// The `github` context of an event, as far as workflows look at it ("Contexts reference", "Webhook events and payloads").
import { type Json, textOf } from './expression.ts';
import type { Workflow } from './workflow.ts';

export interface EventOptions {
  readonly event: string;
  /** `company/name` */
  readonly repository: string;
  readonly actor: string;
  readonly sha: string;
  /** The branch or tag that the event is about; `main` where nothing is said. */
  readonly ref?: string;
  readonly inputs?: Readonly<Record<string, Json>>;
  readonly message?: string;
  /** The event's payload, or parts of it: put over what is made up. */
  readonly payload?: { readonly [key: string]: Json };
}

interface Branches {
  readonly head?: { readonly ref?: string };
  readonly base?: { readonly ref?: string };
}

const SERVER = 'https://git.ventarela.test';

export function githubContext(workflow: Workflow, options: EventOptions): { readonly [key: string]: Json } {
  const { event, repository, actor, sha, inputs = {}, message = '', payload: told = {} } = options;
  const ref = options.ref ?? (typeof told.ref === 'string' ? told.ref : 'refs/heads/main');
  const isPull = event.startsWith('pull_request');
  const isOfBase = event === 'pull_request_target';
  const [owner = '', name = ''] = repository.split('/');
  const about = {
    repository: { full_name: repository, name, owner: { login: owner }, default_branch: 'main', private: false },
    sender: { login: actor },
  };
  const head = { ref: 'change', sha, repo: { full_name: repository } };
  const base = { ref: 'main', sha, repo: { full_name: repository } };
  const payload: Readonly<Record<string, { readonly [key: string]: Json }>> = {
    push: { ref, after: sha, created: false, deleted: false, forced: false, head_commit: { id: sha, message } },
    pull_request: {
      action: 'opened',
      number: 1,
      pull_request: {
        number: 1,
        title: message,
        draft: false,
        merged: false,
        head,
        base,
        labels: [],
        user: { login: actor },
      },
    },
    workflow_dispatch: { inputs, ref },
    release: {
      action: 'published',
      release: { tag_name: ref.replace('refs/tags/', ''), prerelease: false, draft: false },
    },
    schedule: { schedule: workflow.on.schedule?.crons?.[0] ?? '' },
  };
  const made = payload[isPull ? 'pull_request' : event] ?? {};
  const pull = { ...(made.pull_request as Branches | undefined), ...(told.pull_request as Branches | undefined) };
  const fullRef = isPull && !isOfBase ? `refs/pull/${textOf(told.number ?? 1)}/merge` : ref;
  return {
    event_name: event,
    event: { ...about, ...made, ...told },
    ref: fullRef,
    ref_name: fullRef.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    ref_protected: false,
    sha,
    actor,
    triggering_actor: actor,
    repository,
    repository_owner: owner,
    workflow: workflow.name,
    workflow_ref: `${repository}/${workflow.path}@${ref}`,
    workflow_sha: sha,
    run_id: '1',
    run_number: '1',
    run_attempt: '1',
    head_ref: isPull ? (pull.head?.ref ?? 'change') : '',
    base_ref: isPull ? (pull.base?.ref ?? 'main') : '',
    server_url: SERVER,
    api_url: `${SERVER}/api/v3`,
    graphql_url: `${SERVER}/api/graphql`,
    workspace: `/home/runner/work/${name}/${name}`,
    action: '__run',
    token: '***',
    retention_days: '90',
  };
}
