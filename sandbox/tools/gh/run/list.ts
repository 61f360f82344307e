// `gh run list`.
import type { Given } from '../given.ts';
import { iso, printFields, printTable } from '../json.ts';
import { ago, elapsed, type Place } from '../place.ts';
import { branchOf, mark, runsWith } from './find.ts';
import { asJson, fields } from './json.ts';

export async function list(place: Place, given: Given): Promise<number> {
  const found = runsWith(place, {
    workflow: given.value('workflow'),
    branch: given.value('branch'),
    status: given.value('status'),
    event: given.value('event'),
    commit: given.value('commit'),
    user: given.value('user'),
  }).slice(0, Number(given.value('limit') ?? 20));
  if (given.has('json'))
    return printFields(
      place,
      given,
      fields,
      found.map((run) => asJson(place, run)),
    );
  if (found.length === 0) {
    place.io.stderr('no runs found\n');
    return 0;
  }
  const isTable = place.io.isTerminal;
  const rows = found.map((run) => {
    const took = elapsed((run.endedAt ?? place.now()) - run.startedAt);
    const tail = [
      run.workflow,
      branchOf(run),
      run.event,
      String(run.number),
      took,
      isTable ? ago(place, run.createdAt) : iso(run.createdAt),
    ];
    return isTable ? [mark(run), run.title, ...tail] : [run.status, run.conclusion ?? '', run.title, ...tail];
  });
  printTable(place, ['STATUS', 'TITLE', 'WORKFLOW', 'BRANCH', 'EVENT', 'ID', 'ELAPSED', 'AGE'], rows);
  return 0;
}
