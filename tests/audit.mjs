// `npm run audit [ADDRESS…]`: Lighthouse on pages of the built site, as a phone sees them, sent as a host sends them (gzip). It is too large
// to come with the course: npx brings it when it is wanted. Performance depends on what else this machine does.
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const LIGHTHOUSE = 'lighthouse@13.5.0';
const PORT = 4396;

/** Scores are of 100. `is-on-https` is of the address here, not of the site. */
const bars = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 };

const words = process.argv.slice(2);
const addresses =
  words.length > 0
    ? words
    : ['es', 'en'].flatMap((language) =>
        ['', 'days/', 'days/02-first-change-in-git/'].map((page) => `/${language}/${page}`),
      );

const chromium = [process.env.NOVENTA_CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));

async function audit(address) {
  const { stdout } = await promisify(execFile)(
    'npx',
    [
      '--yes',
      LIGHTHOUSE,
      `http://127.0.0.1:${PORT}${address}`,
      '--quiet',
      '--output=json',
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
    ],
    { maxBuffer: 1e9, env: { ...process.env, ...(chromium ? { CHROME_PATH: chromium } : {}) } },
  );
  return JSON.parse(stdout);
}

const server = spawn('node', ['tests/serve.mjs', process.env.NOVENTA_DIST ?? 'dist', String(PORT), 'gzip'], {
  stdio: 'inherit',
});
await wait(1000);
try {
  for (const address of addresses) {
    const { categories, audits } = await audit(address);
    const scores = Object.entries(bars).map(([name, bar]) => {
      const score = Math.round((categories[name].score ?? 0) * 100);
      if (score < bar) process.exitCode = 1;
      return `${name} ${score}${score < bar ? ` (below ${bar})` : ''}`;
    });
    const times = [
      'first-contentful-paint',
      'largest-contentful-paint',
      'total-blocking-time',
      'cumulative-layout-shift',
      'speed-index',
    ];
    console.log(`${address}\n  ${scores.join(', ')}`);
    console.log(`  ${times.map((name) => `${audits[name].title} ${audits[name].displayValue}`).join(', ')}`);
    const lost = Object.keys(bars)
      .flatMap((name) => categories[name].auditRefs)
      .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9);
    for (const { id } of lost) {
      const items = audits[id].details?.items ?? [];
      console.log(`  ✗ ${id}: ${audits[id].title} ${JSON.stringify(items.slice(0, 3)).slice(0, 600)}`);
    }
  }
} finally {
  server.kill();
}
