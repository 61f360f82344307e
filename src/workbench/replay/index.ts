// A visit's replay: a ruler of its moments, the terminal and the files as they were. Read only, in an engine that is thrown away.
import './style.css';
import { Terminal } from '@xterm/xterm';
import { html, nothing, render } from 'lit-html';
import type { Bench } from '../bench.ts';
import { paletteOf } from '../colours.ts';
import { fromHome } from '../files.ts';
import { type Change, changesBetween, deedText } from './moments.ts';
import { replaySpeaker } from './words.ts';

/** Shows the replay of what was done so far, until it is closed. */
export function showReplay(bench: Bench): void {
  const say = replaySpeaker(bench.language);
  const recording = bench.desk.recording();
  const { actions } = recording;
  const replay = bench.desk.startReplay(recording);
  const dialog = document.createElement('dialog');
  dialog.className = 'replay';
  dialog.setAttribute('aria-label', say('title'));
  const screen = document.createElement('div');
  screen.className = 'screen';
  const opened = actions.find(({ call }) => call === 'openTerminal');
  const palette = paletteOf(bench.place);
  const terminal = new Terminal({
    cols: opened?.call === 'openTerminal' ? opened.args.columns : 80,
    rows: 16,
    fontSize: 13,
    disableStdin: true,
    screenReaderMode: true,
    theme: {
      background: palette.colour('sunken'),
      foreground: palette.colour('ink'),
      cursor: palette.colour('sunken'),
      green: palette.colour('good'),
      blue: palette.colour('accent'),
      red: palette.colour('bad'),
    },
  });
  let wanted = actions.length;
  let shown: number | undefined;
  let changes: readonly Change[] = [];
  let fault = '';

  const what = (done: number): string => {
    const action = actions[done - 1];
    return action === undefined ? say('beginning') : deedText(action, say);
  };
  const momentText = (): string => say('moment', { n: wanted, all: actions.length, what: what(wanted) });

  async function go(to: number): Promise<void> {
    wanted = Math.max(0, Math.min(actions.length, to));
    const mine = wanted;
    draw();
    try {
      const before = await replay.goTo(Math.max(0, mine - 1));
      const moment = await replay.goTo(mine);
      if (mine !== wanted) return;
      fault = '';
      shown = mine;
      changes = changesBetween(before.snapshot.files, moment.snapshot.files);
      terminal.reset();
      terminal.write(Object.values(moment.screens).join('\r\n'));
    } catch {
      if (mine === wanted) fault = say('stuck');
    }
    draw();
  }

  function draw(): void {
    render(
      html`
        <header><h2>${say('title')}</h2><button type="button" class="tool small" @click=${() => dialog.close()}>${say('close')}</button></header>
        <p>${say('lead')}</p>
        ${recording.isExact ? nothing : html`<p class="warn">${say('notExact')}</p>`}
        ${recording.isFull ? html`<p class="warn">${say('full')}</p>` : nothing}
        <div class="time">
          <button type="button" class="tool small" ?disabled=${wanted === 0} @click=${() => go(wanted - 1)}>${say('back')}</button>
          <input type="range" aria-label=${say('ruler')} aria-valuetext=${momentText()} min="0" max=${actions.length} .value=${String(wanted)} @input=${(event: Event) => go(Number((event.currentTarget as HTMLInputElement).value))} />
          <button type="button" class="tool small" ?disabled=${wanted === actions.length} @click=${() => go(wanted + 1)}>${say('on')}</button>
        </div>
        <p role="status">${fault === '' ? (shown === wanted ? momentText() : say('working')) : fault}</p>
        <h3>${say('terminal')}</h3>
        ${screen}
        <h3>${say('files')}</h3>
        ${changes.length === 0 ? html`<p>${say('noFiles')}</p>` : changes.map(({ path, text }) => html`<details open><summary>${fromHome(path)}</summary><pre tabindex="0" aria-label=${fromHome(path)}>${text ?? say('gone')}</pre></details>`)}
      `,
      dialog,
    );
  }

  dialog.addEventListener('close', () => {
    replay.close();
    terminal.dispose();
    dialog.remove();
  });
  draw();
  bench.place.append(dialog);
  dialog.showModal();
  terminal.open(screen);
  void go(actions.length);
}
