// `npm test`: every suite, one after another, and a closing line with the sum over all of them.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const reports = mkdtempSync(join(tmpdir(), 'noventa-tests-'));
const port = await freePort();

/** Runs a program with its output shown. @returns whether it ended with 0, and what it wrote to its standard output. */
function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on('error', (error) => resolve({ ok: false, output: String(error) }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * What a report on disk says: numbers of tests `passed` and `failed`, and by name those that failed (`red`) and those that
 * passed only when tried again (`flaky`). A suite that broke before it could write a report counts as one failure.
 */
function countsOf({ ok }, file, read) {
  try {
    const counts = read(JSON.parse(readFileSync(file, 'utf8')));
    return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** Playwright's suites hold suites. */
const specsOf = ({ specs, suites = [] }) => [...specs, ...suites.flatMap(specsOf)];

const suites = {
  async 'types, lint, arrows, dead code'() {
    const { output } = await run('node', ['tests/check.mjs']);
    const [, passed, failed] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [0, 0, 1];
    return { passed: Number(passed), failed: Number(failed) };
  },
  async 'unit tests, contents, hosts'() {
    const file = join(reports, 'vitest.json');
    const result = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]);
    return countsOf(result, file, ({ testResults, numPassedTests, numFailedTests }) => {
      const named = (wanted) =>
        testResults.flatMap(({ name, assertionResults }) =>
          assertionResults.filter(wanted).map(({ fullName }) => `${relative('.', name)} › ${fullName}`),
        );
      return {
        passed: numPassedTests,
        failed: numFailedTests,
        red: named(({ status }) => status === 'failed'),
        // An error from an earlier try.
        flaky: named(({ status, failureMessages }) => status === 'passed' && failureMessages.length > 0),
      };
    });
  },
  async 'the matrix of every day'() {
    const { ok, output } = await run('node', ['sandbox/hosts/node/noventa.mjs', 'verify']);
    const rows = output.match(/^d\d\d(?:-i\d+)? +(start|solution|alternative|wrong).*$/gm) ?? [];
    const red = rows.filter((row) => row.includes('✗'));
    return { passed: rows.length - red.length, failed: ok ? 0 : Math.max(1, red.length), red };
  },
  async 'the site is built'() {
    const { ok } = await run('astro', ['build', '--silent']);
    return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
  },
  async 'in the browser'() {
    const file = join(reports, 'playwright.json');
    const env = { NOVENTA_PORT: String(port), PLAYWRIGHT_JSON_OUTPUT_FILE: file };
    const result = await run(
      'playwright',
      ['test', '--config', 'tests/playwright.config.ts', '--reporter=list,json'],
      env,
    );
    return countsOf(result, file, ({ stats, suites }) => {
      const specs = suites.flatMap(specsOf);
      const named = (wanted) =>
        specs
          .filter(({ tests }) => tests.some(({ status }) => status === wanted))
          .map(({ file, line, title }) => `${file}:${line} › ${title}`);
      return {
        passed: stats.expected + stats.flaky,
        failed: stats.unexpected,
        red: named('unexpected'),
        flaky: named('flaky'),
      };
    });
  },
};

const sum = { passed: 0, failed: 0 };
const lines = [];
for (const [name, suite] of Object.entries(suites)) {
  console.log(`\n── ${name} ──`);
  const started = performance.now();
  const { passed, failed, red = [], flaky = [] } = await suite();
  sum.passed += passed;
  sum.failed += failed;
  lines.push(
    `${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed (${((performance.now() - started) / 1000).toFixed(0)} s)`,
    ...red.map((one) => `    failed: ${one}`),
    ...flaky.map((one) => `    passed only when tried again: ${one}`),
  );
}
rmSync(reports, { recursive: true });
console.log(`\n${lines.join('\n')}\n\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 ? 0 : 1;
