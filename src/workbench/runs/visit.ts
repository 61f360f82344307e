import { type Bench, openFile } from '../bench.ts';

/** Opens a file of the desk in the editor, at a line. */
export function visitFile(bench: Bench, path: string, line?: number): void {
  bench.store.set({ tall: false });
  openFile(bench, path);
  bench.goTo('editor');
  if (line !== undefined) bench.goToLine(line);
}
