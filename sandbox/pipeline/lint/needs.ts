// What jobs wait for ("Workflow syntax", jobs.<job_id>.needs), and ids that are there twice.
import type { Report } from './report.ts';
import { at, type Entry, entriesOf, itemsOf, type Tree, textOf } from './tree.ts';

export function lintNeeds(jobs: Tree | undefined, report: Report): void {
  const all = entriesOf(jobs);
  const ids = new Set(all.map(({ key }) => key.toLowerCase()));
  for (const job of all) {
    const seen = new Set<string>();
    for (const need of needsOf(job)) {
      const name = (textOf(need) ?? '').toLowerCase();
      if (name === '' || name.includes('${{')) continue;
      if (seen.has(name))
        report(need, 'job-needs', {
          es: `${textOf(need)} está dos veces en needs: no se distinguen mayúsculas.`,
          en: `${textOf(need)} is there twice in needs: letters’ case does not count.`,
        });
      seen.add(name);
      if (!ids.has(name))
        report(
          need,
          'job-needs',
          {
            es: `El trabajo ${job.key} espera a ${textOf(need)}, y no hay ningún trabajo con ese nombre.`,
            en: `The job ${job.key} waits for ${textOf(need)}, and no job has that name.`,
          },
          'error',
        );
    }
    lintStepIds(job, report);
  }
}

const needsOf = (job: Entry): readonly Tree[] => {
  const needs = at(job.value, 'needs');
  return needs?.kind === 'list' ? needs.items : needs === undefined ? [] : [needs];
};

function lintStepIds(job: Entry, report: Report): void {
  const seen = new Set<string>();
  for (const step of itemsOf(at(job.value, 'steps'))) {
    const id = at(step, 'id');
    const name = textOf(id)?.toLowerCase();
    if (id === undefined || name === undefined) continue;
    if (seen.has(name))
      report(
        id,
        'id',
        {
          es: `El id ${textOf(id)} está dos veces en este trabajo: no se distinguen mayúsculas.`,
          en: `The id ${textOf(id)} is there twice in this job: letters’ case does not count.`,
        },
        'error',
      );
    seen.add(name);
  }
}
