import { beforeAll, describe, test } from 'vitest';
import { bundleEngine, quickjsWasm, type Script } from '../../sandbox/hosts/build/bundle.ts';
import { startEngine } from '../../sandbox/hosts/node/index.ts';
import { openSession } from '../../sandbox/hosts/session.ts';
import { cases } from './contract.ts';

describe('the Node host', () => {
  let engine: Script;
  beforeAll(async () => {
    engine = await bundleEngine();
  }, 60_000);

  for (const { name, run } of cases) {
    test(name, { timeout: 30_000 }, () =>
      run({ startEngine: () => startEngine({ engine, wasm: quickjsWasm().file }), openSession }),
    );
  }
});
