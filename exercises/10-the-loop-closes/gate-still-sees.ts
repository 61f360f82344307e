// What is judged of the gate that the fix went through: it still sees what it saw with 2.2.0, and CI still runs what it ran.
import { type Desk, failed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { write } from './company.ts';
import { BAD, both } from './facts.ts';
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

/** @param main a clone of main. @returns what its gate lets through now, if anything. */
export async function gateStillSees(desk: Desk, main: string): Promise<Wrong | undefined> {
  return (await hurried(desk, main)) ?? (await blind(desk, main));
}

/** Files of 2.2.0 that main has otherwise, or no more. Where none of the gate's did, it sees what it saw. */
async function changedSince(desk: Desk, kind: RegExp): Promise<readonly string[]> {
  const origin = await desk.git.origin('seats');
  const released = `refs/tags/v${BAD}`;
  const changed: string[] = [];
  for (const path of ((await origin?.paths(released)) ?? []).filter((one) => kind.test(one)))
    if ((await origin?.read(released, path)) !== (await origin?.read('refs/heads/main', path))) changed.push(path);
  return changed;
}

const BRANCH = 'ends-after-two-minutes';

/** CI of main, when it lets in a service that ends by itself after two minutes: the soak of 2.2.0 waits for three, and asks. */
async function hurried(desk: Desk, main: string): Promise<Wrong | undefined> {
  const [changed] = await changedSince(desk, /^(\.github\/workflows\/|soak\.sh$)/);
  if (changed === undefined) return undefined;
  await desk.run(
    `git switch -q -c ${BRANCH} && echo 'if (import.meta.main) setTimeout(() => process.exit(1), 120_000).unref();' >> app.mjs
git commit -qam 'fix: end after two minutes' && git push -q origin HEAD && gh pr create --fill && gh pr checks --watch; git switch -q main`,
    { cwd: main },
  );
  const { pulls, checks } = desk.forge('seats');
  const told = checks(pulls().findLast(({ head }) => head === BRANCH)?.headCommit ?? '');
  if (told.some(({ conclusion }) => conclusion === 'failure')) return undefined;
  return failed({
    expected: both(
      'CI en rojo con un servicio que se apaga solo a los dos minutos, como antes',
      'CI red for a service that ends by itself after two minutes, as before',
    ),
    found: both(
      `checks: ${told.map(({ name, conclusion }) => `${name}: ${conclusion}`).join(', ') || 'ninguno'}`,
      `checks: ${told.map(({ name, conclusion }) => `${name}: ${conclusion}`).join(', ') || 'none'}`,
    ),
    where: { file: `seats/${changed}` },
    next: both(
      'Esperar no basta: `bash soak.sh` pregunta mientras corre, y era parte de la puerta. Recupéralo con otro pull request.',
      'Waiting is not enough: `bash soak.sh` asks while it runs, and was part of the gate. Bring it back with another pull request.',
    ),
  });
}

/** `test.sh` of main, which ends well on a service with a slip. */
async function blind(desk: Desk, main: string): Promise<Wrong | undefined> {
  const changed = await changedSince(desk, /^(test|package)/);
  if (changed.length === 0) return undefined;
  const origin = await desk.git.origin('seats');
  const booking = (await origin?.read(`refs/tags/v${BAD}`, 'booking.mjs')) ?? '';
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
      where: { file: `seats/${changed[0]}` },
      next: both(
        'Tu cambio quitó algo de la puerta. Recupera ese archivo (`git restore --source=v2.2.0 ARCHIVO`) con otro pull request.',
        'Your change took something out of the gate. Bring that file back (`git restore --source=v2.2.0 FILE`) with another pull request.',
      ),
    });
  }
  return undefined;
}
