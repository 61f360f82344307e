import { expect, type Page, test } from '@playwright/test';
import { build } from 'esbuild';
import { bundleEngine, quickjsWasm, rawText } from '../../sandbox/hosts/build/bundle.ts';
import {
  dayFolders,
  openSandbox,
  readActions,
  readDay,
  readFolder,
  startEngine,
  variantsOf,
} from '../../sandbox/hosts/node/index.ts';
import { openSession } from '../../sandbox/hosts/session.ts';
import { cases } from './contract.ts';
import { liveThrough } from './production.ts';

type Contract = {
  runCase(name: string): Promise<string>;
  runProduction(): Promise<string>;
  runWithoutNetwork(): Promise<{ stdout: string; stderr: string; exitCode: number }[]>;
  runVariant(
    day: string,
    files: Record<string, number[]>,
    actions: string,
    checks: readonly string[],
  ): Promise<{ log: string; passed: string[] }>;
};

// The page takes the contract's script, which its own policy would not.
test.use({ bypassCSP: true });

let script: string;
test.beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: ['tests/hosts/in-page.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2023',
    plugins: [rawText],
  });
  script = outputFiles[0]?.text ?? '';
});

async function open(page: Page): Promise<void> {
  await page.goto('/es/about/');
  await page.addScriptTag({ content: script });
}

for (const { name } of cases) {
  test(`the worker host: ${name}`, async ({ page }) => {
    await open(page);
    expect(
      await page.evaluate((one) => (globalThis as unknown as { contract: Contract }).contract.runCase(one), name),
    ).toBe('');
  });
}

test('a day of production is the same in the browser as in Node', async ({ page }) => {
  const engine = await bundleEngine();
  const pack = { day: 'none', seed: 'production', files: {} };
  const wasm = quickjsWasm().file;
  const session = await openSession({ startEngine: () => startEngine({ engine, wasm }), pack, language: 'en' });
  const inNode = await liveThrough(session);
  session.close();
  await open(page);
  const inPage = await page.evaluate(() => (globalThis as unknown as { contract: Contract }).contract.runProduction());
  expect(inNode).toContain('no such coach');
  expect(inPage).toBe(inNode);
});

test('a part that cannot be fetched is told by the tool that needs it, and comes the next time', async ({ page }) => {
  await open(page);
  const [first, next] = await page.evaluate(() =>
    (globalThis as unknown as { contract: Contract }).contract.runWithoutNetwork(),
  );
  expect(first).toMatchObject({ stdout: '', exitCode: 1 });
  expect(first?.stderr).toMatch(/^promtool: this tool is fetched when it is first used/);
  expect(next).toMatchObject({ stdout: expect.stringContaining('promtool, version'), exitCode: 0 });
});

for (const folder of dayFolders()) {
  test(`${folder.split('/').at(-1)}: every right answer leaves the same log in the browser as in Node`, async ({
    page,
  }) => {
    // Some days have four right answers, each with a day of production, on both hosts.
    test.setTimeout(240_000);
    const day = await readDay(folder);
    await open(page);
    for (const variant of variantsOf(folder).filter(({ kind }) => kind === 'solution' || kind === 'alternative')) {
      const files = readFolder(variant.folder);
      const actions = readActions(variant.folder);
      const sandbox = await openSandbox({ day, language: 'es', files });
      if (actions !== '') await sandbox.run(actions);
      const inNode = await sandbox.log();
      sandbox.close();
      // The matrix judges them all, in Node; one more time here is enough to see that checks run.
      const checks =
        variant.kind === 'solution' ? day.exercise.steps.flatMap(({ checks }) => checks.map(({ id }) => id)) : [];
      const inPage = await page.evaluate(
        ([id, plain, script, ids]) =>
          (globalThis as unknown as { contract: Contract }).contract.runVariant(id, plain, script, ids),
        [
          day.exercise.id,
          Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, [...bytes]])),
          actions,
          checks,
        ] as const,
      );
      expect(inPage.log).toBe(inNode);
      expect(inPage.passed).toEqual(checks);
    }
  });
}
