// Makes the course repository when it is asked for.
import { openStore } from '../course/store.ts';
import type { Progress } from '../progress/contract.ts';
import { download } from '../progress/download.ts';
import { type Contents, readFile } from '../progress/file.ts';
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

  async function show(): Promise<void> {
    const { commits, tags } = planOf((await all(store)).contents.records, names);
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
      const { contents, bytes } = await all(store);
      const repository = await buildRepository(planOf(contents.records, names), person, words.readme ?? '', bytes);
      if (wanted === 'bundle') download(new Blob([await asBundle(repository)]), 'noventa.bundle');
      else download(new Blob([await asZip(repository)], { type: 'application/zip' }), 'noventa.zip');
    } catch (error) {
      if (status) status.textContent = (words.broken ?? '').replace('{why}', String(error));
      console.error(error);
    }
  });
  store.subscribe(() => void show());
  void show();
}

/** Everything that is known of this person: as data, and as the file that an import takes. */
async function all(store: Progress): Promise<{ readonly contents: Contents; readonly bytes: Uint8Array }> {
  const blob = await store.export();
  const contents = readFile(await blob.text());
  if ('ok' in contents) throw new Error(contents.detail);
  return { contents, bytes: new Uint8Array(await blob.arrayBuffer()) };
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
