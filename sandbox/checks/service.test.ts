import { expect, test } from 'vitest';
import { createKernel } from '../kernel/index.ts';
import type { Command, CommandIO } from '../machine/command.ts';
import { createMachine, createShell } from '../machine/index.ts';
import type { HttpHandler } from '../machine/network.ts';
import type { Verdict } from './contract.ts';
import type { DeskParts } from './parts.ts';
import { startService } from './service.ts';
import { CheckStop, ProgramOverLimit } from './verdict.ts';

const pause = () => new Promise<void>((resolve) => void setImmediate(resolve));
const response = { status: 200, statusText: 'OK', headers: [], body: new TextEncoder().encode('[1]') };

/** A desk whose one program is `serve`: it does what the test says, then stays until it is killed. */
function desk(serve: (io: CommandIO, end: (code: number) => void) => void) {
  const command: Command = {
    name: 'serve',
    summary: { es: '', en: '' },
    run: (_, io) =>
      new Promise((end) => {
        io.signal.addEventListener('abort', () => end(143));
        serve(io, end);
      }),
  };
  const machine = createMachine({ kernel: createKernel({ seed: 's' }), language: 'en' });
  const shell = createShell(machine, [command], undefined, { pause });
  const parts: DeskParts = {
    machine,
    shell,
    log: [],
    pause,
    onAct() {},
    once: (_, experiment) => experiment(parts),
    onSeed: async () => parts,
  };
  return parts;
}

const listen = (io: CommandIO, handler: HttpHandler) =>
  io.machine.network.listen(Number(io.env.PORT), io.pid ?? 0, handler);

/** What a check is told that cannot go on. */
async function stopOf(work: Promise<unknown>): Promise<Verdict | string> {
  const error = await work.then(
    () => 'it went on',
    (thrown: unknown) => thrown,
  );
  if (error instanceof CheckStop) return error.verdict;
  return error instanceof ProgramOverLimit ? 'over limit' : String(error);
}

test('a program is called on the port that it was given', async () => {
  const service = await startService(
    desk((io) => void listen(io, async () => response)),
    'serve',
    { port: 3000 },
  );
  expect((await service.get('/')).json()).toEqual([1]);
});

test('one that ends, one that stays without listening, and one that used up its time are three different things', async () => {
  const ended = await stopOf(
    startService(
      desk((_, end) => end(1)),
      'serve',
    ),
  );
  const deaf = await stopOf(
    startService(
      desk(() => {}),
      'serve',
    ),
  );
  expect(ended).toMatchObject({ found: { en: 'it ended without a word' } });
  expect(deaf).toMatchObject({ found: { en: 'it runs, but it does not listen' } });
  expect(
    await stopOf(
      startService(
        desk((_, end) => end(124)),
        'serve',
      ),
    ),
  ).toBe('over limit');
});

test('a request that nobody answers ends after ten simulated seconds, and a slow one is waited for', async () => {
  const silent = desk((io) => void listen(io, () => new Promise(() => {})));
  const service = await startService(silent, 'serve');
  expect(await stopOf(service.get('/'))).toMatchObject({ found: { en: 'none (ETIMEDOUT). ' } });
  const slow = desk((io) => {
    const { kernel } = io.machine;
    listen(io, () => new Promise((answer) => void kernel.schedule(2000, () => answer(response))));
  });
  expect((await (await startService(slow, 'serve')).get('/')).text).toBe('[1]');
});
