// Workflow files are looked over while they are written: what is wrong stands below the editor, and is underlined in it.
import type { Desk } from './desk.ts';
import { contentOf } from './files.ts';
import type { Problem, Snapshot } from './parts.ts';
import type { Surface } from './surface.ts';

export interface Problems {
  readonly path: string;
  readonly list: readonly Problem[];
}

/** From the last change of a file until it is looked over: ms. */
const pause = 400;
/** Until it is asked again when no answer came: ms. */
const again = 1000;

const isWorkflow = (path: string): boolean => /\/\.github\/workflows\/[^/]+\.ya?ml$/.test(path);

/** @returns what is to be called with the file that the editor shows, after anything has changed. */
export function createLinting(
  desk: Desk,
  surface: Pick<Surface, 'mark'>,
  onFound: (problems: Problems | undefined) => void,
): (files: Snapshot['files'], path: string | undefined) => void {
  let seen: { readonly path: string; readonly text: string } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(path: string, text: string): Promise<void> {
    const answer = await desk.call('lint', { path, text }).catch(() => undefined);
    if (seen?.path !== path || seen.text !== text) return;
    if (answer === undefined) {
      // The engine ended under the question: the next one is asked again, for nothing else asks while the text stays as it is.
      timer = setTimeout(() => void look(path, text), again);
      return;
    }
    surface.mark(path, answer.problems);
    onFound({ path, list: answer.problems });
  }

  return (files, path) => {
    const content = path !== undefined && isWorkflow(path) ? contentOf(files, path) : undefined;
    if (path === undefined || content?.kind !== 'text') {
      if (seen === undefined) return;
      clearTimeout(timer);
      seen = undefined;
      onFound(undefined);
      return;
    }
    const { text } = content;
    if (seen?.path === path && seen.text === text) return;
    const isOther = seen?.path !== path;
    seen = { path, text };
    clearTimeout(timer);
    timer = setTimeout(() => void look(path, text), isOther ? 0 : pause);
  };
}
