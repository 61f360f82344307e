// Who acts on the forge: people and roles of the company, by login.
import type { Machine } from '../machine/machine.ts';
import type { Login } from './records.ts';
import { readDocument, writeDocument } from './store.ts';
import { BOT, tokenOf } from './token.ts';

export interface PersonOnForge {
  readonly name: string;
  readonly email: string;
}

interface People {
  readonly people: Readonly<Record<Login, PersonOnForge>>;
  /** `@ventarela/web` → its members. */
  readonly teams: Readonly<Record<string, readonly Login[]>>;
}

const PEOPLE = '/srv/forge/people.json';

/** The variable with which a day's setup lets a role act. */
export const LOGIN_VARIABLE = 'FORGE_LOGIN';

/** Who a command acts as: while a day is set up any role, afterwards the person at the machine and nobody else, but for what a check tries. */
export function loginOf(machine: Machine, env: Readonly<Record<string, string>>): Login {
  if (tokenOf(machine) !== undefined) return BOT;
  const { actingAs, user, kernel } = machine;
  if (actingAs !== undefined) return actingAs;
  const { [LOGIN_VARIABLE]: role } = env;
  if (role === undefined || role === user) return user;
  return kernel.log.entries().some(({ type }) => type === 'DayOpened') ? user : role;
}

export function readPeople(machine: Machine): People {
  return { people: {}, teams: {}, ...readDocument<Partial<People>>(machine, PEOPLE) };
}

export function changePeople(machine: Machine, changed: Partial<People>): void {
  const { people, teams } = readPeople(machine);
  writeDocument(machine, PEOPLE, {
    people: { ...people, ...changed.people },
    teams: { ...teams, ...changed.teams },
  } satisfies People);
}

/** As commits that the forge makes name a person: what they are known by, for the person at the machine what git is told there. */
export function personOf(machine: Machine, login: Login): PersonOnForge {
  const { people } = readPeople(machine);
  const known = Object.hasOwn(people, login) ? people[login] : undefined;
  if (known !== undefined) return known;
  const usual = { name: login, email: `${login}@ventarela.test` };
  const file = `${machine.home}/.gitconfig`;
  if (login !== machine.user || !machine.files.exists(file)) return usual;
  const [section = ''] = /^\[user\][^[]*/im.exec(machine.files.readText(file)) ?? [];
  const set = (key: string): string | undefined =>
    new RegExp(`^\\s*${key}\\s*=\\s*"?(.*?)"?\\s*$`, 'im').exec(section)?.[1];
  return { name: set('name') ?? usual.name, email: set('email') ?? usual.email };
}
