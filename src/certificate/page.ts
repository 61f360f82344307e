// The page of certificates: one's own is made and taken away, anybody's is opened and its days are done again. Nothing of an opened
// one is kept.
import { html, nothing, render, type TemplateResult } from 'lit-html';
import { openStore } from '../course/store.ts';
import { download } from '../progress/download.ts';
import type { Certificate, Verdict } from './contract.ts';
import { certificateFile, LARGEST, readCertificate } from './file.ts';
import { certificateOf } from './made.ts';
import { colours, print, shape } from './paper.ts';
import type { Settings } from './settings.ts';
import { drawCertificate, type Say } from './view.ts';

interface State {
  readonly certificate: Certificate | undefined;
  readonly isOpened: boolean;
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** Set while days are done again. */
  readonly stop: AbortController | undefined;
  /** Of the file that was opened, or of the days that were done again. */
  readonly told: string;
}

const place = document.querySelector<HTMLElement>('#certificate');
if (place !== null) await offer(place);

async function offer(place: HTMLElement): Promise<void> {
  const settings: Settings = JSON.parse(place.dataset.settings ?? '{}');
  const say: Say = (key, values = {}) =>
    (settings.words[key] ?? key).replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
  const store = await openStore();
  const parts = settings.parts.filter(({ days }) => days.some((id) => store?.day(id).passedAt !== undefined));
  let part = parts[0];
  let name = '';
  let state: State = { certificate: own(), isOpened: false, verdicts: {}, stop: undefined, told: '' };

  function own(): Certificate | undefined {
    return part === undefined ? undefined : certificateOf(store?.days() ?? {}, part, name || say('nobody'), Date.now());
  }

  function set(some: Partial<State>): void {
    state = { ...state, ...some };
    render(draw(), place);
  }

  function showOwn(): void {
    state.stop?.abort();
    set({ certificate: own(), isOpened: false, verdicts: {}, stop: undefined, told: '' });
  }

  async function open(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    // The same file may be chosen again.
    if (file === undefined) return;
    const read = file.size > LARGEST ? ({ ok: false, reason: 'large' } as const) : readCertificate(await file.text());
    input.value = '';
    state.stop?.abort();
    if (!read.ok) return set({ stop: undefined, told: say(`refused-${read.reason}`) });
    set({ certificate: read.certificate, isOpened: true, verdicts: {}, stop: undefined, told: say('opened') });
  }

  async function doAllAgain(certificate: Certificate): Promise<void> {
    const stop = new AbortController();
    set({ stop, verdicts: {}, told: say('beginning') });
    const judge = (id: string, verdict: Verdict): void => {
      if (state.stop === stop) set({ verdicts: { ...state.verdicts, [id]: verdict } });
    };
    try {
      const { doAgain } = await import('./again.ts');
      for (const [index, day] of certificate.days.entries()) {
        if (!settings.days.some(({ id }) => id === day.id)) {
          judge(day.id, { kind: 'unknownDay' });
          continue;
        }
        set({ told: say('doing', { n: index + 1, of: certificate.days.length }) });
        judge(day.id, { kind: 'running', done: 0, of: 1 });
        const onProgress = (done: number, of: number): void => judge(day.id, { kind: 'running', done, of });
        judge(day.id, await doAgain(day, { ...settings, onProgress, signal: stop.signal }));
      }
      if (state.stop === stop) set({ stop: undefined, told: summary(certificate) });
    } catch (error) {
      if (state.stop !== stop) return;
      const verdicts = Object.entries(state.verdicts).filter(([, { kind }]) => kind !== 'running');
      const told = stop.signal.aborted ? say('stopped') : say('broke', { why: String(error) });
      set({ stop: undefined, verdicts: Object.fromEntries(verdicts), told });
    }
  }

  function summary({ days }: Certificate): string {
    const count = (...kinds: readonly Verdict['kind'][]): number =>
      days.filter(({ id }) => kinds.includes(state.verdicts[id]?.kind ?? 'noRun')).length;
    const passed = count('passed');
    const failed = count('failed', 'broke', 'unreadable');
    return say('summary', { passed, failed, left: days.length - passed - failed });
  }

  function take(certificate: Certificate): void {
    const made = { ...certificate, made: Date.now() };
    const host = document.createElement('main');
    render(drawCertificate({ certificate: made, settings, say, verdicts: {}, level: 1 }), host);
    const text = certificateFile(made, settings.language, host, `${colours}\n${shape}\n${print}`);
    download(new Blob([text], { type: 'text/html' }), say('file', { part: made.part }));
  }

  function draw(): TemplateResult {
    const { certificate, isOpened, stop } = state;
    return html`
      <div class="doors unprinted">
        ${drawMaking(certificate, isOpened)}
        <section aria-labelledby="open-name">
          <h2 id="open-name">${say('open')}</h2>
          <p>${say('openLead')}</p>
          <label class="button quiet">
            ${say('choose')}
            <input class="heard" type="file" accept="text/html,.html" @change=${(event: Event) => void open(event.target as HTMLInputElement)} />
          </label>
          ${isOpened && part !== undefined ? html`<button class="button quiet" type="button" @click=${showOwn}>${say('backToOwn')}</button>` : nothing}
        </section>
      </div>
      <p class="told unprinted" role="status">${state.told}</p>
      ${
        certificate === undefined
          ? nothing
          : html`<div class="acts unprinted">
                ${
                  stop === undefined
                    ? html`<button class="button" type="button" @click=${() => void doAllAgain(certificate)}>${say('doAgain')}</button>`
                    : html`<button class="button" type="button" @click=${() => stop.abort(new Error('stopped'))}>${say('stop')}</button>`
                }
                <button class="button quiet" type="button" @click=${() => window.print()}>${say('print')}</button>
              </div>
              <p class="small unprinted">${say('doAgainLead')}</p>
              ${drawCertificate({ certificate, settings, say, verdicts: state.verdicts, level: 2 })}`
      }
    `;
  }

  function drawMaking(certificate: Certificate | undefined, isOpened: boolean): TemplateResult {
    const chosen = part;
    if (chosen === undefined)
      return html`<section aria-labelledby="make-name">
        <h2 id="make-name">${say('make')}</h2>
        <p>${say('none')}</p>
      </section>`;
    return html`<section aria-labelledby="make-name">
      <h2 id="make-name">${say('make')}</h2>
      <form
        @submit=${(event: Event) => {
          event.preventDefault();
          const mine = own();
          if (mine !== undefined) take(mine);
        }}
      >
        <label>
          ${say('name')}
          <input
            name="name"
            autocomplete="name"
            maxlength="100"
            required
            .value=${name}
            @input=${(event: Event) => {
              name = (event.target as HTMLInputElement).value;
              showOwn();
            }}
          />
        </label>
        <p class="small">${say('nameLead')}</p>
        <label>
          ${say('part')}
          <select
            name="part"
            @change=${(event: Event) => {
              part = parts[(event.target as HTMLSelectElement).selectedIndex];
              showOwn();
            }}
          >
            ${parts.map((one) => html`<option ?selected=${one === chosen}>${one.title}</option>`)}
          </select>
        </label>
        <button class="button">${say('download')}</button>
      </form>
      ${isOpened || certificate === undefined ? nothing : html`<p class="small">${say('preview')}</p>`}
    </section>`;
  }

  store?.subscribe(() => {
    if (!state.isOpened && state.stop === undefined && Object.keys(state.verdicts).length === 0)
      set({ certificate: own() });
  });
  render(draw(), place);
}
