import { type Chance, type Check, type Exercise, passed, pick, type Words } from '../../../sandbox/checks/index.ts';
import { affordable, fridayServed } from '../rule-checks.ts';

const words = (es: string, en: string): Words => ({ es, en });

/** How somebody saved money, or bought peace of mind. */
function broken(chance: Chance): string {
  const [min, max, target] = pick(chance, [
    [1, 1, 70],
    [1, 2, 70],
    [6, 6, 70],
    [1, 6, 99],
  ] as const);
  return `printf 'seats:\\n  min: ${min}\\n  max: ${max}\\n  load:\\n    target: ${target}%%\\n' > capacity.yaml`;
}

const servedAndPaid: Check = {
  id: 'd08-i1-c1',
  kind: 'world',
  goal: words('El viernes atiende a todos y cabe en el presupuesto', 'Friday serves everybody and keeps to the budget'),
  async run(desk) {
    for (const check of [fridayServed, affordable]) {
      const verdict = await check.run(desk);
      if (!verdict.passed) return verdict;
    }
    return passed;
  },
};

export const exercise: Exercise = {
  id: 'd08-i1',
  seed: 'day-08-incident',
  parts: ['production'],
  seeds: 4,
  title: words('Alguien tocó la capacidad', 'Somebody touched the capacity'),
  stateFrom: 'd08',
  setup: broken,
  opens: 'capacity.yaml',
  steps: [
    {
      id: 'd08-i1-s1',
      kind: 'challenge',
      title: words('Ni de menos ni de más', 'Neither too few nor too many'),
      task: words(
        'Alguien cambió `capacity.yaml`, y Finanzas o Soporte se quejan. Repite el viernes con `prodsim run friday-1700`, mira qué falta o qué sobra, y corrígelo.',
        'Somebody changed `capacity.yaml`, and Finance or Support complains. Replay Friday with `prodsim run friday-1700`, see what is missing or too much, and fix it.',
      ),
      checks: [servedAndPaid],
      files: ['capacity.yaml'],
      hints: [
        words('«Saturación», en el día 8.', '“Saturation”, in day 8.'),
        words(
          'El resumen dice cuántas llamadas hubo y cuánto costó. ¿Cuál de los dos falla?',
          'The summary says how many calls there were and what it cost. Which of the two fails?',
        ),
        words('`min: ____`, `max: ____`, `target: ____%`', '`min: ____`, `max: ____`, `target: ____%`'),
      ],
      reason: words(
        'Con poca carga basta una instancia, y por la tarde hacen falta varias. El objetivo deja sitio para los 45 s que tarda una nueva.',
        'At low load one instance is enough, and the afternoon needs several. The target leaves room for the 45 s that a new one takes.',
      ),
    },
  ],
  wrong: { 'always-many': 'd08-i1-c1' },
};
