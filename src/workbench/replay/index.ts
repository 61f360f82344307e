// A replay: a ruler of moments, and the desk as it was at each: terminal, files, runs, pull requests, production, messages. It is lived
// through in an engine that is thrown away; the learner's own session goes on beside it untouched.
import './style.css';
import { Terminal } from '@xterm/xterm';
import { render } from 'lit-html';
import type { Recording } from '../../../sandbox/hosts/replay/recording.ts';
import type { Moment } from '../../../sandbox/hosts/replay/replay.ts';
import type { Bench } from '../bench.ts';
import { openProductionView } from '../production/index.ts';
import { type SharedSession, sessionOfPage } from '../production/link.ts';
import { momentText } from '../production/units.ts';
import { openRunsView } from '../runs/index.ts';
import { type Change, changesBetween, deedText } from './moments.ts';
import { createPast, type Past } from './past.ts';
import type { Room } from './room.ts';
import { fromFile, versionOf } from './share.ts';
import { compareSides } from './sides.ts';
import { columnsAt, type Sight, type Stop, sightsOf, stopsOf, stopsWithin } from './stops.ts';
import { themeOf } from './theme.ts';
import { drawReplay } from './view.ts';
import { createWhatIf } from './what-if.ts';
import { replaySpeaker } from './words.ts';

/** Of the terminal that is shown. */
const ROWS = 18;

/** Replays what was done at this desk so far, until it is closed. */
export function showReplay(bench: Bench): void {
  openReplay(bench, bench.desk.recording(), undefined);
}

/** Shows what somebody else did, once the reader has seen what it is and lets it run. */
export function showShared(bench: Bench, session: SharedSession): void {
  const recording = { pack: bench.data.pack, visits: session.journal, isFull: false, checks: [] };
  openReplay(bench, recording, session);
}

/** What the page's address brings. */
export function showSharedOfPage(bench: Bench): void {
  const session = sessionOfPage();
  if (session !== undefined) showShared(bench, session);
}

function openReplay(bench: Bench, recording: Recording, shared: SharedSession | undefined): void {
  const { language, desk, place } = bench;
  const say = replaySpeaker(language);
  let stops = stopsOf(recording);
  const replay = desk.startReplay(recording);
  const dialog = document.createElement('dialog');
  dialog.className = 'replay';
  dialog.setAttribute('aria-label', say(shared === undefined ? 'title' : 'sharedTitle'));
  const hosts = { screen: element('screen'), runs: element('runs-host'), production: element('production-host') };
  const terminal = new Terminal({
    rows: ROWS,
    fontSize: 13,
    disableStdin: true,
    minimumContrastRatio: 4.5,
    theme: themeOf(place),
  });
  let end: Moment | undefined;
  let sights: readonly Sight[] = [];
  let wanted = stops.length - 1;
  let moment: Moment | undefined;
  let changes: readonly Change[] = [];
  let looked: string | undefined;
  let screenText = '';
  let progress: number | undefined;
  let fault = '';
  let told = '';
  let isAccepted = shared === undefined;
  let past: Past | undefined;
  let sides: Room['sides'];
  let views: readonly { refresh(): void; close?(): void }[] = [];
  const whatIf = createWhatIf(bench, say, () => draw());

  function textOf(stop: number): string {
    const { action, at } = stops[stop] ?? {};
    if (action === undefined) return say('beginning');
    const what = deedText(action, say);
    return at === undefined ? what : say('during', { what });
  }

  const momentAt = ({ done, at }: Stop): Promise<Moment> =>
    at === undefined ? replay.goTo(done) : replay.goInto(done, at);

  async function begin(): Promise<void> {
    isAccepted = true;
    progress = 0;
    draw();
    try {
      end = await replay.goTo(replay.length, (done) => {
        progress = done;
        draw();
      });
      const { log } = end.snapshot.kernel;
      stops = stopsWithin(stops, log, replay.reached());
      wanted = stops.length - 1;
      sights = sightsOf(stops, log, replay.reached(), recording.checks);
      past = createPast(bench, end.snapshot, { latest: () => (end as Moment).snapshot, onOpen: look });
      views = [openRunsView(hosts.runs, past.bench), openProductionView(hosts.production, past.bench)];
    } catch {
      fault = dialog.open ? say('stuck') : '';
    }
    progress = undefined;
    draw();
    if (end !== undefined) {
      terminal.open(hosts.screen);
      // What stands there is read as text; nothing can be typed.
      terminal.textarea?.setAttribute('tabindex', '-1');
    }
    if (end !== undefined) await go(wanted);
  }

  async function go(to: number): Promise<void> {
    wanted = Math.max(0, Math.min(stops.length - 1, to));
    const mine = wanted;
    draw();
    const [first, second] = [stops[Math.max(0, mine - 1)] as Stop, stops[mine] as Stop];
    const before = await momentAt(first);
    const now = await momentAt(second);
    if (mine !== wanted || !dialog.open) return;
    moment = now;
    changes = changesBetween(before.snapshot.files, now.snapshot.files);
    terminal.reset();
    terminal.resize(columnsAt(recording, now.done), ROWS);
    terminal.write(Object.values(now.screens).join('\r\n'), () => {
      screenText = shownIn(terminal);
      draw();
    });
    past?.show(now.snapshot);
    draw();
    for (const view of views) view.refresh();
  }

  async function compare(): Promise<void> {
    if (end === undefined || sides === 'working') return;
    sides = 'working';
    draw();
    try {
      sides = await compareSides(bench, end.snapshot, desk.snapshot());
    } catch {
      sides = 'broke';
    }
    draw();
  }

  function look(path: string): void {
    looked = path;
    draw();
  }

  /** To the next moment of interest, or the one before. */
  function goToSight(by: 1 | -1): void {
    const ahead = sights.map(({ stop }) => stop).filter((stop) => (by > 0 ? stop > wanted : stop < wanted));
    void go(by > 0 ? (ahead[0] ?? stops.length - 1) : (ahead.at(-1) ?? 0));
  }

  async function openFile(file: File): Promise<void> {
    const found = await fromFile(file, bench, say);
    if ('problem' in found) {
      told = found.problem;
      return draw();
    }
    dialog.close();
    showShared(bench, found.session);
  }

  function room(): Room {
    return {
      bench,
      say,
      language,
      shared,
      isOtherVersion: shared !== undefined && shared.version !== versionOf(bench),
      isOtherDay: shared !== undefined && shared.day !== bench.exercise.id,
      recording,
      hosts,
      stops,
      sights,
      wanted,
      moment: moment?.done === stops[wanted]?.done && moment?.at === stops[wanted]?.at ? moment : undefined,
      end,
      changes,
      looked,
      screenText,
      progress,
      all: replay.length,
      fault,
      told,
      isAccepted,
      whatIf,
      sides,
      compareSides: () => void compare(),
      textOf,
      timeOf: (at) => momentText(at, language),
      accept: () => void begin(),
      go: (to) => void go(to),
      goToSight,
      look,
      tell(text) {
        told = text;
        draw();
      },
      openFile: (file) => void openFile(file),
      close: () => dialog.close(),
    };
  }

  function draw(): void {
    render(drawReplay(room()), dialog);
  }

  // In a terminal Escape is a key as others are.
  dialog.addEventListener('cancel', (event) => {
    if (whatIf.host.contains(document.activeElement)) event.preventDefault();
  });
  dialog.addEventListener('close', () => {
    replay.close();
    whatIf.close();
    for (const view of views) view.close?.();
    past?.close();
    terminal.dispose();
    dialog.remove();
  });
  place.append(dialog);
  draw();
  dialog.showModal();
  if (isAccepted) void begin();
}

/** What stands on a terminal's screen and above it, as text. */
function shownIn({ buffer: { active } }: Terminal): string {
  const rows = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
  return rows.join('\n').trimEnd();
}

function element(className: string): HTMLElement {
  const made = document.createElement('div');
  made.className = className;
  return made;
}
