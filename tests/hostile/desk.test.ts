import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bundleEngine, type EngineScripts, quickjsWasm } from '../../sandbox/hosts/build/bundle.ts';
import { startEngine } from '../../sandbox/hosts/node/index.ts';
import { openSession } from '../../sandbox/hosts/session.ts';

interface Attempt {
  readonly run: string;
  readonly says?: string;
}

const attempts = parse(readFileSync(join(import.meta.dirname, 'desk.yaml'), 'utf8')) as Readonly<
  Record<string, readonly Attempt[]>
>;
/** After so long a person presses Ctrl+C: ms. */
const PATIENCE = 3000;
const IDENTITY = 'export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b; ';
const HIDDEN = 'hidden-word-of-the-machine';

let engine: EngineScripts;
let server: Server;
let reached = 0;
const folder = mkdtempSync(join(tmpdir(), 'noventa-hostile-'));
const secret = join(folder, 'secret.txt');

beforeAll(async () => {
  engine = await bundleEngine();
  writeFileSync(secret, HIDDEN);
  process.env.CANARY = HIDDEN;
  server = createServer((socket) => {
    reached += 1;
    socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
}, 60_000);
afterAll(() => {
  server.close();
  delete process.env.CANARY;
  rmSync(folder, { recursive: true });
});

/** What is said by a script that is stopped when it does not end, and by the desk afterwards. */
async function tryAtADesk(script: string): Promise<{ said: string; after: string }> {
  const pack = { day: 'none', seed: 'hostile', files: { 'hello.txt': new TextEncoder().encode('hello\n') } };
  const start = () => startEngine({ engine, wasm: quickjsWasm().file });
  const session = await openSession({ startEngine: start, pack, language: 'en' });
  try {
    const running = session.call('run', { script }).then(
      ({ stdout, stderr }) => stdout + stderr,
      (error) => String(error),
    );
    const ended = await Promise.race([running, wait(PATIENCE, undefined, { ref: false })]);
    if (ended === undefined) await session.stopProgram();
    const said = ended ?? (await running);
    return { said, after: (await session.call('run', { script: 'echo still here' })).stdout };
  } finally {
    session.close();
  }
}

for (const [kind, list] of Object.entries(attempts))
  describe(kind, () => {
    for (const { run, says } of list)
      test(run, { timeout: 30_000 }, async () => {
        process.stderr.write(`> ${run}\n`);
        const { port } = server.address() as { port: number };
        const script =
          IDENTITY +
          run
            .replaceAll('HIT', `http://127.0.0.1:${port}`)
            .replaceAll('PORT', String(port))
            .replaceAll('SECRET', secret);
        const { said, after } = await tryAtADesk(script);
        expect(said).not.toContain(HIDDEN);
        if (says !== undefined) expect(said).toContain(says);
        expect(after).toBe('still here\n');
        expect(reached).toBe(0);
      });
  });
