// `forge`: with it a day's setup lets the roles of the company act. Not on the learner's desk.
import { changePeople, LOGIN_VARIABLE, type MergeMethod, openStore, personOf, type Reviewer } from '../forge/index.ts';
import type { Command, CommandIO } from '../machine/index.ts';

const usage = `usage:
  forge person LOGIN NAME [EMAIL]            who a role is, as commits name it
  forge team @ventarela/NAME LOGIN...        a team, for CODEOWNERS
  forge as LOGIN SCRIPT                      runs a script as that role: git commits, pushes and gh are its own
  forge reviewer REPOSITORY LOGIN MINUTES [approve|request-changes|comment] [TEXT] [WHEN-FAILING-TEXT]
                                             reviews what it is asked to, so long after the last change; with a second text it asks
                                             for changes where a check has failed
  forge admins REPOSITORY LOGIN...           who may change settings and pass over rules
  forge methods REPOSITORY merge|squash|rebase...
`;

const states: Readonly<Record<string, Reviewer['passing']['state']>> = {
  approve: 'APPROVED',
  'request-changes': 'CHANGES_REQUESTED',
  comment: 'COMMENTED',
};

export const forge: Command = {
  name: 'forge',
  summary: { es: 'prepara la forja de un día', en: "prepares a day's forge" },
  async run([verb, ...args], io) {
    const { machine } = io;
    const [first, second, ...rest] = args;
    if (first === undefined || second === undefined) return refuse(io);
    switch (verb) {
      case 'person':
        changePeople(machine, { people: { [first]: { name: second, email: rest[0] ?? `${first}@ventarela.test` } } });
        return 0;
      case 'team':
        changePeople(machine, { teams: { [first]: [second, ...rest] } });
        return 0;
      case 'as':
        return actAs(io, first, second);
      case 'admins':
        openStore(machine, first).change({ admins: [second, ...rest] });
        return 0;
      case 'methods': {
        const known = ['merge', 'squash', 'rebase'] as const;
        const methods = [second, ...rest].flatMap((name): MergeMethod[] => known.filter((one) => one === name));
        if (methods.length !== args.length - 1) return refuse(io);
        openStore(machine, first).change({ methods });
        return 0;
      }
      case 'reviewer':
        return addReviewer(io, first, second, rest);
      default:
        return refuse(io);
    }
  },
};

function refuse(io: CommandIO): number {
  io.stderr(usage);
  return 2;
}

async function actAs(io: CommandIO, login: string, script: string): Promise<number> {
  if (io.run === undefined) return refuse(io);
  const { name, email } = personOf(io.machine, login);
  const { stdout, stderr, exitCode } = await io.run({
    words: script,
    env: {
      [LOGIN_VARIABLE]: login,
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
    },
  });
  io.stdout(stdout);
  io.stderr(stderr);
  return exitCode;
}

function addReviewer(
  { machine, ...io }: CommandIO,
  repository: string,
  login: string,
  [minutes = '', word = 'approve', body = '', failing]: readonly string[],
): number {
  const state = Object.hasOwn(states, word) ? states[word] : undefined;
  if (!/^\d+$/.test(minutes) || state === undefined) {
    io.stderr(usage);
    return 2;
  }
  const store = openStore(machine, repository);
  const reviewer: Reviewer = {
    login,
    minutes: Number(minutes),
    passing: { state, body },
    ...(failing !== undefined && { failing: { state: 'CHANGES_REQUESTED', body: failing } as const }),
  };
  const others = store.settings().reviewers.filter((one) => one.login !== login);
  store.change({ reviewers: [...others, reviewer] });
  return 0;
}
