// `npm run bench`: times, measured in turns in one run, as medians. Nothing here fails: the machine decides the numbers.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBareSite } from './bare-site.mjs';
import { openBrowser, serve } from './site.mjs';

const ROUNDS = 7;
const lesson = 'es/days/01-one-turn-of-the-loop/';

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const ms = (value) => `${Math.round(value)} ms`;

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

/** From Enter to the last word of a line that is typed into the terminal of an open workbench: ms. */
async function measureLine(page, line, round) {
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.insertText(`clear; ${line}; echo end''${round}`);
  await page.waitForTimeout(300);
  const started = performance.now();
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    (word) =>
      [...document.querySelectorAll('.xterm-rows > div')].some(({ textContent }) => textContent?.trim() === word),
    `end${round}`,
    { timeout: 20_000 },
  );
  return performance.now() - started;
}

if (!existsSync(`dist/${lesson}index.html`)) spawnSync('astro', ['build', '--silent'], { stdio: 'inherit' });
const bare = await serve(buildBareSite(`dist/${lesson}index.html`));
const ours = await serve('dist');
const browser = await openBrowser();
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
  const echoes = [];
  const line = 'for i in $(seq 1000); do echo line $i; done | grep 7 | wc -l';
  for (let round = 0; round < ROUNDS; round++) echoes.push(await measureLine(page, line, round));
  console.log(`1,000 echoes through grep and wc, typed: ${ms(median(echoes))}`);
} finally {
  await browser.close();
  bare.close();
  ours.close();
}

const command = (...args) => {
  const started = performance.now();
  const { status } = spawnSync('node', ['sandbox/hosts/node/noventa.mjs', ...args], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`noventa ${args.join(' ')}: ${status}`);
  return performance.now() - started;
};
const time = (...args) => median(Array.from({ length: 5 }, () => command(...args)));
const inside = (folder, script) => time('run', 'none', '--files', folder, '--', script);
console.log(`noventa run none -- true: ${ms(inside('docs', 'true'))} (median of 5)`);
// All cores for minutes: once.
console.log(`noventa verify: ${ms(command('verify'))}`);

await import('./worker.mjs');
await import('./world.ts');
await import('./workflow.ts');

const desk = mkdtempSync(join(tmpdir(), 'noventa-bench-'));
try {
  const files = join(desk, 'files');
  mkdirSync(files);
  for (let n = 0; n < 500; n++) writeFileSync(join(files, `f${n}`), `${n}\n`.repeat(20));
  const commit = 'git init -q . && git add . && git -c user.name=a -c user.email=a@b commit -qm all';
  const made = inside(files, commit) - inside(files, 'git init -q .');
  console.log(`git add and commit of 500 files: ${ms(made)}`);

  const long = join(desk, 'long');
  const history = Array.from({ length: 2000 }, (_, n) => {
    const at = `a <a@b> ${1_772_442_000 + n} +0000`;
    return `commit refs/heads/main\ncommitter ${at}\ndata <<E\nCommit ${n}\nE\nM 644 inline f\ndata <<E\n${n}\nE\n`;
  }).join('\n');
  spawnSync('git', ['init', '-q', '-b', 'main', long]);
  spawnSync('git', ['fast-import', '--quiet'], { cwd: long, input: history });
  spawnSync('git', ['reset', '-q', '--hard'], { cwd: long });
  console.log(`git log of 2,000 commits: ${ms(inside(long, 'git log | wc -l') - inside(long, 'true'))}`);
} finally {
  rmSync(desk, { recursive: true });
}
