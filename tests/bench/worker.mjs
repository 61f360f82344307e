// `node tests/bench/worker.mjs [FOLDER]`, and a part of `npm run bench`: the engine's work in Chromium's real worker, on the built
// site of FOLDER (dist). Best and median of several rounds: the best is what the machine can do when it does nothing else.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { rawText } from '../../sandbox/hosts/build/bundle.ts';
import { openBrowser, serve } from './site.mjs';
import { workflowFiles } from './workflow-files.ts';

const ROUNDS = 7;
const ms = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;

function tell(name, bar, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  console.log(`${name} (bar ${bar}): best ${ms(sorted[0])}, median ${ms(median)}, first ${ms(times[0])}`);
}

async function scriptOf(entry) {
  const { outputFiles } = await build({
    entryPoints: [`tests/bench/${entry}`],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2023',
    plugins: [rawText],
  });
  return outputFiles[0].text;
}

/** Files of a folder as base64. */
function filesOf(folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path)).toString('base64')]));
}

/** A repository of real git with so many commits on a branch. */
function longHistory(commits) {
  const folder = mkdtempSync(join(tmpdir(), 'noventa-bench-'));
  const history = Array.from({ length: commits }, (_, n) => {
    const at = `a <a@b> ${1_772_442_000 + n} +0000`;
    return `commit refs/heads/main\ncommitter ${at}\ndata <<E\nCommit ${n}\nE\nM 644 inline f\ndata <<E\n${n}\nE\n`;
  }).join('\n');
  spawnSync('git', ['init', '-q', '-b', 'main', folder]);
  spawnSync('git', ['fast-import', '--quiet'], { cwd: folder, input: history });
  spawnSync('git', ['reset', '-q', '--hard'], { cwd: folder });
  const files = filesOf(folder);
  rmSync(folder, { recursive: true });
  return files;
}

/** What the system tells of a process's memory; nothing of one that is gone, or where there is no /proc. */
function smapsOf(id) {
  try {
    return readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
  } catch {
    return '';
  }
}

/** Memory that is the pages' alone, their frames' processes among them: MB. */
async function memoryOf(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const kilobytes = processInfo
    .filter(({ type }) => type === 'renderer')
    .flatMap(({ id }) => [...smapsOf(id).matchAll(/^Private_\w+: +(\d+) kB$/gm)])
    .map(([, kB]) => Number(kB));
  return kilobytes.reduce((sum, kB) => sum + kB, 0) / 1000;
}

const site = await serve(process.argv[2] ?? 'dist');
const browser = await openBrowser();
try {
  const inPage = await scriptOf('in-page.ts');
  const context = await browser.newContext({ bypassCSP: true });
  const open = async () => {
    const page = await context.newPage();
    await page.goto(`${site.address}es/about/`);
    await page.addScriptTag({ content: inPage });
    return page;
  };
  const page = await open();
  const call = (on, name, ...args) => on.evaluate(([name, args]) => globalThis.bench[name](...args), [name, args]);

  for (const [name, day] of [
    ['day 1', 'd01'],
    ['day 5', 'd05'],
    ['day 8', 'd08'],
  ]) {
    const times = [];
    for (let round = 0; round <= ROUNDS; round++) times.push(await call(page, 'firstAnswer', day));
    tell(`first answer of the engine, ${name}, files in the cache`, '500 ms', times.slice(1));
  }

  const echoes = 'for i in $(seq 1000); do echo line $i; done | grep 7 | wc -l';
  tell('1,000 echoes through grep and wc', '150 ms', await call(page, 'scripts', echoes, ROUNDS));

  const nodes = 'for i in 1 2 3 4 5 6 7 8 9 10; do node -e 1; done';
  tell(
    'start of node, of ten',
    '30 ms',
    (await call(page, 'scripts', nodes, ROUNDS)).map((time) => time / 10),
  );

  const files = Object.fromEntries(
    Array.from({ length: 500 }, (_, n) => [`f${n}`, Buffer.from(`${n}\n`.repeat(20)).toString('base64')]),
  );
  const commit = 'git add . && git -c user.name=a -c user.email=a@b commit -qm all';
  const fresh = { before: 'rm -rf .git; git init -q .', files };
  tell('git add and commit of 500 files', '1 s', await call(page, 'scripts', commit, 5, fresh));

  const long = { files: longHistory(2000) };
  tell('git log of 2,000 commits', '1 s', await call(page, 'scripts', 'git log | wc -l', 5, long));

  const project = Object.fromEntries(
    Object.entries(workflowFiles).map(([path, text]) => [path, Buffer.from(text).toString('base64')]),
  );
  tell('workflow of three jobs', '1 s', await call(page, 'workflows', '.github/workflows/ci.yml', ROUNDS, project));
  await page.close();

  const alone = await open();
  await call(alone, 'scripts', 'true', 1);
  const before = await memoryOf(browser);
  const one = call(alone, 'friday', 1);
  let most = 0;
  for (let done = false; !done; ) {
    done = await Promise.race([one.then(() => true), new Promise((go) => setTimeout(go, 25, false))]);
    most = Math.max(most, (await memoryOf(browser)) - before);
  }
  console.log(
    `memory of Friday alone, over a page with an engine that was closed (bar 300 MB): ${Math.round(most)} MB`,
  );
  const days = [];
  for (let seed = 2; seed < 7; seed++) days.push(...(await call(alone, 'friday', seed)));
  tell('Friday to its end, watched, in a fresh engine', '2 s', days);

  const answers = [];
  const quantile = await scriptOf('promql-worker.ts');
  for (let round = 0; round < 3; round++) answers.push(await call(alone, 'inWorker', quantile));
  for (const [index, { expression }] of answers[0].entries()) {
    const first = Math.min(...answers.map((one) => one[index].first));
    const best = Math.min(...answers.map((one) => one[index].best));
    console.log(`10,000 series × 24 h, ${expression} (bar 200 ms): first ${ms(first)} at best, later ${ms(best)}`);
  }
} finally {
  await browser.close();
  site.close();
}
