// Hooks: programs of the repository that git runs at certain moments ("githooks").
import { config, type Work } from './work.ts';

/** Runs a hook when there is one. What it writes goes to standard error. @returns its exit code; 0 when there is none. */
export async function runHook(work: Work, name: string, args: readonly string[] = [], stdin = ''): Promise<number> {
  const { io, gitdir, dir } = work;
  const { files } = io.machine;
  const folder = config(work, 'core.hooksPath');
  const shown = folder === undefined ? `.git/hooks/${name}` : `${folder}/${name}`;
  const path =
    folder === undefined ? `${gitdir}/hooks/${name}` : `${folder.startsWith('/') ? '' : `${dir}/`}${folder}/${name}`;
  if (io.run === undefined || !files.exists(path)) return 0;
  if ((files.stat(path).mode & 0o111) === 0) {
    if (config(work, 'advice.ignoredHook') !== 'false')
      io.stderr(
        `hint: The '${shown}' hook was ignored because it's not set as executable.\nhint: You can disable this warning with \`git config advice.ignoredHook false\`.\n`,
      );
    return 0;
  }
  const quoted = [path, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  const { stdout, stderr, exitCode } = await io.run({
    words: `cd '${dir}' && exec ${quoted.join(' ')}`,
    env: { GIT_DIR: '.git', GIT_INDEX_FILE: '.git/index' },
    stdin: new TextEncoder().encode(stdin),
  });
  io.stderr(new TextDecoder().decode(stdout));
  io.stderr(stderr);
  return exitCode;
}
