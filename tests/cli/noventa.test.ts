import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { languageOf } from '../../sandbox/hosts/node/cli/words.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'noventa-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function noventa(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('node', ['sandbox/hosts/node/noventa.mjs', ...args], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'en_US.UTF-8' },
  });
  return { status, stdout, stderr };
}

test('speaks the language that was asked for, else Spanish where the system says so, else English', () => {
  const spoken = [undefined, 'es', 'en', 'fr'].map((asked) =>
    [{}, { LANG: 'C.UTF-8' }, { LANG: 'es_MX.UTF-8' }, { LANG: 'es', LC_ALL: 'fr_FR' }].map((env) =>
      languageOf(asked, env),
    ),
  );
  const bySystem = ['en', 'en', 'es', 'en'];
  expect(spoken).toEqual([bySystem, Array(4).fill('es'), Array(4).fill('en'), bySystem]);
});

describe('noventa', { timeout: 60_000 }, () => {
  test('lists the written days', () => {
    const days = JSON.parse(noventa('list', '--json').stdout) as { day: string; checks: string[] }[];
    expect(days.map(({ day }) => day).slice(0, 2)).toEqual(['d01', 'd02']);
    expect(days[1]?.checks).toContain('d02-c1');
    expect(noventa('list').stdout).toContain('d01  One turn of the loop');
  });

  test('check ends with 0 only when every check passes, and tells each result in both languages', () => {
    const solved = noventa('check', '2', '--files', 'exercises/02-first-change-in-git/solution', '--json');
    expect(solved.status).toBe(0);
    expect(JSON.parse(solved.stdout)).toMatchObject({ day: 'd02', passed: true });
    const untouched = noventa('check', 'd02', '--json');
    const result = JSON.parse(untouched.stdout) as {
      passed: boolean;
      checks: { id: string; passed: boolean; message: { es: string; en: string } }[];
    };
    expect([untouched.status, result.passed]).toEqual([1, false]);
    expect(result.checks.every(({ passed, message }) => !passed && message.es !== '' && message.en !== '')).toBe(true);
  });

  test('run gives a script’s output, errors and exit code', () => {
    expect(noventa('run', '2', '--', 'cd seats && git log --oneline | wc -l; echo oops >&2; exit 7')).toEqual({
      status: 7,
      stdout: '3\n',
      stderr: 'oops\n',
    });
  });

  test('none is an empty machine whose home is a copy of the folder, which stays as it was', () => {
    writeFileSync(join(folder, 'a b.txt'), 'año\n');
    expect(noventa('run', 'none', '--files', folder, '--', 'cat *.txt; echo more >> "a b.txt"; ls -A')).toEqual({
      status: 0,
      stdout: 'año\na b.txt\n',
      stderr: '',
    });
    expect(readFileSync(join(folder, 'a b.txt'), 'utf8')).toBe('año\n');
  });

  test('workflow ends as its run does, and tells jobs, steps, outputs and problems in JSON of one form', () => {
    const file = join(folder, 'ci.yml');
    const of = (text: string, ...more: readonly string[]) => {
      writeFileSync(file, text);
      const { status, stdout } = noventa('workflow', file, '--files', folder, '--json', ...more);
      return { status, ...(JSON.parse(stdout) as { conclusion: string; jobs: unknown[]; problems: unknown[] }) };
    };
    const job = (run: string): string =>
      `on: { push: { branches: [main] } }\njobs:\n  a:\n    runs-on: ubuntu-latest\n    outputs: { n: '\${{ steps.s.outputs.n }}' }\n    steps:\n      - id: s\n        run: ${run}\n`;
    const well = of(job('echo n=1 >> $GITHUB_OUTPUT'));
    expect([well.status, well.conclusion, well.problems]).toEqual([0, 'success', []]);
    const step = { id: 's', name: 'Run echo n=1 >> $GITHUB_OUTPUT', conclusion: 'success', outputs: { n: '1' } };
    expect(well.jobs).toMatchObject([
      { id: 'a', name: 'a', conclusion: 'success', outputs: { n: '1' }, steps: [step] },
    ]);
    expect(of(job('exit 3'))).toMatchObject({ status: 1, conclusion: 'failure', jobs: [{ conclusion: 'failure' }] });
    expect(of(job('echo'), '--ref', 'refs/heads/other')).toMatchObject({ status: 2, conclusion: 'skipped', jobs: [] });
    expect(of(job('echo'), '--event', 'release')).toMatchObject({ status: 2, conclusion: 'skipped', jobs: [] });
    expect(of(job('echo "${{ github.actr"'))).toMatchObject({
      status: 3,
      conclusion: 'startup_failure',
      jobs: [],
      problems: [{ severity: 'error', line: 8 }],
    });
  });

  test('with --write-back the machine goes on from one call to the next, the forge and the log too', () => {
    const steps = readFileSync('exercises/02-first-change-in-git/solution/.noventa/actions.sh', 'utf8')
      .trim()
      .split('\n');
    const half = Math.floor(steps.length / 2);
    const app = readFileSync('exercises/02-first-change-in-git/solution/seats/app.mjs');
    const run = (script: string) => noventa('run', '2', '--files', folder, '--write-back', '--', script).status;
    run('true');
    expect(existsSync(join(folder, 'seats/.git/HEAD'))).toBe(true);
    writeFileSync(join(folder, 'seats/app.mjs'), app);
    run(steps.slice(0, half).join('\n'));
    run(steps.slice(half).join('\n'));
    expect(noventa('check', '2', '--files', folder).status).toBe(0);
  });

  test('log gives one event a line, the same each time', () => {
    const once = noventa('log', '1', '--json', '--', 'loop run --card bigger-letters');
    expect(
      once.stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { type: string }).type),
    ).toEqual(expect.arrayContaining(['DayOpened', 'CommandStarted', 'RunStarted', 'StageEnded', 'RunEnded']));
    expect(noventa('log', '1', '--json', '--', 'loop run --card bigger-letters').stdout).toBe(once.stdout);
  });

  test('what was not understood ends with 2 and says what to do', () => {
    const cases: readonly (readonly [args: readonly string[], says: RegExp])[] = [
      [['check', '45'], /no written day has that name: 45.*noventa list/],
      [['check'], /expected one day/],
      [['run', '1'], /the script is missing/],
      [['run', '1', '--write-back', '--', 'true'], /--write-back needs --files/],
      [['check', '1', '--files', join(folder, 'nowhere')], /there is no such folder/],
      [['check', '1', '--colour'], /--colour/],
      [['dance'], /unknown command: dance/],
      [[], /Usage/],
    ];
    for (const [args, says] of cases) {
      const { status, stdout, stderr } = noventa(...args);
      expect([args, status]).toEqual([args, 2]);
      expect(stdout + stderr).toMatch(says);
    }
    expect(noventa('--help').status).toBe(0);
  });

  test('a folder that is more than a machine holds, or that another day kept, is refused in one sentence', () => {
    writeFileSync(join(folder, 'big'), Buffer.alloc(65 * 2 ** 20));
    const big = noventa('run', 'none', '--files', folder, '--', 'true');
    expect([big.status, big.stderr.trim().split('\n').length]).toEqual([2, 1]);
    rmSync(join(folder, 'big'));
    mkdirSync(join(folder, '.noventa'));
    writeFileSync(join(folder, '.noventa/snapshot.json'), '{"version":1,"day":"d01"}');
    expect(noventa('run', '2', '--files', folder, '--', 'true').stderr).toMatch(/'d01'.*'d02'/);
  });

  test('check tells the stars, which nobody needs', () => {
    const files = ['--files', 'exercises/01-one-turn-of-the-loop/solution'];
    expect(JSON.parse(noventa('check', '1', ...files, '--json').stdout)).toMatchObject({
      passed: true,
      stars: [{ id: 'd01-x1', earned: true }],
    });
    expect(noventa('check', '1').stdout).toContain('☆ d01-x1  The very first run of group-booking');
  });

  test('verify takes a range, runs on as many seeds as it is told, and names days that are not written', () => {
    const { status, stdout } = noventa('verify', '1', '98..99', '--seeds', '3', '--json');
    const rows = JSON.parse(stdout) as {
      day: string;
      variant: string;
      seeds: number;
      stars: string[];
      problems: string[];
    }[];
    expect(status).toBe(1);
    expect(
      rows.filter(({ day }) => day === 'd01').every(({ seeds, problems }) => seeds === 3 && problems.length === 0),
    ).toBe(true);
    expect(rows.find(({ variant }) => variant === 'solution')?.stars).toEqual(['d01-x1']);
    expect(rows.slice(-2).map(({ day, problems }) => [day, ...problems])).toEqual([
      ['d98', 'is not written'],
      ['d99', 'is not written'],
    ]);
    expect(noventa('verify', '1', '--seeds', '0').status).toBe(2);
    expect(noventa('verify', 'nothing').stderr).toContain('no written day has that name: nothing');
  });
});
