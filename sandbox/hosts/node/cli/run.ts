import { writeKeptFolder } from '../kept-folder.ts';
import { openFor } from './open.ts';
import { listenToPipe } from './piped.ts';
import { type Request, UsageError } from './request.ts';
import { words } from './words.ts';

/** `noventa run`: a script in a day's sandbox, with its output and its exit code. Ctrl+C reaches the script. */
export async function run(request: Request): Promise<number> {
  const { script, language, files, writeBack } = request;
  if (script === undefined || script.trim() === '') throw new UsageError(words.noScript[language]);
  if (writeBack && files === undefined) throw new UsageError(words.needFolder[language]);
  const piped = listenToPipe(process.stdin);
  const { sandbox } = await openFor(request);
  const interrupt = (): void => void sandbox.host.call('interrupt', {});
  process.on('SIGINT', interrupt);
  try {
    const { stdout, bytes, stderr, exitCode } = await sandbox.run(script, await piped.take());
    process.stdout.write(bytes ?? stdout);
    process.stderr.write(stderr);
    if (writeBack && files !== undefined) writeKeptFolder(files, await sandbox.snapshot());
    return exitCode;
  } finally {
    process.off('SIGINT', interrupt);
    sandbox.close();
  }
}
