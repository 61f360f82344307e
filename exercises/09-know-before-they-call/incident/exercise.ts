import { type Chance, type Check, type Exercise, passed, pick } from '../../../sandbox/checks/index.ts';
import { errorsTold, slowTold } from '../alert-checks.ts';
import { both } from '../days.ts';

/** How somebody made the alerts "quieter": a threshold, a wait, a code or a quantile that no harm ever meets. */
function broken(chance: Chance): string {
  const edit = pick(chance, [
    's/)) > 2$/)) > 20/',
    's/for: 1m/for: 45m/',
    's/code=~"5\\.\\."/code=~"4.."/',
    's/histogram_quantile(0.95/histogram_quantile(0.05/',
  ]);
  return `cp monitoring/alerts.yaml monitoring/alerts.yaml.good
sed -i '${edit}' monitoring/alerts.yaml
if cmp -s monitoring/alerts.yaml monitoring/alerts.yaml.good; then exit 1; fi
rm monitoring/alerts.yaml.good`;
}

const tellsAgain: Check = {
  id: 'd09-i1-c1',
  kind: 'world',
  goal: both(
    'El día lento y el del despliegue malo vuelven a avisar a tiempo',
    'On the slow day and on the day of the bad deploy, #operations hears of it in time again',
  ),
  async run(desk) {
    for (const check of [slowTold, errorsTold]) {
      const verdict = await check.run(desk);
      if (!verdict.passed) return verdict;
    }
    return passed;
  },
};

export const exercise: Exercise = {
  id: 'd09-i1',
  seed: 'ventarela-day-9-incident',
  parts: ['production'],
  seeds: 5,
  title: both('Alertas que se callaron', 'Alerts that fell silent'),
  stateFrom: 'd09',
  setup: broken,
  opens: 'monitoring/alerts.yaml',
  steps: [
    {
      id: 'd09-i1-s1',
      kind: 'challenge',
      title: both('Que vuelvan a avisar', 'Let them warn again'),
      task: both(
        'Alguien quiso menos ruido y cambió una cosa en `monitoring/alerts.yaml`. Desde entonces, un día con daño pasa en silencio. Pruébalo con `prodsim run slow-payment` y `prodsim run bad-deploy`, y corrige lo que no deja avisar.',
        'Somebody wanted less noise and changed one thing in `monitoring/alerts.yaml`. Since then a day with harm passes in silence. Try it with `prodsim run slow-payment` and `prodsim run bad-deploy`, and fix what keeps it silent.',
      ),
      checks: [tellsAgain],
      files: ['monitoring/alerts.yaml'],
      hints: [
        both(
          'El primer concepto del día 9: síntomas antes que causas.',
          'The first concept of day 9: symptoms before causes.',
        ),
        both(
          'Lee cada regla en voz alta: ¿cuántos compradores tendrían que esperar cuánto, y durante cuánto tiempo?',
          'Read each rule aloud: how many buyers would have to wait how long, and for how much time?',
        ),
        both(
          '`histogram_quantile(0.95, …) > 2`, `code=~"5.."`, `for: ____`',
          '`histogram_quantile(0.95, …) > 2`, `code=~"5.."`, `for: ____`',
        ),
      ],
      reason: both(
        'Una alerta callada se parece a un día tranquilo. Por eso se prueba con días cuyo daño se conoce.',
        'A silent alert looks like a quiet day. So it is tried on days whose harm is known.',
      ),
    },
  ],
  wrong: { 'only-cpu': 'd09-i1-c1' },
};
