import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { bootContainer as Boot } from './boot.ts';
import type { Container } from './client.ts';

let bootContainer: typeof Boot;
beforeEach(async () => {
  // A page of its own each time: what was lost is remembered for a page.
  vi.resetModules();
  ({ bootContainer } = await import('./boot.ts'));
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

const container = (): Container & { teardown: ReturnType<typeof vi.fn> } =>
  ({ teardown: vi.fn() }) as unknown as Container & { teardown: ReturnType<typeof vi.fn> };

test('without the two headers nothing is even loaded, and it says why', async () => {
  const boot = vi.fn();
  expect(await bootContainer({ isIsolated: false, boot })).toMatchObject({ ok: false, why: 'notIsolated' });
  expect(boot).not.toHaveBeenCalled();
});

test('a container that comes in time is taken', async () => {
  const here = container();
  const booting = bootContainer({ isIsolated: true, boot: async () => here });
  expect(await booting).toEqual({ ok: true, container: here });
});

test('a boot that never answers is given up after ten seconds, and the page asks no second time', async () => {
  const boot = vi.fn(() => new Promise<Container>(() => {}));
  let said: unknown;
  void bootContainer({ isIsolated: true, boot }).then((booted) => {
    said = booted;
  });
  await vi.advanceTimersByTimeAsync(9_999);
  expect(said).toBeUndefined();
  await vi.advanceTimersByTimeAsync(1);
  expect(said).toEqual({ ok: false, why: 'noAnswer', detail: 'no answer in 10000 ms' });
  expect(await bootContainer({ isIsolated: true, boot })).toMatchObject({ ok: false, why: 'noAnswer' });
  expect(boot).toHaveBeenCalledTimes(1);
});

test('a container that comes too late is taken down', async () => {
  const late = container();
  const booting = bootContainer({
    isIsolated: true,
    boot: () => new Promise((resolve) => setTimeout(() => resolve(late), 12_000)),
  });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await booting).toMatchObject({ ok: false });
  expect(late.teardown).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(late.teardown).toHaveBeenCalledTimes(1);
});

test('a refusal is told in its own words', async () => {
  const boot = async (): Promise<Container> => {
    throw new Error('Only a single WebContainer instance can be booted');
  };
  expect(await bootContainer({ isIsolated: true, boot })).toEqual({
    ok: false,
    why: 'refused',
    detail: 'Only a single WebContainer instance can be booted',
  });
});
