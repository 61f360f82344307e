// The editor that git opens for a message or a list of what to do: a program of the sandbox, named as in the real tool.
import type { CommandIO } from '../../machine/index.ts';
import { GitStop } from './options.ts';
import { config, globalConfig } from './sources.ts';
import { dropState, writeState } from './state.ts';
import { ownFile, type Work } from './work.ts';

/** The editor that is configured; undefined when there is none, and this is no terminal in which one could open. */
export function editorOf(io: CommandIO, work: Work | undefined): string | undefined {
  const { env } = io;
  const set = work === undefined ? globalConfig(io, 'core.editor') : config(work, 'core.editor');
  const named = env.GIT_EDITOR ?? set ?? env.VISUAL ?? env.EDITOR;
  // The workbench's own editor, where there is no workbench.
  return named === 'edit' && io.tty?.edit === undefined ? undefined : named;
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
  writeState(work, name, text);
  const failure = await editFile(io, path, ownEditor ?? editorOf(io, work));
  if (failure === undefined) return io.machine.files.readText(path);
  if (sequence && failure.endsWith('unset')) dropState(work, name);
  throw new GitStop(`${failure}${sequence ? '' : '\nPlease supply the message using either -m or -F option.'}`, 1);
}

/** Opens a file in an editor. @returns what git says when there is none, or it failed. */
export async function editFile(io: CommandIO, path: string, editor: string | undefined): Promise<string | undefined> {
  if (editor === undefined) return 'error: Terminal is dumb, but EDITOR unset';
  if (editor === ':' || editor === 'true') return undefined;
  const exitCode = await runLine(io, `${editor} '${path.replaceAll("'", "'\\''")}'`);
  return exitCode === 0 ? undefined : `error: There was a problem with the editor '${editor}'.`;
}

/** Runs a line in the shell, at the top of the working tree or where the command was given; its output is ours. */
export async function runLine(io: CommandIO, line: string): Promise<number> {
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
