// Which editor this device gets.
import { createPlainSurface } from './plain.ts';
import type { Label, Surface } from './surface.ts';

/** Monaco, or the plain text area on small screens, under fingers, and where Monaco does not come up. */
export async function openSurface(container: HTMLElement, label: Label): Promise<Surface> {
  if (matchMedia('(pointer: coarse), (max-width: 49.99rem)').matches) return createPlainSurface(container, label);
  try {
    const { createMonacoSurface } = await import('./monaco/index.ts');
    return createMonacoSurface(container, label);
  } catch (error) {
    console.error(error);
    container.replaceChildren();
    return createPlainSurface(container, label);
  }
}
