// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows
// What jobs and steps must have, and what in them cannot work ("Workflow syntax", jobs).
import { MATRIX_LIMIT } from '../matrix.ts';
import { emptySection } from './events.ts';
import type { Report } from './report.ts';
import { at, type Entry, entriesOf, entry, hasExpression, isEmpty, itemsOf, plain, type Tree, textOf } from './tree.ts';

const isId = (text: string): boolean => /^[A-Za-z_][\w-]*$/.test(text);

export function lintJobs(jobs: Tree | undefined, report: Report): void {
  for (const job of entriesOf(jobs)) {
    badId(job.key, job, report);
    const calls = entry(job.value, 'uses');
    if (calls !== undefined) lintCallOf(calls.value, report);
    else if (job.value.kind === 'map') {
      for (const key of ['runs-on', 'steps'])
        if (entry(job.value, key) === undefined || (key === 'steps' && isEmpty(at(job.value, key) ?? job.value)))
          report(
            job,
            'syntax',
            { es: `Al trabajo ${job.key} le falta ${key}.`, en: `The job ${job.key} lacks ${key}.` },
            'error',
          );
    }
    for (const key of ['runs-on', 'needs', 'steps', 'matrix', 'labels']) {
      const found = entry(
        key === 'matrix' ? at(job.value, 'strategy') : key === 'labels' ? at(job.value, 'runs-on') : job.value,
        key,
      );
      if (found !== undefined && isEmpty(found.value) && found.key !== 'steps') emptySection(found, report);
    }
    positive(entry(job.value, 'timeout-minutes'), report);
    const parallel = entry(at(job.value, 'strategy'), 'max-parallel');
    positive(parallel, report);
    if (parallel !== undefined && !hasExpression(parallel.value) && !Number.isInteger(Number(textOf(parallel.value))))
      report(parallel.value, 'syntax', {
        es: 'max-parallel es un número entero.',
        en: 'max-parallel is a whole number.',
      });
    lintMatrix(at(job.value, 'strategy', 'matrix'), report);
    lintContainer(entry(job.value, 'container'), report);
    for (const service of entriesOf(at(job.value, 'services'))) lintContainer(service, report);
    lintConcurrency(entry(job.value, 'concurrency'), report);
    lintSnapshot(entry(job.value, 'snapshot'), report);
    for (const step of itemsOf(at(job.value, 'steps'))) lintStep(step, report);
  }
}

function badId(id: string, spot: Entry | Tree, report: Report): void {
  if (!isId(id) && !id.includes('${{'))
    report(
      spot,
      'id',
      {
        es: `«${id}» no vale como id: empieza por letra o _ y solo tiene letras, cifras, - y _.`,
        en: `"${id}" is no id: it begins with a letter or _, and holds only letters, digits, - and _.`,
      },
      'error',
    );
}

function lintStep(step: Tree, report: Report): void {
  const [run, uses] = [entry(step, 'run'), entry(step, 'uses')];
  const id = at(step, 'id');
  if (id !== undefined && textOf(id) !== undefined) badId(textOf(id) ?? '', id, report);
  positive(entry(step, 'timeout-minutes'), report);
  if (run !== undefined && uses !== undefined) {
    const later = run.line > uses.line ? run : uses;
    report(
      later,
      'syntax',
      { es: 'Un paso tiene run o uses, no los dos.', en: 'A step has run or uses, not both.' },
      'error',
    );
  }
}

function positive(found: Entry | undefined, report: Report): void {
  if (found === undefined || hasExpression(found.value)) return;
  const number = Number(textOf(found.value));
  if (number <= 0)
    report(found.value, 'syntax', {
      es: `${found.key} tiene que ser mayor que cero.`,
      en: `${found.key} must be greater than zero.`,
    });
}

function lintContainer(container: Entry | undefined, report: Report): void {
  if (container === undefined) return;
  const { value } = container;
  const image = value.kind === 'map' ? entry(value, 'image') : undefined;
  if (isEmpty(value) && !(value.kind === 'scalar' && value.text === 'null')) emptySection(container, report);
  else if (value.kind === 'map' && image === undefined)
    report(
      container,
      'syntax',
      { es: `A ${container.key} le falta image.`, en: `${container.key} lacks an image.` },
      'error',
    );
  if (image !== undefined && textOf(image.value) === '')
    report(image.value, 'syntax', { es: 'image no puede estar vacío.', en: 'image cannot be empty.' });
  const credentials = entry(value, 'credentials');
  if (credentials === undefined || credentials.value.kind !== 'map') return;
  const password = at(credentials.value, 'password');
  if (password === undefined || at(credentials.value, 'username') === undefined)
    report(credentials, 'syntax', {
      es: 'credentials necesita username y password.',
      en: 'credentials needs username and password.',
    });
  if (password !== undefined && !hasExpression(password))
    report(password, 'credentials', {
      es: 'Una contraseña no se escribe en el archivo: guárdala como secreto y pon ${{ secrets.NOMBRE }}.',
      en: 'A password does not stand in the file: keep it as a secret and put ${{ secrets.NAME }}.',
    });
}

export function lintConcurrency(concurrency: Entry | undefined, report: Report): void {
  if (concurrency?.value.kind === 'map' && entry(concurrency.value, 'group') === undefined)
    report(concurrency, 'syntax', { es: 'A concurrency le falta group.', en: 'concurrency lacks a group.' }, 'error');
}

function lintSnapshot(snapshot: Entry | undefined, report: Report): void {
  if (snapshot?.value.kind === 'map' && entry(snapshot.value, 'image-name') === undefined)
    report(snapshot, 'syntax', { es: 'A snapshot le falta image-name.', en: 'snapshot lacks an image-name.' });
}

function lintCallOf(uses: Tree, report: Report): void {
  const text = textOf(uses) ?? '';
  const isLocal = /^\.\/[^@]+\.ya?ml$/.test(text);
  const isFar = /^[\w.-]+\/[\w.-]+\/.+\.ya?ml@.+$/.test(text) && !text.startsWith('.');
  if (!isLocal && !isFar && !text.includes('${{'))
    report(uses, 'workflow-call', {
      es: `«${text}» no es un flujo de trabajo: ./.github/workflows/archivo.yml, o dueño/repositorio/.github/workflows/archivo.yml@versión.`,
      en: `"${text}" is no workflow: ./.github/workflows/file.yml, or owner/repository/.github/workflows/file.yml@version.`,
    });
}

/** `exclude` that takes nothing out is a mistake; GitHub says nothing of it. */
function lintMatrix(matrix: Tree | undefined, report: Report): void {
  if (matrix?.kind !== 'map') return;
  const axes = matrix.entries.filter(({ key }) => !['include', 'exclude'].includes(key));
  const jobs = axes.some(({ value }) => hasExpression(value))
    ? 0
    : axes.reduce((product, { value }) => product * itemsOf(value).length, 1);
  if (jobs > MATRIX_LIMIT && at(matrix, 'exclude') === undefined)
    report(
      matrix,
      'matrix',
      {
        es: `Esta matriz hace ${jobs} trabajos, y como mucho son ${MATRIX_LIMIT}.`,
        en: `This matrix makes ${jobs} jobs, and there are at most ${MATRIX_LIMIT}.`,
      },
      'error',
    );
  for (const axis of [...axes, ...['include', 'exclude'].flatMap((key) => entry(matrix, key) ?? [])])
    if (axis.value.kind === 'list' && axis.value.items.length === 0) emptySection(axis, report);
  for (const axis of axes)
    for (const [index, item] of itemsOf(axis.value).entries())
      if (
        !hasExpression(item) &&
        itemsOf(axis.value)
          .slice(0, index)
          .some((other) => same(other, item))
      )
        report(item, 'matrix', {
          es: `El valor está dos veces en ${axis.key}.`,
          en: `The value is there twice in ${axis.key}.`,
        });
  if (axes.length === 0 || axes.some(({ value }) => hasExpression(value)) || hasExpression(at(matrix, 'include')))
    return;
  const added = itemsOf(at(matrix, 'include')).flatMap(entriesOf);
  for (const row of itemsOf(at(matrix, 'exclude')))
    for (const cell of entriesOf(row)) {
      const axis = axes.find(({ key }) => key === cell.key);
      const values = [
        ...itemsOf(axis?.value),
        ...added.filter(({ key }) => key === cell.key).map(({ value }) => value),
      ];
      if (axis === undefined && values.length === 0)
        report(cell, 'matrix', { es: `La matriz no tiene ${cell.key}.`, en: `The matrix has no ${cell.key}.` });
      else if (!hasExpression(cell.value) && !values.some((value) => covers(value, cell.value)))
        report(cell.value, 'matrix', {
          es: `Ningún valor de ${cell.key} es este: no excluye nada.`,
          en: `No value of ${cell.key} is this one: it takes nothing out.`,
        });
    }
}

const same = (a: Tree, b: Tree): boolean => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

/** Of an object in `exclude` it is enough that it names some of the keys. */
function covers(value: Tree, wanted: Tree): boolean {
  if (value.kind === 'map' && wanted.kind === 'map')
    return wanted.entries.every(({ key, value: one }) => {
      const own = at(value, key);
      return own !== undefined && covers(own, one);
    });
  if (value.kind === 'list' && wanted.kind === 'list')
    return (
      value.items.length === wanted.items.length &&
      wanted.items.every((one, index) => covers(value.items[index] as Tree, one))
    );
  return same(value, wanted);
}
