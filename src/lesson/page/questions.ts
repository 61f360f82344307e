import type { ProgressEvent } from '../../progress/contract.ts';
import { orderVerdict, type QuantityVerdict, quantityVerdict, readNumber } from '../question/answer.ts';

/** Tells that a question was answered; whatever came of it, it can be answered again. */
export type OnAnswer = (answer: Omit<Extract<ProgressEvent, { type: 'QuestionAnswered' }>, 'type' | 'day'>) => void;

/** Brings a question to life, by its kind. */
export function bringToLife(form: HTMLFormElement, onAnswer: OnAnswer): void {
  kinds[form.dataset.kind ?? 'choice']?.(form, onAnswer);
}

const kinds: Readonly<Record<string, (form: HTMLFormElement, onAnswer: OnAnswer) => void>> = {
  choice: chooseOne,
  several: chooseSeveral,
  order: putInOrder,
  match: matchPairs,
  quantity: findNumber,
};

/** The `why` of what was chosen shows beside it; the status says it to those who only hear the page. */
function chooseOne(form: HTMLFormElement, onAnswer: OnAnswer): void {
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () => {
    const choices = chosen(form);
    tell(
      form,
      inputs(form)
        .filter(({ checked }) => checked)
        .map(whyOf)
        .join(' '),
    );
    onAnswer({ question: idOf(form), choices, right: choices.join() === rightsOf(form).join() });
  });
}

function chooseSeveral(form: HTMLFormElement, onAnswer: OnAnswer): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const choices = chosen(form);
    if (choices.length === 0) return;
    const rights = rightsOf(form);
    const right = choices.join() === rights.join();
    const someWrong = choices.some((choice) => !rights.includes(choice));
    form.dataset.checked = '';
    tell(form, (right ? form.dataset.all : someWrong ? form.dataset.notAll : form.dataset.missing) ?? '', right);
    onAnswer({ question: idOf(form), choices, right });
  });
  form.addEventListener('change', () => {
    delete form.dataset.checked;
    tell(form, '');
  });
}

function putInOrder(form: HTMLFormElement, onAnswer: OnAnswer): void {
  const list = form.querySelector<HTMLElement>('.order');
  if (list === null) return;
  const items = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>(':scope > li')];
  const nameOf = (item: HTMLElement | undefined): string => item?.querySelector('.answer')?.textContent?.trim() ?? '';
  list.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLElement>('button[data-by]');
    const item = button?.closest('li');
    if (!button || !item) return;
    const at = items().indexOf(item) + Number(button.dataset.by);
    const other = items()[at];
    if (other === undefined) return;
    if (button.dataset.by === '1') other.after(item);
    else other.before(item);
    // The keyboard stays on what was moved; at an end its button is gone.
    const isEnd = at === 0 || at === items().length - 1;
    const back = isEnd ? item.querySelector<HTMLElement>(`button[data-by="${-Number(button.dataset.by)}"]`) : button;
    back?.focus();
    for (const one of items()) delete one.dataset.wrong;
    tell(form, fill(form.dataset.moved, { item: nameOf(item), n: at + 1 }));
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const places = items().map(({ dataset }) => Number(dataset.place));
    const { right, firstWrong } = orderVerdict(places);
    const wrong = firstWrong === undefined ? undefined : items()[firstWrong];
    for (const one of items()) one.toggleAttribute('data-wrong', one === wrong);
    const said = wrong === undefined ? form.dataset.all : right === 0 ? form.dataset.none : form.dataset.some;
    const why = wrong?.querySelector('.why')?.textContent ?? '';
    tell(form, fill(said, { n: right, item: nameOf(wrong), why }), wrong === undefined);
    onAnswer({ question: idOf(form), choices: places, right: wrong === undefined });
  });
}

function matchPairs(form: HTMLFormElement, onAnswer: OnAnswer): void {
  const selects = [...form.querySelectorAll('select')];
  const isRight = ({ value, dataset }: HTMLSelectElement): boolean => value === dataset.place;
  const clear = (): void => {
    for (const select of selects) delete select.closest('li')?.dataset.wrong;
    tell(form, '');
  };
  form.addEventListener('change', clear);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clear();
    const open = selects.find(({ value }) => value === '');
    if (open !== undefined) {
      tell(form, form.dataset.unfinished ?? '');
      open.focus();
      return;
    }
    const right = selects.filter(isRight).length;
    for (const select of selects) select.closest('li')?.toggleAttribute('data-wrong', !isRight(select));
    const all = right === selects.length;
    tell(form, fill(all ? form.dataset.all : form.dataset.some, { n: right, of: selects.length }), all);
    onAnswer({ question: idOf(form), choices: selects.map(({ value }) => Number(value)), right: all });
  });
}

function findNumber(form: HTMLFormElement, onAnswer: OnAnswer): void {
  const input = form.querySelector('input');
  if (input === null) return;
  const slips = [...form.querySelectorAll<HTMLElement>('[data-slip]')];
  const answer = { value: Number(form.dataset.answer), within: Number(form.dataset.within) };
  const whyFor = (verdict: QuantityVerdict): Element | null | undefined =>
    verdict.kind === 'slip' ? slips[verdict.slip] : form.querySelector(`[data-verdict=${verdict.kind}]`);
  input.addEventListener('input', () => tell(form, ''));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const given = readNumber(input.value);
    input.setAttribute('aria-invalid', String(given === undefined));
    if (given === undefined) return tell(form, form.dataset.unread ?? '');
    const ranges = slips.map(({ dataset }) => ({ value: Number(dataset.slip), within: Number(dataset.within) }));
    const verdict = quantityVerdict(given, answer, ranges);
    const why = whyFor(verdict)?.cloneNode(true);
    form.querySelector('.told')?.replaceChildren(...(why ? [why] : []));
    onAnswer({ question: idOf(form), choices: [given], right: verdict.kind === 'right' });
  });
}

const idOf = (form: HTMLFormElement): string => form.dataset.question ?? '';

function inputs(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[name=choice]')];
}

function chosen(form: HTMLFormElement): number[] {
  return inputs(form).flatMap(({ checked }, index) => (checked ? [index] : []));
}

function rightsOf(form: HTMLFormElement): number[] {
  return inputs(form).flatMap((input, index) => (input.closest('label')?.dataset.right === undefined ? [] : [index]));
}

function whyOf(input: HTMLInputElement): string {
  return input.closest('label')?.querySelector('.why')?.textContent?.trim() ?? '';
}

function tell(form: HTMLFormElement, text: string, right?: boolean): void {
  const status = form.querySelector<HTMLElement>('[role=status]');
  if (status === null) return;
  status.textContent = text;
  status.dataset.right = String(right ?? '');
}

function fill(text: string | undefined, values: Readonly<Record<string, string | number>>): string {
  return (text ?? '').replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
