// `gh`: the forge from the command line, with the real tool's words and exit codes for the part that is here.
import type { Command, CommandIO } from '../../machine/index.ts';
import type { Ci } from '../../pipeline/index.ts';
import { api, apiFlags } from './api/index.ts';
import { authStatus } from './auth.ts';
import { GhStop, readFlags } from './given.ts';
import { issueCommands } from './issue.ts';
import { labelCommands } from './label.ts';
import { openPlace, repositoryOf } from './place.ts';
import { prCommands } from './pr/index.ts';
import { releaseCommands } from './release.ts';
import { repoCommands } from './repo.ts';
import { rulesetCommands } from './ruleset.ts';
import { runCommands } from './run/index.ts';
import { mindToken } from './scopes.ts';
import { secretCommands, variableCommands } from './settings.ts';
import { groupHelp, helpOf, type Subcommand } from './subcommand.ts';
import { workflowCommands } from './workflow.ts';

interface Group {
  readonly what: string;
  readonly commands: Readonly<Record<string, Subcommand>>;
}

const groups: Readonly<Record<string, Group>> = {
  pr: { what: 'Work with GitHub pull requests.', commands: prCommands },
  issue: { what: 'Work with GitHub issues.', commands: issueCommands },
  label: { what: 'Work with GitHub labels.', commands: labelCommands },
  release: { what: 'Manage releases', commands: releaseCommands },
  repo: { what: 'Work with GitHub repositories.', commands: repoCommands },
  ruleset: {
    what: 'Repository rulesets are a way to define a set of rules that apply to a repository.',
    commands: rulesetCommands,
  },
  run: { what: 'List, view, and watch recent workflow runs from GitHub Actions.', commands: runCommands },
  secret: {
    what: 'Secrets can be set at the repository, or organization level for use in GitHub Actions.',
    commands: secretCommands,
  },
  variable: {
    what: 'Variables can be set at the repository, environment or organization level.',
    commands: variableCommands,
  },
  workflow: { what: 'List, view, and run workflows in GitHub Actions.', commands: workflowCommands },
};

/** Subcommands of the real tool that are not here. */
const absent: Readonly<Record<string, string>> = {
  issue: 'delete develop lock pin status transfer unlock unpin',
  label: 'clone edit',
  pr: 'lock unlock',
  release: 'delete-asset',
  repo: 'archive autolink clone create delete deploy-key garden gitignore license list rename set-default sync unarchive',
  run: 'delete',
  workflow: 'disable enable',
};

/** Groups of the real tool that are not here: told apart from typing errors. */
const elsewhere = (
  'alias attestation browse cache codespace completion config copilot extension gist gpg-key org preview ' +
  'project search ssh-key status'
).split(' ');

function usage(): string {
  const rows = [
    ...Object.entries(groups).map(([name, { what }]) => [name, what] as const),
    ['api', 'Make an authenticated GitHub API request'] as const,
  ];
  return `Work seamlessly with GitHub from the command line.\n\nUSAGE\n  gh <command> <subcommand> [flags]\n\nCOMMANDS\n${rows
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, what]) => `  ${`${name}:`.padEnd(12)}${what}\n`)
    .join(
      '',
    )}\nFLAGS\n  --help      Show help for command\n  --version   Show gh version\n\nEXAMPLES\n  $ gh pr create --fill\n  $ gh pr checks 12\n  $ gh run watch\n`;
}

/** @param ci the service that runs workflows. */
export function createGh(ci: Ci): Command {
  return {
    name: 'gh',
    summary: {
      es: 'mira y manda en la forja: pull requests, ejecuciones y flujos de trabajo',
      en: 'looks at the forge and acts on it: pull requests, runs and workflows',
    },
    async run(args, io) {
      try {
        return await dispatch(ci, args, io);
      } catch (error) {
        if (!(error instanceof GhStop)) throw error;
        io.stderr(`${error.message}\n`);
        return error.exitCode;
      }
    },
    complete(words) {
      const [group] = words;
      if (group === undefined) return [...Object.keys(groups), 'api'];
      return words.length === 1 && Object.hasOwn(groups, group) ? Object.keys(groups[group]?.commands ?? {}) : [];
    },
  };
}

async function dispatch(ci: Ci, args: readonly string[], io: CommandIO): Promise<number> {
  const [group, name, ...rest] = args;
  const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h';
  const say = (text: string): number => {
    io.stdout(text);
    return 0;
  };
  if (group === undefined || group === 'help' || isHelp(group)) {
    const asked = group === 'help' ? [name, rest[0]].filter((word) => word !== undefined) : [];
    return asked.length > 0 ? dispatch(ci, [...asked, '--help'], io) : say(usage());
  }
  if (group === '--version' || group === 'version')
    return say('gh version 2.63.0 (2024-11-27)\nhttps://github.com/cli/cli/releases/tag/v2.63.0\n');
  if (group === 'api') {
    const { asked, others } = withoutRepository(args.slice(1));
    if (others.includes('--help'))
      return say(
        helpOf('gh api', {
          use: '<endpoint>',
          short: 'Makes an authenticated HTTP request to the GitHub API.',
          flags: apiFlags,
        }),
      );
    mindToken(io, 'api');
    await ci.settle(io.machine);
    const named = others.map((one) => repositoryOf(io, one)).find((one) => one !== undefined);
    return api(openPlace(io, ci, asked ?? named), others);
  }
  if (group === 'auth') {
    mindToken(io, 'auth');
    if (name === 'status') return authStatus(io);
    throw new GhStop(`gh auth: '${name ?? ''}' is not part of this sandbox (there are: status)`);
  }
  const known = Object.hasOwn(groups, group) ? groups[group] : undefined;
  if (known === undefined) throw new GhStop(strange(group));
  const { commands, what } = known;
  if (name === undefined || isHelp(name)) return say(groupHelp(group, what, commands));
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    const names = Object.keys(commands).join(', ');
    throw new GhStop(
      (absent[group] ?? '').split(' ').includes(name)
        ? `gh ${group}: '${name}' is not part of this sandbox (there are: ${names})`
        : `unknown command "${name}" for "gh ${group}"\n\n${groupHelp(group, what, commands)}`.trimEnd(),
    );
  }
  if (rest.some(isHelp)) return say(helpOf(`gh ${group} ${name}`, command));
  const { asked, others } = withoutRepository(rest);
  mindToken(io, group, name);
  await ci.settle(io.machine);
  // `gh repo fork` names its repository itself, and works in any folder.
  const named = group === 'repo' && name === 'fork' ? others.find((one) => /^[^-].*\//.test(one)) : undefined;
  const place = openPlace(io, ci, asked ?? named);
  return command.run(place, readFlags(others, Object.keys(command.flags)));
}

function strange(group: string): string {
  if (/^-[^-]/.test(group)) return `unknown shorthand flag: '${group[1]}' in ${group}`;
  if (group.startsWith('--')) return `unknown flag: ${group.split('=')[0]}`;
  return elsewhere.includes(group)
    ? `gh: '${group}' is not part of this sandbox`
    : `unknown command "${group}" for "gh"`;
}

/** `-R OWNER/REPO` may stand anywhere. */
function withoutRepository(args: readonly string[]): {
  readonly asked: string | undefined;
  readonly others: readonly string[];
} {
  const at = args.findIndex((arg) => /^(-R|--repo)(=|$)/.test(arg));
  if (at < 0) return { asked: undefined, others: args };
  const inline = args[at]?.includes('=') ? args[at]?.slice((args[at]?.indexOf('=') ?? 0) + 1) : undefined;
  return { asked: inline ?? args[at + 1], others: args.toSpliced(at, inline === undefined ? 2 : 1) };
}
