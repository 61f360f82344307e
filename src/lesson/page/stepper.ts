/** Shows a worked example one move at a time; what is not shown is still found by a search in the page, and printed. */
export function stepThrough(example: HTMLElement): void {
  const moves = [...example.querySelectorAll<HTMLElement>(':scope > .move')];
  const nav = example.querySelector<HTMLElement>(':scope > nav');
  const turn = example.querySelector<HTMLElement>('.turn');
  const all = example.querySelector<HTMLElement>('.all');
  const goes = [...example.querySelectorAll<HTMLElement>('.go')];
  if (moves.length < 2 || nav === null || turn === null || all === null) return;
  let shown = 0;
  let together = false;

  function draw(): void {
    for (const [index, move] of moves.entries()) {
      if (together || index === shown) move.removeAttribute('hidden');
      else move.setAttribute('hidden', 'until-found');
      if (!together && index === shown) goes[index]?.setAttribute('aria-current', 'step');
      else goes[index]?.removeAttribute('aria-current');
    }
    all?.setAttribute('aria-pressed', String(together));
    if (turn) turn.hidden = together;
    for (const button of turn?.querySelectorAll<HTMLElement>('button') ?? []) {
      const by = Number(button.dataset.turn);
      const label = goes[shown + by]?.textContent?.trim();
      button.hidden = label === undefined;
      button.textContent = `${(by < 0 ? example.dataset.previous : example.dataset.next) ?? ''}: ${label ?? ''}`;
    }
  }

  function go(index: number): void {
    if (moves[index] === undefined) return;
    shown = index;
    draw();
    const heading = moves[index].querySelector<HTMLElement>('h3');
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: 'nearest' });
  }

  for (const [index, button] of goes.entries()) button.addEventListener('click', () => go(index));
  for (const button of turn.querySelectorAll<HTMLElement>('button'))
    button.addEventListener('click', () => go(shown + Number(button.dataset.turn)));
  all.addEventListener('click', () => {
    together = !together;
    draw();
  });
  for (const [index, move] of moves.entries())
    move.addEventListener('beforematch', () => {
      shown = index;
      draw();
    });
  nav.hidden = false;
  draw();
}
