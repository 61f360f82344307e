import { openStore } from '../../course/store.ts';
import type { Progress } from '../../progress/contract.ts';

/** Keeps what the reader answers on this page, and shows again what was predicted earlier. */
export async function keepAnswers(day: string): Promise<void> {
  const predictions = [...document.querySelectorAll<HTMLFormElement>('[data-predict]')];
  const questions = [...document.querySelectorAll<HTMLFormElement>('[data-question]')];
  for (const form of questions) answerQuestion(form, day);
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
    const choice = chosen(form)[0];
    if (choice === undefined) return;
    showPrediction(form, choice);
    void record({ type: 'PredictionMade', day, question, choice });
  });
}

/** A prediction is committed to: from now on it is only shown. */
function showPrediction(form: HTMLFormElement, choice: number): void {
  const input = inputs(form)[choice];
  if (input === undefined) return;
  input.checked = true;
  for (const one of inputs(form)) one.disabled = true;
  const text = input.closest('label')?.textContent?.trim() ?? '';
  form.querySelector('button')?.remove();
  const status = form.querySelector('[role=status]');
  if (status) status.textContent = fill(form.dataset.committed, text);
  const again = document.querySelector<HTMLElement>(`[data-prediction="${form.dataset.predict}"]`);
  if (again) again.textContent = fill(again.dataset.yours, text);
}

function answerQuestion(form: HTMLFormElement, day: string): void {
  const several = form.dataset.several !== undefined;
  const status = form.querySelector('[role=status]');
  const settle = (): void => {
    const choices = chosen(form);
    const rights = inputs(form).flatMap((input, index) => (isRight(input) ? [index] : []));
    const right = choices.join() === rights.join();
    form.dataset.checked = '';
    const whys = inputs(form)
      .filter((input) => input.checked)
      .map((input) => input.closest('label')?.querySelector('.why')?.textContent?.trim() ?? '');
    const total = several ? [(right ? form.dataset.all : form.dataset.notAll) ?? ''] : [];
    if (status) {
      status.textContent = [...total, ...(several ? [] : whys)].join(' ');
      if (several) status.classList.remove('heard');
    }
    void record({ type: 'QuestionAnswered', day, question: form.dataset.question ?? '', choices, right });
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (several && chosen(form).length > 0) settle();
  });
  form.addEventListener('change', () => {
    if (!several) return settle();
    delete form.dataset.checked;
    if (status) status.textContent = '';
  });
}

function inputs(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[name=choice]')];
}

function chosen(form: HTMLFormElement): number[] {
  return inputs(form).flatMap((input, index) => (input.checked ? [index] : []));
}

function isRight(input: HTMLInputElement): boolean {
  return input.closest('label')?.dataset.right !== undefined;
}

function fill(text: string | undefined, choice: string): string {
  return (text ?? '').replace('{choice}', choice);
}

async function record(event: Parameters<Progress['record']>[0]): Promise<void> {
  await (await openStore())?.record(event);
}
