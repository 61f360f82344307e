import { openStore } from '../../course/store.ts';
import type { Progress } from '../../progress/contract.ts';
import { bringToLife } from './questions.ts';

/** Keeps what the reader answers on this page, and shows again what was predicted earlier. */
export async function keepAnswers(day: string): Promise<void> {
  const predictions = [...document.querySelectorAll<HTMLFormElement>('[data-predict]')];
  for (const form of document.querySelectorAll<HTMLFormElement>('[data-question]'))
    bringToLife(form, (answer) => void record({ type: 'QuestionAnswered', day, ...answer }));
  for (const form of predictions) commitPrediction(form, day);
  const store = predictions.length > 0 ? await openStore() : undefined;
  for (const form of predictions) {
    const choice = store?.day(day).predictions[form.dataset.predict ?? ''];
    if (choice !== undefined) showPrediction(form, choice);
  }
}

function commitPrediction(form: HTMLFormElement, day: string): void {
  const question = form.dataset.predict ?? '';
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const choice = optionsOf(form).findIndex(({ checked }) => checked);
    if (choice < 0) return;
    showPrediction(form, choice);
    void record({ type: 'PredictionMade', day, question, choice });
  });
}

/** A prediction is committed to: from now on it is only shown. */
function showPrediction(form: HTMLFormElement, choice: number): void {
  const input = optionsOf(form)[choice];
  if (input === undefined) return;
  input.checked = true;
  for (const one of optionsOf(form)) one.disabled = true;
  const text = input.closest('label')?.textContent?.trim() ?? '';
  form.querySelector('button')?.remove();
  const status = form.querySelector('[role=status]');
  if (status) status.textContent = (form.dataset.committed ?? '').replace('{choice}', () => text);
  const again = document.querySelector<HTMLElement>(`[data-prediction="${form.dataset.predict}"]`);
  if (again === null) return;
  const right = again.dataset.answer === String(choice);
  again.textContent = `${(again.dataset.yours ?? '').replace('{choice}', () => text)} ${(right ? again.dataset.asExpected : again.dataset.otherwise) ?? ''}`;
}

function optionsOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[name=choice]')];
}

async function record(event: Parameters<Progress['record']>[0]): Promise<void> {
  await (await openStore())?.record(event);
}
