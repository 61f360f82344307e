// A micro-incident in the workbench: a day's sandbox, broken anew with each seed. Loaded when one is begun.
import type { Language } from '../../../sandbox/machine/words.ts';
import type { DayNames } from '../../day-assets/contract.ts';
import { mountWorkbench } from '../../workbench/index.ts';
import { openMachine } from '../../workbench/machine.ts';
import { fleetingProgress } from '../fleeting.ts';

interface Incident {
  readonly container: HTMLElement;
  /** `d01-i1`. */
  readonly id: string;
  readonly seed: string;
  readonly language: Language;
  readonly base: string;
  readonly names: DayNames;
  /** Everything holds; `helped`: the solution was looked at. */
  readonly onPassed: (helped: boolean) => void;
}

export interface OpenIncident {
  close(): Promise<void>;
}

/** @throws when it cannot be fetched or begun. */
export async function openIncident({
  container,
  id,
  seed,
  language,
  base,
  names,
  onPassed,
}: Incident): Promise<OpenIncident> {
  let helped = false;
  let passed = false;
  const progress = fleetingProgress((event) => {
    if (event.type === 'HintShown' && event.hint === 4) helped = true;
    if (event.type !== 'DayPassed' || passed) return;
    passed = true;
    onPassed(helped);
  }, Date.now);
  const machine = openMachine(base, id, names).then(({ data, hosts }) => ({
    hosts,
    data: { ...data, pack: { ...data.pack, seed } },
  }));
  const workbench = await mountWorkbench({ container, dayId: id, language, machine, progress });
  workbench.focus();
  return { close: () => workbench.stop() };
}
