import type { Exercise } from '../../sandbox/checks/index.ts';
import { company } from './company.ts';
import { morning } from './faults.ts';

export const exercise: Exercise = {
  id: 'd10',
  seed: 'ventarela-day-10',
  seeds: 3,
  title: { es: 'Reto: el ciclo se cierra', en: 'Capstone: the loop closes' },
  setup: company + morning,
  steps: [{ id: 'd10-s1', kind: 'run', title: { es: 'x', en: 'x' }, task: { es: 'x', en: 'x' }, checks: [{ id: 'd10-c1', goal: { es: 'x', en: 'x' }, kind: 'world', run: () => ({ passed: true }) }], hints: [{ es: 'x', en: 'x' }, { es: 'x', en: 'x' }, { es: 'x', en: 'x' }], reason: { es: 'x', en: 'x' } }],
  wrong: {},
};
