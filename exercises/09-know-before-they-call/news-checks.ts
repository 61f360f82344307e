// What is judged of the news: that deploys and rollbacks reach #operations, whatever their result, and nothing else does.
import { type Check, type Desk, failed, passed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { both, same, watched } from './days.ts';

const NEWS = 'monitoring/notify.yaml';

/** On the quiet night, when an instance has come by that rule. */
const HALF_PAST_ELEVEN = Date.UTC(2026, 2, 3, 23, 30);

/** Whether what failed is told too, and what is neither deploy nor rollback is not: instances that come and go by a rule of capacity. */
async function onlyThat(desk: Desk): Promise<Verdict> {
  await desk.run(`rm -rf /srv/alerting && mkdir -p /srv/alertmanager && cp ${NEWS} /srv/alertmanager/notify.yaml
for action in deploy rollback; do
  curl -s --json '{"service":"seats","version":"1.2.2","action":"'$action'","result":"failed","host":"web-1"}' http://events.ventarela.test/deploys
done`);
  const { stdout } = await desk.run('inbox operations');
  const unheard = ['DEPLOY', 'ROLLBACK'].find(
    (kind) => !new RegExp(`\\[${kind}\\] seats .*1\\.2\\.2 failed`).test(stdout),
  );
  if (unheard !== undefined)
    return failed({
      expected: both(
        'un mensaje también de un despliegue o una vuelta atrás que fallan',
        'a message of a deploy or a rollback that fails too',
      ),
      found: both(
        `un [${unheard}] de seats 1.2.2, failed, no llegó a #operations`,
        `a [${unheard}] of seats 1.2.2, failed, did not reach #operations`,
      ),
      where: { file: NEWS },
      next: both(
        'Ninguna condición sobre `result`: lo que falla interesa más que nada.',
        'No condition on `result`: what fails matters most of all.',
      ),
    });
  await desk.run(
    `printf 'seats:\n  min: 1\n  max: 2\n  hours:\n    - { from: "23:00", to: "01:00", instances: 2 }\n' > /tmp/capacity.yaml`,
  );
  const night = desk.replayDay({
    day: 'quiet-night',
    capacity: '/tmp/capacity.yaml',
    notify: NEWS,
    until: HALF_PAST_ELEVEN,
  });
  const other = night.messages.find(({ to, title }) => to === '#operations' && title.startsWith('[SCALE]'));
  if (other === undefined) return passed;
  return failed({
    expected: both('solo despliegues y vueltas atrás', 'deploys and rollbacks only'),
    found: both(`también ${other.title}`, `${other.title} as well`),
    where: { file: NEWS },
    next: both(
      'Una ruta sin `matchers`, o con otros, cuenta también cada instancia que viene y va. Pide solo los dos tipos: `kind=~"deploy|rollback"`.',
      'A route without `matchers`, or with others, posts each instance that comes and goes too. Ask for the two kinds alone: `kind=~"deploy|rollback"`.',
    ),
  });
}

/** Matchers of a route that no event can fulfil, and why. */
function mismatched(desk: Desk): Words | undefined {
  const file = desk.yaml(NEWS) as { readonly routes?: readonly { readonly matchers?: unknown }[] | null } | null;
  for (const { matchers } of file?.routes ?? []) {
    const kinds = [matchers]
      .flat()
      .map(String)
      .filter((matcher) => /^\s*kind\s*=/.test(matcher));
    if (kinds.some((matcher) => /=(?!~).*\|/.test(matcher)))
      return both(
        '`=` toma el texto entero por un solo valor, y ningún `kind` se llama así. Un patrón va con `=~`: `kind=~"deploy|rollback"`.',
        '`=` takes the whole text for one value, and no `kind` has that name. A pattern needs `=~`: `kind=~"deploy|rollback"`.',
      );
    if (kinds.length > 1)
      return both(
        'Los `matchers` de una ruta se piden todos a la vez, y un suceso tiene un solo `kind`. Pide ambos en uno, con `=~`, o haz dos rutas.',
        'All `matchers` of a route must hold at once, and an event has one `kind` only. Ask for both in one, with `=~`, or make two routes.',
      );
  }
  return undefined;
}

export const newsTold: Check = {
  id: 'd09-c3',
  goal: both(
    'Despliegues y vueltas atrás, salgan bien o mal, son un mensaje cada uno en #operations, y nada más',
    'Deploys and rollbacks, whether they succeed or fail, are one message each in #operations, and nothing else is',
  ),
  kind: 'world',
  run(desk) {
    const news = watched(desk, 'bad-deploy').messages.filter(({ title }) => /^\[(DEPLOY|ROLLBACK|SCALE)\]/.test(title));
    const titles = news.filter(({ to }) => to === '#operations').map(({ title }) => title);
    const others = [...new Set(news.map(({ to }) => to))].filter((to) => to !== '#operations');
    const isTold = (kind: string): boolean =>
      titles.filter(
        (title) => title.startsWith(`[${kind}] seats`) && title.includes('1.2.0') && title.endsWith('succeeded'),
      ).length === 1;
    if (isTold('DEPLOY') && isTold('ROLLBACK') && titles.length === 2) return onlyThat(desk);
    return failed({
      expected: both('[DEPLOY] y [ROLLBACK] de 1.2.0, uno cada uno', '[DEPLOY] and [ROLLBACK] of 1.2.0, one each'),
      found:
        titles.length === 0
          ? both(
              `nada en #operations${others.length > 0 ? `; sí en ${others.join(', ')}` : ''}`,
              `nothing in #operations${others.length > 0 ? `; something in ${others.join(', ')}` : ''}`,
            )
          : same(titles.join(' · ')),
      where: { file: 'monitoring/notify.yaml' },
      next: others.includes('operations')
        ? both(
            'El canal se llama `#operations`, con almohadilla. En YAML va entre comillas: `channel: "#operations"`.',
            'The channel is called `#operations`, with its hash. In YAML it needs quotes: `channel: "#operations"`.',
          )
        : (mismatched(desk) ??
          both(
            'Los sucesos tienen `kind` (deploy, rollback) y `result`; pide ambos tipos, con cualquier resultado: `kind=~"deploy|rollback"`.',
            'Events have `kind` (deploy, rollback) and `result`; ask for both kinds, whatever their result: `kind=~"deploy|rollback"`.',
          )),
    });
  },
};
