// `gh secret` and `gh variable`: what a repository's workflows are given.
import { GhStop, type Given } from './given.ts';
import { iso, printTable } from './json.ts';
import { ago, type Place } from './place.ts';
import type { Subcommand } from './subcommand.ts';

type Kind = 'secrets' | 'variables';
export const secretCommands = commandsFor('secrets', 'secret');
export const variableCommands = commandsFor('variables', 'variable');

/** Letters, digits and `_`, no digit first, not GITHUB_ ("Naming your secrets"). */
const isName = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !/^github_/i.test(name);

function commandsFor(kind: Kind, word: string): Readonly<Record<string, Subcommand>> {
  const key = (name: string): string => `${word} ${name}`;
  return {
    set: {
      use: `<${word}-name>`,
      short:
        kind === 'secrets'
          ? 'Set a value for a secret on one of the following levels: repository, environment.'
          : 'Set a value for a variable on one of the following levels: repository, environment.',
      flags: {
        'body b=': `The value for the ${word} (reads from standard input if not specified)`,
        'env e=': `Set deployment \`environment\` ${word}`,
      },
      async run(place, given) {
        const { io, store, fullName } = place;
        const [asked] = given.words;
        if (asked === undefined) throw new GhStop(`must pass name argument`);
        const name = asked.toUpperCase();
        if (!isName(name))
          throw new GhStop(
            `failed to set ${word} "${name}": HTTP 422: ${kind === 'secrets' ? 'Secret' : 'Variable'} names can only contain alphanumeric characters ([a-z], [A-Z], [0-9]) or underscores (_). Spaces are not allowed. Must start with a letter ([a-z], [A-Z]) or underscores (_).`,
          );
        const value = given.value('body') ?? new TextDecoder().decode(io.stdin).replace(/\n$/, '');
        const settings = store.settings();
        const environment = given.value('env');
        if (environment === undefined)
          store.change({
            [kind]: { ...settings[kind], [name]: value },
            setAt: { ...settings.setAt, [key(name)]: place.now() },
          });
        else {
          const known = settings.environments[environment];
          if (known === undefined) throw new GhStop(`failed to fetch public key: HTTP 404: Not Found`);
          const changed = { ...known, [kind]: { ...known[kind], [name]: value } };
          store.change({ environments: { ...settings.environments, [environment]: changed } });
        }
        io.machine.kernel.record({
          type: 'SettingChanged',
          repository: place.repository,
          setting: key(name),
          by: io.machine.user,
        });
        const what = kind === 'secrets' ? (environment === undefined ? 'Actions secret' : 'secret') : 'variable';
        const before = (environment === undefined ? settings : settings.environments[environment])?.[kind];
        const done = kind === 'secrets' ? 'Set' : Object.hasOwn(before ?? {}, name) ? 'Updated' : 'Created';
        if (!io.isTerminal) return 0;
        io.stdout(
          `✓ ${done} ${what} ${name} for ${environment === undefined ? fullName : `environment ${environment} on ${fullName}`}\n`,
        );
        return 0;
      },
    },
    list: {
      short:
        kind === 'secrets'
          ? 'List secrets on one of the following levels: repository, environment.'
          : 'List variables on one of the following levels: repository, environment.',
      flags: { 'env e=': `List ${kind} for an \`environment\`` },
      async run(place, given) {
        const { environments, setAt, ...settings } = place.store.settings();
        const environment = given.value('env');
        const found = (environment === undefined ? settings[kind] : environments[environment]?.[kind]) ?? {};
        const names = Object.keys(found).sort();
        if (names.length === 0) {
          place.io.stderr(`no ${word === 'secret' ? 'secrets' : 'variables'} found\n`);
          return 0;
        }
        const time = (name: string): string => {
          const at = setAt[key(name)] ?? 0;
          return place.io.isTerminal ? ago(place, at) : iso(at);
        };
        if (kind === 'secrets')
          printTable(
            place,
            ['NAME', 'UPDATED'],
            names.map((name) => [name, time(name)]),
          );
        else
          printTable(
            place,
            ['NAME', 'VALUE', 'UPDATED'],
            names.map((name) => [name, found[name] ?? '', time(name)]),
          );
        return 0;
      },
    },
    delete: {
      use: `<${word}-name>`,
      short: kind === 'secrets' ? 'Delete a secret of a repository.' : 'Delete a variable of a repository.',
      flags: {},
      async run(place, given) {
        const { words } = given;
        const name = (words[0] ?? '').toUpperCase();
        const { [name]: gone, ...left } = place.store.settings()[kind];
        if (gone === undefined) throw new GhStop(`failed to delete ${word} ${name}: HTTP 404: Not Found`);
        place.store.change({ [kind]: left });
        place.io.machine.kernel.record({
          type: 'SettingChanged',
          repository: place.repository,
          setting: key(name),
          by: place.io.machine.user,
        });
        if (!place.io.isTerminal) return 0;
        place.io.stdout(
          `✓ Deleted ${kind === 'secrets' ? 'Actions secret' : 'variable'} ${name} from ${place.fullName}\n`,
        );
        return 0;
      },
    },
    ...(kind === 'variables' && {
      get: {
        use: '<variable-name>',
        short: 'Get the value of a variable of a repository.',
        flags: {},
        async run(place: Place, given: Given) {
          const name = (given.words[0] ?? '').toUpperCase();
          const value = place.store.settings().variables[name];
          if (value === undefined) throw new GhStop(`variable ${name} was not found`);
          place.io.stdout(`${value}\n`);
          return 0;
        },
      },
    }),
  };
}
