// GITHUB_TOKEN: as whom a job acts on the forge, and what it may do there. It lies beside the job's view of the forge, out of reach of its programs.
import type { Machine } from '../machine/machine.ts';
import type { Login } from './records.ts';
import { readDocument, writeDocument } from './store.ts';

export const BOT: Login = 'github-actions[bot]';

/** "Permissions for the GITHUB_TOKEN"; what is not named is not given. */
export type Permissions = Readonly<Record<string, 'read' | 'write'>>;

export interface Token {
  readonly value: string;
  readonly repository: string;
  readonly permissions: Permissions;
}

const TOKEN = '/srv/forge/token.json';

/** That of the job whose machine this is; undefined on every other machine. */
export const tokenOf = (machine: Pick<Machine, 'far'>): Token | undefined => readDocument(machine, TOKEN);

export const giveToken = (machine: Pick<Machine, 'far'>, token: Token): void => writeDocument(machine, TOKEN, token);

export function mayDo(permissions: Permissions, scope: string, level: 'read' | 'write'): boolean {
  const given = Object.hasOwn(permissions, scope) ? permissions[scope] : undefined;
  return given === 'write' || given === level;
}
