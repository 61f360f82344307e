// What the GITHUB_TOKEN of a job may do ("Workflow syntax", `permissions`; "Controlling permissions for GITHUB_TOKEN").
import type { Permissions } from '../forge/index.ts';
import type { Value } from './workflow.ts';

const scopes = (
  'actions attestations checks contents deployments discussions id-token issues models packages pages pull-requests ' +
  'security-events statuses'
).split(' ');

const all = (level: 'read' | 'write'): Permissions =>
  Object.fromEntries(scopes.filter((one) => level === 'write' || one !== 'id-token').map((scope) => [scope, level]));

export interface Limits {
  /** The repository's own setting, for files that say nothing: `read` gives contents and packages only. */
  readonly usual: 'read' | 'write';
  /** A pull request from a fork: nothing is written. */
  readonly isReadOnly: boolean;
  /** What the workflow that calls this one has: it can be lowered, never raised. */
  readonly most?: Permissions;
}

/** @param asked of the job, or of the workflow where the job says nothing */
export function permissionsOf(asked: Value | undefined, { usual, isReadOnly, most }: Limits): Permissions {
  const wanted = asked === undefined || asked === null ? undefined : read(asked);
  const given = wanted ?? most ?? (usual === 'write' ? all('write') : { contents: 'read', packages: 'read' });
  const entries = Object.entries({ ...given, metadata: 'read' }).flatMap(
    ([scope, level]): readonly (readonly [string, 'read' | 'write'])[] => {
      const top = scope === 'metadata' || most === undefined ? level : most[scope];
      if (top === undefined || (isReadOnly && scope === 'id-token')) return [];
      return [[scope, isReadOnly || top === 'read' || level === 'read' ? 'read' : 'write']];
    },
  );
  return Object.fromEntries(entries);
}

function read(asked: Value): Permissions {
  if (asked === 'write-all') return all('write');
  if (asked === 'read-all') return all('read');
  if (typeof asked !== 'object' || asked === null || Array.isArray(asked)) return {};
  return Object.fromEntries(
    Object.entries(asked).flatMap(([scope, level]): readonly (readonly [string, 'read' | 'write'])[] =>
      level === 'read' || level === 'write' ? [[scope, level]] : [],
    ),
  );
}
