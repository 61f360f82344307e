// `npm run check`: types, lint and format, arrows between rooms, dead code, side by side. Made for every save.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

// The compiler in machine code takes a tenth of the time; astro's check needs the one in JavaScript, and gets the pages only.
const tsc = ['node_modules/typescript-native/bin/tsc', '--noEmit', '-p'];

const checks = {
  'types of the pages': [
    'astro',
    [
      'check',
      '--tsconfig',
      'tests/astro.tsconfig.json',
      '--minimumFailingSeverity',
      'error',
      '--minimumSeverity',
      'error',
    ],
  ],
  types: ['node', [...tsc, 'tsconfig.json']],
  'types of the sandbox': ['node', [...tsc, 'sandbox/tsconfig.json']],
  'lint and format': ['biome', ['check', '--error-on-warnings', '.']],
  arrows: ['depcruise', ['--config', '.dependency-cruiser.mjs', 'sandbox', 'src', 'exercises']],
  'dead code': ['knip', ['--no-progress']],
};

function run([command, args]) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ passed: false, output: String(error) }));
    child.on('close', (code) => resolve({ passed: code === 0, output }));
  });
}

const started = performance.now();
// In a fresh clone the types of contents are not there yet.
if (!existsSync('.astro/types.d.ts')) await run(['astro', ['sync']]);
const results = await Promise.all(
  Object.entries(checks).map(async ([name, check]) => ({ name, ...(await run(check)) })),
);
for (const { name, passed, output } of results) {
  console.log(`${passed ? '✓' : '✗'} ${name}`);
  if (!passed) console.log(output.trim().replaceAll(/^/gm, '  '));
}
const failed = results.filter(({ passed }) => !passed).length;
console.log(`${((performance.now() - started) / 1000).toFixed(1)} s`);
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
