// The view of what the forge ran: drawn by itself, when it is seen, from the session's mirror of files. Loaded when it is first opened.
import './style/index.css';
import { html, nothing, render, type TemplateResult } from 'lit-html';
import { type Bench, type RunPlace, reasonOf } from '../bench.ts';
import { oncePerFrame } from '../once-per-frame.ts';
import type { Snapshot } from '../parts.ts';
import { scriptFor } from './commands.ts';
import { createReader, type Documents, type Repository } from './documents.ts';
import { type StateName, showRun } from './model.ts';
import type { Act, Room, Route } from './room.ts';
import { drawPullList, drawRunList } from './view/list.ts';
import { drawPull } from './view/pull.ts';
import { drawRun, placeIn } from './view/run.ts';
import { runsSpeaker } from './words.ts';

export interface RunsView {
  /** Draws what there is now; costs nothing while the view is not seen. */
  refresh(): void;
  /** Goes to a run, its job and step unfolded. */
  visit(place: RunPlace): void;
}

export function openRunsView(host: HTMLElement, bench: Bench): RunsView {
  const say = runsSpeaker(bench.language);
  const read = createReader();
  const folds = new Map<string, boolean>();
  let route: Route = { page: 'runs' };
  let act: Act | undefined;
  let said = '';
  let states: ReadonlyMap<string, StateName> | undefined;
  let now = bench.desk.snapshot().kernel.now;
  let drawn: { readonly files: Snapshot['files']; readonly now: number } | undefined;

  bench.desk.subscribe((event) => {
    if (event.event === 'state') now = event.kernel.now;
    else if (event.event === 'logged') now = Math.max(now, event.entry.at);
    else return;
    refreshSoon();
  });

  const refreshSoon = oncePerFrame(refresh);

  function refresh(): void {
    if (host.offsetParent === null) return;
    if (drawn?.files !== bench.store.get().files || drawn.now !== now) draw();
  }

  function draw(): void {
    const { files } = bench.store.get();
    drawn = { files, now };
    const documents = read(files);
    hearEnds(documents);
    const { language } = bench;
    const room: Room = { bench, say, language, documents, now, route, act, go, isOpen, setOpen, run };
    const hadFocus = host.contains(document.activeElement);
    render(drawAll(room, said), host);
    // What had the keyboard may be gone, such as the button that cancels.
    if (hadFocus && !host.contains(document.activeElement)) host.querySelector<HTMLElement>('h3[tabindex]')?.focus();
  }

  function go(next: Route): void {
    const before = route;
    route = next;
    act = undefined;
    draw();
    host.scrollTop = 0;
    const back =
      'number' in before && !('number' in next)
        ? `[data-key="${CSS.escape(`${before.repository}${before.page === 'run' ? '#' : '!'}${before.number}`)}"]`
        : 'h3[tabindex]';
    host.querySelector<HTMLElement>(back)?.focus();
  }

  function visit({ repository, run: number, job, step }: RunPlace): void {
    const stored = read(bench.store.get().files)
      .repositories.find(({ name }) => name === repository)
      ?.runs.find((one) => one.number === number);
    const found = stored && placeIn(showRun(stored, now), job, step);
    for (const key of found?.keys ?? []) folds.set(key, true);
    go({ page: 'run', repository, number });
    if (found?.job === undefined) return;
    const summary = host.querySelector<HTMLElement>(`[data-job="${found.job}"] > summary`);
    summary?.focus({ preventScroll: true });
    summary?.scrollIntoView({ block: 'start' });
  }

  const isOpen = (key: string, usual: boolean): boolean => folds.get(key) ?? usual;

  function setOpen(key: string, open: boolean): void {
    folds.set(key, open);
    draw();
  }

  /** As if it were typed, but beside the terminals: what it answers is shown here. */
  async function runNow(command: string, repository: Repository): Promise<void> {
    const mine: Act = { command, end: undefined };
    act = mine;
    draw();
    const end = await answerOf(scriptFor(command, repository.name, repository.clone));
    if (act !== mine) return;
    act = { command, end };
    const { exitCode } = end;
    said = say(exitCode === 0 ? 'done' : 'refused', { command: command.split('\n')[0] ?? '', n: exitCode });
    draw();
  }

  async function answerOf(script: string): Promise<NonNullable<Act['end']>> {
    await bench.texts.settle();
    try {
      const { stdout, stderr, exitCode } = await bench.desk.call('run', { script, asScript: true });
      return { output: `${stdout}${stderr}`, exitCode };
    } catch (error) {
      return { output: reasonOf(error), exitCode: 1 };
    }
  }

  function run(command: string, repository: Repository): void {
    void runNow(command, repository);
  }

  /** Says which runs have ended since it was last drawn. */
  function hearEnds({ repositories }: Documents): void {
    const next = new Map<string, StateName>();
    const ended: string[] = [];
    for (const { runs } of repositories)
      for (const stored of runs) {
        const { state, isOver, workflow, number, runNumber, attempt } = showRun(stored, now);
        const key = `${stored.repository}#${number}.${attempt}`;
        next.set(key, state);
        if (!isOver || states === undefined || states.get(key) === state) continue;
        ended.push(say('ended', { name: say('runNumber', { workflow, n: runNumber }), state: say(state) }));
      }
    states = next;
    if (ended.length > 0) said = ended.join('. ');
  }

  return { refresh, visit };
}

function drawAll(room: Room, said: string): TemplateResult {
  const { say, route, documents } = room;
  const section = route.page === 'run' || route.page === 'runs' ? 'runs' : 'pulls';
  const open = documents.repositories.flatMap(({ pulls }) => pulls).filter(({ state }) => state === 'OPEN').length;
  const choice = (page: 'runs' | 'pulls', count: number): TemplateResult =>
    html`<button type="button" aria-current=${section === page ? 'true' : nothing} @click=${() => room.go({ page })}>
      ${say(page)}${count > 0 ? html` <span class="run-count">${count}</span>` : nothing}
    </button>`;
  return html`
    <nav class="run-nav" aria-label=${say('views')}>
      ${'number' in route ? html`<button type="button" class="plain-link" aria-label=${say(section === 'runs' ? 'allRuns' : 'allPulls')} @click=${() => room.go({ page: section })}>← ${say('all')}</button>` : nothing}
      <span>${choice('runs', 0)} ${choice('pulls', open)}</span>
    </nav>
    ${documents.broken.length > 0 ? html`<p class="run-empty" data-tone="bad">${say('broken', { paths: documents.broken.join(', ') })}</p>` : nothing}
    ${drawPage(room)}
    <p class="heard" role="status">${said}</p>
  `;
}

function drawPage(room: Room): TemplateResult {
  const { route } = room;
  switch (route.page) {
    case 'runs':
      return drawRunList(room);
    case 'pulls':
      return drawPullList(room);
    case 'run':
      return drawRun(room, route.repository, route.number);
    case 'pull':
      return drawPull(room, route.repository, route.number);
  }
}
