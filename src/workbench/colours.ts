// The site's colours for Monaco and xterm, which want them as numbers.

/** The tokens of src/styles/tokens.css that are used here. */
export type Token =
  | 'paper'
  | 'raised'
  | 'sunken'
  | 'ink'
  | 'muted'
  | 'line'
  | 'edge'
  | 'accent'
  | 'accent-soft'
  | 'good'
  | 'bad';

export interface Palette {
  readonly dark: boolean;
  /** `#rrggbb` */
  colour(token: Token): string;
}

/** The colours in force inside an element. */
export function paletteOf(element: HTMLElement): Palette {
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.className = 'colour-probe';
  element.append(probe);
  const hex = (value: string): string => {
    probe.style.color = value;
    const channels = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
    return `#${channels
      .slice(0, 3)
      .map((channel) => Math.round(Number(channel)).toString(16).padStart(2, '0'))
      .join('')}`;
  };
  const tokens: readonly Token[] = [
    'paper',
    'raised',
    'sunken',
    'ink',
    'muted',
    'line',
    'edge',
    'accent',
    'accent-soft',
    'good',
    'bad',
  ];
  const colours = new Map(tokens.map((token) => [token, hex(`var(--${token})`)]));
  probe.remove();
  const colour = (token: Token): string => colours.get(token) ?? '#000000';
  return { dark: lightness(colour('paper')) < 0.5, colour };
}

/** Calls when the reader changes the theme, or the system does or brings its own colours; the returned function ends it. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const system = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) => matchMedia(query));
  for (const one of system) one.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    for (const one of system) one.removeEventListener('change', listener);
  };
}

function lightness(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
