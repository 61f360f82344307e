import {
  type Chance,
  type Check,
  type Exercise,
  failed,
  passed,
  pick,
  type Words,
} from '../../../sandbox/checks/index.ts';
import { setup } from '../company.ts';

const words = (es: string, en: string): Words => ({ es, en });

const LINK = 'ln -s /opt/seats/releases/1.0.0 /opt/seats/8081';

/** Puts another version where the good one served; the good one stays among the releases. */
function serving(version: string): string {
  const folder = `/opt/seats/releases/${version}`;
  return `mkdir ${folder}
      curl -fsS http://registry.ventarela.test/seats/${version}/seats-${version}.tgz | tar -xz -C ${folder}
      echo ${version} > ${folder}/VERSION
      ln -s ${folder} /opt/seats/8081`;
}

/** Last night's deploy: nginx points where nobody listens, or to a version that cannot search, or that does not start. */
function broken(chance: Chance): string {
  const [from, to] = pick(chance, [
    ['127.0.0.1:8081', '127.0.0.1:8082'],
    [LINK, serving('1.0.2')],
    [LINK, serving('1.1.0')],
  ] as const);
  return setup.replace('chmod +x ~/ops/*.sh', 'true').replace(from, to);
}

/** Requests of the company's buyers in 20 s: about 80. Right answers lose none of them; every broken state loses all its searches. */
const MOST_LOST = 0.02;

const served: Check = {
  id: 'd07-i1-c1',
  kind: 'world',
  goal: words('Los compradores reciben respuesta de web-1', 'The buyers are answered by web-1'),
  async run(desk) {
    const { requests } = await desk.production.during('sleep 20');
    const lost = requests.failed + requests.dropped;
    if (requests.arrived > 20 && lost <= MOST_LOST * requests.arrived) return passed;
    return failed({
      expected: words(
        'que ninguna petición de un comprador falle durante 20 s',
        'no failed request of a buyer for 20 s',
      ),
      found: words(`${lost} de ${requests.arrived} fallaron`, `${lost} of ${requests.arrived} failed`),
      where: { service: 'http://web-1/trips?to=Puerto' },
      next: words(
        'Sigue una petición: nginx, el puerto al que apunta, quién escucha allí y qué versión es.',
        'Follow a request: nginx, the port that it points to, who listens there, and which version that is.',
      ),
    });
  },
};

export const exercise: Exercise = {
  id: 'd07-i1',
  seed: 'day-07-incident',
  parts: ['production'],
  seeds: 6,
  title: words('Anoche alguien desplegó', 'Somebody deployed last night'),
  stateFrom: 'd06',
  setup: broken,
  steps: [
    {
      id: 'd07-i1-s1',
      kind: 'challenge',
      title: words('Que los compradores vuelvan a comprar', 'Let the buyers buy again'),
      task: words(
        'Soporte llama: las búsquedas en `http://web-1/trips?to=Puerto` fallan desde el deploy de anoche. La versión 1.0.0 funcionaba y sigue en `/opt/seats/releases`. Entra con `ssh web-1`, encuentra dónde se corta el camino y haz que vuelvan a recibir respuesta.',
        'Support calls: searches at `http://web-1/trips?to=Puerto` have failed since last night’s deploy. Version 1.0.0 worked, and is still in `/opt/seats/releases`. Go in with `ssh web-1`, find where the way is cut, and let the buyers be answered again.',
      ),
      checks: [served],
      hints: [
        words('«Lado a lado, y un puntero», en el día 7.', '“Side by side, and a pointer”, in day 7.'),
        words(
          '`cat /etc/nginx/conf.d/seats.conf`, `ls -l /opt/seats` y `systemctl status seats@8081`, en web-1.',
          '`cat /etc/nginx/conf.d/seats.conf`, `ls -l /opt/seats` and `systemctl status seats@8081`, on web-1.',
        ),
        words(
          '`ln -sfn /opt/seats/releases/____ /opt/seats/8081`, `systemctl restart seats@____`, `systemctl reload ____`',
          '`ln -sfn /opt/seats/releases/____ /opt/seats/8081`, `systemctl restart seats@____`, `systemctl reload ____`',
        ),
      ],
      reason: words(
        'Volver atrás es mover un puntero a algo que ya funcionaba. Un servicio puede estar en marcha y no servir, así que se prueba con lo que piden los compradores.',
        'Going back is moving a pointer to something that worked. A service may run and be of no use, so it is tried with what buyers ask for.',
      ),
    },
  ],
  wrong: { restarted: 'd07-i1-c1' },
};
