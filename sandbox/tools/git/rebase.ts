import type { Work } from './work.ts';
export async function rebaseOnto(
  _work: Work,
  _o: { onto: string; upstream: string; reflog: string; quiet: boolean },
): Promise<number> {
  return 1;
}
