// What starts a workflow: filters, schedules, inputs ("Workflow syntax", on; "Events that trigger workflows").
import { dueBetween } from '../service/cron.ts';
import { globProblem } from './globs.ts';
import type { Report } from './report.ts';
import { at, type Entry, entriesOf, entry, hasExpression, isEmpty, itemsOf, type Tree, textOf } from './tree.ts';

const DAY = 86_400_000;
const FIVE_MINUTES = 300_000;
/** "Workflow syntax", on.workflow_dispatch.inputs. */
const MOST_INPUTS = 25;

export function lintEvents(on: Tree | undefined, report: Report): void {
  const names = on?.kind === 'list' ? on.items : on?.kind === 'scalar' ? [on] : [];
  for (const name of names) if (textOf(name) === 'schedule') scheduleNeedsCron(name, report);
  for (const event of entriesOf(on)) {
    if (event.key === 'schedule') lintSchedule(event, report);
    else if (event.key === 'workflow_dispatch') lintInputs(entry(event.value, 'inputs')?.value, 'dispatch', report);
    else if (event.key === 'workflow_call') lintCall(event, report);
    lintFilters(event, report);
  }
}

const scheduleNeedsCron = (spot: Tree | Entry, report: Report): void =>
  report(
    spot,
    'events',
    {
      es: 'El evento schedule necesita una lista de horas: schedule: [{ cron: "0 6 * * 1" }].',
      en: 'The event schedule needs a list of times: schedule: [{ cron: "0 6 * * 1" }].',
    },
    'error',
  );

function lintSchedule(event: Entry, report: Report): void {
  if (isEmpty(event.value)) scheduleNeedsCron(event, report);
  for (const item of itemsOf(event.value)) {
    const cron = at(item, 'cron');
    const zone = at(item, 'timezone');
    if (zone !== undefined && !/^[A-Z][A-Za-z_]+\/[A-Za-z_+-]+(\/[A-Za-z_]+)?$/.test(textOf(zone) ?? ''))
      report(zone, 'events', {
        es: `Esa zona horaria no existe: ${textOf(zone)}. Un ejemplo: Europe/Madrid.`,
        en: `There is no such time zone: ${textOf(zone)}. An example: Europe/Madrid.`,
      });
    else if (/^Not\//.test(textOf(zone) ?? ''))
      report(zone as Tree, 'events', {
        es: `Esa zona horaria no existe: ${textOf(zone)}.`,
        en: `There is no such time zone: ${textOf(zone)}.`,
      });
    const moments = dueBetween(textOf(cron) ?? '', 0, DAY, 500);
    const gap = Math.min(...moments.slice(1).map((moment, index) => moment - (moments[index] ?? 0)));
    if (cron !== undefined && gap < FIVE_MINUTES)
      report(cron, 'events', {
        es: `Este horario se cumple cada ${gap / 60_000} minutos; el mínimo son 5.`,
        en: `This schedule comes every ${gap / 60_000} minutes; 5 is the least.`,
      });
  }
}

function lintFilters(event: Entry, report: Report): void {
  for (const kind of ['branches', 'tags', 'paths']) {
    const [only, ignore] = [entry(event.value, kind), entry(event.value, `${kind}-ignore`)];
    const later = [only, ignore].sort((a, b) => (a?.line ?? 0) - (b?.line ?? 0))[1];
    if (only !== undefined && ignore !== undefined && later !== undefined)
      report(
        later,
        'events',
        {
          es: `${kind} y ${kind}-ignore no pueden ir juntos en el mismo evento. Quita lo que sobra con «!» dentro de ${kind}.`,
          en: `${kind} and ${kind}-ignore cannot stand together in one event. Take out what is too much with "!" within ${kind}.`,
        },
        'error',
      );
    for (const filter of [only, ignore]) {
      if (filter === undefined) continue;
      if (isEmpty(filter.value)) emptySection(filter, report);
      for (const pattern of itemsOf(filter.value)) {
        const words = globProblem(textOf(pattern) ?? '', kind === 'paths');
        if (words !== undefined) report(pattern, 'glob', words);
      }
    }
  }
  for (const key of ['types', 'names', 'versions', 'workflows']) {
    const list = entry(event.value, key);
    if (list !== undefined && isEmpty(list.value)) emptySection(list, report);
  }
}

export function emptySection({ key, line, column }: Entry, report: Report): void {
  report({ line, column }, 'syntax', {
    es: `La sección ${key} está vacía: escribe algo en ella o quítala.`,
    en: `The section ${key} is empty: put something into it, or take it away.`,
  });
}

function lintInputs(inputs: Tree | undefined, of: 'dispatch' | 'call', report: Report): void {
  const all = entriesOf(inputs);
  const [first] = all;
  if (of === 'dispatch' && first !== undefined && all.length > MOST_INPUTS)
    report(inputs ?? first, 'events', {
      es: `Hay ${all.length} entradas, y un flujo que se lanza a mano tiene como mucho ${MOST_INPUTS}.`,
      en: `There are ${all.length} inputs, and a workflow that is started by hand has at most ${MOST_INPUTS}.`,
    });
  for (const input of all) {
    const type = textOf(at(input.value, 'type'));
    const [options, usual] = [entry(input.value, 'options'), at(input.value, 'default')];
    const value = textOf(usual);
    if (of === 'call' && type === undefined)
      report(
        input,
        'events',
        {
          es: `A la entrada ${input.key} le falta type: string, number o boolean.`,
          en: `The input ${input.key} lacks a type: string, number or boolean.`,
        },
        'error',
      );
    if (of === 'dispatch' && type === 'choice' && (options === undefined || isEmpty(options.value)))
      report(input, 'events', {
        es: `La entrada ${input.key} es de tipo choice y no tiene options.`,
        en: `The input ${input.key} is a choice and has no options.`,
      });
    if (options !== undefined && isEmpty(options.value)) emptySection(options, report);
    if (of === 'dispatch' && options !== undefined && type !== 'choice')
      report(input, 'events', {
        es: `options solo vale en entradas de tipo choice; ${input.key} es ${type ?? 'string'}.`,
        en: `options is for inputs of the type choice; ${input.key} is a ${type ?? 'string'}.`,
      });
    const listed = itemsOf(options?.value).map((one) => textOf(one));
    for (const [index, option] of itemsOf(options?.value).entries()) {
      if (textOf(option) === '')
        report(option, 'syntax', { es: 'Una opción no puede estar vacía.', en: 'An option cannot be empty.' });
      else if (listed.indexOf(textOf(option)) < index)
        report(option, 'events', {
          es: `La opción ${textOf(option)} está dos veces.`,
          en: `The option ${textOf(option)} is there twice.`,
        });
    }
    if (usual === undefined || value === undefined || hasExpression(usual)) continue;
    const wrong =
      (type === 'choice' && listed.length > 0 && !listed.includes(value)) ||
      (type === 'boolean' && !['true', 'false'].includes(value)) ||
      (type === 'number' && (value.trim() === '' || Number.isNaN(Number(value))));
    if (wrong)
      report(usual, 'events', {
        es: `El valor por defecto «${value}» no vale para una entrada de tipo ${type}.`,
        en: `The default "${value}" does not fit an input of the type ${type}.`,
      });
    else if (of === 'call' && textOf(at(input.value, 'required')) === 'true')
      report(usual, 'events', {
        es: `La entrada ${input.key} es obligatoria: su valor por defecto no se usará nunca.`,
        en: `The input ${input.key} is required: its default will never be used.`,
      });
  }
}

function lintCall(event: Entry, report: Report): void {
  lintInputs(entry(event.value, 'inputs')?.value, 'call', report);
  for (const output of entriesOf(at(event.value, 'outputs'))) {
    const value = entry(output.value, 'value');
    if (value === undefined)
      report(
        output,
        'syntax',
        { es: `A la salida ${output.key} le falta value.`, en: `The output ${output.key} lacks a value.` },
        'error',
      );
    else if (isEmpty(value.value))
      report(value, 'syntax', { es: 'value no puede estar vacío.', en: 'value cannot be empty.' });
  }
}
