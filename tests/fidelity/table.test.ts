// Writes `docs/commands.md` from what the other tests compare: `npx vitest run tests/fidelity/table -u` when it has changed.
import { builtinModules } from 'node:module';
import { expect, test } from 'vitest';
import { topics } from './cases.ts';
import { inSandbox, type Script } from './run.ts';
import { usesOf } from './uses.ts';

/** What a DevOps learner may type: which of these the sandbox has is asked of the sandbox. */
const names =
  'alias ansible apt-get arch at awk base64 basename bash bc bg blame cal cat cd chgrp chmod chown cksum clear cmp column comm command cp crontab csplit curl cut date dd declare df diff dig dirname dirs docker du echo ed edit egrep enable env envsubst eval exec exit expand export expr factor false fg fgrep file find fmt fold free getconf getent getopts gh git grep groups gunzip gzip hash head helm help hexdump history hostname htop iconv id ifconfig install ip jobs join journalctl jq kill killall kubectl last less let ln local logger look ls lsof make man mapfile md5sum mkdir mkfifo mktemp more mount mv nano nc netstat nice nl nohup node nproc npm npx nslookup od openssl paste patch pgrep ping pkill popd printenv printf promtool ps pushd pwd python3 read readarray readlink readonly realpath rename reset return rev rm rmdir rsync scp screen sed select seq set sh sha1sum sha256sum sha512sum shift shopt shuf sleep sort source split ss ssh stat strings stty su sudo sum sync systemctl tac tail tar tee telnet terraform test time timeout times tmux top touch tr trap tree true truncate tsort tty type ulimit umask unalias uname unexpand uniq unset unzip uptime users vi vim vmstat wait watch wc wget which who whoami xargs xxd yes yq zcat zip'.split(
    ' ',
  );
const gitNames =
  'add am apply archive bisect blame branch bundle cat-file check-ignore checkout cherry cherry-pick clean clone commit config describe diff diff-tree fetch for-each-ref format-patch fsck gc grep hash-object init log ls-files ls-remote ls-tree merge merge-base merge-file mergetool mv name-rev notes pull push range-diff read-tree rebase reflog remote reset restore rev-list rev-parse revert rm shortlog show show-ref sparse-checkout stash status submodule switch symbolic-ref tag update-index update-ref verify-commit whatchanged worktree write-tree'.split(
    ' ',
  );

/** There only to say that they are not, and what is instead. */
const toldAway = ['nano', 'vi', 'vim'];

interface Row {
  readonly options: Set<string>;
  readonly reasons: Set<string>;
}

async function answers(script: string, files: Script['files'] = {}): Promise<string> {
  const { stdout, stderr } = await inSandbox({ run: script, files });
  return stdout + stderr;
}

/** Those whose first line in the sandbox is a refusal. */
async function refused(all: readonly string[], call: (name: string) => string): Promise<readonly string[]> {
  const result: string[] = [];
  for (const name of all)
    if (/is not part of this sandbox|command not found|is not a git command/.test(await answers(call(name))))
      result.push(name);
  return result;
}

test('the table of commands is what the tests compare', { timeout: 120_000 }, async () => {
  const rows = new Map<string, Row>();
  for (const { cases } of topics) {
    for (const one of cases) {
      const uses = usesOf(one);
      for (const command of new Set(uses.map((use) => use.command))) {
        const row = rows.get(command) ?? { options: new Set(), reasons: new Set() };
        rows.set(command, row);
        if (one.differs !== undefined) {
          if (uses.length === 1 || uses.at(-1)?.command === command) row.reasons.add(one.differs);
          continue;
        }
        for (const use of uses) if (use.command === command) for (const option of use.options) row.options.add(option);
      }
    }
  }

  const absent = await refused(names, (name) =>
    toldAway.includes(name) ? name : `type ${name} > /dev/null || ${name}`,
  );
  const known = new Set(names.filter((name) => !absent.includes(name)));
  const absentOfGit = await refused(gitNames, (name) => `git init -q; git ${name}`);
  const modules = builtinModules.filter((name) => !/^_|^node:|\//.test(name));
  const absentModules: string[] = [];
  for (const name of modules)
    if ((await answers(`node -e "await import('node:${name}')"`)) !== '') absentModules.push(name);

  const listed = [...rows]
    .filter(([command]) => known.has(command.split(' ')[0] ?? ''))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const cell = (items: Iterable<string>): string => [...items].sort().join(', ').replaceAll('|', '\\|');
  const code = (items: readonly string[]): string => items.map((item) => `\`${item}\``).join(' ');
  const comparedModules = modules.filter(
    (name) =>
      !absentModules.includes(name) &&
      topics.some(({ cases }) =>
        cases.some(({ files = {} }) => Object.values(files).some((text) => text.includes(`'node:${name}'`))),
      ),
  );
  const text = `# What the sandbox's tools can do

Made by \`tests/fidelity/table.test.ts\`; do not edit. Each case is a script that was run in the sandbox and with the real tool of the
machine in the same test run: output, errors and exit code were the same.

## Compared with the real tool

| command | options typed, answered alike (a refusal too) | simplified: different on purpose |
| --- | --- | --- |
${listed.map(([command, { options, reasons }]) => `| \`${command}\` | ${code([...options].sort())} | ${cell(reasons)} |`).join('\n')}

## There, but in no case yet

${code([...known].filter((name) => ![...rows.keys()].some((command) => command.split(' ')[0] === name)))}

## Not part of the sandbox

Commands: ${code(absent)}

git: ${code(absentOfGit)}

## Modules of node

Compared: ${code(comparedModules)}

There, but in no case yet: ${code(modules.filter((name) => !absentModules.includes(name) && !comparedModules.includes(name)))}

Not part of the sandbox: ${code(absentModules)}
`;
  await expect(text).toMatchFileSnapshot('../../docs/commands.md');
});
