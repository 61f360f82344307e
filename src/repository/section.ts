// Makes the course repository when it is asked for.
import { openStore } from '../course/store.ts';
import type { Progress } from '../progress/contract.ts';
import { download } from '../progress/download.ts';
import { type Contents, readFile } from '../progress/file.ts';
import { type DayName, planOf } from './plan.ts';

/** Where the API of each kind of host usually begins. */
const apis: Readonly<Record<string, string>> = {
  github: 'https://api.github.com',
  forgejo: 'https://codeberg.org/api/v1',
};

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
  const pushForm = section.querySelector<HTMLFormElement>('form.push');
  pushForm?.querySelector('select')?.addEventListener('change', ({ currentTarget }) => {
    const api = pushForm.querySelector<HTMLInputElement>('[name=api]');
    if (api) api.value = apis[(currentTarget as HTMLSelectElement).value] ?? '';
  });
  pushForm?.addEventListener('submit', async (event) => {
    event.preventDefault();
    const place = pushForm.querySelector('.pushed');
    const tell = (key: string, values: Readonly<Record<string, string | number>> = {}): void => {
      const text = (words[key] ?? '').replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
      if (place) place.textContent = text;
    };
    if (form?.reportValidity() === false) return;
    const given = Object.fromEntries([...new FormData(pushForm)].map(([name, value]) => [name, String(value)]));
    const { api = '', owner = '', name = '', token = '' } = given;
    const target = { kind: given.kind === 'forgejo' ? 'forgejo' : 'github', api, owner, name, token } as const;
    const person = { name: field('name')?.value ?? '', email: field('email')?.value ?? '' };
    keepIdentity(person);
    const [{ buildRepository }, { push }] = await Promise.all([import('./build.ts'), import('./push.ts')]);
    const { contents } = await all(store);
    const repository = await buildRepository(planOf(contents.records, names), person, words.readme ?? '');
    tell('pushing', { done: 0, of: repository.history.length });
    const answer = await push(repository, target, (done, of) => tell('pushing', { done, of }));
    if (answer.ok) tell('pushed', { commits: answer.commits });
    else tell(answer.reason, { why: answer.detail });
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
