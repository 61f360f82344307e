// The part of the map that says what is there without a network.
import type { FromWorker } from './contract.ts';
import { ask, canKeep, isOff, switchOff, switchOn } from './page.ts';

const section = document.querySelector<HTMLElement>('#offline');
if (section) offer(section);

function offer(section: HTMLElement): void {
  const { language = 'es', days = '0', base = '/' } = section.dataset;
  const words: Readonly<Record<string, string>> = JSON.parse(section.dataset.words ?? '{}');
  const status = section.querySelector<HTMLElement>('.state');
  const keepers = [...section.querySelectorAll<HTMLButtonElement>('[data-keep]')];
  const off = section.querySelector<HTMLButtonElement>('[data-off]');
  const on = section.querySelector<HTMLButtonElement>('[data-on]');

  const say = (key: string, values: Readonly<Record<string, string | number>> = {}): void => {
    if (status) status.textContent = (words[key] ?? '').replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
  };

  function show(answer: FromWorker & { tell: 'state' | 'failed' }): void {
    if (answer.tell === 'failed') {
      say('failed', { why: answer.why });
      return;
    }
    const here = answer.days.filter((day) => day.startsWith(`${language}/`));
    say('some', { count: here.length, days, megabytes: (answer.bytes / 1e6).toFixed(1) });
    for (const button of keepers) {
      const wanted = button.dataset.keep?.split(' ') ?? [];
      button.toggleAttribute(
        'disabled',
        wanted.every((day) => here.includes(day)),
      );
    }
  }

  async function refresh(): Promise<void> {
    const isOn = canKeep() && !isOff();
    for (const button of keepers) button.hidden = !isOn;
    if (off) off.hidden = !isOn;
    if (on) on.hidden = !canKeep() || isOn;
    if (!canKeep()) say('cannot');
    else if (!isOn) say('isOff');
    else if (import.meta.env.PROD) show(await ask({ ask: 'state' }));
  }

  for (const button of keepers)
    button.addEventListener('click', async () => {
      button.setAttribute('aria-disabled', 'true');
      const sets = [`about:${language}`, ...(button.dataset.keep?.split(' ') ?? [])];
      show(await ask({ ask: 'keep', sets }, (done, files) => say('progress', { done, files })));
      button.removeAttribute('aria-disabled');
    });
  off?.addEventListener('click', async () => {
    await switchOff();
    await refresh();
    on?.focus();
  });
  on?.addEventListener('click', async () => {
    await switchOn(base);
    await refresh();
    off?.focus();
  });
  void refresh();
}
