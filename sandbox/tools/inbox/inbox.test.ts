import { expect, test } from 'vitest';
import { createKernel } from '../../kernel/index.ts';
import { createMachine, type Language } from '../../machine/index.ts';
import { formatMessage, type Message } from '../../telemetry/messages/index.ts';
import { alertingPaths } from '../../telemetry/service/index.ts';
import { diskOf } from '../amtool/disk.ts';
import { inbox } from './index.ts';
import { tellNews } from './settle.ts';

function desk(language: Language = 'en') {
  const machine = createMachine({ kernel: createKernel({ seed: 'a', now: Date.UTC(2026, 2, 6, 18) }), language });
  const deploy = (action: string, version: string) => {
    const recorded = { service: 'seats', version, action, result: 'succeeded', host: '', by: 'dev-booking' };
    machine.kernel.record({ type: 'DeployRecorded', ...recorded });
    tellNews(machine);
    machine.kernel.advance(60_000);
  };
  const route = (to: string) =>
    diskOf(machine.files).write(
      alertingPaths.news,
      `routes: [{ matchers: ['kind=~"deploy|rollback"'], to: '${to}' }]\n`,
    );
  const write = (messages: readonly Message[]) =>
    diskOf(machine.files).write(alertingPaths.messages, messages.map(formatMessage).join(''));
  const run = async (...args: string[]) => {
    let [out, err] = ['', ''];
    const exitCode = await inbox.run(args, {
      machine,
      cwd: machine.home,
      env: {},
      stdin: new Uint8Array(),
      isTerminal: false,
      columns: 80,
      stdout: (text) => {
        out += text;
      },
      stderr: (text) => {
        err += text;
      },
      signal: new AbortController().signal,
    });
    return { out, err, exitCode };
  };
  return { deploy, route, run, write };
}

test('a deploy and its rollback come to the channel once each, with version and result', async () => {
  const { deploy, route, run } = desk();
  route('#operations');
  deploy('deploy', '1.4.0');
  deploy('deploy', '1.4.1');
  deploy('rollback', '1.4.0');
  expect((await run('operations')).out).toBe(
    '2026-03-06T18:00:00Z  [DEPLOY] seats 1.4.0 succeeded\n    by: dev-booking\n' +
      '2026-03-06T18:01:00Z  [DEPLOY] seats 1.4.1 succeeded\n    from: 1.4.0\n    by: dev-booking\n' +
      '2026-03-06T18:02:00Z  [ROLLBACK] seats 1.4.1 to 1.4.0 succeeded\n    by: dev-booking\n',
  );
  expect((await run('#operations', '--since=2m')).out.split('\n')[0]).toContain('[DEPLOY] seats 1.4.1');
});

test('messages are shown in the order of time, however they came', async () => {
  const { run, write } = desk();
  write([2, 1].map((at) => ({ at, via: 'chat', to: '#operations', title: `message ${at}`, lines: [] })));
  expect((await run('operations')).out).toMatch(/message 1\n.*message 2/);
});

test('without a route nobody is told', async () => {
  const { deploy, run } = desk('es');
  deploy('deploy', '1.4.0');
  expect((await run()).out).toBe('todavía no ha llegado ningún mensaje\n');
});

test('what cannot be understood is said with what to try', async () => {
  const { run } = desk();
  expect(await run('operations', '--since', 'soon')).toEqual({
    out: '',
    err: 'inbox: "soon" is no duration; write one like 30m or 2h\n',
    exitCode: 2,
  });
  expect((await run('--all')).err).toBe('inbox: I do not understand "--all"; try inbox --help\n');
});
