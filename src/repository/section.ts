// Makes the course repository when it is asked for.
import { openStore } from '../course/store.ts';
import type { Progress } from '../progress/contract.ts';
import { download } from '../progress/download.ts';
import { type DayName, planOf } from './plan.ts';

/** Whose name was given last: on this device only. */
const IDENTITY = 'noventa-identity';

const section = document.querySelector<HTMLElement>('#repository');
const store = await openStore();
if (section !== null && store !== undefined) offer(section, store);

function offer(section: HTMLElement, store: Progress): void {
  const words: Readonly<Record<string, string>> = JSON.parse(section.dataset.words ?? '{}');
  const names: readonly DayName[] = JSON.parse(section.dataset.names ?? '[]');
  const status = section.querySelector<HTMLElement>('.state');
  const form = section.querySelector('form');
  const field = (name: string): HTMLInputElement | null => form?.querySelector(`[name=${name}]`) ?? null;

  for (const [name, value] of Object.entries(keptIdentity())) {
    const input = field(name);
    if (input) input.value = value;
  }

  function show(): void {
    const { commits, tags } = planOf(store.days(), names);
    const told = (commits.length === 0 ? words.none : words.commits) ?? '';
    if (status)
      status.textContent = told.replace('{commits}', String(commits.length)).replace('{days}', String(tags.size));
  }

  form?.addEventListener('submit', async (event) => {
    event.preventDefault();
    const wanted = event.submitter instanceof HTMLButtonElement ? event.submitter.value : 'zip';
    const person = { name: field('name')?.value ?? '', email: field('email')?.value ?? '' };
    keepIdentity(person);
    try {
      const { asBundle, asZip, buildRepository } = await import('./build.ts');
      const records = new Uint8Array(await (await store.export()).arrayBuffer());
      const repository = await buildRepository(planOf(store.days(), names), person, records, words.readme ?? '');
      if (wanted === 'bundle') download(new Blob([await asBundle(repository)]), 'noventa.bundle');
      else download(new Blob([await asZip(repository)], { type: 'application/zip' }), 'noventa.zip');
    } catch (error) {
      if (status) status.textContent = (words.broken ?? '').replace('{why}', String(error));
      console.error(error);
    }
  });
  store.subscribe(show);
  show();
}

function keptIdentity(): Readonly<Record<string, string>> {
  try {
    const { name, email } = JSON.parse(localStorage.getItem(IDENTITY) ?? '{}');
    return { name: String(name ?? ''), email: String(email ?? '') };
  } catch {
    return {};
  }
}

function keepIdentity(person: { readonly name: string; readonly email: string }): void {
  try {
    localStorage.setItem(IDENTITY, JSON.stringify(person));
  } catch {
    // Then it is asked for again.
  }
}
