#!/usr/bin/env node
// The launcher: runs under any Node from 20 on and hands over to one that can run the command line as it stands (24).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [major] = process.versions.node.split('.').map(Number);

if (major >= 24) {
  const { enableCompileCache } = await import('node:module');
  enableCompileCache?.();
  const { main } = await import('./cli/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  const node = join(here, '../../../node_modules/node/bin/node');
  if (!existsSync(node)) {
    console.error('noventa: npm install / npm ci');
    process.exit(2);
  }
  const { status, signal } = spawnSync(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  process.exitCode = signal === null ? (status ?? 2) : 130;
}
