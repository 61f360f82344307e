import type { Progress } from '../progress/contract.ts';

let opened: Promise<Progress | undefined> | undefined;

/** The learner's progress, loaded on first use; undefined when it cannot be opened here. */
export function openStore(): Promise<Progress | undefined> {
  opened ??= (async () => {
    try {
      return await (await import('../progress/index.ts')).openProgress();
    } catch (error) {
      console.error(error);
      return undefined;
    }
  })();
  return opened;
}
