import { expect, test } from 'vitest';
import { createKernel, formatLog } from '../../kernel/index.ts';
import { type CommandIO, createMachine, type Language } from '../../machine/index.ts';
import { board } from '../board/index.ts';
import { loop } from './index.ts';

const cards = `- id: bigger-letters
  title: { es: Letras, en: Letters }
  column: ready # soon
- id: ticket-by-email
  title: { es: Correo, en: E-mail }
  column: backlog
`;
const plan = `order: [ticket-by-email, bigger-letters]
cards:
  ticket-by-email:
    asked_by: support
    services: [seats, mail]
  bigger-letters: { asked_by: stations, services: [web] }
`;

function team({ planned = plan, language = 'en' as Language, seed = 'a', isTerminal = false } = {}) {
  const machine = createMachine({ kernel: createKernel({ seed }), language });
  const { files, home, kernel } = machine;
  files.mkdir(`${home}/board`);
  files.writeFile(`${home}/board/cards.yaml`, cards);
  files.writeFile(`${home}/plan.yaml`, planned);
  files.writeFile(`${home}/loop.config`, 'services: [web, seats, payments, mail, printer]\n');
  const run = async (line: string) => {
    const [name, ...args] = line.split(' ');
    let out = '';
    let err = '';
    const io: CommandIO = {
      machine,
      cwd: home,
      env: {},
      stdin: new Uint8Array(),
      isTerminal,
      columns: 80,
      stdout: (text) => {
        out += text;
      },
      stderr: (text) => {
        err += text;
      },
      signal: new AbortController().signal,
    };
    const exitCode = await (name === 'board' ? board : loop).run(args, io);
    return { out, err, exitCode };
  };
  const text = (path: string) => files.readText(`${home}/${path}`);
  const types = () => kernel.log.entries().map(({ type }) => type);
  return { machine, run, text, types };
}

test('a planned card passes the eight stages, and the clock and the lead time move by what they took', async () => {
  const { machine, run } = team();
  const begin = machine.kernel.now();
  expect((await run('loop run --card ticket-by-email')).exitCode).toBe(0);
  const log = machine.kernel.log.entries();
  const minutes = log.map((entry) => (entry.type === 'StageEnded' ? entry.minutes : 0)).reduce((a, b) => a + b, 0);
  expect(log.at(-1)).toMatchObject({ type: 'RunEnded', result: 'completed', stops: 0, leadTimeMinutes: minutes });
  expect(machine.kernel.now() - begin).toBe(minutes * 60_000);
});

test('a card whose plan forgot a service stops at deploy, goes back to plan and takes more than twice as long', async () => {
  const planned = team();
  const forgot = team({ planned: plan.replace('[seats, mail]', '[seats]') });
  await planned.run('loop run --card ticket-by-email');
  const { out } = await forgot.run('loop run --card ticket-by-email');
  expect(out).toContain('STOPS: the code calls mail');
  const log = forgot.machine.kernel.log.entries();
  expect(log.filter(({ type }) => type === 'StageStopped')).toMatchObject([{ stage: 'deploy', reason: 'mail' }]);
  const [quick, slow] = [planned, forgot].map(({ machine }) => machine.kernel.log.entries().at(-1));
  if (quick?.type !== 'RunEnded' || slow?.type !== 'RunEnded') throw new Error('no run ended');
  expect(slow.leadTimeMinutes).toBeGreaterThan(2 * quick.leadTimeMinutes);
});

test('the same seed and commands give the same log, another seed another', async () => {
  const logOf = async (seed: string) => {
    const { machine, run } = team({ seed });
    await run('loop run --card ticket-by-email');
    return formatLog(machine.kernel.log.entries());
  };
  expect(await logOf('a')).toBe(await logOf('a'));
  expect(await logOf('a')).not.toBe(await logOf('b'));
});

test('a run moves its card to done, opens one feedback card, and keeps what people wrote in the file', async () => {
  const { run, text } = team();
  await run('loop run --card bigger-letters');
  await run('loop run --card bigger-letters');
  expect(text('board/cards.yaml')).toContain('column: done # soon');
  expect(text('board/cards.yaml').match(/id: feedback-bigger-letters/g)).toHaveLength(1);
  expect((await run('board list')).out).toBe(
    'Backlog (2)\n  ticket-by-email            E-mail\n  feedback-bigger-letters    Did “Letters” help?\n' +
      'Ready (0)\nDoing (0)\nDone (1)\n  bigger-letters             Letters\n',
  );
});

test('a prediction is compared with the first run only, and refused once the run was seen', async () => {
  const { run, types } = team();
  await run('loop predict --card bigger-letters --stops-at deploy');
  expect((await run('loop run --card bigger-letters')).out).toContain(
    'Your prediction: stops at deploy. What happened: does not stop.',
  );
  expect((await run('loop run --card bigger-letters')).out).not.toContain('Your prediction');
  expect(await run('loop predict --card bigger-letters --reaches monitor')).toMatchObject({
    exitCode: 1,
    err: 'loop: the run of this card has been seen: to predict now would be to remember\n',
  });
  expect(types().filter((type) => type === 'PredictionSaved')).toHaveLength(1);
});

test('a card ahead in the order that is not done makes the next one wait; a done one does not', async () => {
  const { run } = team();
  expect((await run('loop run --card bigger-letters')).out).toContain('waits for 1 card ahead of it');
  await run('loop run --card ticket-by-email');
  expect((await run('loop run --card bigger-letters')).out).not.toContain('waits for');
});

test('loop show tells a run again as it was told, loop runs lists them', async () => {
  const { run } = team();
  const { out } = await run('loop run --card ticket-by-email');
  expect(out.startsWith((await run('loop show R1')).out)).toBe(true);
  expect((await run('loop runs')).out).toMatch(/^R1 {3}ticket-by-email +Reached monitor/);
  expect((await run('loop show R9')).err).toBe("loop: there is no run 'R9'. See: loop runs\n");
});

test.each([
  ['a: [', 'plan.yaml:1: not valid YAML. Look at the indentation, the colons and the quotes'],
  [
    plan.replace('mail]', 'mial]'),
    "plan.yaml:5: 'mial' is not a service. There are: web, seats, payments, mail, printer",
  ],
  [plan.replace('support', 'nobody'), "plan.yaml:4: nobody at the company is called 'nobody'. There are: "],
  [plan.replace('order: [', 'order: [constructor, '), "plan.yaml:1: there is no card 'constructor'"],
  [plan.replace('[seats, mail]', 'mail'), 'plan.yaml:5: expected a list, like [seats, mail]'],
  [plan.replace('support', "''"), 'plan.yaml:4: asked_by is empty.'],
  [plan.replace('[ticket-by-email, ', '['), "'ticket-by-email' is not in order"],
  ['', "plan.yaml says nothing of 'ticket-by-email'"],
])('a plan with a mistake is refused with its file and line, and nothing is logged (%#)', async (planned, message) => {
  const { run, types } = team({ planned });
  const { err, out, exitCode } = await run('loop run --card ticket-by-email');
  expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
  expect(err).toContain(`loop: ${message}`);
  expect(types()).toEqual([]);
});

test('a card, a stage, an option and a file that are not there are each named', async () => {
  const { machine, run } = team();
  expect((await run('loop run --card nothing')).err).toBe("loop: the board has no card 'nothing'. See: board list\n");
  expect((await run('loop predict --card bigger-letters --stops-at lunch')).err).toContain("'lunch' is not a stage");
  expect((await run('loop run --fast')).err).toBe("loop: '--fast' is not part of this tool. See: loop --help\n");
  expect((await run('loop run bigger-letters')).err).toContain('loop: the card is missing: --card ID');
  expect(await run('loop dance')).toMatchObject({ exitCode: 2 });
  machine.files.remove(`${machine.home}/plan.yaml`);
  expect((await run('loop run --card bigger-letters')).err).toBe('loop: the file plan.yaml is missing\n');
});

test('commands speak the language of the machine, with colours only at a terminal', async () => {
  expect((await team({ language: 'es' }).run('loop run --card bigger-letters')).out).toContain('Llegó a monitor.');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ESC begins every ANSI sequence
  const colour = /\x1b\[/;
  expect((await team().run('loop run --card bigger-letters')).out).not.toMatch(colour);
  expect((await team({ isTerminal: true }).run('loop run --card bigger-letters')).out).toMatch(colour);
});

test('Tab offers subcommands, cards and stages, and nothing of a board that cannot be read', () => {
  const { machine } = team();
  const offered = (...before: string[]) => loop.complete?.(before, '', { machine, cwd: machine.home });
  expect(offered()).toEqual(['predict', 'report', 'run', 'runs', 'show', 'stages']);
  expect(offered('run', '--card')).toEqual(['bigger-letters', 'ticket-by-email']);
  expect(offered('predict', '--card', 'x', '--stops-at')).toContain('deploy');
  machine.files.writeFile(`${machine.home}/board/cards.yaml`, '- [');
  expect(offered('run', '--card')).toEqual([]);
});

test('a report of the times of a change is filed as it was worked out, in minutes', async () => {
  const { run, machine } = team();
  expect((await run('loop report --lead-time 1h5m --recovery-time=18m')).out).toBe(
    'noted: 65 min from commit to production, 18 min to recover\n',
  );
  expect(machine.kernel.log.entries().at(-1)).toMatchObject({
    type: 'DeliveryReported',
    leadTimeMinutes: 65,
    recoveryTimeMinutes: 18,
  });
  expect((await run('loop report --lead-time 9m10s --recovery-time 9m')).out).toMatch(/^noted: 9\.2 min .* 9 min /);
  expect((await team({ language: 'es' }).run('loop report --lead-time 9m10s --recovery-time 9m48s')).out).toMatch(
    /^anotado: 9,2 min .* 9,8 min /,
  );
  expect((await run('loop report --lead-time soon --recovery-time 18m')).err).toMatch(
    /^loop: "soon" is no duration for --lead-time/,
  );
  expect((await run('loop report --lead-time 47m')).err).toContain('--recovery-time is missing');
});
