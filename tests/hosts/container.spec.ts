// The container host in Chromium, through the library. In every run the library's frame is a stand-in on this computer; with
// NOVENTA_REAL_CONTAINER=1 (`npm run test:webcontainer`) it is StackBlitz's.
import { expect, type Page, test } from '@playwright/test';
import type { FileSystemTree, WebContainerProcess } from '@webcontainer/api';
import { build } from 'esbuild';
import { bundleEngine, quickjsWasm, rawText } from '../../sandbox/hosts/build/bundle.ts';
import { bundleNodeProgram } from '../../sandbox/hosts/build/node-program.ts';
import { standInContainer } from './container.ts';
import { cases } from './contract.ts';

type InPage = {
  container: {
    begin(scripts: object): Promise<string>;
    runCase(name: string, isReal: boolean): Promise<string>;
    end(): void;
  };
};

const isReal = process.env.NOVENTA_REAL_CONTAINER === '1';
const isolated = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`tests/hosts/${entry}.ts`],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2023',
    plugins: [rawText],
  });
  return outputFiles[0]?.text ?? '';
}

/** A tree as the library sends it to its frame: folders `d`, files `f` with contents `c`, in Latin-1 where `b` says that they are bytes. */
type SentTree = {
  readonly d: Readonly<Record<string, SentTree | { readonly f: { readonly c: string; readonly b?: true } }>>;
};

function treeOf({ d }: SentTree): FileSystemTree {
  return Object.fromEntries(
    Object.entries(d).map(([name, node]) => {
      if ('d' in node) return [name, { directory: treeOf(node) }];
      const { c, b } = node.f;
      return [name, { file: { contents: b === true ? new Uint8Array(Buffer.from(c, 'latin1')) : c } }];
    }),
  );
}

/** The library's frame, and this computer behind it. */
async function standIn(page: Page): Promise<() => boolean> {
  const container = standInContainer('pipes');
  const processes: WebContainerProcess[] = [];
  const readers: ReadableStreamDefaultReader<string>[] = [];
  const writers: WritableStreamDefaultWriter<string>[] = [];
  const script = await bundled('headless-page');
  await page.exposeFunction('standInMount', (json: string) => container.mount(treeOf(JSON.parse(json))));
  await page.exposeFunction('standInSpawn', async (command: string, args: string[]) => {
    const process = await container.spawn(command, args);
    readers.push(process.output.getReader());
    writers.push(process.input.getWriter());
    return processes.push(process) - 1;
  });
  await page.exposeFunction('standInWrite', (index: number, text: string) => writers[index]?.write(text));
  await page.exposeFunction('standInRead', async (index: number) => {
    const next = await readers[index]?.read();
    return next === undefined || next.done ? processes[index]?.exit : next.value;
  });
  await page.exposeFunction('standInKill', (index: number) => processes[index]?.kill());
  await page.exposeFunction('standInTeardown', () => container.teardown());
  await page.route('https://stackblitz.com/headless**', (route) =>
    route.fulfill({
      contentType: 'text/html',
      headers: { ...isolated, 'Cross-Origin-Resource-Policy': 'cross-origin' },
      body: `<!doctype html><script>${script.replaceAll('</', '<\\/')}</script>`,
    }),
  );
  return container.torn;
}

test('the contract in a container, through the library', async ({ page }) => {
  test.setTimeout(600_000);
  const torn = isReal ? undefined : await standIn(page);
  const [engine, program, script] = await Promise.all([bundleEngine(), bundleNodeProgram(), bundled('container-page')]);
  await page.route('**/container-test/', (route) =>
    route.fulfill({ contentType: 'text/html', headers: isolated, body: '<!doctype html><title>container</title>' }),
  );
  await page.goto('/container-test/');
  await page.addScriptTag({ content: script });
  const parts = Object.fromEntries(Object.entries(engine.parts).map(([name, { text }]) => [name, text]));
  const scripts = { engine: engine.core.text, program: program.text, wasm: [...quickjsWasm().bytes], parts };
  const inPage = <T>(action: (container: InPage['container'], given: never) => T, given: unknown): Promise<T> =>
    page.evaluate(`(${action.toString()})(globalThis.container, ${JSON.stringify(given)})`) as Promise<T>;
  expect(await inPage((container, given) => container.begin(given), scripts)).toBe('');
  // Through the stand-in the transport is what counts, and the cases ran in Node already: the quick ones are enough.
  const wanted = cases.filter(
    ({ name, ofSandboxNode }) => isReal || (!ofSandboxNode && !/million|bomb|runs away/.test(name)),
  );
  for (const { name, ofSandboxNode } of wanted)
    await test.step(name, async () => {
      const real = !ofSandboxNode;
      expect(
        await inPage((container, given: [string, boolean]) => container.runCase(...given), [name, real]),
        name,
      ).toBe('');
    });
  await inPage((container) => container.end(), null);
  if (torn !== undefined) await expect.poll(torn).toBe(true);
});
