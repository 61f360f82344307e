import type { LoggedEvent } from '../../../kernel/index.ts';
import { openFor } from './open.ts';
import type { Request } from './request.ts';

/** `noventa log`: what happened in a day's sandbox, one event a line. */
export async function log(request: Request): Promise<number> {
  const { sandbox } = await openFor(request);
  try {
    if (request.script !== undefined) await sandbox.run(request.script);
    const text = await sandbox.log();
    process.stdout.write(request.json ? text : readable(text));
    return 0;
  } finally {
    sandbox.close();
  }
}

function readable(text: string): string {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => `${sentence(JSON.parse(line) as LoggedEvent)}\n`).join('');
}

function sentence({ seq, at, type, ...fields }: LoggedEvent): string {
  const time = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  const values = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${String(seq).padStart(4)}  ${time}  ${type}  ${values.join(' ')}`;
}
