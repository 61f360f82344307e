// `gh ruleset`
import { type Ruleset, rulesOn } from '../../forge/index.ts';
import { rulesAsJson } from './api/rulesets.ts';
import { GhStop } from './given.ts';
import { printTable } from './json.ts';
import { branchHere } from './pr/find.ts';
import type { Subcommand } from './subcommand.ts';

/** A rule a line, its parameters in brackets, as the real one shows them. */
function shown(rules: Ruleset['rules']): readonly string[] {
  return rulesAsJson(rules)
    .map(({ type, parameters }) => {
      const entries = typeof parameters === 'object' && parameters !== null ? Object.entries(parameters) : [];
      const values = entries
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => `[${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}]`);
      return `- ${String(type)}${values.length === 0 ? '' : `: ${values.join(' ')}`}`;
    })
    .sort();
}

export const rulesetCommands: Readonly<Record<string, Subcommand>> = {
  list: {
    short: 'List GitHub rulesets for a repository or organization.',
    flags: { 'limit L=': 'Maximum number of rulesets to list (default 30)' },
    async run(place, given) {
      const { io, store, fullName } = place;
      const all = store.settings().rulesets;
      const found = all.slice(0, Number(given.value('limit') ?? 30));
      if (found.length === 0) throw new GhStop(`no rulesets found in ${fullName}`, 0);
      if (io.isTerminal) io.stdout(`\nShowing ${found.length} of ${all.length} rulesets in ${fullName}\n\n`);
      printTable(
        place,
        ['ID', 'NAME', 'SOURCE', 'STATUS', 'RULES'],
        found.map(({ id, name, enforcement, rules }) => [
          String(id),
          name,
          `${fullName} (repo)`,
          enforcement,
          String(Object.keys(rules).length),
        ]),
      );
      return 0;
    },
  },
  view: {
    use: '[<ruleset-id>]',
    short: 'View information about a GitHub ruleset.',
    flags: {},
    async run({ io, store, fullName, login }, given) {
      const [asked] = given.words;
      if (asked === undefined) throw new GhStop('a ruleset ID must be provided when not running interactively');
      if (!/^\d+$/.test(asked)) throw new GhStop(`invalid value for ruleset ID: ${asked} is not an integer`);
      const found = store.settings().rulesets.find(({ id }) => id === Number(asked));
      if (found === undefined)
        throw new GhStop(`HTTP 404: Not Found (https://git.ventarela.test/api/v3/repos/${fullName}/rulesets/${asked})`);
      const { id, name, enforcement, bypass, include, exclude, rules } = found;
      const listed = shown(rules);
      io.stdout(
        [
          '',
          name,
          `ID: ${id}`,
          `Source: ${fullName} (Repository)`,
          `Enforcement: ${enforcement === 'active' ? 'Active' : 'Disabled'}`,
          ...(bypass.includes(login) ? ['You can bypass: always'] : []),
          '',
          'Bypass List',
          ...(bypass.length === 0 ? ['This ruleset cannot be bypassed'] : ['- RepositoryRole (ID: 5), mode: always']),
          '',
          'Conditions',
          `- ref_name: [exclude: [${exclude.join(' ')}]] [include: [${include.join(' ')}]] `,
          '',
          'Rules',
          ...(listed.length === 0 ? ['No rules configured'] : listed),
          '',
        ].join('\n'),
      );
      return 0;
    },
  },
  check: {
    use: '[<branch>]',
    short: 'View information about GitHub rules that apply to a given branch.',
    flags: { default: 'Check rules on default branch' },
    async run(place, given) {
      const { io, store, fullName } = place;
      const settings = store.settings();
      const branch = given.words[0] ?? (given.has('default') ? settings.defaultBranch : await branchHere(place));
      const listed = rulesOn(`refs/heads/${branch}`, settings)
        .filter(({ kind }) => kind === 'ruleset')
        .flatMap(({ rules, id }) =>
          shown(rules).map((line) => `${line}\n  (configured in ruleset ${id} from repository ${fullName})`),
        );
      io.stdout(`${listed.length} rules apply to branch ${branch} in repo ${fullName}\n`);
      if (listed.length > 0) io.stdout(`\n${listed.join('\n\n')}\n`);
      return 0;
    },
  },
};
