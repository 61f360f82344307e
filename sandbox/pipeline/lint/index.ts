// What GitHub's parser does not say of a workflow file, and a colleague would: mistakes that are taken, and do not do what they look like.
import type { Language } from '../../machine/index.ts';
import { aliasProblem, TOO_MANY } from '../aliases.ts';
import type { Problem } from '../workflow.ts';
import { lintActions } from './actions.ts';
import { lintConditions } from './conditions.ts';
import { lintEvents } from './events.ts';
import { lintConcurrency, lintJobs } from './jobs.ts';
import { lintLabels } from './labels.ts';
import { lintNames } from './names.ts';
import { lintNeeds } from './needs.ts';
import { lintReferences } from './references.ts';
import type { Report } from './report.ts';
import { lintScripts } from './scripts.ts';
import { at, entry, parseTree } from './tree.ts';

/** @returns in the order of their lines; nothing for a text that is no YAML. */
export function lintWorkflow(text: string, language: Language): readonly Problem[] {
  if (aliasProblem(text)?.message.startsWith(TOO_MANY)) return [];
  const parsed = parseTree(text);
  if (parsed === undefined) return [];
  const problems: Problem[] = [];
  const report: Report = ({ line, column }, rule, words, severity = 'warning') =>
    void problems.push({ severity, line, column, message: words[language], rule });
  const { root, merges, unused } = parsed;
  for (const merge of merges)
    report(
      merge,
      'syntax',
      {
        es: 'La clave «<<» de YAML no vale en un flujo de trabajo.',
        en: 'The key "<<" of YAML is not taken in a workflow.',
      },
      'error',
    );
  for (const anchor of unused)
    report(anchor, 'syntax', {
      es: `Nadie usa el ancla &${anchor.name}.`,
      en: `Nobody uses the anchor &${anchor.name}.`,
    });
  const jobs = at(root, 'jobs');
  lintEvents(at(root, 'on'), report);
  lintConcurrency(entry(root, 'concurrency'), report);
  lintJobs(jobs, report);
  lintNeeds(jobs, report);
  lintLabels(jobs, report);
  lintActions(jobs, report);
  lintNames(root, report);
  lintConditions(jobs, report);
  lintScripts(
    jobs,
    at(root, 'on', 'pull_request_target') !== undefined || mentions(root, 'pull_request_target'),
    report,
  );
  lintReferences(root, report);
  return [...new Map(problems.map((one) => [`${one.line}:${one.message}`, one])).values()].sort(
    (a, b) => a.line - b.line || a.column - b.column,
  );
}

function mentions(root: Parameters<typeof at>[0], event: string): boolean {
  const on = at(root, 'on');
  return on?.kind === 'scalar'
    ? on.value === event
    : on?.kind === 'list' && on.items.some((one) => one.kind === 'scalar' && one.value === event);
}
