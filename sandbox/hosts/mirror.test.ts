import { expect, test } from 'vitest';
import { createMirror } from './mirror.ts';
import type { Snapshot } from './protocol.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const shell = { cwd: '/home/dev', variables: {}, exported: [], functions: [], aliases: {}, history: [] };
const empty: Snapshot = {
  version: 1,
  day: 'none',
  kernel: { seed: 's', now: 1000, random: {}, log: [] },
  files: {
    '/': { type: 'directory', mode: 0o755, mtimeMs: 1000 },
    '/home': { type: 'directory', mode: 0o755, mtimeMs: 1000 },
  },
  shell,
};

test('a mirror that heard nothing gives back what it was made from', () => {
  expect(createMirror(empty).snapshot()).toEqual(empty);
});

test('files, log, clock and shell follow what the engine tells', () => {
  const mirror = createMirror(empty);
  mirror.hear({
    event: 'files',
    changes: [{ op: 'write', path: '/home/a', bytes: bytes('1'), mode: 0o600, mtimeMs: 1500 }],
  });
  mirror.hear({ event: 'logged', entry: { type: 'ProcessEnded', pid: 1, exitCode: 0, seq: 1, at: 1500 } });
  mirror.hear({
    event: 'state',
    kernel: { seed: 's', now: 2000, random: {} },
    shell: { ...shell, cwd: '/tmp' },
    otherShells: {},
  });
  const { files, kernel, shell: now } = mirror.snapshot();
  expect(files['/home/a']).toEqual({ type: 'file', mode: 0o600, mtimeMs: 1500, bytes: bytes('1') });
  expect(kernel).toEqual({
    seed: 's',
    now: 2000,
    random: {},
    log: [{ type: 'ProcessEnded', pid: 1, exitCode: 0, seq: 1, at: 1500 }],
  });
  expect(now.cwd).toBe('/tmp');
});

test('a command that was under way is in the snapshot as killed, and the clock is not before the log', () => {
  const mirror = createMirror(empty);
  mirror.hear({
    event: 'logged',
    entry: { type: 'CommandStarted', terminal: 't', line: 'a', cwd: '/', seq: 1, at: 5000 },
  });
  mirror.hear({
    event: 'logged',
    entry: { type: 'CommandStarted', terminal: 'u', line: 'b', cwd: '/', seq: 2, at: 5000 },
  });
  mirror.hear({
    event: 'logged',
    entry: { type: 'CommandEnded', terminal: 'u', line: 'b', exitCode: 0, seq: 3, at: 6000 },
  });
  const { now, log } = mirror.snapshot().kernel;
  expect(now).toBe(6000);
  expect(log.slice(3)).toEqual([
    { type: 'CommandStopped', terminal: 't', line: 'a', reason: 'engine restarted', seq: 4, at: 6000 },
    { type: 'CommandEnded', terminal: 't', line: 'a', exitCode: 137, seq: 5, at: 6000 },
  ]);
});
