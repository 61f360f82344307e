// The list of files.
import { html, nothing, type TemplateResult } from 'lit-html';
import { ref } from 'lit-html/directives/ref.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { type Bench, openFile, twinsOf } from '../bench.ts';
import { nameOf, type Row, rowsOf } from '../files.ts';
import { beginNew, beginRename, cancelNaming, finishNaming, remove } from '../filing.ts';
import type { Naming, State } from '../store.ts';
import { sign, signs } from './signs.ts';

export function drawTree(bench: Bench, state: State): TemplateResult {
  const { say } = bench;
  const all = rowsOf(state.files, state.closedFolders);
  const rows = all.slice(0, MOST_ROWS);
  const selected = rows.find(({ path }) => path === state.selected);
  const stop = selected ?? rows[0];
  const twins = twinsOf(bench);
  const tool = (path: string, label: string, action: () => unknown): TemplateResult =>
    html`<button type="button" class="quiet" aria-label=${label} title=${label} @click=${action}>${sign(path)}</button>`;
  return html`
    <div class="bar">
      <h3>${say('files')}</h3>
      ${tool(signs.newFile, say('newFile'), () => beginNew(bench, 'file'))}
      ${tool(signs.newFolder, say('newFolder'), () => beginNew(bench, 'folder'))}
      ${
        selected
          ? [
              tool(signs.pen, say('rename', { name: selected.name }), () => beginRename(bench, selected.path)),
              tool(signs.bin, say('remove', { name: selected.name }), () => remove(bench, selected.path)),
            ]
          : nothing
      }
    </div>
    ${state.naming ? drawNaming(bench, state.naming) : nothing}
    ${rows.length === 0 ? html`<p class="empty">${say('noFiles')}</p>` : nothing}
    <ul class="tree" role="tree" aria-label=${say('files')} ?hidden=${rows.length === 0} @keydown=${(event: KeyboardEvent) => moveBy(bench, rows, event)}>
      ${repeat(
        rows,
        ({ path }) => path,
        (row) =>
          drawRow(bench, row, {
            selected: row === selected,
            stop: row === stop,
            active: row.path === state.active,
            twin: twins.has(row.path),
          }),
      )}
    </ul>
    ${all.length > rows.length ? html`<p class="empty">${say('moreFiles', { n: all.length - rows.length })}</p>` : nothing}
  `;
}

/** A script can make thousands of files; drawing them all would hold the page. */
const MOST_ROWS = 500;

interface RowLook {
  readonly selected: boolean;
  /** Where Tab stops in the tree. */
  readonly stop: boolean;
  readonly active: boolean;
  /** It says in the other language what a file beside it says. */
  readonly twin: boolean;
}

function drawRow(bench: Bench, row: Row, { selected, stop, active, twin }: RowLook): TemplateResult {
  return html`<li
    role="treeitem"
    data-path=${row.path}
    aria-level=${row.level}
    aria-posinset=${row.position}
    aria-setsize=${row.siblings}
    aria-expanded=${row.expanded ?? nothing}
    aria-selected=${selected}
    ?data-active=${active}
    tabindex=${stop ? 0 : -1}
    style="--level: ${row.level}"
    @click=${() => use(bench, row)}
  >
    ${sign(row.kind === 'file' ? signs.file : row.expanded ? signs.open : signs.closed)}<span>${row.name}</span>${twin ? html` <small>${bench.say('otherTongue')}</small>` : nothing}
  </li>`;
}

function use(bench: Bench, { path, kind }: Row): void {
  if (kind === 'file') openFile(bench, path);
  else fold(bench, path, !bench.store.get().closedFolders.has(path));
}

function fold({ store }: Bench, path: string, closed: boolean): void {
  const folders = new Set(store.get().closedFolders);
  if (closed) folders.add(path);
  else folders.delete(path);
  store.set({ closedFolders: folders, selected: path });
}

/** The keys of a tree, as the ARIA patterns have them, with F2 and Delete. */
function moveBy(bench: Bench, rows: readonly Row[], event: KeyboardEvent): void {
  const tree = event.currentTarget as HTMLElement;
  const at = rows.findIndex(({ path }) => path === (event.target as HTMLElement).dataset.path);
  const row = rows[at];
  if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const go = (next: Row | undefined): void => {
    if (next === undefined) return;
    bench.store.set({ selected: next.path });
    tree.querySelector<HTMLElement>(`[data-path="${CSS.escape(next.path)}"]`)?.focus();
  };
  const parent = (): Row | undefined => rows.slice(0, at).findLast(({ level }) => level === row.level - 1);
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => go(rows[at + 1]),
    ArrowUp: () => go(rows[at - 1]),
    Home: () => go(rows[0]),
    End: () => go(rows.at(-1)),
    ArrowRight: () =>
      row.expanded === false ? fold(bench, row.path, false) : row.expanded ? go(rows[at + 1]) : undefined,
    ArrowLeft: () => (row.expanded ? fold(bench, row.path, true) : go(parent())),
    Enter: () => use(bench, row),
    ' ': () => use(bench, row),
    F2: () => beginRename(bench, row.path),
    Delete: () => {
      go(rows[at + 1] ?? rows[at - 1]);
      void remove(bench, row.path);
    },
  };
  const action = keys[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
}

function drawNaming(bench: Bench, naming: Naming): TemplateResult {
  const { say } = bench;
  const label =
    naming.what === 'rename'
      ? say('rename', { name: nameOf(naming.path) })
      : say(naming.what === 'file' ? 'newFile' : 'newFolder');
  const finish = (event: Event): void => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLElement).querySelector('input');
    void finishNaming(bench, naming, field?.value ?? '').then((taken) => {
      if (!taken) field?.focus();
    });
  };
  return html`<form
    class="naming"
    @submit=${finish}
    @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && cancelNaming(bench)}
  >
    <label for="wb-name">${label}</label>
    <input
      ${ref(focusOnce)}
      id="wb-name"
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
      placeholder=${say('nameOfNew')}
      aria-invalid=${naming.problem !== undefined}
      aria-describedby="wb-name-problem"
      .defaultValue=${naming.what === 'rename' ? nameOf(naming.path) : ''}
    />
    <p id="wb-name-problem" role="alert">${naming.problem ?? ''}</p>
  </form>`;
}

/** Called by lit when the field comes into the page. */
function focusOnce(field: Element | undefined): void {
  if (field instanceof HTMLInputElement) queueMicrotask(() => field.select());
}
