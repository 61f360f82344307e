import { beforeAll, describe, expect, test } from 'vitest';
import { bundleEngine, type EngineScripts, quickjsWasm } from '../../sandbox/hosts/build/bundle.ts';
import { startEngine } from '../../sandbox/hosts/node/index.ts';
import { openSession } from '../../sandbox/hosts/session.ts';
import { cases } from './contract.ts';
import { liveThrough } from './production.ts';

describe('the Node host', () => {
  let engine: EngineScripts;
  beforeAll(async () => {
    engine = await bundleEngine();
  }, 60_000);

  for (const { name, run } of cases) {
    test(name, { timeout: 30_000 }, () =>
      run({ startEngine: () => startEngine({ engine, wasm: quickjsWasm().file }), openSession }),
    );
  }

  test('lives through a day of production, the same each time', { timeout: 30_000 }, async () => {
    const pack = { day: 'none', seed: 'production', files: {} };
    const live = async (): Promise<string> => {
      const start = () => startEngine({ engine, wasm: quickjsWasm().file });
      const session = await openSession({ startEngine: start, pack, language: 'en' });
      const said = await liveThrough(session);
      session.close();
      return said;
    };
    const first = await live();
    expect(first).toContain('no such coach');
    expect(await live()).toBe(first);
  });
});
