/** The part of Pagefind's browser interface that is used here. */
interface Pagefind {
  options(options: { readonly excerptLength: number }): Promise<void>;
  init(): Promise<void>;
  /** Null when a later search overtook this one. */
  debouncedSearch(term: string): Promise<{ readonly results: readonly { data(): Promise<Found> }[] } | null>;
}

interface Found {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: { readonly title: string };
}

const shown = 8;

/** The search of a page's language. Its index is loaded when the dialog opens. */
class Search extends HTMLElement {
  #index: Promise<Pagefind> | undefined;

  connectedCallback(): void {
    const [open, dialog, input] = [
      this.#part('.open'),
      this.#part<HTMLDialogElement>('dialog'),
      this.#part<HTMLInputElement>('input'),
    ];
    const show = (): void => {
      dialog.showModal();
      input.select();
      this.#load().catch(() => this.#tell(this.dataset.broken ?? ''));
    };
    open.addEventListener('click', show);
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'k' || !(event.ctrlKey || event.metaKey) || dialog.open) return;
      event.preventDefault();
      show();
    });
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close();
    });
    input.addEventListener('input', () => void this.#search(input.value));
    // Enter must not close the dialog as its form would; Escape must, and not only empty the field.
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') event.preventDefault();
      if (event.key === 'Escape') dialog.close();
    });
  }

  #part<E extends HTMLElement = HTMLElement>(selector: string): E {
    const found = this.querySelector<E>(selector);
    if (found === null) throw new Error(`the search has no ${selector}`);
    return found;
  }

  #load(): Promise<Pagefind> {
    this.#index ??= import(/* @vite-ignore */ `${this.dataset.index}pagefind.js`).then(async (pagefind: Pagefind) => {
      await pagefind.options({ excerptLength: 18 });
      await pagefind.init();
      return pagefind;
    });
    return this.#index;
  }

  async #search(term: string): Promise<void> {
    if (term.trim() === '') return this.#show([], '');
    try {
      const answer = await (await this.#load()).debouncedSearch(term);
      if (answer === null) return;
      const found = await Promise.all(answer.results.slice(0, shown).map((result) => result.data()));
      const { none = '', some = '' } = this.dataset;
      this.#show(found, found.length === 0 ? none : some.replace('{count}', String(answer.results.length)));
    } catch {
      this.#tell(this.dataset.broken ?? '');
    }
  }

  #show(found: readonly Found[], message: string): void {
    this.#tell(message);
    this.#part('ol').replaceChildren(
      ...found.map(({ url, excerpt, meta }) => {
        const [item, link, text] = [
          document.createElement('li'),
          document.createElement('a'),
          document.createElement('p'),
        ];
        link.href = url;
        link.textContent = meta.title;
        // Pagefind escapes the page's text and adds only <mark>.
        text.innerHTML = excerpt;
        item.append(link, text);
        return item;
      }),
    );
  }

  #tell(message: string): void {
    this.#part('[role=status]').textContent = message;
  }
}

customElements.define('noventa-search', Search);
