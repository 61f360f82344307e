// `gh workflow`: the files that runs come from.
import { openOrigin } from '../../forge/index.ts';
import { readWorkflow, unfitInput, type Workflow } from '../../pipeline/index.ts';
import { GhStop, type Given } from './given.ts';
import { printTable } from './json.ts';
import { elapsed, type Place } from './place.ts';
import { branchOf, mark, runsNow } from './run/find.ts';
import type { Subcommand } from './subcommand.ts';

const which = '[<workflow-id> | <workflow-name> | <filename>]';

export const workflowCommands: Readonly<Record<string, Subcommand>> = {
  list: {
    short: 'List workflow files, hiding disabled workflows by default.',
    flags: { 'all a': 'Include disabled workflows', 'limit L=': 'Maximum number of workflows to fetch (default 50)' },
    run: list,
  },
  run: {
    use: which,
    short: 'Create a `workflow_dispatch` event for a given workflow.',
    flags: {
      'field F=': 'Add a string parameter in `key=value` format, respecting @ syntax',
      json: 'Read workflow inputs as JSON via STDIN',
      'raw-field f=': 'Add a string parameter in `key=value` format',
      'ref r=': "Branch or tag `name` which contains the version of the workflow file you'd like to run",
    },
    run,
  },
  view: {
    use: which,
    short: 'View the summary of a workflow.',
    flags: {
      'ref r=': "The `branch` or tag name which contains the version of the workflow file you'd like to view",
      'yaml y': 'View the workflow yaml file',
    },
    run: view,
  },
};

/** The readable workflows of a branch, in the order of their files. */
async function workflows(place: Place, branch: string): Promise<readonly Workflow[]> {
  const origin = openOrigin(place.io.machine, place.repository);
  const found: Workflow[] = [];
  for (const path of (await origin?.paths(branch)) ?? []) {
    if (!/^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) continue;
    const { workflow } = await readWorkflow(path, (await origin?.read(branch, path)) ?? '');
    if (workflow !== undefined) found.push(workflow);
  }
  return found;
}

async function list(place: Place): Promise<number> {
  const found = await workflows(place, place.store.settings().defaultBranch);
  if (found.length === 0) {
    place.io.stderr('no workflows found\n');
    return 0;
  }
  printTable(
    place,
    ['NAME', 'STATE', 'ID'],
    found.map(({ name }, at) => [name, 'active', String(at + 1)]),
  );
  return 0;
}

/** `gh workflow view`: the last runs of one, or its file. */
async function view(place: Place, given: Given): Promise<number> {
  const [asked] = given.words;
  const { io, store } = place;
  if (asked === undefined) throw new GhStop('workflow argument required when not running interactively');
  if (given.value('ref') !== undefined && !given.has('yaml'))
    throw new GhStop('`--yaml` required when specifying `--ref`');
  const ref = given.value('ref') ?? store.settings().defaultBranch;
  const all = await workflows(place, ref);
  const at = all.findIndex(({ name, path }) => name === asked || path === asked || path.endsWith(`/${asked}`));
  const found = all[at] ?? all[Number(asked) - 1];
  if (found === undefined) throw new GhStop(`could not find any workflows named ${asked}`);
  const { name, path } = found;
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (given.has('yaml')) {
    const text = (await openOrigin(io.machine, place.repository)?.read(ref, path)) ?? '';
    io.stdout(io.isTerminal ? `${name} - ${file}\nID: ${all.indexOf(found) + 1}\n\n${text}\n` : text);
    return 0;
  }
  const own = runsNow(place).filter((one) => one.path === path);
  io.stdout(`${name} - ${file}\nID: ${all.indexOf(found) + 1}\n\nTotal runs ${own.length}\n`);
  if (own.length > 0) {
    io.stdout('Recent runs\n');
    printTable(
      place,
      ['', 'TITLE', 'WORKFLOW', 'BRANCH', 'EVENT', 'ELAPSED', 'ID'],
      own.slice(0, 5).map((one) => {
        const took = elapsed((one.endedAt ?? place.now()) - one.startedAt);
        const facts = [one.title, one.workflow, branchOf(one), one.event];
        return io.isTerminal
          ? [mark(one), ...facts, took, String(one.number)]
          : [one.status, one.conclusion ?? '', ...facts, String(one.number)];
      }),
    );
  }
  io.stdout('\n');
  if (own.length > 5) io.stdout(`To see more runs for this workflow, try: gh run list --workflow ${file}\n`);
  io.stdout(`To see the YAML for this workflow, try: gh workflow view ${file} --yaml\n`);
  return 0;
}

async function run(place: Place, given: Given): Promise<number> {
  const [asked] = given.words;
  if (asked === undefined) throw new GhStop('workflow ID, name, or filename required when not running interactively');
  const ref = given.value('ref') ?? place.store.settings().defaultBranch;
  const found = (await workflows(place, ref)).find(
    ({ name, path }) => name === asked || path === asked || path.endsWith(`/${asked}`),
  );
  const { io, repository, ci, fullName } = place;
  const address = `(https://git.ventarela.test/api/v3/repos/${fullName}/actions/workflows/${asked}/dispatches)`;
  if (found === undefined)
    throw new GhStop(
      `HTTP 404: workflow ${asked} not found on the default branch ${address.replace('/dispatches', '')}`,
    );
  const refused = (why: string): never => {
    throw new GhStop(`could not create workflow dispatch event: HTTP 422: ${why} ${address}`);
  };
  const trigger = found.on.workflow_dispatch ?? refused("Workflow does not have 'workflow_dispatch' trigger");
  const stdin = given.has('json') ? inputsOf(new TextDecoder().decode(io.stdin)) : {};
  const pairs = [...given.values('field'), ...given.values('raw-field')].map((text) => {
    const at = text.indexOf('=');
    if (at < 0) throw new GhStop(`field "${text}" requires a value separated by an '=' sign`);
    return [text.slice(0, at), text.slice(at + 1)] as const;
  });
  const inputs: Readonly<Record<string, string>> = { ...stdin, ...Object.fromEntries(pairs) };
  const unfit = unfitInput(trigger.inputs, inputs);
  if (unfit !== undefined) refused(unfit);
  io.machine.kernel.record({
    type: 'WorkflowDispatched',
    repository,
    workflow: found.path,
    ref,
    inputs: JSON.stringify(inputs),
    by: place.login,
  });
  await ci.settle(io.machine);
  const file = found.path.slice(found.path.lastIndexOf('/') + 1);
  if (io.isTerminal)
    io.stdout(
      `✓ Created workflow_dispatch event for ${file} at ${ref}\n\nTo see runs for this workflow, try: gh run list --workflow=${file}\n`,
    );
  return 0;
}

/** Inputs as `--json` reads them: an object of texts. @throws GhStop in the words of Go's decoder, as far as they say where. */
function inputsOf(text: string): Readonly<Record<string, string>> {
  const stop = (why: string): GhStop => new GhStop(`could not parse provided JSON: ${why}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw stop((error as Error).message);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw stop('expected an object');
  const entries = Object.entries(value);
  const odd = entries.find(([, one]) => typeof one !== 'string');
  if (odd !== undefined) throw stop(`cannot unmarshal ${odd[0]}: expected a string`);
  return Object.fromEntries(entries) as Record<string, string>;
}
