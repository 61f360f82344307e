// `gh label`
import { GhStop } from './given.ts';
import { printFields, printTable } from './json.ts';
import { jsonFlags, type Subcommand } from './subcommand.ts';
import { plural } from './texts.ts';

const fields = ['color', 'description', 'id', 'isDefault', 'name', 'url'];
/** As the product gives one by chance; here always the same. */
const USUAL_COLOR = 'ededed';

export const labelCommands: Readonly<Record<string, Subcommand>> = {
  list: {
    short: 'Display labels in a GitHub repository.',
    flags: {
      'limit L=': 'Maximum number of labels to fetch (default 30)',
      'search S=': 'Search label names and descriptions',
      ...jsonFlags,
    },
    fields,
    async run(place, given) {
      const { io, store, fullName } = place;
      const search = given.value('search')?.toLowerCase();
      const all = store
        .settings()
        .labels.filter(
          (one) => search === undefined || `${one.name} ${one.description}`.toLowerCase().includes(search),
        );
      const found = all.slice(0, Number(given.value('limit') ?? 30));
      if (given.has('json'))
        return printFields(
          place,
          given,
          fields,
          found.map((one) => ({ ...one, id: `LA_${one.name}`, isDefault: false, url: '' })),
        );
      if (found.length === 0)
        throw new GhStop(
          search === undefined ? `no labels found in ${fullName}` : `no labels in ${fullName} matched your search`,
          0,
        );
      if (io.isTerminal) io.stdout(`\nShowing ${found.length} of ${plural(all.length, 'label')} in ${fullName}\n\n`);
      printTable(
        place,
        ['NAME', 'DESCRIPTION', 'COLOR'],
        found.map(({ name, description, color }) => [name, description, `#${color}`]),
      );
      return 0;
    },
  },
  create: {
    use: '<name>',
    short: 'Create a new label on GitHub, or update an existing one with `--force`.',
    flags: {
      'color c=': 'Color of the label',
      'description d=': 'Description of the label',
      'force f': 'Update the label color and description if label already exists',
    },
    async run({ io, store, fullName, repository, login }, given) {
      const [name] = given.words;
      if (name === undefined) throw new GhStop('cannot create label: name argument required');
      const color = (given.value('color') ?? USUAL_COLOR).replace(/^#/, '');
      if (!/^[0-9a-f]{6}$/i.test(color)) throw new GhStop('HTTP 422: Validation Failed\nLabel.color is invalid');
      const { labels } = store.settings();
      const known = labels.some((one) => one.name.toLowerCase() === name.toLowerCase());
      if (known && !given.has('force'))
        throw new GhStop(
          `label with name "${name}" already exists; use \`--force\` to update its color and description`,
        );
      const others = labels.filter((one) => one.name.toLowerCase() !== name.toLowerCase());
      store.change({ labels: [...others, { name, color, description: given.value('description') ?? '' }] });
      io.machine.kernel.record({ type: 'SettingChanged', repository, setting: `label ${name}`, by: login });
      if (io.isTerminal) io.stdout(`✓ Label "${name}" ${known ? 'updated' : 'created'} in ${fullName}\n`);
      return 0;
    },
  },
  delete: {
    use: '<name>',
    short: 'Delete a label from a repository.',
    flags: { yes: 'Confirm deletion without prompting' },
    async run({ io, store, fullName, repository, login }, given) {
      const [name] = given.words;
      if (name === undefined) throw new GhStop('cannot delete label: name argument required');
      if (!given.has('yes')) throw new GhStop('--yes required when not running interactively');
      const { labels } = store.settings();
      if (!labels.some((one) => one.name === name)) throw new GhStop('HTTP 404: Not Found');
      store.change({ labels: labels.filter((one) => one.name !== name) });
      io.machine.kernel.record({ type: 'SettingChanged', repository, setting: `label ${name}`, by: login });
      if (io.isTerminal) io.stdout(`✓ Label "${name}" deleted from ${fullName}\n`);
      return 0;
    },
  },
};
