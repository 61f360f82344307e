// Everything that the view of runs says, in both languages.
import type { Language, Words } from '../parts.ts';

const words = {
  runs: { es: 'Ejecuciones', en: 'Runs' },
  pulls: { es: 'Pull requests', en: 'Pull requests' },
  views: { es: 'Qué se muestra', en: 'What is shown' },
  all: { es: 'Todas', en: 'All' },
  allRuns: { es: 'Todas las ejecuciones', en: 'All runs' },
  allPulls: { es: 'Todas las pull requests', en: 'All pull requests' },

  noRuns: { es: 'Aún no se ha ejecutado nada', en: 'Nothing has run yet' },
  noRunsLead: {
    es: 'Un workflow es un archivo que dice qué hacer cuando pasa algo, por ejemplo un push. Tres cosas hacen falta para tu primera ejecución:',
    en: 'A workflow is a file that says what to do when something happens, such as a push. Three things make your first run:',
  },
  noRunsFile: {
    es: 'Crea en tu repositorio `.github/workflows/ci.yml`: qué lo pone en marcha (`on: push`) y qué hace (`jobs:`).',
    en: 'In your repository, create `.github/workflows/ci.yml`: what sets it off (`on: push`) and what it does (`jobs:`).',
  },
  noRunsCommit: {
    es: 'Guárdalo en git: `git add .github` y `git commit -m "Add a workflow"`.',
    en: 'Save it in git: `git add .github`, then `git commit -m "Add a workflow"`.',
  },
  noRunsPush: { es: 'Envíalo: `git push`.', en: 'Send it: `git push`.' },
  noRunsEnd: {
    es: 'La ejecución aparece aquí al momento. Si falla, no rompe nada: te dirá en qué línea mirar.',
    en: 'The run appears here at once. If it fails, nothing breaks: it will say which line to look at.',
  },
  noPulls: {
    es: 'Aún no hay ninguna pull request. Envía una rama y ábrela con `gh pr create`: aquí verás sus comprobaciones y qué le falta para unirse.',
    en: 'There is no pull request yet. Push a branch and open one with `gh pr create`: here you will see its checks and what it still needs to merge.',
  },
  broken: { es: 'No se puede leer: {paths}', en: 'Cannot be read: {paths}' },
  gone: { es: 'Esto ya no está.', en: 'This is no longer here.' },

  success: { es: 'éxito', en: 'success' },
  failure: { es: 'fallo', en: 'failure' },
  cancelled: { es: 'se canceló', en: 'cancelled' },
  skipped: { es: 'se omitió', en: 'skipped' },
  queued: { es: 'en cola', en: 'queued' },
  in_progress: { es: 'en marcha', en: 'in progress' },
  waiting: { es: 'espera a una persona', en: 'waits for a person' },
  pending: { es: 'aún no empieza', en: 'not begun' },

  runNumber: { es: '{workflow} n.º {n}', en: '{workflow} #{n}' },
  id: { es: 'id {n}', en: 'id {n}' },
  attempt: { es: 'intento {n}', en: 'attempt {n}' },
  on: { es: '{event} en {branch}', en: '{event} on {branch}' },
  by: { es: 'por {who}', en: 'by {who}' },
  at: { es: 'a las {time}', en: 'at {time}' },
  took: { es: 'duró {time}', en: 'took {time}' },
  runningFor: { es: 'lleva {time}', en: 'for {time} so far' },
  simulated: { es: 'tiempo simulado', en: 'simulated time' },
  billed: { es: '{n} min facturados', en: '{n} min billed' },
  billedWhy: {
    es: 'Cada trabajo se cobra por minutos enteros, redondeados hacia arriba.',
    en: 'Each job is billed in whole minutes, rounded up.',
  },
  commit: { es: 'commit {id}', en: 'commit {id}' },
  file: { es: 'Abrir {file}', en: 'Open {file}' },
  ended: { es: '{name}: {state}', en: '{name}: {state}' },

  actions: { es: 'Qué puedes hacer', en: 'What you can do' },
  rerun: { es: 'Repetir todo', en: 'Re-run all jobs' },
  rerunFailed: { es: 'Repetir lo que falló', en: 'Re-run failed jobs' },
  cancel: { es: 'Cancelar', en: 'Cancel' },
  watch: { es: 'Dejar correr el reloj hasta el final', en: 'Let the clock run until it ends' },
  approve: { es: 'Aprobar', en: 'Approve' },
  reject: { es: 'Rechazar', en: 'Reject' },
  sameAs: { es: 'Lo mismo que', en: 'Same as' },
  waitsFor: {
    es: '`{environment}` espera a que alguien dé permiso para desplegar.',
    en: '`{environment}` waits for somebody to allow the deployment.',
  },
  acting: { es: 'Se está haciendo…', en: 'Under way…' },
  actingLater: {
    es: 'Empieza cuando termine lo que está en marcha en la terminal {n}. Detenlo si no acaba solo.',
    en: 'It begins when what runs in terminal {n} has ended. Stop that if it does not end by itself.',
  },
  said: { es: 'Lo que respondió', en: 'What it answered' },
  exitCode: { es: 'Terminó con el código {n}.', en: 'It ended with exit code {n}.' },

  graph: { es: 'Gráfico de los trabajos', en: 'Graph of the jobs' },
  graphText: { es: 'El gráfico en palabras', en: 'The graph in words' },
  needs: { es: 'necesita {jobs}', en: 'needs {jobs}' },
  needsNothing: { es: 'no necesita a ningún otro', en: 'needs no other' },
  parts: { es: '{n} trabajos', en: '{n} jobs' },
  matrix: { es: 'matriz', en: 'matrix' },
  calledWorkflow: { es: 'workflow reutilizable', en: 'reusable workflow' },
  more: { es: 'y {n} más', en: 'and {n} more' },

  jobs: { es: 'Trabajos', en: 'Jobs' },
  noSteps: { es: 'Todavía no hay pasos.', en: 'No steps yet.' },
  noStepsSkipped: { es: 'No se ejecutó ningún paso.', en: 'No step ran.' },
  noLog: { es: 'Sin salida.', en: 'No output.' },
  logOf: { es: 'Registro de {step}', en: 'Log of {step}' },
  lineNumber: { es: 'línea {n}', en: 'line {n}' },
  linesCount: { es: '{n} líneas', en: '{n} lines' },

  problems: { es: 'El archivo del workflow no vale', en: 'The workflow file is not valid' },
  remarks: { es: 'Sobre el archivo del workflow', en: 'About the workflow file' },
  annotations: { es: 'Avisos', en: 'Annotations' },
  error: { es: 'error', en: 'error' },
  warning: { es: 'advertencia', en: 'warning' },
  notice: { es: 'nota', en: 'notice' },
  place: { es: '{file}, línea {line}', en: '{file}, line {line}' },

  artifacts: { es: 'Artefactos', en: 'Artifacts' },
  filesCount: { es: '{n} archivos', en: '{n} files' },
  oneFile: { es: '1 archivo', en: '1 file' },
  notText: { es: 'no es texto', en: 'not text' },
  tooLarge: { es: 'demasiado grande para verlo aquí', en: 'too large to show here' },
  summary: { es: 'Resumen', en: 'Summary' },
  summaryOf: { es: 'Resumen de {job}', en: 'Summary of {job}' },

  pullNumber: { es: 'n.º {n}', en: '#{n}' },
  open: { es: 'abierta', en: 'open' },
  merged: { es: 'unida', en: 'merged' },
  closed: { es: 'cerrada', en: 'closed' },
  draft: { es: 'borrador', en: 'draft' },
  wants: { es: '{author} quiere unir {head} en {base}', en: '{author} wants to merge {head} into {base}' },
  checks: { es: 'Comprobaciones', en: 'Checks' },
  noChecks: { es: 'Nada ha comprobado este commit todavía.', en: 'Nothing has checked this commit yet.' },
  required: { es: 'obligatoria', en: 'required' },
  reviews: { es: 'Revisiones', en: 'Reviews' },
  noReviews: { es: 'Nadie la ha revisado todavía.', en: 'Nobody has reviewed it yet.' },
  asked: { es: 'Se ha pedido a {who}', en: 'Asked: {who}' },
  APPROVED: { es: 'aprueba', en: 'approves' },
  CHANGES_REQUESTED: { es: 'pide cambios', en: 'asks for changes' },
  COMMENTED: { es: 'comenta', en: 'comments' },
  DISMISSED: { es: 'revisión descartada', en: 'review dismissed' },
  merge: { es: 'Unirla', en: 'Merging' },
  canMerge: { es: 'Nada lo impide: se puede unir.', en: 'Nothing is in the way: it can be merged.' },
  cannotMerge: { es: 'Todavía no se puede unir. Falta:', en: 'It cannot be merged yet. It waits for:' },
  waitDraft: { es: 'que deje de ser un borrador', en: 'no longer being a draft' },
  waitCheck: { es: 'la comprobación `{name}` ({state})', en: 'the check `{name}` ({state})' },
  waitReviews: { es: 'aprobaciones: {have} de {need}', en: 'approvals: {have} of {need}' },
  waitChanges: { es: '{by} pide cambios', en: '{by} asks for changes' },
  wasMerged: { es: 'Unida por {who}.', en: 'Merged by {who}.' },
  wasClosed: { es: 'Cerrada sin unir.', en: 'Closed without merging.' },
  mergeSquash: { es: 'Unir en un commit', en: 'Squash and merge' },
  mergeMerge: { es: 'Unir con un commit de unión', en: 'Create a merge commit' },
  mergeRebase: { es: 'Poner encima y unir', en: 'Rebase and merge' },
  ready: { es: 'Ya no es un borrador', en: 'Ready for review' },
} satisfies Record<string, Words>;

export type RunsWord = keyof typeof words;
export type RunsSay = (key: RunsWord, values?: Readonly<Record<string, string | number>>) => string;

export function runsSpeaker(language: Language): RunsSay {
  return (key, values = {}) =>
    words[key][language].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
