// The editor that git opens for a message or a list of what to do: a program of the sandbox, named as in the real tool.
import { GitStop } from './options.ts';
import { config } from './sources.ts';
import { dropState, writeState } from './state.ts';
import { ownFile, type Work } from './work.ts';

/** The editor that is configured; undefined when there is none, and this is no terminal in which one could open. */
export function editorOf(work: Work): string | undefined {
  const { env } = work.io;
  const named = env.GIT_EDITOR ?? config(work, 'core.editor') ?? env.VISUAL ?? env.EDITOR;
  // The workbench's own editor, where there is no workbench.
  return named === 'edit' && work.io.tty?.edit === undefined ? undefined : named;
}

/**
 * Lets the person edit a file of `.git`, and gives what it holds then. Without an editor at a terminal the text stays as it is.
 * @param name the file below `.git`.
 * @param sequence whether it is the list of a rebase, for which there may be an editor of its own.
 * @throws GitStop when there is no editor, or it failed.
 */
export async function edit(work: Work, name: string, text: string, sequence = false): Promise<string> {
  const { io } = work;
  const path = ownFile(work, name);
  const ownEditor = sequence ? (io.env.GIT_SEQUENCE_EDITOR ?? config(work, 'sequence.editor')) : undefined;
  const editor = ownEditor ?? editorOf(work);
  writeState(work, name, text);
  if (editor === undefined) {
    dropState(work, ...(sequence ? [name] : []));
    throw new GitStop(
      sequence
        ? 'error: Terminal is dumb, but EDITOR unset'
        : 'error: Terminal is dumb, but EDITOR unset\nPlease supply the message using either -m or -F option.',
      1,
    );
  }
  if (editor !== ':' && editor !== 'true') {
    const exitCode = await runLine(work, `${editor} '${path.replaceAll("'", "'\\''")}'`);
    if (exitCode !== 0)
      throw new GitStop(
        `error: There was a problem with the editor '${editor}'.${sequence ? '' : '\nPlease supply the message using either -m or -F option.'}`,
        1,
      );
  }
  return io.machine.files.readText(path);
}

/** Runs a line in the shell, at the top of the working tree or where the command was given; its output is ours. */
export async function runLine(work: Work, line: string): Promise<number> {
  const { io } = work;
  if (io.run === undefined) throw new GitStop(`error: cannot run ${line}: there is no shell here`, 1);
  const { stdout, stderr, exitCode } = await io.run({ words: line });
  if (stdout.length > 0) io.stdout(stdout);
  if (stderr !== '') io.stderr(stderr);
  return exitCode;
}

/** A message as git keeps it: no spaces at line ends, no two empty lines, and without lines that begin with `#` if so asked. */
export function cleaned(text: string, comments = false): string {
  const lines = text.split('\n').filter((line) => !(comments && line.startsWith('#')));
  const clean = lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
  return clean === '' ? '' : `${clean}\n`;
}
