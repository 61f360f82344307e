import { expect, test } from 'vitest';
import { openStore } from '../forge/index.ts';
import { createKernel } from '../kernel/index.ts';
import { createMachine, createShell } from '../machine/index.ts';
import { createDesk } from './desk.ts';
import type { DeskParts } from './parts.ts';

test('a check reads what the forge keeps of a repository', () => {
  const machine = createMachine({ kernel: createKernel({ seed: 's' }), language: 'en' });
  openStore(machine, 'seats').change({ description: 'Seats' });
  // Production and other seeds play no part in it.
  const parts = { machine, shell: createShell(machine, []), log: [], pause: () => Promise.resolve() };
  const desk = createDesk(parts as unknown as DeskParts);
  expect(desk.forge('seats').settings()).toMatchObject({ description: 'Seats', defaultBranch: 'main' });
  expect(desk.forge('seats').pulls()).toEqual([]);
});
