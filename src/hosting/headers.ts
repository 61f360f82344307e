// What a host should say with the files: for those that can be told by a `_headers` file. docs/hosting/ says the same to nginx and Caddy.

interface Rule {
  /** A path of the site, `*` for the rest of it. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Names that change with the content: kept for a year. Everything else is asked for again, and answered 304. */
const forEver = { 'Cache-Control': 'public, max-age=31536000, immutable' };
const askAgain = { 'Cache-Control': 'public, max-age=0, must-revalidate' };

const rules: readonly Rule[] = [
  {
    path: '*',
    headers: {
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      // What a `meta` element cannot say.
      'Content-Security-Policy': "frame-ancestors 'none'",
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Permissions-Policy':
        'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()',
      ...askAgain,
    },
  },
  // What a container needs, beside the opener policy of all pages; their frames and files must then agree to be loaded.
  ...['es', 'en'].map((language) => ({
    path: `${language}/real-node/*`,
    headers: { 'Cross-Origin-Embedder-Policy': 'require-corp' },
  })),
  { path: '_astro/*', headers: forEver },
  { path: 'sandbox/*', headers: forEver },
  { path: 'sandbox/manifest.json', headers: askAgain },
];

/** The text of `_headers`. Of two rules for a file the later one wins where both name a header: `!` takes the earlier one away. */
export function headersFile(base: string): string {
  const root = base.endsWith('/') ? base : `${base}/`;
  return rules
    .map(({ path, headers }, index) => {
      const earlier = rules.slice(0, index).filter((rule) => path.startsWith(rule.path.replace('*', '')));
      const lines = Object.entries(headers).flatMap(([name, value]) => [
        ...(earlier.some((rule) => name in rule.headers) ? [`  ! ${name}`] : []),
        `  ${name}: ${value}`,
      ]);
      return [`${root}${path}`, ...lines].join('\n');
    })
    .join('\n\n')
    .concat('\n');
}
