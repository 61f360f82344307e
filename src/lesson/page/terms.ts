/** A pointer rests on a word before its card comes, and may cross the gap to it: ms. */
const rest = 150;
const cross = 250;

/** One card for all words of the page: it shows on hover, focus and tap, stays under the pointer, and goes with Escape. */
export function explainTerms(): void {
  const terms = [...document.querySelectorAll<HTMLAnchorElement>('a.term')];
  if (terms.length === 0) return;
  const card = document.createElement('div');
  card.className = 'term-card';
  card.id = 'term-card';
  card.hidden = true;
  (document.querySelector('main') ?? document.body).append(card);
  let shown: HTMLAnchorElement | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tapped = false;

  function show(term: HTMLAnchorElement): void {
    clearTimeout(timer);
    if (shown === term) return;
    hide();
    shown = term;
    const name = document.createElement('strong');
    name.textContent = term.dataset.term ?? '';
    const pair = document.createElement('span');
    pair.lang = term.dataset.pairLang ?? '';
    pair.textContent = term.dataset.pair ?? '';
    const head = document.createElement('p');
    head.append(name, ' · ', pair);
    const meaning = document.createElement('p');
    meaning.textContent = term.getAttribute('aria-description');
    const more = document.createElement('a');
    more.href = term.href;
    more.textContent = term.dataset.more ?? '';
    // Under the keyboard the word itself is the way there.
    more.tabIndex = -1;
    card.replaceChildren(head, meaning, more);
    card.hidden = false;
    term.setAttribute('aria-expanded', 'true');
    place(card, term);
  }

  function hide(): void {
    clearTimeout(timer);
    shown?.removeAttribute('aria-expanded');
    shown = undefined;
    card.hidden = true;
  }

  function soon(action: () => void, wait: number): void {
    clearTimeout(timer);
    timer = setTimeout(action, wait);
  }

  for (const term of terms) {
    // Said by a screen reader with the link, and no second card of the browser's own.
    term.setAttribute('aria-description', term.title);
    term.removeAttribute('title');
    term.addEventListener('pointerenter', (event) => {
      if (event.pointerType === 'mouse') soon(() => show(term), rest);
    });
    term.addEventListener('pointerleave', (event) => {
      if (event.pointerType === 'mouse') soon(hide, cross);
    });
    term.addEventListener('pointerdown', (event) => {
      tapped = event.pointerType !== 'mouse';
    });
    term.addEventListener('focus', () => {
      if (!tapped && term.matches(':focus-visible')) show(term);
    });
    term.addEventListener('blur', () => soon(hide, cross));
    term.addEventListener('click', (event) => {
      if (!tapped) return;
      // The first tap explains; the card has the way to the glossary.
      event.preventDefault();
      tapped = false;
      if (shown === term) hide();
      else show(term);
    });
  }
  card.addEventListener('pointerenter', () => clearTimeout(timer));
  card.addEventListener('pointerleave', () => soon(hide, cross));
  card.addEventListener('pointerdown', () => queueMicrotask(() => clearTimeout(timer)));
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hide();
  });
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Element && target.closest('.term, .term-card') === null) hide();
  });
}

/** Below the word, or above where there is no room; never beyond the page's edge. */
function place(card: HTMLElement, term: HTMLElement): void {
  const [box] = term.getClientRects();
  if (box === undefined) return;
  const width = Math.min(320, document.documentElement.clientWidth - 16);
  card.style.width = `${width}px`;
  const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8));
  const below = box.bottom + 6;
  const top = below + card.offsetHeight > innerHeight ? Math.max(8, box.top - card.offsetHeight - 6) : below;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${top + scrollY}px`;
}
