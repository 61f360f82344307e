// The workbench of one day: files, editor, terminal and checks around the day's machine. Loaded when it is first wanted.
import './style/index.css';
import { html, render } from 'lit-html';
import { openStore } from '../course/store.ts';
import { type Bench, chooseStep, filesChanged, openFile, openStepFiles, reasonOf, tell } from './bench.ts';
import { check, stop } from './checking.ts';
import type { MountWorkbench } from './contract.ts';
import { type Desk, openDesk } from './desk.ts';
import { openSurface } from './editing.ts';
import { askAboutBrokenWork } from './failure.ts';
import { fromHome, inHome, nameOf } from './files.ts';
import { firstOpenStep } from './goals.ts';
import { listenToKeys, paneOf } from './keys.ts';
import { createLinting } from './linting.ts';
import type { DayHosts } from './machine.ts';
import { oncePerFrame } from './once-per-frame.ts';
import type { DayData, Language, Progress, Snapshot } from './parts.ts';
import { createProductionPane } from './production/door.ts';
import { runOfPage, sessionOfPage } from './production/link.ts';
import { keep } from './resetting.ts';
import { createRunsPane } from './runs/door.ts';
import { createStore, type Pane, panesOf, type State } from './store.ts';
import { openTerminals } from './terminals.ts';
import { createTexts } from './texts.ts';
import { drawFrame } from './view/frame.ts';
import { restoreSplits } from './view/split.ts';
import { type Say, speaker } from './words.ts';

/** Where the workbench shows one pane at a time: px of its own width. */
const narrowBelow = 600;

export const mountWorkbench: MountWorkbench = async ({ container, dayId, language, machine, progress: given }) => {
  const say = speaker(language);
  const workbench = document.createElement('div');
  workbench.className = 'workbench';
  restoreSplits(workbench);
  container.append(workbench);
  render(html`<p class="empty" role="status">${say('starting')}</p>`, workbench);

  const opened = given === undefined ? openStore() : Promise.resolve(given);
  const kept = opened.then(async (progress) => ({ progress, draft: await progress?.draft(dayId) }));
  const [{ data, hosts: engines }, { progress, draft }] = await Promise.all([machine, kept]);
  const desk = await openWithDraft({ workbench, hosts: engines, data, language, draft, say });
  const { exercise } = data;

  const hosts = { editor: document.createElement('div'), terminal: document.createElement('div') };
  hosts.editor.className = 'editor-host';
  hosts.terminal.className = 'terminal-host';
  // In the page before anything is drawn: Monaco and xterm measure and take colours from it.
  workbench.append(hosts.editor, hosts.terminal);
  const runs = createRunsPane();
  const production = createProductionPane();

  const store = createStore(firstState(desk, exercise.id, progress, container.clientWidth < narrowBelow));
  let sendTyped = (): void => {};
  const terminal = await openTerminals({
    container: hosts.terminal,
    desk,
    others: Object.keys(desk.snapshot().otherShells ?? {}),
    label: (n) => say('terminalNumber', { n }),
    isBusy: (id) => store.get().busyTerminals.includes(id),
    onInterrupt: (id) => void stop(bench, id),
    beforeEnter: () => sendTyped(),
    onChange: (terminals, shown) => store.set({ terminals, terminal: shown }),
  });
  // Only now: Monaco keeps the page busy for a while when it comes, and the prompt is to be seen before.
  await painted();
  const surface = openSurface(
    hosts.editor,
    (path) => say('editing', { file: fromHome(path) }),
    () => draw(),
  );
  const texts = createTexts({
    desk,
    surface,
    files: () => store.get().files,
    onChange: () => keep(bench),
    onReplaced: (path) => tell(bench, say('changedOutside', { file: nameOf(path) })),
    onRefused: (path, why) => tell(bench, say('notTaken', { file: nameOf(path), why }), 'bad'),
  });
  sendTyped = () => void texts.settle();
  const lint = createLinting(desk, surface, (problems) => store.set({ problems }));
  const bench: Bench = {
    data,
    exercise,
    language,
    say,
    place: workbench,
    store,
    desk,
    texts,
    terminal,
    starts: new Map(),
    progress,
    goTo,
    goToLine: surface.goTo,
    goToRun(place) {
      goTo('runs');
      void runs.visit(bench, place);
    },
  };

  function goTo(pane: Pane): void {
    store.set({ shown: pane, ...(pane === 'runs' || pane === 'production' ? { below: pane } : {}) });
    draw();
    if (pane === 'editor' && store.get().active !== undefined) surface.focus();
    else if (pane === 'terminal' && (store.get().narrow || store.get().below === 'terminal')) terminal.focus();
    else workbench.querySelector<HTMLElement>(focusIn[pane])?.focus();
  }

  /** The keyboard stays where it is when panes begin to be shown one at a time, or all at once. */
  function beNarrow(narrow: boolean): void {
    if (narrow === store.get().narrow) return;
    const pane = paneOf(document.activeElement);
    store.set({ narrow });
    const { below } = store.get();
    const view = pane === 'terminal' && (below === 'runs' || below === 'production') ? below : undefined;
    if (pane !== undefined) goTo(narrow && view !== undefined ? view : pane);
  }

  const draw = (): void => {
    const views = { runs: runs.host, production: production.host };
    const held = document.activeElement;
    const pane = paneOf(held);
    render(drawFrame(bench, store.get(), { ...hosts, ...views, surface: surface.kind }), workbench);
    // What had the keyboard may be hidden now, or gone: it goes to what is shown in its place.
    if (pane !== undefined && held?.checkVisibility() === false)
      workbench.querySelector<HTMLElement>(focusIn[store.get().narrow ? store.get().shown : pane])?.focus();
    runs.drawn(bench);
    production.drawn(bench);
    lint(store.get().files, store.get().active);
  };
  const drawSoon = oncePerFrame(draw);
  const readSoon = oncePerFrame(() => filesChanged(bench));
  desk.subscribe((event) => {
    if (event.event === 'files') readSoon();
    if (event.event === 'busy') store.set({ busy: event.busy, busyTerminals: event.terminals });
    if (event.event === 'edit') {
      filesChanged(bench);
      openFile(bench, event.path);
      goTo('editor');
    }
    if (event.event === 'files' || event.event === 'state') keep(bench);
  });
  const ends = [
    store.state.listen(drawSoon),
    progress?.subscribe(() => store.set({ progress: progress.day(exercise.id), status: progress.status() })),
    everySecond(() => store.set({ now: Date.now(), ...(progress && { status: progress.status() }) })),
    onWidth(workbench, (width) => beNarrow(width < narrowBelow)),
    listenToKeys(workbench, { panes: () => panesOf(store.get()), onCheck: () => void check(bench), goTo }),
  ];

  chooseStep(bench, firstOpenStep(exercise, store.get().progress.steps));
  const opens = exercise.opens === undefined ? undefined : inHome(exercise.opens);
  if (opens !== undefined && store.get().files[opens] !== undefined) openFile(bench, opens);
  openStepFiles(bench);
  store.set({ shown: 'steps' });
  draw();
  if (sessionOfPage() !== undefined) void showSharedRun(bench);
  if (store.get().progress.state === 'new') void progress?.record({ type: 'DayStarted', day: exercise.id });

  return {
    focus: () => goTo('steps'),
    async stop() {
      await texts.settle();
      await progress?.flush();
      for (const end of ends) end?.();
      production.close();
      terminal.dispose();
      surface.dispose();
      desk.close();
      workbench.remove();
    },
  };
};

/** What came with the page's address: it waits for a button of its reader. */
async function showSharedRun(bench: Bench): Promise<void> {
  try {
    const { showSharedOfPage } = await import('./replay/index.ts');
    showSharedOfPage(bench);
  } catch {
    tell(bench, bench.say('replayBroke'), 'bad');
  }
}

/** Settles when the browser has drawn once more; in a page that is not seen, where it draws nothing, after a moment. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 200);
  });
}

const focusIn: Readonly<Record<Pane, string>> = {
  steps: '.task',
  files: '[role=treeitem][tabindex="0"], .files button',
  editor: '.open button',
  terminal: '.panel:not([hidden])',
  runs: '.panel:has(.runs-host)',
  production: '.panel:has(.production-host)',
};

interface Opening {
  readonly workbench: HTMLElement;
  readonly hosts: DayHosts;
  readonly data: DayData;
  readonly language: Language;
  readonly draft: Snapshot | undefined;
  readonly say: Say;
}

/** The day as it was left. Nothing that was running then is started again. */
async function openWithDraft({ workbench, hosts, data, language, draft, say }: Opening): Promise<Desk> {
  if (draft === undefined) return openDesk(hosts, data, language);
  try {
    return await openDesk(hosts, data, language, draft);
  } catch (error) {
    await askAboutBrokenWork(workbench, say, draft, reasonOf(error));
    return openDesk(hosts, data, language);
  }
}

function firstState(desk: Desk, day: string, progress: Progress | undefined, narrow: boolean): State {
  return {
    files: desk.snapshot().files,
    closedFolders: new Set(),
    selected: undefined,
    naming: undefined,
    open: [],
    active: undefined,
    problems: undefined,
    step: 0,
    taskFolded: false,
    results: {},
    checking: [],
    judged: [],
    unfolded: undefined,
    outcome: 'none',
    luck: undefined,
    hints: {},
    solution: undefined,
    reporting: undefined,
    busy: false,
    busyTerminals: [],
    terminals: ['t1'],
    terminal: 't1',
    screenReader: false,
    below: runOfPage() === undefined ? 'terminal' : 'production',
    tall: runOfPage() !== undefined,
    shown: 'steps',
    narrow,
    notice: undefined,
    progress: progress?.day(day) ?? {
      state: 'started',
      checks: [],
      steps: [],
      stars: [],
      work: {},
      reviews: {},
      predictions: {},
      at: 0,
    },
    status: progress?.status() ?? { storage: 'memory', role: 'writer', saving: 'idle', setAside: 0 },
    changed: false,
    now: Date.now(),
  };
}

function everySecond(action: () => void): () => void {
  const timer = setInterval(action, 1000);
  return () => clearInterval(timer);
}

function onWidth(element: HTMLElement, listener: (width: number) => void): () => void {
  const observer = new ResizeObserver(([entry]) => entry && listener(entry.contentRect.width));
  observer.observe(element);
  return () => observer.disconnect();
}
