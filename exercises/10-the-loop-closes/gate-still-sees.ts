// What is judged of the gate that the fix went through: it still sees what it saw with 2.2.0, and CI still runs what it ran.
import { type Desk, failed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { write } from './company.ts';
import { BAD, both, changesOf } from './facts.ts';
import { feature, good } from './faults.ts';

type Wrong = Verdict & { passed: false };

/** Slips in the service, each noticed by the tests of 2.2.0; one for each of their files that notices anything. */
const slips: readonly { readonly file: string; readonly from: string; readonly to: string; readonly told: Words }[] = [
  {
    file: 'booking.mjs',
    from: "if (held.until <= now()) throw new Refused(410, 'the hold has expired');",
    to: '',
    told: both('se vende una reserva caducada', 'an expired hold can be sold'),
  },
  {
    file: 'booking.mjs',
    from: 'holds.set(name, { ...held, until: 0, used: true });',
    to: '',
    told: both('una reserva se vende dos veces', 'one hold can be sold twice'),
  },
  {
    file: 'booking.mjs',
    from: '(from === null || same(trip.from, from)) && (to === null || same(trip.to, to))',
    to: 'true',
    told: both('la búsqueda da todos los viajes', 'a search gives all trips'),
  },
  {
    file: 'offers.mjs',
    from: 'minutes, luggage: price.base + Math.ceil(minutes / 60)',
    to: 'minutes, luggage: price.base',
    told: both('el equipaje cuesta lo mismo a cualquier distancia', 'luggage costs the same at any distance'),
  },
];

/** The soak of 2.2.0 by itself, in ms; the job that has it lasts longer. */
const SOAK = 4 * 60_000;

/** @param main a clone of main. @returns what its gate lets through now, if anything. */
export async function gateStillSees(desk: Desk, main: string): Promise<Wrong | undefined> {
  return hurried(desk) ?? (await blind(desk, main));
}

/** CI of the last merged change, when none of its jobs lasted as long as the soak does. */
function hurried(desk: Desk): Wrong | undefined {
  const pull = changesOf(desk).at(-1)?.pull;
  if (pull === undefined) return undefined;
  const lasted = desk
    .forge('seats')
    .checks(pull.headCommit)
    .map(({ startedAt, completedAt }) => (completedAt ?? startedAt) - startedAt);
  if (lasted.length === 0 || lasted.some((ms) => ms >= SOAK)) return undefined;
  const minutes = Math.round(Math.max(...lasted) / 6000) / 10;
  return failed({
    expected: both(
      'CI también deja correr el servicio cuatro minutos',
      'CI also lets the service run for four minutes',
    ),
    found: both(`el job más largo duró ${minutes} min`, `the longest job took ${minutes} min`),
    where: { file: '.github/workflows/ci.yml' },
    next: both(
      '`bash soak.sh` era parte de la puerta: recupéralo con otro pull request.',
      '`bash soak.sh` was part of the gate: bring it back with another pull request.',
    ),
  });
}

/** `test.sh` of main, which ends well on a service with a slip. */
async function blind(desk: Desk, main: string): Promise<Wrong | undefined> {
  const origin = await desk.git.origin('seats');
  const released = `refs/tags/v${BAD}`;
  const paths = ((await origin?.paths(released)) ?? []).filter((path) => /^(test|package)/.test(path));
  // Where nothing of it changed, it sees what it saw.
  const changed: string[] = [];
  for (const path of paths)
    if ((await origin?.read(released, path)) !== (await origin?.read('refs/heads/main', path))) changed.push(path);
  if (changed.length === 0) return undefined;
  const booking = (await origin?.read(released, 'booking.mjs')) ?? '';
  const service: Readonly<Record<string, string>> = { ...feature, ...good, 'booking.mjs': booking };
  for (const { file, from, to, told } of slips) {
    const text = service[file] ?? '';
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    const files = Object.fromEntries(
      Object.entries({ ...service, [file]: text.replace(from, to) }).filter(([path]) => !path.startsWith('test/')),
    );
    await desk.run(`rm -rf /tmp/gate && cp -r ${main} /tmp/gate && ${write(files, '/tmp/gate')}`);
    const { exitCode } = await desk.run('bash test.sh', { cwd: '/tmp/gate' });
    if (exitCode !== 0) continue;
    return failed({
      expected: both('`test.sh` de main en rojo, como antes', '`test.sh` of main red, as before'),
      found: both(`en verde aunque ${told.es}`, `green although ${told.en}`),
      where: { file: changed[0] ?? 'test.sh' },
      next: both(
        'Tu cambio quitó algo de la puerta. Recupera ese archivo (`git restore --source=v2.2.0 ARCHIVO`) con otro pull request.',
        'Your change took something out of the gate. Bring that file back (`git restore --source=v2.2.0 FILE`) with another pull request.',
      ),
    });
  }
  return undefined;
}
