// What is judged of decision.yaml, and of the replay that its figures come from.
import { beside, type Check, type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { goal, live, RULES, record } from './figures.ts';

/** Whether a part of decision.yaml tells calls and cost of Friday as that replay gives them. */
function told(desk: Desk, name: 'one_instance' | 'our_rule', capacity: string, next: Words): Verdict {
  const truth = live(desk, 'friday-1700', '1', capacity);
  const given = record(record(record(desk.yaml('decision.yaml')).friday)[name]);
  for (const field of ['calls', 'cost'] as const) {
    const value = given[field];
    const number = typeof value === 'number' ? value : Number.parseFloat(String(value ?? '').replace(',', '.'));
    // To the unit, or to a tenth where money has decimals.
    if (Math.abs(number - truth[field]) <= (Number.isInteger(number) ? 0.5 : 0.1)) continue;
    return failed({
      expected: goal(
        `\`${name}.${field}\`: lo que da \`prodsim run friday-1700\``,
        `\`${name}.${field}\`: what \`prodsim run friday-1700\` gives`,
      ),
      found: value === undefined || value === null ? goal('nada', 'nothing') : goal(`\`${value}\``, `\`${value}\``),
      where: { file: 'decision.yaml' },
      next,
    });
  }
  return passed;
}

export const replayed: Check = {
  id: 'd08-c6',
  goal: goal(
    'Has repetido el viernes, y decision.yaml tiene sus llamadas y su costo con una instancia',
    'You have replayed Friday, and decision.yaml has its calls and its cost with one instance',
  ),
  kind: 'file',
  async run(desk) {
    const file = 'production/friday-1700/minutes.csv';
    const next = goal('Ejecútalo en tu carpeta personal (`cd`).', 'Run it in your home folder (`cd`).');
    const where = { command: 'prodsim run friday-1700' };
    if (!desk.exists(file))
      return failed({
        expected: goal(`un archivo \`${file}\``, `a file \`${file}\``),
        found: goal('todavía no existe', 'it is not there yet'),
        where,
        next,
      });
    // With whatever rule: later steps replay the day into the same folder.
    const lines = desk.text(file).trimEnd().split('\n').slice(1);
    const ofFriday = lines.filter((line) => line.startsWith('2026-03-06T')).length;
    if (ofFriday !== 24 * 60 || lines.length !== ofFriday)
      return failed({
        expected: goal('los 1440 minutos del viernes', 'the 1440 minutes of Friday'),
        found: goal(
          `${lines.length} líneas, ${ofFriday} del viernes`,
          `${lines.length} lines, ${ofFriday} of them of Friday`,
        ),
        where,
        next,
      });
    await desk.run("printf 'seats: { min: 1, max: 1 }' > one-instance.yaml");
    return told(
      desk,
      'one_instance',
      'one-instance.yaml',
      goal(
        'El resumen las da. ¿Ya tienes otra regla? `seats: { min: 1, max: 1 }` en `one.yaml`, y `prodsim run friday-1700 --capacity one.yaml`.',
        'The summary gives them. Is your rule another one by now? `seats: { min: 1, max: 1 }` in `one.yaml`, and `prodsim run friday-1700 --capacity one.yaml`.',
      ),
    );
  },
};

export const decided = beside<Check>(
  RULES,
  { found: goal('aún no se puede saber', 'that cannot be told yet') },
  {
    id: 'd08-c8',
    goal: goal('decision.yaml dice lo que cambia con tu regla', 'decision.yaml says what changes with your rule'),
    kind: 'file',
    run: (desk) =>
      told(
        desk,
        'our_rule',
        RULES,
        goal(
          'Repite el viernes con tu regla de ahora y copia sus cifras.',
          'Replay Friday with your present rule and copy its figures.',
        ),
      ),
  },
);
