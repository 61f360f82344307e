// The words and exit codes of the tools around hosts: ssh, scp, systemctl, journalctl, nginx, sudo, the registry and the timeline.
import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Desk, openCompany, openDesk, scenario } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await openCompany(desk, scenario);
  await desk.must('sleep 5');
}, 30_000);

async function said(script: string): Promise<string> {
  const { stdout, stderr, exitCode } = await desk.run(script);
  return `${stdout}${stderr}[${exitCode}]`;
}

const hasSsh = spawnSync('ssh', ['-V']).status === 0;

describe('ssh', () => {
  test('gives what the command gave, and its exit code', async () => {
    expect(await said('ssh web-1 "echo out; echo err >&2; exit 3"')).toBe('out\nerr\n[3]');
    expect(await said('ssh -o BatchMode=yes deploy@web-1 hostname; echo hello | ssh web-1 "tr a-z A-Z"')).toBe(
      'web-1\nHELLO\n[0]',
    );
  });
  test('takes a script from standard input', async () => {
    expect(await said("ssh web-1 'bash -s' <<'END'\ncd /opt && pwd\nEND")).toBe('/opt\n[0]');
  });
  test('refuses a session that somebody would type in', async () => {
    expect(await said('ssh web-1')).toBe(
      'ssh: an interactive session is not part of this sandbox: ssh web-1 COMMAND\n[255]',
    );
  });
  test.skipIf(!hasSsh)('tells of a host that nobody knows as the real one does', async () => {
    const real = spawnSync('ssh', ['nohost.invalid', 'true'], { encoding: 'utf8' });
    expect(await said('ssh nohost.invalid true')).toBe(`${real.stderr.replaceAll('\r', '')}[${real.status}]`);
  });
  test('takes the time that the command takes, for both clocks', async () => {
    const before = desk.machine.kernel.now();
    await desk.must('ssh web-1 "sleep 42"');
    const passed = desk.machine.kernel.now() - before;
    expect(passed).toBeGreaterThanOrEqual(42_000);
    expect(passed).toBeLessThan(44_000);
    const [here, there] = (await desk.must('date +%s; ssh web-1 date +%s')).trim().split('\n').map(Number);
    expect(Math.abs((here ?? 0) - (there ?? 0))).toBeLessThanOrEqual(1);
  });
});

describe('scp', () => {
  test('copies there and back, folders too', async () => {
    await desk.must(
      'mkdir -p site/css; echo a > site/index.html; echo b > site/css/style.css; chmod 600 site/index.html',
    );
    await desk.must('scp -rq site web-1:/srv/; scp -q site/index.html web-1:renamed; scp -rq web-1:/srv/site back');
    expect(await said('ssh web-1 "stat -c %a /srv/site/index.html; cat renamed"; diff -r site back')).toBe(
      '600\na\n[0]',
    );
  });
  test('says what is missing', async () => {
    expect(await said('scp nope web-1:/tmp/')).toBe('scp: stat local "nope": No such file or directory\n[1]');
    expect(await said('scp web-1:/nope .')).toBe('scp: /nope: No such file or directory\n[1]');
    expect(await said('scp site/index.html web-1:/no/such/folder')).toBe(
      'scp: dest open "/no/such/folder": No such file or directory\nscp: failed to upload file site/index.html to /no/such/folder\n[1]',
    );
    expect(await said('scp -q site/index.html web-9:/tmp/')).toBe(
      'ssh: Could not resolve hostname web-9: Name or service not known\nscp: Connection closed\n[255]',
    );
    expect(await said('scp site web-1:/tmp/')).toBe(
      'scp: local "site" is not a regular file\nscp: failed to upload file site to /tmp/\n[1]',
    );
  });
});

describe('systemctl', () => {
  const on = (words: string) => said(`ssh web-1 "${words}"`);
  test('answers for units that are there, and that are not', async () => {
    expect(await on('systemctl is-active seats@8081 nope; systemctl is-enabled seats@8081')).toBe(
      'active\ninactive\nenabled\n[0]',
    );
    expect(await on('systemctl start nope')).toBe('Failed to start nope.service: Unit nope.service not found.\n[5]');
    expect(await on('systemctl status nope')).toBe('Unit nope.service could not be found.\n[4]');
    expect(await on('systemctl frobnicate')).toBe('Unknown command verb frobnicate.\n[1]');
    expect(await on("systemctl list-units 'seats@*' --no-legend --plain")).toBe(
      'seats@8081.service loaded active running Seats API on port 8081\n[0]',
    );
    expect(await on("systemctl is-active 'seats@*' 'nobody@*'")).toBe('active\n[0]');
    expect(await on('systemctl list-units --state=failed')).toBe('0 loaded units listed.\n[0]');
    expect(await on('systemctl list-units --type=timer')).toBe(
      "systemctl: '--type=timer' is not part of this sandbox\n[1]",
    );
    expect(await on('systemctl mask x')).toBe("systemctl: 'mask' is not part of this sandbox\n[1]");
    expect(await on('systemctl restart')).toBe('Too few arguments.\n[1]');
  });
  test('reads a changed unit file only after daemon-reload', async () => {
    await desk.must('ssh web-1 "sed -i s/Seats/Bookings/ /etc/systemd/system/seats@.service"');
    const warning =
      "Warning: The unit file, source configuration file or drop-ins of seats@8081.service changed on disk. Run 'systemctl daemon-reload' to reload units.\n";
    expect(await on('systemctl restart seats@8081')).toBe(`${warning}[0]`);
    expect(await on('systemctl show -p Description --value seats@8081')).toBe('Seats API on port 8081\n[0]');
    expect(await on('sudo systemctl daemon-reload; systemctl show -p Description --value seats@8081')).toBe(
      'Bookings API on port 8081\n[0]',
    );
  });
  test('tells how a service ended, and starts no more what fails again and again', async () => {
    await desk.must(
      'ssh web-1 "printf \'[Service]\\nExecStart=/usr/bin/node -e \\"process.exit(3)\\"\\nRestart=on-failure\\n\' > /etc/systemd/system/bad.service; systemctl start bad; sleep 20"',
    );
    expect(await on('systemctl is-active bad')).toBe('failed\n[3]');
    const journal = (await on('journalctl -u bad -o cat')).split('\n');
    expect(
      journal.filter((line) => line === 'bad.service: Main process exited, code=exited, status=3/n/a'),
    ).toHaveLength(5);
    expect(journal.slice(-4)).toEqual([
      'bad.service: Start request repeated too quickly.',
      "bad.service: Failed with result 'exit-code'.",
      'Failed to start bad.service - bad.service.',
      '[0]',
    ]);
    expect(await on('systemctl status bad | head -3 | sed \\"s/since.*//\\"')).toBe(
      '× bad.service - bad.service\n     Loaded: loaded (/etc/systemd/system/bad.service; static; preset: enabled)\n     Active: failed (Result: exit-code) \n[0]',
    );
  });
  test('has units that cannot run told in the journal', async () => {
    await desk.must(
      'ssh web-1 "printf \'[Service]\\nWorkingDirectory=/nope\\nExecStart=/usr/bin/node x.mjs\\n\' > /etc/systemd/system/lost.service; systemctl start lost"',
    );
    expect(await on('journalctl -u lost -o cat')).toContain(
      'lost.service: Failed at step CHDIR spawning /usr/bin/node: No such file or directory\n',
    );
    expect(await on('systemctl show -p ExecMainStatus --value lost')).toBe('200\n[0]');
  });
});

describe('journalctl', () => {
  test('follows until somebody stops it', async () => {
    const before = desk.machine.kernel.now();
    expect((await desk.run('timeout 30 ssh web-1 "journalctl -fu seats@8081"')).exitCode).toBe(124);
    expect(desk.machine.kernel.now() - before).toBeGreaterThanOrEqual(30_000);
    expect(desk.machine.kernel.now() - before).toBeLessThan(40_000);
    const following = desk.run('ssh web-1 "journalctl -fu seats@8081 -n 1 -o cat"');
    setTimeout(desk.interrupt, 200);
    expect(await following).toMatchObject({ exitCode: 130, stdout: expect.stringContaining('listening') });
  });
  test('gives JSON, the last lines, and what a moment allows', async () => {
    const json = JSON.parse(await desk.must('ssh web-1 "journalctl -u seats@8081 -n 1 -o json"'));
    expect(json).toMatchObject({ _SYSTEMD_UNIT: 'seats@8081.service', SYSLOG_IDENTIFIER: 'node', _HOSTNAME: 'web-1' });
    expect(await said('ssh web-1 "journalctl -u seats@8081 --since tomorrow"')).toBe(
      'Failed to parse timestamp: tomorrow\n[1]',
    );
    expect(await said('ssh web-1 "journalctl -u seats@8081 --until 2026-03-01"')).toBe('-- No entries --\n[0]');
  });
});

test('nginx tells what is wrong with its configuration, and goes on with the old one', async () => {
  await desk.must('ssh web-1 "echo \'server { lisen 81; }\' > /etc/nginx/conf.d/more.conf"');
  expect(await said('ssh web-1 "sudo nginx -t"')).toBe(
    'nginx: [emerg] unknown directive "lisen" in /etc/nginx/conf.d/more.conf:1\nnginx: configuration file /etc/nginx/nginx.conf test failed\n[1]',
  );
  expect(await said('ssh web-1 "nginx -tq"')).toContain('[emerg] unknown directive "lisen"');
  expect(await said('ssh web-1 "systemctl reload nginx"')).toContain('Job for nginx.service failed.');
  expect(
    await said(
      'curl -s -o /dev/null -w "%{http_code}" http://web-1/healthz; ssh web-1 "rm /etc/nginx/conf.d/more.conf; nginx -t -q"',
    ),
  ).toBe('200[0]');
});

test('a host may read from the registry and write nothing', async () => {
  expect(await said('ssh web-1 "curl -fsS http://registry.ventarela.test/seats/1.0.1/seats.tgz | tar -tz"')).toBe(
    'app.mjs\n[0]',
  );
  expect(
    await said(
      'ssh web-1 "echo x | curl -sS -w %{http_code} -o /dev/null -T - http://registry.ventarela.test/seats/9.0.0/seats.tgz"',
    ),
  ).toBe('403[0]');
});

test('the registry refuses other bytes under a version that is there, and to remove one', async () => {
  await desk.must('echo other > seats.tgz');
  const url = 'http://registry.ventarela.test/seats/1.0.0/seats.tgz';
  expect(await said(`curl -fsS -T seats.tgz ${url}`)).toBe('curl: (22) The requested URL returned error: 409\n[22]');
  expect(await said(`curl -sS -T seats.tgz ${url} | jq -r .detail`)).toMatch(
    /^seats 1\.0\.0 already has seats\.tgz with sha256:[0-9a-f]{64}; a published version never changes\n\[0\]$/,
  );
  expect(await said(`curl -fsS -X DELETE ${url}`)).toBe('curl: (22) The requested URL returned error: 405\n[22]');
});

test('a deploy event says what is missing in it', async () => {
  const post = (json: string) => said(`curl -sS --json '${json}' http://events.ventarela.test/deploys | jq -r .detail`);
  expect(await post('{"service":"seats","result":"succeeded"}')).toBe(
    'version is missing: a text, what was deployed\n[0]',
  );
  expect(await post('{"service":"seats","version":"1","result":"ok"}')).toBe('result is "succeeded" or "failed"\n[0]');
  expect(await post('{"service":"seats","version":"1","mood":"good"}')).toContain('unknown field "mood"');
  expect(await said('curl -sS -X DELETE -o /dev/null -w "%{http_code}" http://events.ventarela.test/events')).toBe(
    '405[0]',
  );
});
