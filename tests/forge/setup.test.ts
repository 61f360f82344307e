// How a day's setup lets roles act, in the whole engine.
import { expect, test } from 'vitest';
import { createEngine } from '../../sandbox/engine.ts';
import { loadPart } from '../../sandbox/parts/direct.ts';

test('a setup brings pull requests of roles; on the opened desk there is no such door', async () => {
  const setup = `
git config --global user.name Aprendiz; git config --global user.email aprendiz@ventarela.test
git init -q --bare -b main /srv/git/seats.git
mkdir -p seats; cd seats; git init -q -b main; echo hello > README.md; git add .; git commit -qm Begin
git remote add origin https://git.ventarela.test/seats.git; git push -qu origin main
forge person nora 'Nora Vidal'; forge reviewer seats leo 5 approve Good
forge as nora "git clone -q https://git.ventarela.test/seats.git /tmp/nora; cd /tmp/nora; git switch -qc fix; echo more >> README.md; git commit -qam Fix; git push -q origin fix; gh pr create --fill -r leo"
rm -rf /tmp/nora`;
  const engine = await createEngine(
    {
      pack: { day: 'd00', seed: 's', files: {} },
      language: 'en',
      exercise: { id: 'd00', seed: 's', title: { es: '', en: '' }, setup, steps: [], wrong: {} },
    },
    {
      loadPart,
      loadWasm: () => Promise.reject(new Error('no programs in this test')),
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      onKernel() {},
      emit() {},
    },
  );
  const run = async (line: string): Promise<string> => {
    const { stdout, stderr } = await engine.run(`cd ~/seats; ${line}`);
    return stdout + stderr;
  };
  expect(
    await run(
      'gh pr list --json number,author,reviewRequests --jq \'.[] | .author.login + " " + .reviewRequests[0].login\'',
    ),
  ).toBe('nora leo\n');
  expect(await run('git fetch -q; git log -1 --format="%an <%ae>" origin/fix')).toBe(
    'Nora Vidal <nora@ventarela.test>\n',
  );
  expect(await run('forge as leo "gh pr review 1 --approve"')).toContain('forge: command not found');
  await run('sleep 10m');
  expect(await run('gh pr view 1 --json reviews --jq \'.reviews[0].author.login + " " + .reviews[0].body\'')).toBe(
    'leo Good\n',
  );
});
