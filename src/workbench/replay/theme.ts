// The colours of a terminal that shows what is over.
import type { ITheme } from '@xterm/xterm';
import { paletteOf } from '../colours.ts';

export function themeOf(place: HTMLElement): ITheme {
  const { colour } = paletteOf(place);
  return {
    background: colour('sunken'),
    foreground: colour('ink'),
    cursor: colour('sunken'),
    green: colour('good'),
    blue: colour('accent'),
    red: colour('bad'),
  };
}
