/** Widths of the lesson, in parts of a hundred of the window. */
export const narrowest = 30;
export const widest = 75;
const step = 2;
const leap = 10;

/** Keeps a width between what both sides need. */
export function bounded(width: number): number {
  return Math.round(Math.min(widest, Math.max(narrowest, width)) * 10) / 10;
}

/** The width after a key on the handle; undefined for keys that are not the handle's. */
export function widthAfter(key: string, width: number): number | undefined {
  switch (key) {
    case 'ArrowLeft':
      return bounded(width - step);
    case 'ArrowRight':
      return bounded(width + step);
    case 'PageDown':
      return bounded(width - leap);
    case 'PageUp':
      return bounded(width + leap);
    case 'Home':
      return narrowest;
    case 'End':
      return widest;
    default:
      return undefined;
  }
}
