// The page on which a learner may do a day with a real Node. Nothing of another origin is asked for before the button is pressed.
import { html, nothing, render } from 'lit-html';
import type { Workbench } from '../workbench/contract.ts';
import type { Settings } from './settings.ts';

const place = document.querySelector<HTMLElement>('#real-node');
if (place !== null) offer(place);

function offer(place: HTMLElement): void {
  const settings: Settings = JSON.parse(place.dataset.settings ?? '{}');
  const say = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
    (settings.words[key] ?? key).replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
  const form = place.querySelector('form');
  const select = place.querySelector('select');
  const button = place.querySelector<HTMLButtonElement>('form button');
  const status = place.querySelector<HTMLElement>('[role=status]');
  const ports = place.querySelector<HTMLElement>('.ports');
  const mount = place.querySelector<HTMLElement>('.mount');
  if (!form || !select || !button || !status || !ports || !mount) return;
  const day = location.hash.slice(1);
  if (Object.hasOwn(settings.days, day)) select.value = day;

  /** Port → where its program can be seen. */
  const open = new Map<number, string>();
  let opened: Workbench | undefined;

  function drawPorts(): void {
    const list = [...open].sort(([a], [b]) => a - b);
    const preview = ([port, url]: readonly [number, string]) => html`<section>
      <h2>${say('port', { port })}</h2>
      <p><a href=${url} target="_blank" rel="noopener">${url}</a></p>
      <iframe src=${url} title=${say('port', { port })} allow="cross-origin-isolated"></iframe>
    </section>`;
    render(list.length === 0 ? nothing : list.map(preview), ports as HTMLElement);
  }

  async function begin(names: Settings['days'][string], id: string): Promise<void> {
    const [{ openRealMachine }, { mountWorkbench }] = await Promise.all([
      import('./machine.ts'),
      import('../workbench/index.ts'),
    ]);
    const machine = await openRealMachine({ ...settings, day: id, names });
    machine.onPort((port, url) => {
      if (url === undefined) open.delete(port);
      else open.set(port, url);
      drawPorts();
    });
    (mount as HTMLElement).hidden = false;
    opened = await mountWorkbench({
      container: mount as HTMLElement,
      dayId: id,
      language: settings.language,
      machine: Promise.resolve(machine),
    });
    const { fallback } = machine;
    tell(fallback === undefined ? say('isReal') : say(fallback.why, { why: fallback.detail }));
    opened.focus();
  }

  function tell(text: string): void {
    if (status) status.textContent = text;
  }

  async function end(): Promise<void> {
    await opened?.stop();
    opened = undefined;
    open.clear();
    drawPorts();
    (mount as HTMLElement).hidden = true;
    tell(say('ended'));
  }

  /** One at a time: the button begins, then ends, then begins again. */
  let busy = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    button.setAttribute('aria-disabled', 'true');
    try {
      const names = settings.days[select.value];
      if (opened !== undefined) await end();
      else if (names !== undefined) {
        tell(say('beginning'));
        await begin(names, select.value);
      }
    } catch (error) {
      console.error(error);
      tell(say('broken', { why: error instanceof Error ? error.message : String(error) }));
    } finally {
      busy = false;
      button.removeAttribute('aria-disabled');
      button.textContent = say(opened === undefined ? 'begin' : 'end');
      select.disabled = opened !== undefined;
    }
  });
}
