// `npm run bench`: times, measured in turns in one run, as medians. Nothing here fails: the machine decides the numbers.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { chromium } from '@playwright/test';
import { buildBareSite } from './bare-site.mjs';

const ROUNDS = 7;
const lesson = 'es/days/01-one-turn-of-the-loop/';

const browserPath = [process.env.NOVENTA_CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const ms = (value) => `${Math.round(value)} ms`;

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function serve(folder) {
  const port = await freePort();
  const child = spawn('node', ['tests/serve.mjs', folder, String(port)], { stdio: 'ignore' });
  const address = `http://127.0.0.1:${port}/`;
  for (let waited = 0; waited < 20_000; waited += 100) {
    const answers = await fetch(`${address}es/`).then(
      () => true,
      () => false,
    );
    if (answers) return { address, close: () => child.kill() };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing answers on ${address}`);
}

/** LCP and total blocking time of a page, as a first visit with the CPU slowed 4 times: ms. */
async function measurePage(browser, url) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(() => {
    globalThis.seen = { lcp: 0, tbt: 0 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.seen.lcp = entry.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.seen.tbt += Math.max(0, entry.duration - 50);
    }).observe({ type: 'longtask', buffered: true });
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.waitForTimeout(1000);
  const seen = await page.evaluate(() => globalThis.seen);
  await context.close();
  return seen;
}

/** From the click on "open the workbench" to the first prompt of the terminal, files of the site in the cache: ms. @param hover ms that a pointer is over the button before. */
async function measureWorkbench(page, url, hover = 0) {
  await page.goto(url, { waitUntil: 'networkidle' });
  return page.evaluate(async (hover) => {
    const button = document.querySelector('[data-open-workbench]');
    if (hover > 0) {
      button.dispatchEvent(new PointerEvent('pointerenter', { pointerType: 'mouse' }));
      await new Promise((resolve) => setTimeout(resolve, hover));
    }
    const started = performance.now();
    button.click();
    while (!document.querySelector('.xterm-rows')?.textContent?.includes('$'))
      await new Promise((resolve) => setTimeout(resolve, 5));
    return performance.now() - started;
  }, hover);
}

if (!existsSync(`dist/${lesson}index.html`)) spawnSync('astro', ['build', '--silent'], { stdio: 'inherit' });
const bare = await serve(buildBareSite(`dist/${lesson}index.html`));
const ours = await serve('dist');
const browser = await chromium.launch({ ...(browserPath && { executablePath: browserPath }), args: flags });
try {
  const pages = { 'bare Starlight page': `${bare.address}es/lesson/`, 'lesson page': ours.address + lesson };
  const seen = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
  for (const url of Object.values(pages)) await measurePage(browser, url);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, url] of Object.entries(pages)) seen[name].push(await measurePage(browser, url));
  }
  console.log(`CPU slowed 4 times, median of ${ROUNDS} first visits in turns`);
  for (const [name, results] of Object.entries(seen)) {
    console.log(
      `  ${name}: LCP ${ms(median(results.map(({ lcp }) => lcp)))}, TBT ${ms(median(results.map(({ tbt }) => tbt)))}`,
    );
  }

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const opened = [];
  for (let round = 0; round <= ROUNDS; round++) opened.push(await measureWorkbench(page, pages['lesson page']));
  console.log(
    `click on the workbench to the first prompt: ${ms(opened[0])} at the first time, then ${ms(median(opened.slice(1)))} (median of ${ROUNDS})`,
  );
  const hovered = [];
  for (let round = 0; round < ROUNDS; round++) hovered.push(await measureWorkbench(page, pages['lesson page'], 150));
  console.log(`  with a pointer over the button for 150 ms before: ${ms(median(hovered))}`);
} finally {
  await browser.close();
  bare.close();
  ours.close();
}

const command = (...args) => {
  const started = performance.now();
  spawnSync('node', ['sandbox/hosts/node/noventa.mjs', ...args], { stdio: 'ignore' });
  return performance.now() - started;
};
command('run', 'none', '--', 'true');
const times = (...args) => ms(median(Array.from({ length: 5 }, () => command(...args))));
console.log(`noventa run none -- true: ${times('run', 'none', '--files', 'docs', '--', 'true')} (median of 5)`);
console.log(`noventa verify: ${times('verify')} (median of 5)`);
