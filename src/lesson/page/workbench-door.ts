import type { Language } from '../../../sandbox/machine/words.ts';
import type { DayNames } from '../../day-assets/contract.ts';
import type { Workbench } from '../../workbench/contract.ts';
import type { Tabs } from './tabs.ts';

/** How long a pointer must stay over the closed workbench to count as coming: ms. */
const dwell = 150;

const door = () => import('../../workbench/index.ts');
const engineDoor = () => import('../../workbench/machine.ts');

/** The day's machine, begun by the first sign that it is wanted; the next opening begins another. */
let coming: ReturnType<typeof beginMachine> | undefined;

function beginMachine({ lesson = '', base = '/', files }: DOMStringMap) {
  const names = files === undefined ? undefined : (JSON.parse(files) as DayNames);
  const machine = engineDoor().then(({ openMachine }) => openMachine(base, lesson, names));
  // Whoever awaits it tells of it.
  machine.catch(() => {});
  return machine;
}

/** Nothing of the workbench is loaded until it is wanted: its button, its tab, or a mouse that comes to stay. */
export function openWorkbenchWhenWanted(split: HTMLElement, tabs: Tabs): void {
  const bench = split.querySelector<HTMLElement>('#bench');
  const closed = bench?.querySelector<HTMLElement>('.closed');
  const container = bench?.querySelector<HTMLElement>('.mount');
  if (!bench || !closed || !container) return;
  let opened: Promise<Workbench | undefined> | undefined;

  function open(): Promise<Workbench | undefined> {
    opened ??= mount(split, closed as HTMLElement, container as HTMLElement).catch((error: unknown) => {
      // The next press tries again.
      opened = undefined;
      console.error(error);
      return undefined;
    });
    return opened;
  }

  async function openAndGo(): Promise<void> {
    tabs.showBench();
    const workbench = await open();
    workbench?.focus();
  }

  for (const button of split.querySelectorAll('[data-open-workbench]'))
    button.addEventListener('click', () => void openAndGo());
  tabs.onBench(() => void open());
  // A keyboard or a pointer that reaches the button: what takes longest begins before the press.
  const prepare = (): void => {
    if (opened !== undefined) return;
    coming ??= beginMachine(split.dataset);
    void door();
  };
  closed.addEventListener('focusin', prepare);
  for (const button of split.querySelectorAll('[data-open-workbench]'))
    for (const sign of ['pointerenter', 'pointerdown']) button.addEventListener(sign, prepare);

  let staying: ReturnType<typeof setTimeout> | undefined;
  closed.addEventListener('pointerenter', (event) => {
    if (event.pointerType === 'mouse' && opened === undefined) staying = setTimeout(() => void open(), dwell);
  });
  closed.addEventListener('pointerleave', () => clearTimeout(staying));
}

/** @throws when the workbench cannot be loaded; the closed one has said so by then. */
async function mount(split: HTMLElement, closed: HTMLElement, container: HTMLElement): Promise<Workbench> {
  const status = closed.querySelector('[role=status]');
  const button = closed.querySelector('button');
  const { lesson = '', language } = split.dataset;
  if (status) status.textContent = closed.dataset.opening ?? '';
  button?.setAttribute('aria-disabled', 'true');
  try {
    const machine = coming ?? beginMachine(split.dataset);
    coming = undefined;
    const { mountWorkbench } = await door();
    container.hidden = false;
    const workbench = await mountWorkbench({ container, dayId: lesson, language: language as Language, machine });
    closed.hidden = true;
    document.dispatchEvent(new CustomEvent('noventa:workbench-opened', { detail: `${language}/${lesson}` }));
    return workbench;
  } catch (error) {
    container.hidden = true;
    container.replaceChildren();
    if (status) status.textContent = closed.dataset.broken ?? '';
    if (button) button.textContent = closed.dataset.retry ?? '';
    button?.removeAttribute('aria-disabled');
    throw error;
  }
}
