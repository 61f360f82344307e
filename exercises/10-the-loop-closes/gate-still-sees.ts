// What is judged of the gate that the fix went through: CI of main is red wherever it was with 2.2.0, and for the error of 2.2.0 too.
import { type Desk, failed, type Verdict, type Words } from '../../sandbox/checks/index.ts';
import { write } from './company.ts';
import { BAD, both } from './facts.ts';
import { feature, good } from './faults.ts';

type Wrong = Verdict & { passed: false };

/** The service as it should be, with something wrong in it. */
interface Slip {
  readonly files: Readonly<Record<string, string>>;
  readonly told: Words;
}

/** Each is noticed by tests of 2.2.0; together they ask for all of their files. */
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
    from: ' - held.length',
    to: '',
    told: both('un asiento reservado sigue libre', 'a held seat stays free'),
  },
  {
    file: 'booking.mjs',
    from: '(from === null || same(trip.from, from)) && (to === null || same(trip.to, to))',
    to: 'true',
    told: both('la búsqueda da todos los viajes', 'a search gives all trips'),
  },
  {
    file: 'duration.mjs',
    from: 'return minutes;',
    to: 'return minutes + 1;',
    told: both('cada viaje dura un minuto de más', 'each trip takes a minute too long'),
  },
  {
    file: 'offers.mjs',
    from: 'minutes, luggage: price.base + Math.ceil(minutes / 60)',
    to: 'minutes, luggage: price.base',
    told: both('el equipaje cuesta lo mismo a cualquier distancia', 'luggage costs the same at any distance'),
  },
  {
    file: 'stops.mjs',
    from: '(trip.stops ?? []).length',
    to: '0',
    told: both('ninguna reserva tiene paradas', 'no hold has any stops'),
  },
];

/** @param main a clone of main. @returns what its gate lets through now, if anything. */
export async function gateStillSees(desk: Desk, main: string): Promise<Wrong | undefined> {
  const [workflow] = await changedSince(desk, /^\.github\/workflows\//);
  const [soak] = await changedSince(desk, /^soak\.sh$/);
  const [tests] = await changedSince(desk, /^(test|package)/);
  const changed = workflow ?? soak ?? tests;
  if (changed === undefined) return undefined;
  const { wrong, endsSoon } = await slipsOf(desk);
  const seen = [...(workflow ? wrong : []), ...(workflow || soak ? [endsSoon] : [])];
  const unseen = (await letIn(desk, main, seen)) ?? (workflow || !tests ? undefined : await blind(desk, main, wrong));
  return (
    unseen &&
    failed({
      expected: both('la puerta en rojo, como antes', 'the gate red, as before'),
      found: both(`en verde aunque ${unseen.told.es}`, `green although ${unseen.told.en}`),
      where: { file: `seats/${unseen.told === endsSoon.told ? changed : (workflow ?? tests)}` },
      next: both(
        'Tu cambio quitó algo de la puerta. Recupera ese archivo (`git restore --source=v2.2.0 ARCHIVO`) con otro pull request.',
        'Your change took something out of the gate. Bring that file back (`git restore --source=v2.2.0 FILE`) with another pull request.',
      ),
    })
  );
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

/** `wrong`: what tests notice. `endsSoon`: what only the soak of 2.2.0 does, which waits for three minutes and asks. */
async function slipsOf(desk: Desk): Promise<{ readonly wrong: readonly Slip[]; readonly endsSoon: Slip }> {
  const origin = await desk.git.origin('seats');
  const released = async (path: string): Promise<string> => (await origin?.read(`refs/tags/v${BAD}`, path)) ?? '';
  const service: Record<string, string> = { ...feature, 'booking.mjs': await released('booking.mjs') };
  delete service['test/offers.test.mjs'];
  const spoilt = { ...service };
  for (const path of Object.keys(good)) spoilt[path] = await released(path);
  const wrong = slips.map(({ file, from, to, told }): Slip => {
    const text = service[file] ?? '';
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    return { files: { ...service, [file]: text.replace(from, to) }, told };
  });
  wrong.push({ files: spoilt, told: both(`vuelve el error de ${BAD}`, `the error of ${BAD} is back`) });
  const ending = `${service['app.mjs']}if (import.meta.main) setTimeout(() => process.exit(1), 120_000).unref();\n`;
  return {
    wrong,
    endsSoon: {
      files: { ...service, 'app.mjs': ending },
      told: both('el servicio se apaga solo a los dos minutos', 'the service ends by itself after two minutes'),
    },
  };
}

/** The first with which no check of CI of main is red. Each is pushed to a pull request of its own, and all run at once. */
async function letIn(desk: Desk, main: string, all: readonly Slip[]): Promise<Slip | undefined> {
  const branch = (slip: Slip): string => `slip-${all.indexOf(slip)}`;
  for (const slip of all)
    await desk.run(
      `git switch -q --no-track -c ${branch(slip)} origin/main\n${write(slip.files, '.')}
git add -- *.mjs *.json; git commit -qm 'fix: a slip' && git push -q origin HEAD && gh pr create --fill`,
      { cwd: main },
    );
  await desk.run(`${all.map((slip) => `gh pr checks ${branch(slip)} --watch`).join('; ')}; git switch -q main`, {
    cwd: main,
  });
  const { pulls, checks } = desk.forge('seats');
  return all.find((slip) => {
    const pull = pulls().findLast(({ head }) => head === branch(slip));
    if (pull === undefined) throw new Error(`${branch(slip)} has no pull request`);
    return !checks(pull.headCommit).some(({ conclusion }) => conclusion === 'failure');
  });
}

/** The first with which `test.sh` of main ends well. */
async function blind(desk: Desk, main: string, all: readonly Slip[]): Promise<Slip | undefined> {
  for (const slip of all) {
    await desk.run(`rm -rf /tmp/gate && cp -r ${main} /tmp/gate && ${write(slip.files, '/tmp/gate')}`);
    const { exitCode } = await desk.run('bash test.sh', { cwd: '/tmp/gate' });
    if (exitCode === 0) return slip;
  }
  return undefined;
}
