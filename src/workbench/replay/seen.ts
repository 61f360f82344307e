// What a check of the luck test looked at on one seed: a simulated day, or a production that began anew. Read only, thrown away afterwards.
import './style.css';
import { html, render } from 'lit-html';
import type { Seen } from '../../../sandbox/checks/luck.ts';
import type { Bench } from '../bench.ts';
import { inHome } from '../files.ts';
import type { Snapshot } from '../parts.ts';
import { openProductionView } from '../production/index.ts';
import { createPast } from './past.ts';
import { replaySpeaker } from './words.ts';

export function showSeen(bench: Bench, seed: string, seen: Seen<Snapshot>): void {
  const say = replaySpeaker(bench.language);
  const dialog = document.createElement('dialog');
  dialog.className = 'replay';
  const title = say('seenTitle', { n: seed });
  dialog.setAttribute('aria-label', title);
  const host = document.createElement('div');
  host.className = 'production-host';
  const snapshot = 'state' in seen ? seen.state : withDay(bench.desk.snapshot(), seed, seen.run);
  const past = createPast(bench, snapshot, { latest: () => snapshot, onOpen: () => {} });
  const view = openProductionView(host, past.bench);
  dialog.addEventListener('close', () => {
    view.close();
    past.close();
    dialog.remove();
  });
  render(
    html`<header><h2>${title}</h2><button type="button" class="tool small" @click=${() => dialog.close()}>${say('close')}</button></header>
      <p>${say('throwAway')}</p>
      <div class="view">${host}</div>`,
    dialog,
  );
  bench.place.append(dialog);
  dialog.showModal();
  view.refresh();
}

/** The desk with that day alone to be shown. */
function withDay(snapshot: Snapshot, seed: string, run: { readonly day: string }): Snapshot {
  const others = Object.entries(snapshot.files).filter(
    ([path]) => !path.startsWith('/srv/production/') && !path.endsWith('/run.json'),
  );
  const bytes = new TextEncoder().encode(JSON.stringify(run));
  const mtimeMs = snapshot.kernel.now;
  const folder = { type: 'directory', mode: 0o755, mtimeMs } as const;
  const file = { type: 'file', mode: 0o644, mtimeMs, bytes } as const;
  const [outer, inner] = [inHome(`seed-${seed}`), inHome(`seed-${seed}/${run.day}`)];
  // Folders stand before what is in them.
  const files = { ...Object.fromEntries(others), [outer]: folder, [inner]: folder, [`${inner}/run.json`]: file };
  return { ...snapshot, files };
}
