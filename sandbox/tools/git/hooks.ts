// The programs in `.git/hooks` that git calls before and after what it does.
import { fatal, GitStop } from './options.ts';
import { config, type Work } from './work.ts';

/**
 * Runs a hook at the top of the working tree, when there is one that may be executed; its output is shown on standard error.
 * @returns its exit code, 0 when there is none.
 */
export async function runHook(work: Work, name: string, args: readonly string[] = [], stdin = ''): Promise<number> {
  const { io } = work;
  const { files } = io.machine;
  const folder = config(work, 'core.hooksPath') ?? `${work.gitdir}/hooks`;
  const path = `${folder.startsWith('/') ? folder : `${work.dir}/${folder}`}/${name}`;
  if (!files.exists(path)) return 0;
  if ((files.stat(path).mode & 0o111) === 0) {
    const shown = folder.startsWith('/') ? `.git/hooks/${name}` : `${folder}/${name}`;
    io.stderr(
      `hint: The '${shown}' hook was ignored because it's not set as executable.\nhint: You can disable this warning with \`git config advice.ignoredHook false\`.\n`,
    );
    return 0;
  }
  if (io.run === undefined) throw fatal(`cannot exec '${path}': there is no shell here`);
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const input = stdin === '' ? '' : `printf %s ${quoted(stdin)} | `;
  const line = `cd ${quoted(work.dir)} && ${input}${[path, ...args].map(quoted).join(' ')}`;
  const { stdout, stderr, exitCode } = await io.run({ words: line });
  io.stderr(`${typeof stdout === 'string' ? stdout : new TextDecoder().decode(stdout)}${stderr}`);
  return exitCode;
}

/** Runs a hook that may refuse. @throws GitStop (1) without words: the hook has said why. */
export async function askHook(work: Work, name: string, args: readonly string[] = []): Promise<void> {
  if ((await runHook(work, name, args)) !== 0) throw new GitStop('', 1);
}
