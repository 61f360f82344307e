import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** Debian's Chromium where there is one; else the one that Playwright downloaded. */
const chromium = [
  process.env.NOVENTA_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

const port = Number(process.env.NOVENTA_PORT ?? 4390);

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../node_modules/.cache/noventa/playwright',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // What passes only when tried again is counted and named in the closing lines: a fault to look into, of the test or of ours.
  retries: 2,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    launchOptions: {
      ...(chromium === undefined ? {} : { executablePath: chromium }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
    trace: 'off',
  },
  // The built site (`npm run build`).
  webServer: {
    command: `node tests/serve.mjs dist ${port}`,
    cwd: '..',
    url: `http://127.0.0.1:${port}/es/`,
    reuseExistingServer: false,
    timeout: 30_000,
  },
});
