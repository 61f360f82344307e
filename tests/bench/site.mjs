// A built site under an address of its own, and the browser that looks at it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { chromium } from '@playwright/test';

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

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** @returns its address, and what ends it. */
export async function serve(folder) {
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

export function openBrowser() {
  return chromium.launch({ ...(browserPath && { executablePath: browserPath }), args: flags });
}
