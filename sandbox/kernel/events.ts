/**
 * Every event that the sandbox can log, as data: name → fields → kind of value. The types below and the check at the door of the
 * log are derived from it, so that a log read back from storage or from a link can be trusted as far as its shape goes.
 */
export const eventSchema = {
  /** A day's sandbox was made from its files and seed. */
  DayOpened: { day: 'string', seed: 'string' },
  CommandStarted: { terminal: 'string', line: 'string', cwd: 'string' },
  CommandEnded: { terminal: 'string', line: 'string', exitCode: 'number' },
  /** A limit or a person stopped what was running. */
  CommandStopped: { terminal: 'string', line: 'string', reason: 'string' },
  ProcessStarted: { pid: 'number', command: 'string' },
  ProcessEnded: { pid: 'number', exitCode: 'number' },
  PortOpened: { pid: 'number', port: 'number' },
  PortClosed: { pid: 'number', port: 'number' },
  RequestAnswered: { port: 'number', method: 'string', path: 'string', status: 'number' },
  /** An artifact or a script was tried on an empty machine; `holds` names what lay beside the artifact's program. */
  CleanroomRan: { file: 'string', holds: 'string', exitCode: 'number' },
  /** A branch or tag of a repository on the forge moved; `from` or `to` is '' when it was made or removed. */
  RefUpdated: { repository: 'string', ref: 'string', from: 'string', to: 'string', by: 'string' },
  PushRefused: { repository: 'string', ref: 'string', reason: 'string' },
  PullRequestOpened: { repository: 'string', number: 'number', by: 'string' },
  /** Its head moved. */
  PullRequestSynchronized: { repository: 'string', number: 'number', by: 'string' },
  PullRequestClosed: { repository: 'string', number: 'number', by: 'string' },
  PullRequestReopened: { repository: 'string', number: 'number', by: 'string' },
  /** It is no draft any more. */
  PullRequestReadied: { repository: 'string', number: 'number', by: 'string' },
  PullRequestLabeled: { repository: 'string', number: 'number', label: 'string', by: 'string' },
  PullRequestMerged: { repository: 'string', number: 'number', method: 'string', commit: 'string', by: 'string' },
  /** `commit`: what the queue would make of the base branch with this pull request in it. */
  MergeQueued: { repository: 'string', number: 'number', commit: 'string', by: 'string' },
  ReviewSubmitted: { repository: 'string', number: 'number', state: 'string', by: 'string' },
  IssueOpened: { repository: 'string', number: 'number', by: 'string' },
  IssueClosed: { repository: 'string', number: 'number', by: 'string' },
  ReleasePublished: { repository: 'string', tag: 'string', by: 'string' },
  /** What changed in a repository's settings: `ruleset main`, `secret TOKEN`. */
  SettingChanged: { repository: 'string', setting: 'string', by: 'string' },
  /** `status`: `OK`, or what was wrong. */
  WebhookDelivered: { repository: 'string', hook: 'number', event: 'string', status: 'string' },
  /** Somebody started a workflow by hand; `inputs` is JSON. */
  WorkflowDispatched: { repository: 'string', workflow: 'string', ref: 'string', inputs: 'string', by: 'string' },
  /** A program asked for the event `repository_dispatch`; `payload` is JSON. */
  RepositoryDispatched: { repository: 'string', eventType: 'string', payload: 'string', by: 'string' },
  WorkflowRunStarted: { repository: 'string', run: 'number', workflow: 'string', event: 'string', commit: 'string' },
  WorkflowRunEnded: { repository: 'string', run: 'number', workflow: 'string', conclusion: 'string' },
  DeploymentReviewed: { repository: 'string', run: 'number', environment: 'string', state: 'string', by: 'string' },
  /** Somebody keeps alerts that match from being told, until a moment (ms since 1970). */
  SilenceAdded: { silence: 'string', matchers: 'string', until: 'number', by: 'string', comment: 'string' },
  SilenceExpired: { silence: 'string', by: 'string' },
  /** Somebody answered the pager. */
  PageAcknowledged: { incident: 'number', by: 'string' },
  ArtifactPublished: { name: 'string', version: 'string', file: 'string', digest: 'string', by: 'string' },
  /** A version of a package came to the company's npm registry; `digest` is the SHA-256 of its archive. */
  PackagePublished: { name: 'string', version: 'string', digest: 'string', by: 'string' },
  /** Other bytes under a version that was there. */
  ArtifactRefused: { name: 'string', version: 'string', file: 'string', by: 'string' },
  /** What whoever deployed told operations; `action` is deploy or rollback, `result` succeeded or failed. */
  DeployRecorded: {
    service: 'string',
    version: 'string',
    action: 'string',
    result: 'string',
    host: 'string',
    by: 'string',
  },
  /** Of the hosts of the company: `when` is the moment at which it happened, which the log hears of later. */
  HostStarted: { host: 'string', when: 'number' },
  ServiceStarted: { host: 'string', service: 'string', pid: 'number', when: 'number' },
  ServiceStopped: { host: 'string', service: 'string', when: 'number' },
  ServiceFailed: { host: 'string', service: 'string', result: 'string', when: 'number' },
  InstanceUnhealthy: { host: 'string', service: 'string', pid: 'number', when: 'number' },
  /** An alert of the company's Prometheus on live production; `labels` is a JSON object. */
  AlertFired: { alert: 'string', labels: 'string', when: 'number' },
  AlertResolved: { alert: 'string', labels: 'string', when: 'number' },
  /** What somebody worked out of their own change. */
  DeliveryReported: { leadTimeMinutes: 'number', recoveryTimeMinutes: 'number' },
  CardMoved: { card: 'string', from: 'string', to: 'string' },
  CardCreated: { card: 'string', column: 'string', by: 'string' },
  PredictionSaved: { card: 'string', prediction: 'string' },
  RunStarted: { run: 'string', card: 'string' },
  /** What the plan said of the card when the run began: who asked for it, and the services, with commas. */
  PlanRead: { run: 'string', card: 'string', askedBy: 'string', services: 'string' },
  StageStarted: { run: 'string', card: 'string', stage: 'string', received: 'string' },
  StageEnded: { run: 'string', card: 'string', stage: 'string', handedOver: 'string', minutes: 'number' },
  StageStopped: { run: 'string', card: 'string', stage: 'string', reason: 'string', minutes: 'number' },
  RunEnded: { run: 'string', card: 'string', result: 'string', leadTimeMinutes: 'number', stops: 'number' },
} as const satisfies Record<string, Record<string, FieldKind>>;

type FieldKind = 'string' | 'number' | 'boolean';
type FieldType = { string: string; number: number; boolean: boolean };
type Schema = typeof eventSchema;

export type EventName = keyof Schema;

/** An event before it is logged: its name and its fields. */
export type SandboxEvent = {
  [N in EventName]: { readonly type: N } & { readonly [F in keyof Schema[N]]: FieldType[Schema[N][F] & FieldKind] };
}[EventName];

/** An event in the log: `seq` counts from 1 without gaps, `at` is simulated time in ms since the epoch of the log's clock. */
export type LoggedEvent = SandboxEvent & { readonly seq: number; readonly at: number };

/** What is wrong with a value that should be an event, or undefined when nothing is. */
export function eventProblem(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'an event must be an object';
  const fields = value as Record<string, unknown>;
  const name = fields.type;
  if (typeof name !== 'string' || !Object.hasOwn(eventSchema, name))
    return `unknown event type ${JSON.stringify(name)}`;
  const schema: Record<string, FieldKind> = eventSchema[name as EventName];
  for (const [field, kind] of Object.entries(schema)) {
    if (typeof fields[field] !== kind) return `${name}.${field} must be a ${kind}`;
  }
  const extra = Object.keys(fields).find((key) => !['type', 'seq', 'at'].includes(key) && !Object.hasOwn(schema, key));
  return extra === undefined ? undefined : `${name} has no field ${extra}`;
}
