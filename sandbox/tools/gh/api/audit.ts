// `orgs/ventarela/audit-log`: who did what, out of the event log, in the words of "Audit log events for your organization".
import { fullNameOf } from '../../../forge/index.ts';
import type { LoggedEvent } from '../../../kernel/index.ts';
import type { Place } from '../place.ts';
import type { Json, JsonObject } from './request.ts';

/** What a setting's first word is called there. */
const settings: Readonly<Record<string, string>> = {
  protection: 'protected_branch.update',
  ruleset: 'repository_ruleset.update',
  secret: 'repo.update_actions_secret',
  variable: 'repo.update_actions_variable',
  label: 'label.update',
  repository: 'repo.update',
  webhook: 'hook.config_changed',
};

/** Newest first. @param phrase filters as `action:protected_branch` and `actor:nora` do. */
export function auditLog({ io }: Place, phrase: string): Json {
  const wanted = phrase.split(/[\s+]+/).flatMap((word) => {
    const [, key, value] = /^(action|actor|repo):(.+)$/.exec(word) ?? [];
    return key === undefined || value === undefined ? [] : [[key, value] as const];
  });
  return io.machine.kernel.log
    .entries()
    .map(rowOf)
    .filter((row) => row !== undefined)
    .filter((row) => wanted.every(([key, value]) => matches(row[key], key, value)))
    .reverse();
}

/** An action may be named by its category alone. */
function matches(found: Json | undefined, key: string, value: string): boolean {
  return found === value || (key === 'action' && typeof found === 'string' && found.startsWith(`${value}.`));
}

function rowOf(entry: LoggedEvent): JsonObject | undefined {
  if (entry.type === 'PackagePublished' || entry.type === 'ArtifactPublished')
    return {
      '@timestamp': entry.at,
      action: 'packages.package_version_published',
      actor: entry.by,
      org: 'ventarela',
      package: entry.name,
      version: entry.version,
      ecosystem: entry.type === 'PackagePublished' ? 'npm' : 'generic',
      digest: `sha256:${entry.digest}`,
    };
  if (!('repository' in entry)) return undefined;
  const row = (action: string, more: JsonObject = {}): JsonObject => ({
    '@timestamp': entry.at,
    action,
    actor: 'by' in entry ? entry.by : '',
    org: 'ventarela',
    repo: fullNameOf(entry.repository),
    ...more,
  });
  switch (entry.type) {
    case 'RefUpdated':
      return row('git.push', { ref: entry.ref, before: entry.from, after: entry.to });
    case 'PushRefused':
      return / declined/.test(entry.reason)
        ? row('protected_branch.rejected_ref_update', { ref: entry.ref, reason: entry.reason })
        : undefined;
    case 'SettingChanged': {
      const [word = '', ...name] = entry.setting.split(' ');
      return row((Object.hasOwn(settings, word) ? settings[word] : undefined) ?? 'repo.update', {
        name: name.join(' '),
      });
    }
    case 'PullRequestOpened':
      return row('pull_request.create', { number: entry.number });
    case 'PullRequestClosed':
      return row('pull_request.close', { number: entry.number });
    case 'PullRequestReopened':
      return row('pull_request.reopen', { number: entry.number });
    case 'PullRequestMerged':
      return row('pull_request.merge', { number: entry.number });
    case 'ReviewSubmitted':
      return row('pull_request_review.submit', { number: entry.number, state: entry.state });
    case 'ReleasePublished':
      return row('release.published', { tag: entry.tag });
    case 'DeploymentReviewed':
      return row(entry.state === 'approved' ? 'workflows.approve_workflow_job' : 'workflows.reject_workflow_job', {
        environment: entry.environment,
        run: entry.run,
      });
    default:
      return undefined;
  }
}
