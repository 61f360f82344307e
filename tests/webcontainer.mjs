// `npm run test:webcontainer`: the host contract in Chromium, in StackBlitz's own container. Where that cannot be reached it says so and
// ends with 0: nothing was tried, and nothing failed.
import { spawn } from 'node:child_process';

const address = 'https://stackblitz.com/headless';
try {
  const { status } = await fetch(address, { signal: AbortSignal.timeout(5000) });
  if (status >= 500) throw new Error(`HTTP ${status}`);
} catch (error) {
  console.log(`skipped: ${address} cannot be reached from here (${error.cause?.code ?? error.message}).`);
  console.log('The contract was not tried in a real WebContainer.');
  process.exit(0);
}
const child = spawn(
  'playwright',
  ['test', '--config', 'tests/playwright.config.ts', 'container.spec', '--reporter=list'],
  {
    stdio: 'inherit',
    env: { ...process.env, NOVENTA_REAL_CONTAINER: '1' },
  },
);
child.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
child.on('close', (code) => {
  process.exitCode = code ?? 1;
});
