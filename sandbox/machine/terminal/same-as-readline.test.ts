import { spawn, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createTypist } from './typist.ts';

// Keys typed into the machine's real bash, in a pseudo-terminal that util-linux' `script` makes, and into ours: the line that is
// entered must be the same. Each begins with `:`, so that nothing is done.
const hasScript = spawnSync('script', ['--version']).status === 0;

const cases: readonly string[] = [
  ': acb\x1b[D\x7fb\x1b[F!',
  ': one two three\x17\x17x',
  ': one two\x1bb\x0b\x1b<\x1b>y',
  ': a/b.txt c-d\x1b\x7f\x1b\x7fz',
  ': a/b.txt\x1bb\x1bb\x1bdX',
  ': kill me\x15: start \x19',
  ': one two three\x17\x17\x17: \x19',
  ': abcd\x02\x02\x0b\x19\x19',
  ': abc\x14',
  ': abc\x02\x14d',
  ': áéí\x7f\x7fo',
  ': 日本語\x02\x7fx',
  ': x w\x1b[1;5D\x1b[1;5Dy\x1b[1;5Cz',
  ': abc\x01\x06\x06\x04\x1b[3~d',
  ': abc\x7f\x7f\x1f\x1f!',
  ': first argument "with space"',
  ': again \x1b.',
  ': older \x1b.\x1b.',
  ': edited\x10\x10\x0e!',
  '\x10\x10#',
  ': typed\x10\x0e more',
  '\x12argument\x05 found',
  '\x12zzzz\x07: left',
  '\x12edi\x12\x05!',
  ': words  and   spaces\x17\x17\x17end',
  ': a.b.c\x1bb\x1bb\x0b\x19.\x19',
];

/** Types everything into one interactive bash and gives the lines of its history. */
function linesOfBash(): Promise<readonly string[]> {
  const bash = spawn('script', ['-qfc', 'bash --norc --noprofile -i', '/dev/null'], {
    env: {
      PATH: process.env.PATH,
      TERM: 'xterm',
      HISTFILE: '',
      HISTIGNORE: 'echo*:fc*',
      INPUTRC: '/dev/null',
      LC_ALL: 'C.UTF-8',
      PS1: '% ',
    },
  });
  let output = '';
  bash.stdout.on('data', (data: Buffer) => {
    output += data.toString();
  });
  const waitFor = async (text: string): Promise<void> => {
    for (let turn = 0; turn < 500 && !output.includes(text); turn++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    if (!output.includes(text)) throw new Error(`bash did not show ${text}: ${output}`);
  };
  return (async () => {
    await waitFor('% ');
    for (const [index, keys] of cases.entries()) {
      bash.stdin.write(`${keys}\r`);
      // Leaves no line in the history, and shows that the one before has been read.
      bash.stdin.write(`echo "=$((${index}))="\r`);
      await waitFor(`=${index}=\r\n`);
    }
    bash.stdin.write('fc -ln 1; echo "=the""end="\r');
    await waitFor('=theend=\r\n');
    bash.kill();
    const listed = output.slice(output.lastIndexOf('fc -ln 1;'));
    return [...listed.matchAll(/(?:^|[\r\n])\t (.*)\r/g)].map(([, line = '']) => line);
  })();
}

test.skipIf(!hasScript)(
  'keys make the same lines as in bash',
  async () => {
    const ours = createTypist();
    const shown: string[] = [];
    for (const keys of cases) {
      await ours.type(`${keys}\r`);
      shown.push(ours.screen().at(-2)?.replace('dev@desk:~$ ', '') ?? '');
      await ours.type('\x0c');
    }
    expect(shown).toEqual(await linesOfBash());
  },
  30_000,
);
