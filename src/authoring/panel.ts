import type { DayState } from './contract.ts';

/** Fills the panel of a day, at once and when it is asked to look again. */
export function watchDay(panel: HTMLElement): void {
  const sum = panel.querySelector('[data-sum]');
  const found = panel.querySelector('[data-found]');
  const look = async (): Promise<void> => {
    if (sum) sum.textContent = 'looking…';
    const answer = await fetch(`/@noventa/day/${panel.dataset.authoring}`);
    const state = (await answer.json()) as DayState;
    const wrong = state.rows.filter(({ problems }) => problems.length > 0).length;
    if (sum)
      sum.textContent =
        state.broken !== undefined
          ? 'the exercise cannot be read'
          : `${state.rows.length - wrong} of ${state.rows.length} variants as they should be, ${state.faults.length} content tests fail`;
    found?.replaceChildren(list(linesOf(state)));
  };
  panel.querySelector('button')?.addEventListener('click', () => void look());
  void look();
}

interface Line {
  readonly text: string;
  readonly bad: boolean;
}

function linesOf({ rows, broken, faults }: DayState): readonly Line[] {
  return [
    ...(broken === undefined ? [] : [{ text: broken, bad: true }]),
    ...rows.flatMap(({ variant, seeds, failing, problems }) => [
      { text: `${variant} (${seeds}): ${failing.join(' ') || 'all pass'}`, bad: problems.length > 0 },
      ...problems.map((text) => ({ text: `↳ ${text}`, bad: true })),
    ]),
    ...faults.flatMap(({ test, says }) => [
      { text: test, bad: true },
      ...says.map((text) => ({ text: `↳ ${text}`, bad: false })),
    ]),
  ];
}

function list(lines: readonly Line[]): HTMLElement {
  const all = document.createElement('ul');
  for (const { text, bad } of lines) {
    const item = document.createElement('li');
    item.textContent = text;
    item.classList.toggle('bad', bad);
    all.append(item);
  }
  return all;
}
