// What a certificate's file brings along, as texts: it is read where our style sheets are not.

import shaped from './certificate.css?raw';
import printed from './print.css?raw';

export const shape = shaped;
export const print = printed;

/** The colours and the type of the site (`styles/tokens.css`), for a reader whose system says light or dark. */
export const colours = `:root {
  color-scheme: light dark;
  --paper: light-dark(#faf7f1, #15191b);
  --raised: light-dark(#fffdf9, #1d2225);
  --ink: light-dark(#1d2325, #ece8df);
  --muted: light-dark(#565c5e, #aaadaa);
  --line: light-dark(#e0d9cb, #2d3437);
  --edge: light-dark(#87816f, #737c7f);
  --accent: light-dark(#00677a, #5cc8dc);
  --good: light-dark(#2b673c, #8ccf9b);
  --bad: light-dark(#9c3a2a, #f0a08f);
  --sans: "Atkinson Hyperlegible Next", system-ui, sans-serif;
}
body { margin: 0; padding: 1rem; background: var(--paper); }
@media print { :root { color-scheme: light; } body { padding: 0; background: none; } }`;
