import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readEnvironmentFile, readUnit } from './unit-file.ts';

const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'noventa-units-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What the real systemd says of a unit file. */
function verify(name: string, text: string): readonly string[] {
  const path = join(folder, name);
  writeFileSync(path, text);
  const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' });
  return stderr
    .split('\n')
    .filter((line) => line !== '' && !/bad unit file setting|is not executable/.test(line))
    .map((line) => line.replaceAll(`${folder}/`, ''));
}

const service = (lines: string): string => `[Service]\nExecStart=/bin/true\n${lines}\n`;

describe('a unit file', () => {
  const files: Readonly<Record<string, string>> = {
    'an unknown key': service('Nope=1'),
    'an unknown section': service('[Bogus]\nX=1'),
    'a restart that does not exist': service('Restart=sometimes'),
    'a time that is none': service('RestartSec=forever'),
    'a variable without a name': service('Environment=A=1 "B=two words" =bad'),
    'an assignment before any section': `A=1\n${service('')}`,
    'a line without a sign': service('nothing'),
    'no program': '[Service]\nType=simple\n',
    'two programs': service('ExecStart=/bin/true'),
    'a quote that does not end': '[Service]\nExecStart=/bin/true "abc\n',
    'comments and lines that go on': service(
      '# a\n; b\nEnvironment=A=1 \\\n  B=2\nRestart=on-failure\nRestartSec=1min 5s',
    ),
  };
  test.skipIf(!hasSystemd).each(Object.entries(files))('with %s is told as systemd tells it', (_, text) => {
    const unit = readUnit('x.service', 'x.service', text);
    expect([...unit.warnings, ...('problem' in unit ? [unit.problem] : [])]).toEqual(verify('x.service', text));
  });

  test.skipIf(!hasSystemd).each(['5', '1.5h', '2min 20s', '100ms', '3 hours'])(
    'reads the span %s as systemd does',
    (span) => {
      const said = execFileSync('systemd-analyze', ['timespan', span], { encoding: 'utf8' });
      const micros = Number(/μs: (\d+)/.exec(said)?.[1]);
      expect(readUnit('x.service', 'x', service(`RestartSec=${span}`))).toMatchObject({ restartMs: micros / 1000 });
    },
  );

  test('of a template has its instance where %i stands', () => {
    const unit = readUnit(
      'seats@8081.service',
      'x',
      '[Unit]\nDescription=%p on %i, 100%%\n[Service]\nExecStart=/usr/bin/node app.mjs --name %n\nEnvironment=PORT=%i\n',
    );
    expect(unit).toMatchObject({
      description: 'seats on 8081, 100%',
      execStart: ['/usr/bin/node', 'app.mjs', '--name', 'seats@8081.service'],
      environment: { PORT: '8081' },
    });
  });

  test('that wants what is not here is refused by name', () => {
    expect(readUnit('x.service', 'x', service('Type=forking'))).toMatchObject({
      problem: 'x.service: Type=forking is not part of this sandbox',
    });
  });
});

test('an environment file has names, values, quotes and comments', () => {
  expect({ ...readEnvironmentFile('# a\nA=1\nB="two words"\nC=\'$x\'\nexport D=4\n\nnot a line\nE=a=b\n') }).toEqual({
    A: '1',
    B: 'two words',
    C: '$x',
    D: '4',
    E: 'a=b',
  });
});
