import { expect, it } from 'vitest';
import { createKernel } from '../kernel/index.ts';
import type { HttpResponse } from './network.ts';
import { createNetwork } from './ports.ts';
import { createProcesses } from './processes.ts';

it('counts pids up from 1000, lists what runs, and logs starts and ends', async () => {
  const kernel = createKernel({ seed: 'x' });
  const processes = createProcesses(kernel);
  let end: (code: number) => void = () => {};
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  const first = processes.start('node a.mjs', () => ({ kill: () => end(143), ended }));
  const second = processes.start('true', () => ({ kill: () => {}, ended: Promise.resolve(0) }));
  await second.ended;
  expect(processes.list().map(({ pid, command }) => [pid, command])).toEqual([[1000, 'node a.mjs']]);
  processes.find(1000)?.kill('SIGTERM');
  expect(await first.ended).toBe(143);
  expect(processes.find(1000)).toBeUndefined();
  expect(kernel.log.entries().map(({ type, ...fields }) => [type, 'pid' in fields && fields.pid])).toEqual([
    ['ProcessStarted', 1000],
    ['ProcessStarted', 1001],
    ['ProcessEnded', 1001],
    ['ProcessEnded', 1000],
  ]);
  const later = createProcesses(createKernel(kernel.snapshot()));
  expect(later.start('true', () => ({ kill: () => {}, ended: Promise.resolve(0) })).pid).toBe(1002);
});

it('answers on an open port under the machine’s own names only, one listener a port', async () => {
  const network = createNetwork(createKernel({ seed: 'x' }), 'desk', async () => 'ENOTFOUND');
  const request = { method: 'GET', target: '/', headers: {}, body: new Uint8Array() };
  const response: HttpResponse = { status: 204, statusText: 'No Content', headers: [], body: new Uint8Array() };
  const close = network.listen(8080, 1000, async () => response);
  expect(network.listen(8080, 1001, async () => response)).toBeUndefined();
  for (const host of ['localhost', '127.0.0.1', '[::1]', 'desk']) {
    expect(await network.request(host, 8080, request)).toBe(response);
  }
  expect(await network.request('example.test', 8080, request)).toBe('ENOTFOUND');
  expect(await network.request('localhost', 8081, request)).toBe('ECONNREFUSED');
  expect(network.ports()).toEqual([{ port: 8080, pid: 1000 }]);
  close?.();
  expect(await network.request('localhost', 8080, request)).toBe('ECONNREFUSED');
});
