// Terminal, results, help, runs and production: tabs of one pane. On a narrow workbench results and help stand below the steps, and
// runs and production have panes of their own.
import { html, nothing, type TemplateResult } from 'lit-html';
import { type Bench, tell } from '../bench.ts';
import { type Below, type State, tabsOf } from '../store.ts';
import { copy } from './copy.ts';
import { drawHelp } from './help.ts';
import { drawResults } from './results.ts';
import { drawTerminalTabs } from './terminal-tabs.ts';
import { drawWayOut } from './way-out.ts';

/** Elements that xterm and the views of runs and production own. */
export interface BelowHosts {
  readonly terminal: HTMLElement;
  readonly runs: HTMLElement;
  readonly production: HTMLElement;
}

export function drawBelow(bench: Bench, state: State, hosts: BelowHosts): TemplateResult {
  const { say } = bench;
  const tabs = tabsOf(state);
  const shown: Below = state.narrow ? 'terminal' : shownTab(state);
  return html`
    <div class="bar">
      ${
        state.narrow
          ? nothing
          : html`<div class="tabs" role="tablist" aria-label=${say('below')} @keydown=${(event: KeyboardEvent) => moveTab(bench, tabs, shown, event)}>
              ${tabs.map(
                (tab) => html`<button
                  type="button"
                  role="tab"
                  id="wb-tab-${tab}"
                  aria-controls="wb-panel-${tab}"
                  aria-selected=${tab === shown}
                  tabindex=${tab === shown ? 0 : -1}
                  @click=${() => bench.store.set({ below: tab })}
                >
                  ${say(tab)}
                </button>`,
              )}
            </div>`
      }
      ${shown === 'terminal' ? drawTerminalTools(bench, state) : nothing}
      ${isView(shown) ? drawTaller(bench, state) : nothing}
    </div>
    <div class="panel terminal" id="wb-panel-terminal" role=${state.narrow ? nothing : 'tabpanel'} aria-labelledby=${state.narrow ? nothing : 'wb-tab-terminal'} ?hidden=${shown !== 'terminal'}>
      ${hosts.terminal}
    </div>
    ${state.narrow ? nothing : [...drawPanels(bench, state), ...tabs.filter(isView).map((view) => drawViewPanel(state, view, hosts[view]))]}
  `;
}

function drawPanels(bench: Bench, state: State): readonly TemplateResult[] {
  return (['results', 'help'] as const).map(
    (
      tab,
    ) => html`<div class="panel" id="wb-panel-${tab}" role="tabpanel" aria-labelledby="wb-tab-${tab}" tabindex="0" ?hidden=${shownTab(state) !== tab}>
      ${state.below !== tab ? nothing : tab === 'results' ? drawResults(bench, state) : drawHelp(bench, state)}
    </div>`,
  );
}

type View = 'runs' | 'production';

function isView(tab: Below): tab is View {
  return tab === 'runs' || tab === 'production';
}

/** A tab can go while it is chosen: with a reset. */
function shownTab(state: State): Below {
  return tabsOf(state).includes(state.below) ? state.below : 'terminal';
}

function drawViewPanel(state: State, view: View, host: HTMLElement): TemplateResult {
  return html`<div class="panel view" id="wb-panel-${view}" role="tabpanel" aria-labelledby="wb-tab-${view}" tabindex="-1" ?hidden=${shownTab(state) !== view}>
    ${host}
  </div>`;
}

/** A pane of its own, on a narrow workbench. */
export function drawViewPane(host: HTMLElement): TemplateResult {
  return html`<div class="panel view" tabindex="-1">${host}</div>`;
}

/** Runs and production take the editor's room too: graphs and charts want more than a terminal. */
export function isTall(state: State): boolean {
  return !state.narrow && isView(shownTab(state)) && state.tall;
}

function drawTaller({ say, store }: Bench, { tall }: State): TemplateResult {
  return html`<button type="button" class="tool small taller" aria-pressed=${tall} @click=${() => store.set({ tall: !tall })}>
    ${say('taller')}
  </button>`;
}

/** Below the steps, on a narrow workbench. */
export function drawUnderSteps(bench: Bench, state: State): TemplateResult {
  return html`
    ${state.judged.length > 0 ? html`<section class="under" aria-label=${bench.say('results')}>${drawResults(bench, state)}</section>` : nothing}
    <section class="under" aria-label=${bench.say('help')}>${drawHelp(bench, state)}</section>
  `;
}

function drawTerminalTools(bench: Bench, state: State): TemplateResult {
  const { say, terminal, store } = bench;
  const setReader = (event: Event): void => {
    const on = (event.currentTarget as HTMLInputElement).checked;
    terminal.setScreenReader(on);
    store.set({ screenReader: on });
  };
  return html`<div class="terminal-tools">
    ${drawTerminalTabs(bench, state)}
    ${drawWayOut(say('terminalTrap'))}
    ${state.narrow ? drawMissingKeys(bench) : nothing}
    <button type="button" class="tool small" aria-haspopup="dialog" @click=${() => replay(bench)}>${say('replay')}</button>
    <label><input type="checkbox" .checked=${state.screenReader} @change=${setReader} /> ${say('reader')}</label>
    ${
      state.narrow
        ? nothing
        : html`<button type="button" class="tool small" @click=${() => copySelection(bench)}>${say('copy')}</button>`
    }
    <button type="button" class="tool small" @click=${() => paste(bench)}>${say('paste')}</button>
  </div>`;
}

/** What keyboards on a screen do not have. */
function drawMissingKeys({ say, terminal }: Bench): TemplateResult {
  const key = (name: string, data: string, label = name): TemplateResult => {
    const press = (): void => {
      terminal.press(data);
      terminal.focus();
    };
    return html`<button type="button" class="tool small" aria-label=${label} @click=${press}>${name}</button>`;
  };
  return html`<span class="keys" role="group" aria-label=${say('keys')}>
    ${key('Tab', '\t')} ${key('Ctrl+C', '\x03')} ${key('↑', '\x1b[A', say('keyUp'))}
  </span>`;
}

async function replay(bench: Bench): Promise<void> {
  try {
    const { showReplay } = await import('../replay/index.ts');
    await bench.texts.settle();
    showReplay(bench);
  } catch {
    tell(bench, bench.say('replayBroke'), 'bad');
  }
}

function copySelection(bench: Bench): void {
  const text = bench.terminal.selection();
  if (text === '') tell(bench, bench.say('copyNothing'));
  else void copy(bench, text);
}

async function paste(bench: Bench): Promise<void> {
  try {
    bench.terminal.paste(await navigator.clipboard.readText());
    bench.terminal.focus();
  } catch {
    tell(bench, bench.say('pasteRefused'), 'bad');
  }
}

function moveTab({ store }: Bench, tabs: readonly Below[], shown: Below, event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const next = tabs[(tabs.indexOf(shown) + step + tabs.length) % tabs.length];
  if (next === undefined) return;
  event.preventDefault();
  const list = event.currentTarget as HTMLElement;
  store.set({ below: next });
  list.querySelector<HTMLElement>(`#wb-tab-${next}`)?.focus();
}
