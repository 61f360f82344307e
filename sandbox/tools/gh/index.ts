// `gh`: the forge from the command line, with the real tool's words and exit codes for the part that is here.
import type { Command } from '../../machine/index.ts';
import type { Ci } from '../../pipeline/index.ts';
import { api } from './api.ts';
import { GhStop } from './given.ts';
import { openPlace, type Place } from './place.ts';
import { runCommands } from './run.ts';
import { secretCommands, variableCommands } from './settings.ts';
import { workflowCommands } from './workflow.ts';

type Group = Readonly<Record<string, (place: Place, args: readonly string[]) => Promise<number>>>;

const groups: Readonly<Record<string, Group>> = {
  run: runCommands,
  workflow: workflowCommands,
  secret: secretCommands,
  variable: variableCommands,
};

/** Groups of the real tool that are not here: told apart from typing errors. */
const elsewhere = (
  'alias attestation auth browse cache codespace completion config copilot extension gist gpg-key issue label org pr preview ' +
  'project release repo ruleset search ssh-key status'
).split(' ');

const usage = `Work with the forge from the command line.

USAGE
  gh <command> <subcommand> [flags]

COMMANDS
  run:       list, view, watch, rerun, cancel, download
  workflow:  list, run
  secret:    set, list, delete
  variable:  set, get, list, delete
  api:       repos/{owner}/{repo}/actions/runs, …/pending_deployments
`;

/** @param ci the service that runs workflows. */
export function createGh(ci: Ci): Command {
  return {
    name: 'gh',
    summary: {
      es: 'mira y manda en la forja: ejecuciones y flujos de trabajo',
      en: 'looks at the forge and acts on it: runs and workflows',
    },
    async run(args, io) {
      const [group, name, ...rest] = args;
      if (group === undefined || group === 'help' || group === '--help') {
        io.stdout(usage);
        return 0;
      }
      if (group === '--version' || group === 'version') {
        io.stdout('gh version 2.63.0 (2024-11-27)\nhttps://github.com/cli/cli/releases/tag/v2.63.0\n');
        return 0;
      }
      try {
        const known = Object.hasOwn(groups, group) ? groups[group] : undefined;
        if (group !== 'api' && known === undefined) throw new GhStop(strange(group));
        const { asked, others } = withoutRepository(group === 'api' ? args.slice(1) : rest);
        const act = group === 'api' ? api : name === undefined ? undefined : known?.[name];
        if (act === undefined) {
          const names = Object.keys(known ?? {}).join(', ');
          if (name === undefined || name === '--help') {
            io.stdout(`USAGE\n  gh ${group} <command> [flags]\n\nCOMMANDS\n  ${names}\n`);
            return 0;
          }
          throw new GhStop(`gh ${group}: '${name}' is not part of this sandbox (there are: ${names})`);
        }
        await ci.settle(io.machine);
        return await act(openPlace(io, ci, asked), others);
      } catch (error) {
        if (!(error instanceof GhStop)) throw error;
        io.stderr(`${error.message}\n`);
        return error.exitCode;
      }
    },
    complete(words) {
      const [group] = words;
      if (group === undefined) return [...Object.keys(groups), 'api'];
      return words.length === 1 && Object.hasOwn(groups, group) ? Object.keys(groups[group] ?? {}) : [];
    },
  };
}

function strange(group: string): string {
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
