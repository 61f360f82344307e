import type { ImportAnswer, Progress } from '../../progress/contract.ts';
import { download } from '../../progress/download.ts';
import { recordsIn } from '../../repository/records-in.ts';
import { openStore } from '../store.ts';

interface CopyWords {
  readonly imported: string;
  readonly same: string;
  readonly file: string;
  readonly setAside: string;
  readonly setAsideFile: string;
  readonly refused: Readonly<Record<string, string>>;
}

const place = document.querySelector<HTMLElement>('#copy');
const store = await openStore();
if (place !== null && store !== undefined) offerCopies(place, store);

function offerCopies(place: HTMLElement, store: Progress): void {
  const words: CopyWords = JSON.parse(place.dataset.words ?? '{}');
  const status = place.querySelector<HTMLElement>('[role=status]');
  const input = place.querySelector<HTMLInputElement>('input[type=file]');

  place
    .querySelector('[data-export]')
    ?.addEventListener('click', async () => download(await store.export(), words.file));
  place
    .querySelector('[data-export-aside]')
    ?.addEventListener('click', async () => download(await store.exportSetAside(), words.setAsideFile));
  input?.addEventListener('change', async () => {
    const file = input.files?.[0];
    if (file === undefined) return;
    const answers: ImportAnswer[] = [];
    for (const one of await recordsIn(file)) answers.push(await store.import(one));
    if (status) status.textContent = told(summed(answers), words);
    // The same file may be chosen again.
    input.value = '';
  });

  function show(): void {
    const { storage, setAside } = store.status();
    const memory = place.querySelector<HTMLElement>('.memory');
    const aside = place.querySelector<HTMLElement>('.aside');
    if (memory) memory.hidden = storage !== 'memory';
    if (aside) {
      aside.hidden = setAside === 0;
      const text = aside.querySelector('p');
      if (text) text.textContent = words.setAside.replace('{count}', String(setAside));
    }
  }
  store.subscribe(show);
  show();
}

/** Of several files: the first refusal, else what they brought together. */
function summed(answers: readonly ImportAnswer[]): ImportAnswer {
  let sum: Extract<ImportAnswer, { ok: true }> = { ok: true, added: 0, drafts: 0 };
  for (const answer of answers) {
    if (!answer.ok) return answer;
    sum = { ok: true, added: sum.added + answer.added, drafts: sum.drafts + answer.drafts };
  }
  return sum;
}

function told(answer: ImportAnswer, words: CopyWords): string {
  if (!answer.ok) return words.refused[answer.reason] ?? answer.detail;
  if (answer.added === 0 && answer.drafts === 0) return words.same;
  return words.imported.replace('{added}', String(answer.added)).replace('{drafts}', String(answer.drafts));
}
