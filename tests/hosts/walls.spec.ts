import { expect, test } from '@playwright/test';
import { build } from 'esbuild';

test('a hostile script in the place of the engine reaches neither network, storage nor page', async ({
  page,
  baseURL,
}) => {
  const { outputFiles } = await build({
    entryPoints: ['tests/hosts/walls-in-page.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2023',
  });
  const outside: string[] = [];
  // What the policy refuses is begun and never sent: only what is answered has left.
  page.on('response', (response) => outside.push(response.url()));
  await page.goto('/es/about/');
  await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  outside.length = 0;
  const attempts = await page.evaluate(
    (address) =>
      (globalThis as unknown as { tryWalls(address: string): Promise<Record<string, string>> }).tryWalls(address),
    `${baseURL}/es/about/`,
  );
  expect(Object.keys(attempts)).toHaveLength(12);
  expect(Object.entries(attempts).filter(([, outcome]) => outcome === 'reached')).toEqual([]);
  expect(outside.filter((url) => /^(http|ws)/.test(url))).toEqual([]);
});
