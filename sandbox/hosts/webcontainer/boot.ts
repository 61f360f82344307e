// Asks for the one container that a page can have.
import type { Container } from './client.ts';

/** Why there is none. */
export type NoContainer = 'notIsolated' | 'noAnswer' | 'refused';

export type Booted =
  | { readonly ok: true; readonly container: Container }
  | { readonly ok: false; readonly why: NoContainer; readonly detail: string };

export interface BootOptions {
  /** `crossOriginIsolated` of the page: without the two headers no container starts. */
  readonly isIsolated: boolean;
  /** The library's `WebContainer.boot`, loaded when it is wanted. */
  readonly boot: () => Promise<Container>;
  /** How long it may take: without a network it never answers. Ms. */
  readonly limit?: number;
}

const LIMIT = 10_000;

/** Set once a boot had no answer in time: the library then waits for it for ever, so that another one is of no use in this page. */
let isLost = false;

/** Never rejects. A container that comes after the limit is taken down. */
export async function bootContainer({ isIsolated, boot, limit = LIMIT }: BootOptions): Promise<Booted> {
  if (!isIsolated) return { ok: false, why: 'notIsolated', detail: 'crossOriginIsolated is false' };
  if (isLost) return { ok: false, why: 'noAnswer', detail: 'an earlier boot had no answer' };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), limit);
  });
  const coming = boot();
  try {
    const first = await Promise.race([coming, late]);
    if (first !== 'late') return { ok: true, container: first };
    isLost = true;
    coming.then(
      (container) => container.teardown(),
      () => {},
    );
    return { ok: false, why: 'noAnswer', detail: `no answer in ${limit} ms` };
  } catch (error) {
    return { ok: false, why: 'refused', detail: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
