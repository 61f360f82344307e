// The programs in `.git/hooks` that git calls before and after what it does.
import { fatal, GitStop } from './options.ts';
import { config } from './sources.ts';
import type { Work } from './work.ts';

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
    if (config(work, 'advice.ignoredHook') !== 'false')
      io.stderr(
        `hint: The '${shown}' hook was ignored because it's not set as executable.\nhint: You can disable this warning with \`git config advice.ignoredHook false\`.\n`,
      );
    return 0;
  }
  if (io.run === undefined) throw fatal(`cannot exec '${path}': there is no shell here`);
  const input = stdin === '' ? '' : `printf %s ${quoted(stdin)} | `;
  // Only of this one git leaves standard output as it is; of the others all goes where errors go, in its order.
  const isApart = name === 'pre-push';
  const line = `cd ${quoted(work.dir)} && ${input}${[path, ...args].map(quoted).join(' ')}${isApart ? '' : ' 2>&1'}`;
  // Those of a commit are told which index it is made from.
  const env: Record<string, string> = /commit/.test(name)
    ? { GIT_INDEX_FILE: work.own === undefined ? '.git/index' : `${work.own}/index` }
    : {};
  const { stdout, stderr, exitCode } = await io.run({ words: line, env });
  if (isApart) io.stdout(stdout);
  else io.stderr(new TextDecoder().decode(stdout));
  if (stderr !== '') io.stderr(stderr);
  return exitCode;
}

/** Runs a hook that may refuse. @throws GitStop (1) without words: the hook has said why. */
export async function askHook(work: Work, name: string, args: readonly string[] = []): Promise<void> {
  if ((await runHook(work, name, args)) !== 0) throw new GitStop('', 1);
}

/** Whether a bare repository has any program that it would start. */
export function hasHooks({ io }: Work, gitdir: string): boolean {
  const { files } = io.machine;
  return files.exists(`${gitdir}/hooks`) && files.list(`${gitdir}/hooks`).some((name) => !name.endsWith('.sample'));
}

/** Runs a hook of the repository that is pushed to; each line of what it says begins with `remote: `, as git shows it. */
export async function runServerHook(
  { io }: Work,
  gitdir: string,
  name: string,
  args: readonly string[],
  stdin = '',
): Promise<number> {
  const path = `${gitdir}/hooks/${name}`;
  const { files } = io.machine;
  if (!files.exists(path) || (files.stat(path).mode & 0o111) === 0) return 0;
  if (io.run === undefined) throw fatal(`cannot exec '${path}': there is no shell here`);
  const line = `cd ${quoted(gitdir)} && ${stdin === '' ? '' : `printf %s ${quoted(stdin)} | `}${[`hooks/${name}`, ...args].map(quoted).join(' ')} 2>&1`;
  const { stdout, stderr, exitCode } = await io.run({ words: line, env: { GIT_DIR: '.' } });
  const said = new TextDecoder().decode(stdout) + stderr;
  for (const text of said.replace(/\n$/, '').split('\n')) if (said !== '') io.stderr(`remote: ${text}        \n`);
  return exitCode;
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
