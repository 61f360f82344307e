// Everything that the workbench says, in both languages.
import type { Language, Words } from './parts.ts';

const words = {
  starting: { es: 'Encendiendo la máquina…', en: 'Starting the machine…' },
  steps: { es: 'Pasos', en: 'Steps' },
  step: { es: 'Paso {n} de {of}', en: 'Step {n} of {of}' },
  stepDone: { es: 'hecho', en: 'done' },
  challenge: { es: 'reto', en: 'challenge' },
  itsFiles: { es: 'Archivos de este paso:', en: 'Files of this step:' },
  starFaster: { es: 'Estrella: más rápido', en: 'Star: faster' },
  starCheaper: { es: 'Estrella: más barato', en: 'Star: cheaper' },
  starSafer: { es: 'Estrella: más seguro', en: 'Star: safer' },
  starEarned: { es: 'conseguida', en: 'earned' },
  starOpen: { es: 'opcional', en: 'optional' },
  goals: { es: 'Objetivos', en: 'Goals' },
  foldTask: { es: 'Ocultar la tarea', en: 'Hide the task' },
  showTask: { es: 'Mostrar la tarea', en: 'Show the task' },
  goalOpen: { es: 'pendiente', en: 'to do' },
  goalChecking: { es: 'comprobando', en: 'checking' },
  goalReached: { es: 'logrado', en: 'reached' },
  goalMissed: { es: 'aún no', en: 'not yet' },
  goalUnfinished: { es: 'sin resultado', en: 'no result' },

  problems: { es: 'Lo que falla en este archivo', en: 'What is wrong with this file' },
  problemAt: { es: 'línea {line}', en: 'line {line}' },
  problemError: { es: 'error:', en: 'error:' },
  problemWarning: { es: 'aviso:', en: 'warning:' },

  actions: { es: 'Acciones', en: 'Actions' },
  check: { es: 'Comprobar', en: 'Check' },
  checkKeys: { es: 'Comprobar (Ctrl+Enter o ⌘+Enter)', en: 'Check (Ctrl+Enter or ⌘+Enter)' },
  run: { es: 'Ejecutar', en: 'Run' },
  runFile: { es: 'Ejecutar {file} en la terminal', en: 'Run {file} in the terminal' },
  stop: { es: 'Detener', en: 'Stop' },
  stopWhy: { es: 'Detener el programa que está en marcha', en: 'Stop the program that is running' },
  hint: { es: 'Pista', en: 'Hint' },
  nextHint: { es: 'Pista {n} de 4', en: 'Hint {n} of 4' },
  lastHint: { es: 'Ver la solución (4 de 4)', en: 'See the solution (4 of 4)' },
  hintTitle: { es: 'Pista {n}', en: 'Hint {n}' },
  hintNone: {
    es: 'Las pistas van de menos a más y no restan nada.',
    en: 'Hints go from little to much and cost nothing.',
  },
  solution: { es: 'Solución', en: 'Solution' },
  reset: { es: 'Restablecer', en: 'Reset' },
  resetFile: { es: 'Este archivo: {file}', en: 'This file: {file}' },
  resetFileNone: { es: 'Este archivo (no venía con el día)', en: 'This file (it did not come with the day)' },
  resetStep: {
    es: 'Este paso, como estaba al empezarlo en esta visita',
    en: 'This step, as it was when you began it in this visit',
  },
  resetDay: { es: 'Todo el día', en: 'The whole day' },
  resetKeeps: {
    es: 'Se puede deshacer, y lo que ya lograste sigue logrado.',
    en: 'You can undo it, and what you have reached stays reached.',
  },
  didResetFile: { es: '{file} está como al empezar el día.', en: '{file} is as it was at the start of the day.' },
  didResetStep: { es: 'Todo está como al empezar el paso.', en: 'Everything is as it was when you began the step.' },
  didResetDay: { es: 'El día empieza de nuevo.', en: 'The day starts again.' },
  didUndo: { es: 'Deshecho.', en: 'Undone.' },
  undo: { es: 'Deshacer', en: 'Undo' },
  redo: { es: 'Rehacer', en: 'Redo' },
  close: { es: 'Cerrar', en: 'Close' },

  files: { es: 'Archivos', en: 'Files' },
  otherTongue: { es: 'inglés', en: 'Spanish' },
  newFile: { es: 'Archivo nuevo', en: 'New file' },
  newFolder: { es: 'Carpeta nueva', en: 'New folder' },
  rename: { es: 'Cambiar el nombre de {name}', en: 'Rename {name}' },
  remove: { es: 'Borrar {name}', en: 'Delete {name}' },
  nameOfNew: { es: 'Nombre, y Enter', en: 'Name, then Enter' },
  moreFiles: {
    es: 'Hay {n} más, que no se muestran. En el terminal los lista ls.',
    en: 'There are {n} more, not shown. In the terminal, ls lists them.',
  },
  noFiles: { es: 'Todavía no hay archivos.', en: 'No files yet.' },
  didRemove: { es: 'Se borró {name}.', en: '{name} was deleted.' },
  nameEmpty: { es: 'Escribe un nombre.', en: 'Type a name.' },
  nameSlash: { es: 'Un nombre no puede llevar «/».', en: 'A name cannot contain “/”.' },
  nameDots: {
    es: '«.» y «..» ya son las carpetas de aquí y de arriba.',
    en: '“.” and “..” are already this folder and the one above.',
  },
  nameTaken: {
    es: 'Ya hay algo con ese nombre en esta carpeta.',
    en: 'Something in this folder already has that name.',
  },
  nameControl: { es: 'Ese nombre lleva un carácter invisible.', en: 'That name contains an invisible character.' },
  fileRefused: { es: 'La máquina no quiso: {why}', en: 'The machine refused: {why}' },

  editor: { es: 'Editor', en: 'Editor' },
  editing: { es: 'Editor de {file}', en: 'Editor of {file}' },
  openFiles: { es: 'Archivos abiertos', en: 'Open files' },
  closeFile: { es: 'Cerrar {file}', en: 'Close {file}' },
  nothingOpen: {
    es: 'Elige un archivo de la lista para verlo aquí.',
    en: 'Choose a file from the list to see it here.',
  },
  binary: {
    es: '{file} no es texto ({size}): no se puede mostrar aquí.',
    en: '{file} is not text ({size}), so it cannot be shown here.',
  },
  large: {
    es: '{file} es demasiado grande para el editor ({size}). En la terminal: head {file}',
    en: '{file} is too large for the editor ({size}). In the terminal: head {file}',
  },
  gone: { es: '{file} ya no existe.', en: '{file} does not exist any more.' },
  tabTrap: { es: 'F6: otro panel · Ctrl+M: Tab escribe o sale', en: 'F6: next pane · Ctrl+M: Tab types or leaves' },
  plainTrap: { es: 'F6: otro panel', en: 'F6: next pane' },
  changedOutside: {
    es: '{file} cambió en la terminal. Ctrl+Z en el editor devuelve lo que tenías escrito.',
    en: '{file} changed in the terminal. Ctrl+Z in the editor brings back what you had typed.',
  },
  notTaken: {
    es: 'La máquina no ha podido guardar {file}: {why}. Tu texto sigue en el editor.',
    en: 'The machine could not keep {file}: {why}. Your text is still in the editor.',
  },

  below: { es: 'Terminal y resultados', en: 'Terminal and results' },
  terminal: { es: 'Terminal', en: 'Terminal' },
  terminals: { es: 'Terminales', en: 'Terminals' },
  terminalNumber: { es: 'Terminal {n}', en: 'Terminal {n}' },
  terminalBusy: { es: '{name}, con un programa en marcha', en: '{name}, running a program' },
  newTerminal: { es: 'Abrir otra terminal', en: 'Open another terminal' },
  closeTerminal: { es: 'Cerrar la terminal {n}', en: 'Close terminal {n}' },
  terminalTrap: {
    es: 'F6: otro panel · Tab completa · Ctrl+C interrumpe',
    en: 'F6: next pane · Tab completes · Ctrl+C interrupts',
  },
  reader: { es: 'Lector de pantalla', en: 'Screen reader' },
  copy: { es: 'Copiar', en: 'Copy' },
  copied: { es: 'Copiado', en: 'Copied' },
  paste: { es: 'Pegar', en: 'Paste' },
  pasteRefused: {
    es: 'El navegador no deja leer el portapapeles: usa Ctrl+V.',
    en: 'The browser does not allow reading the clipboard: use Ctrl+V.',
  },
  copyNothing: { es: 'Primero selecciona algo en la terminal.', en: 'First select something in the terminal.' },
  keys: { es: 'Teclas', en: 'Keys' },
  keyUp: { es: 'Flecha arriba: la orden anterior', en: 'Up arrow: the command before' },
  copyRefused: {
    es: 'El navegador no deja copiar: selecciona el texto y usa Ctrl+C.',
    en: 'The browser does not allow copying: select the text and use Ctrl+C.',
  },

  results: { es: 'Resultados', en: 'Results' },
  runs: { es: 'Ejecuciones', en: 'Runs' },
  replay: { es: 'Repetición', en: 'Replay' },
  luck: { es: 'Prueba de suerte', en: 'Luck test' },
  luckTry: { es: 'Prueba de suerte: {n} semillas', en: 'Luck test: {n} seeds' },
  luckStop: { es: 'Detener la prueba', en: 'Stop the test' },
  luckWhy: {
    es: 'Juzga lo mismo con otra suerte: otros compradores, a otras horas. ¿Fue tu trabajo, o fue suerte?',
    en: 'Judges the same with other luck: other buyers, at other times. Was it your work, or was it luck?',
  },
  luckRuns: { es: '{n} de {of} semillas probadas.', en: '{n} of {of} seeds tried.' },
  luckStopped: { es: 'Detenida.', en: 'Stopped.' },
  luckPassed: { es: 'Pasa en {n} de {of} semillas.', en: 'Passed on {n} of {of} seeds.' },
  luckFailed: { es: 'No pasa en: {seeds}.', en: 'Failed on: {seeds}.' },
  luckSeed: { es: 'Semilla {n}', en: 'Seed {n}' },
  luckOpen: { es: 'Abrir {name}', en: 'Open {name}' },
  luckMorning: { es: 'esa mañana', en: 'that morning' },
  replayBroke: {
    es: 'No se pudo abrir la repetición. Vuelve a intentarlo.',
    en: 'The replay could not be opened. Try again.',
  },
  production: { es: 'Producción', en: 'Production' },
  productionBroke: {
    es: 'No se pudo traer la vista de producción. Vuelve a esta pestaña para intentarlo de nuevo.',
    en: 'The view of production could not be fetched. Come back to this tab to try again.',
  },
  runsBroke: {
    es: 'Las ejecuciones no se pudieron traer. Vuelve a esta pestaña para intentarlo de nuevo.',
    en: 'The runs could not be fetched. Come back to this tab to try again.',
  },
  taller: { es: 'Más espacio', en: 'More room' },
  help: { es: 'Ayuda', en: 'Help' },
  noResults: {
    es: 'Aquí verás qué objetivos se cumplen. Pulsa Comprobar cuando quieras: comprobar no cambia nada.',
    en: 'Here you will see which goals hold. Press Check whenever you like: checking changes nothing.',
  },
  checking: { es: 'Comprobando…', en: 'Checking…' },
  reached: { es: '{n} de {of} objetivos logrados', en: '{n} of {of} goals reached' },
  stepPassed: { es: 'Paso hecho.', en: 'Step done.' },
  dayPassed: { es: 'Día hecho: todo se cumple a la vez.', en: 'Day done: everything holds at once.' },
  incidentPassed: { es: 'Resuelto: todo se cumple.', en: 'Solved: everything holds.' },
  dayKept: {
    es: 'Tu trabajo de hoy quedó guardado con tu progreso. Archivos tuyos: {n}.',
    en: 'Your work of today is kept with your progress. Files of yours: {n}.',
  },
  earlierBroken: {
    es: 'Este paso está hecho, pero algo de otro paso ha dejado de cumplirse: míralo abajo.',
    en: 'This step is done, but something of another step no longer holds: see below.',
  },
  nextStep: { es: 'Siguiente paso', en: 'Next step' },
  expected: { es: 'Se esperaba', en: 'Expected' },
  found: { es: 'Se encontró', en: 'Found' },
  where: { es: 'Dónde', en: 'Where' },
  next: { es: 'Intenta', en: 'Try' },
  line: { es: '{file}, línea {line}', en: '{file}, line {line}' },
  command: { es: 'la orden {name}', en: 'the command {name}' },
  stage: { es: 'la etapa {name}', en: 'the stage {name}' },
  stageOf: { es: 'la etapa {name} de {run}', en: 'the stage {name} of {run}' },
  runScrolledOff: {
    es: '{run} ya no está en ninguna terminal abierta. Con la orden que lo mostró puedes verlo otra vez.',
    en: '{run} is not in any open terminal any more. The command that showed it shows it again.',
  },
  runOf: { es: 'la ejecución {n}', en: 'run {n}' },
  service: { es: 'el servicio {name}', en: 'the service {name}' },
  faultProgram: { es: 'Viene de tu programa', en: 'It comes from your program' },
  faultCourse: { es: 'Es un error nuestro', en: 'It is our fault' },
  checkBroke: {
    es: 'No se pudo comprobar: es un error nuestro. {why}',
    en: 'Checking did not work: it is our fault. {why}',
  },

  reason: { es: 'Por qué así:', en: 'Why like this:' },
  lastHintWhy: { es: 'El día volverá mañana a tu repaso.', en: 'The day will be back in your review tomorrow.' },
  backTomorrow: {
    es: 'Como has visto la solución, este día vuelve mañana a tu repaso. No resta nada.',
    en: 'As you have seen the solution, this day is back in your review tomorrow. It costs nothing.',
  },
  solutionTitle: { es: 'De tus archivos a una solución', en: 'From your files to one solution' },
  solutionLead: {
    es: 'Una manera entre varias. Las líneas con − son tuyas y se van; las de + llegan. Nada se escribe en tus archivos.',
    en: 'One way among several. Lines with − are yours and go; those with + come. Nothing is written to your files.',
  },
  solutionSame: {
    es: 'Tus archivos ya son como los de la solución.',
    en: 'Your files are already like those of the solution.',
  },
  solutionCommands: { es: 'Y en la terminal:', en: 'And in the terminal:' },
  solutionBinary: { es: 'un archivo que no es texto', en: 'a file that is not text' },
  solutionBroke: {
    es: 'No se pudo traer la solución ({why}). Inténtalo de nuevo.',
    en: 'The solution could not be fetched ({why}). Try again.',
  },

  savedNow: { es: 'Guardado ahora mismo', en: 'Saved just now' },
  savedSeconds: { es: 'Guardado hace {n} s', en: 'Saved {n} s ago' },
  savedMinutes: { es: 'Guardado hace {n} min', en: 'Saved {n} min ago' },
  savedHours: { es: 'Guardado hace {n} h', en: 'Saved {n} h ago' },
  saving: { es: 'Guardando…', en: 'Saving…' },
  report: { es: 'Informar de un problema', en: 'Report a problem here' },
  reportLead: {
    es: 'Se hace un archivo para enviarlo como quieras; nada se envía solo. Lleva la versión del curso, el día, el paso, la semilla y lo que dijeron las comprobaciones. No lleva tu nombre ni tu progreso.',
    en: 'A file is made that you may send in any way you like; nothing is sent by itself. It holds the version of the course, the day, the step, the seed and what the checks said. It does not hold your name or your progress.',
  },
  reportWork: {
    es: 'Incluir lo que escribí en la terminal y los archivos que cambié. Así se puede repetir. Se quitan correos, nombres de git y claves conocidas; míralo antes.',
    en: 'Include what I typed into the terminal and the files that I changed, so that it can be repeated. E-mail addresses, git names and known kinds of keys are taken out; look before you save.',
  },
  reportContents: {
    es: 'Todo lo que lleva el archivo ({n} caracteres)',
    en: 'All that is in the file ({n} characters)',
  },
  reportSave: { es: 'Guardar el archivo', en: 'Save the file' },
  notKept: {
    es: 'Un incidente no se guarda: solo cuenta si lo resuelves.',
    en: 'An incident is not kept: only whether you solve it counts.',
  },
  nothingToSave: { es: 'Sin cambios', en: 'No changes' },
  memory: {
    es: 'No guardado: este navegador no deja guardar. Lo que hagas dura hasta que cierres la página.',
    en: 'Not saved: this browser does not allow saving. What you do lasts until you close the page.',
  },
  otherTab: {
    es: 'No guardado: el curso está abierto en otra pestaña, que es la que guarda.',
    en: 'Not saved: the course is open in another tab, which is the one that saves.',
  },
  takeOver: { es: 'Guardar desde aquí', en: 'Save from here' },

  restoreBroke: {
    es: 'Tu trabajo guardado de este día no se pudo abrir. No se ha borrado: descárgalo antes de empezar de nuevo.',
    en: 'Your saved work of this day could not be opened. It was not deleted: download it before you start again.',
  },
  download: { es: 'Descargar lo guardado', en: 'Download what was saved' },
  startAnew: { es: 'Empezar el día de nuevo', en: 'Start the day again' },
  restarted: {
    es: 'La máquina se reinició. Tus archivos están como los dejaste.',
    en: 'The machine was restarted. Your files are as you left them.',
  },
  interrupted: { es: 'El programa se detuvo.', en: 'The program was stopped.' },
  broken: { es: 'Algo nuestro falló: {why}', en: 'Something of ours failed: {why}' },
  resizeTree: { es: 'Ancho de la lista de archivos', en: 'Width of the file list' },
  resizeBelow: { es: 'Alto de la terminal', en: 'Height of the terminal' },
} satisfies Record<string, Words>;

export type WordKey = keyof typeof words;

/** Says a sentence in the reader's language, its `{holes}` filled. */
export type Say = (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;

export function speaker(language: Language): Say {
  return (key, values = {}) =>
    words[key][language].replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
