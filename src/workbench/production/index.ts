// The view of production: time, charts with their events, alerts and logs, a field for PromQL. The engine works everything out; this
// only draws. Loaded when it is first opened.
import './style/index.css';
import { html, nothing, render } from 'lit-html';
import type { Bench } from '../bench.ts';
import { onThemeChange } from '../colours.ts';
import { createChart } from './chart.ts';
import { type ClockState, createClock, type Moved, type Why } from './clock.ts';
import { type Feed, liveFeed, simulatedFeed } from './feed.ts';
import { runOfPage } from './link.ts';
import { markOf } from './marks.ts';
import type { Choices, GoodBoard, GoodObservation, Room, ShownPanel, Tile } from './room.ts';
import { spanOf } from './span.ts';
import { textOf, thereIs } from './there.ts';
import { momentText } from './units.ts';
import { drawAlerts, drawEvents, drawLogs } from './view/beside.ts';
import { drawChoices, drawProblems } from './view/choices.ts';
import { drawClock } from './view/clock.ts';
import { drawCompare } from './view/compare.ts';
import { drawLinked, drawShare } from './view/linked.ts';
import { createQueryField, drawQuery } from './view/query.ts';
import { drawTile } from './view/tile.ts';
import { productionSpeaker } from './words.ts';

export interface ProductionView {
  /** Draws what there is now; costs nothing while the view is not seen. */
  refresh(): void;
  close(): void;
}

const DAY = 86_400_000;

export function openProductionView(host: HTMLElement, bench: Bench): ProductionView {
  const { language, desk, store } = bench;
  const say = productionSpeaker(language);
  const open = new Set<string>();
  const field = createQueryField();
  const beat = matchMedia('(prefers-reduced-motion: reduce)').matches ? 1000 : 250;
  let choices: Choices = {
    source: '',
    board: '',
    width: 3_600_000,
    speed: 60,
    query: '',
    logs: '{app=~".+"}',
    other: '',
  };
  let feed: Feed | undefined;
  /** What the feed and the board were opened with. */
  let openedWith = '';
  let board: GoodBoard | undefined;
  let seen: GoodObservation | undefined;
  let compared: Room['compared'];
  let tiles: readonly Tile[] = [];
  let queryTile: Tile | undefined;
  let queryPlace: Room['queryPlace'];
  let clockState: ClockState = 'paused';
  let cursor = 0;
  /** The source for which the cursor was put to its end. */
  let placedFor: string | undefined;
  let fault: string | undefined;
  let said = '';
  let isWorking = false;
  /** Of the desk, as far as it was told. */
  let deskNow = desk.snapshot().kernel.now;

  /** Of a moment that is over: the desk's clock goes back and forth, and nobody lets time pass. */
  const isPast = bench.isPast === true;
  const linked = isPast ? undefined : runOfPage();
  let isAccepted = false;
  const runTextOf = (source: string): string => {
    if (source === 'link') return linked?.ok === true && isAccepted ? linked.run : '';
    return source === 'live' || source === '' ? '' : textOf(store.get().files, source);
  };

  const isSeen = (): boolean => host.offsetParent !== null;
  const span = () => spanOf(choices.width, cursor, board ?? { from: cursor, until: cursor });

  const clock = createClock({
    now: () => cursor,
    end: () => (board?.kind === 'simulated' ? board.until : Number.POSITIVE_INFINITY),
    move,
    beat,
    onState(state, why) {
      clockState = state;
      if (why !== undefined) said = whyText(why);
      draw();
    },
  });

  function whyText(why: Why | 'broke'): string {
    if (why === 'busy') return say('isBusy');
    if (why === 'end') return say('atEnd');
    if (why === 'broke') return say('broke');
    if (why === 'nothing') return say('noEvent');
    return say('arrived', { time: momentText(cursor, language) });
  }

  async function move(to: number, toEvent: boolean): Promise<Moved> {
    // Time passes only while somebody looks.
    if (!isSeen()) {
      clock.pause();
      return { now: cursor, isBusy: false, happened: false };
    }
    const moved = feed?.advance === undefined ? moveCursor(to, toEvent) : await feed.advance(to, toEvent);
    cursor = moved.now;
    deskNow = Math.max(deskNow, feed?.advance === undefined ? 0 : cursor);
    await look();
    return moved;
  }

  function moveCursor(to: number, toEvent: boolean): Moved {
    const next = seen?.next;
    const happened = toEvent && next !== undefined && next <= to;
    return { now: happened ? next : to, isBusy: false, happened };
  }

  /** To any moment of a day that is over. */
  function jump(to: number): void {
    if (board === undefined) return;
    clock.pause();
    cursor = Math.max(board.from, Math.min(board.until, to));
    lookSoon();
  }

  function refresh(): void {
    if (!isSeen()) return;
    const { files } = store.get();
    const there = thereIs(files);
    const sources = [...(linked === undefined ? [] : ['link']), ...(there.live ? ['live'] : []), ...there.runs];
    const source = sources.includes(choices.source) ? choices.source : (sources[0] ?? '');
    const boardPath = there.boards.includes(choices.board) ? choices.board : '';
    choices = { ...choices, source, board: boardPath };
    const key = JSON.stringify([source, runTextOf(source), boardPath, textOf(files, boardPath)]);
    if (key !== openedWith) void begin(key);
    else if (source === 'live' && (isPast ? deskNow !== cursor : deskNow > cursor) && clockState === 'paused')
      lookSoon();
    else draw();
  }

  /** Opens the source and the board that are chosen. */
  async function begin(key: string): Promise<void> {
    const before = openedWith === '' ? undefined : JSON.parse(openedWith);
    openedWith = key;
    const [source, run, path, text] = JSON.parse(key) as string[];
    const isSame = before?.[0] === source && before?.[1] === run;
    clock.pause();
    fault = undefined;
    if (!isSame) {
      feed?.close();
      seen = undefined;
      feed = feedOf(source ?? '', run ?? '');
    }
    if (feed === undefined) {
      for (const { chart } of tiles) chart.remove();
      tiles = [];
      board = undefined;
      return draw();
    }
    isWorking = true;
    draw();
    try {
      const answer = await feed.board(path === '' ? {} : { file: { path: path ?? '', text: text ?? '' } });
      if (openedWith !== key) return;
      board = answer.ok ? answer : undefined;
      if (!answer.ok) fault = answer.message;
      const place = JSON.stringify([source, run]);
      if (board !== undefined && placedFor !== place) {
        placedFor = place;
        cursor = board.until;
        choices = { ...choices, width: board.kind === 'simulated' ? 'all' : 3_600_000 };
      }
      for (const { chart } of tiles) chart.remove();
      tiles = (board?.panels ?? []).map((panel, index) => tileOf(`${index}`, panel));
    } catch {
      fault = say('broke');
      openedWith = '';
    }
    isWorking = false;
    await look();
  }

  /** None for a linked day that nobody has let run. */
  function feedOf(source: string, run: string): Feed | undefined {
    if (source === 'live') return liveFeed(desk);
    return run === '' ? undefined : simulatedFeed(desk, run);
  }

  function accept(): void {
    isAccepted = true;
    refresh();
  }

  function tileOf(key: string, panel: ShownPanel): Tile {
    return { key, panel, chart: createChart(panel, language), lines: [], problem: undefined, all: undefined };
  }

  /** One after another; what is asked for meanwhile is asked for once. */
  let looking: Promise<void> | undefined;
  let again = false;
  function look(): Promise<void> {
    if (looking !== undefined) {
      again = true;
      return looking;
    }
    looking = lookOnce().finally(() => {
      looking = undefined;
      if (!again) return;
      again = false;
      void look();
    });
    return looking;
  }
  const lookSoon = (): void => void look();

  async function lookOnce(): Promise<void> {
    if (feed === undefined || board === undefined || !isSeen()) return draw();
    const key = openedWith;
    // What is live is now what the desk's clock says.
    if (board.kind === 'live') cursor = isPast ? deskNow : Math.max(cursor, deskNow);
    const { start, end, step } = span();
    const shown = [...tiles, ...(queryTile === undefined ? [] : [queryTile])];
    const expressions = shown.flatMap(({ panel }) => panel.lines.map(({ expr }) => expr));
    try {
      const answer = await feed.observe({ expressions, start, end, step, logs: choices.logs });
      if (openedWith !== key) return;
      await compareNow(key);
      if (answer.ok) take(answer, shown);
      else fault = answer.message;
    } catch {
      fault = say('broke');
    }
    draw();
    await drawCharts(shown, start, step);
  }

  async function compareNow(key: string): Promise<void> {
    const { other, source } = choices;
    const files = store.get().files;
    const isThere = other !== source && thereIs(files).runs.includes(other);
    if (board === undefined || feed?.compare === undefined || !isThere) compared = undefined;
    else {
      const answer = await feed.compare(textOf(files, other), cursor - board.from);
      if (openedWith === key) compared = answer;
    }
  }

  function take(answer: GoodObservation, shown: readonly Tile[]): void {
    fault = undefined;
    seen = answer;
    if (board?.kind === 'live' && !isPast) cursor = Math.max(cursor, answer.until);
    const answers = [...answer.answers];
    queryPlace = undefined;
    for (const tile of shown) {
      const own = tile.panel.lines.map((line) => ({ name: line.name, answer: answers.shift() }));
      const wrong = own.find((one) => one.answer?.ok === false)?.answer;
      tile.problem = wrong?.ok === false ? wrong.message : undefined;
      if (tile === queryTile && wrong?.ok === false && wrong.line !== undefined && wrong.column !== undefined)
        queryPlace = { line: wrong.line, column: wrong.column };
      tile.lines = own.flatMap(({ name, answer: one }) =>
        one?.ok === true
          ? one.lines.map(({ labels, values }) => ({
              name: [name, shortLabels(labels)].filter((part) => part !== '').join(' '),
              values,
            }))
          : [],
      );
      const all = own.reduce((sum, { answer: one }) => sum + (one?.ok === true ? one.all : 0), 0);
      tile.all = all > tile.lines.length ? all : undefined;
    }
  }

  /** Each chart in a turn of its own, so that the page stays free. */
  async function drawCharts(shown: readonly Tile[], start: number, step: number): Promise<void> {
    const { axis } = span();
    const marks = (seen?.events ?? []).map((event) => markOf(event, say));
    for (const { chart, lines } of shown) {
      if (lines.length > 0) chart.draw({ lines, start, step, axis, marks });
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  function choose(changed: Partial<Choices>): void {
    const before = choices;
    choices = { ...choices, ...changed };
    if (changed.query !== undefined) {
      queryTile?.chart.remove();
      const lines = [{ name: '', expr: changed.query }];
      const title = say('queryPanel');
      queryTile = changed.query === '' ? undefined : tileOf('query', { title, unit: 'number', thresholds: {}, lines });
    }
    if (choices.speed !== before.speed && clockState === 'playing') clock.play(choices.speed);
    if (choices.source !== before.source || choices.board !== before.board) refresh();
    else lookSoon();
  }

  function play(): void {
    if (board?.kind === 'simulated' && cursor >= board.until) cursor = board.from;
    clock.play(choices.speed);
  }

  const isLive = (): boolean => board?.kind === 'live';

  function room(): Room {
    const { start, step } = span();
    return {
      ...{
        bench,
        ids: isPast ? 'past' : 'production',
        say,
        language,
        there: thereIs(store.get().files),
        choices,
        board,
        seen,
        compared,
        tiles,
        queryTile,
        queryPlace,
      },
      ...{
        clock: clockState,
        cursor,
        step,
        start,
        fault,
        isWorking,
        choose,
        play,
        runText: runTextOf(choices.source),
        linked,
        accept,
      },
      isOpen: (key) => open.has(key),
      setOpen(key, isOpen) {
        if (isOpen === open.has(key)) return;
        if (isOpen) open.add(key);
        else open.delete(key);
        draw();
      },
      pause: clock.pause,
      stepBy: (by) => (isLive() ? clock.step(by) : jump(cursor + by)),
      seek: (to) => (isLive() ? clock.seek(to) : jump(to)),
      toEvent: () => clock.toEvent(DAY),
    };
  }

  function draw(): void {
    if (!isSeen()) return;
    const now = room();
    render(
      html`
        ${drawChoices(now)}
        ${drawClock(now)}
        ${fault === undefined ? nothing : html`<p class="problem">${fault}</p>`}
        ${isWorking ? html`<p class="hint">${say('working')}</p>` : nothing}
        ${drawProblems(now)}
        ${choices.source === 'link' && !isAccepted ? drawLinked(now) : nothing}
        ${choices.source === 'link' && isAccepted ? html`<p class="hint">${say('throwAway')}</p>` : nothing}
        <div class="body">
          <section class="tiles" aria-label=${say('charts')}>${tiles.map((tile) => drawTile(now, tile))}</section>
          <div class="beside">${board === undefined ? nothing : [drawAlerts(now), drawEvents(now), drawLogs(now)]}</div>
        </div>
        ${board !== undefined && board.unmeasured.length > 0 ? html`<p class="hint">${say('unmeasured', { names: board.unmeasured.join(', ') })}</p>` : nothing}
        ${drawCompare(now)}${drawShare(now)}
        ${board === undefined ? nothing : drawQuery(now, field, draw)}
        <p class="heard" role="status">${said}</p>
      `,
      host,
    );
  }

  const ends = [
    desk.subscribe((event) => {
      if (event.event !== 'state') return;
      deskNow = event.kernel.now;
      if (isSeen() && clockState === 'paused') refresh();
    }),
    onThemeChange(() => {
      for (const { chart } of [...tiles, ...(queryTile === undefined ? [] : [queryTile])]) chart.recolour();
    }),
  ];

  return {
    refresh,
    close() {
      clock.pause();
      feed?.close();
      for (const end of ends) end();
      for (const { chart } of tiles) chart.remove();
    },
  };
}

/** `seats` for `{service="seats"}`: one label needs no name. */
function shortLabels(labels: string): string {
  return /^\{[\w:]+="((?:[^"\\]|\\.)*)"\}$/.exec(labels)?.[1] ?? labels;
}
