// Types commands into a terminal of a sandbox, as a learner does, and reads what it then shows.
import { setTimeout as wait } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox/hosts/node/index.ts';

const terminal = 'lesson';
// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal is told besides the text begins with it.
const styles = /\x1b\[[0-9;]*[A-Za-z]/g;
const prompt = /dev@desk:[^\n]*?\$ (?:\r|$)/g;
const endsWithPrompt = /dev@desk:[^\n]*\$ \r$/;
/** Turns that a service which listens is left to say so: it does above the prompt that is there already. Of the engine, not of the clock. */
const SAYS_SO = 40;

/** Opens a terminal of 80 columns. The returned function types a line and gives what is shown until the next prompt. */
export async function openTyping(sandbox: Sandbox): Promise<(line: string) => Promise<string>> {
  let shown = '';
  /** Processes that neither listen nor have ended yet. */
  const starting = new Set<number>();
  sandbox.host.subscribe((event) => {
    if (event.event === 'output' && event.terminal === terminal) shown += event.text.replace(styles, '');
    if (event.event !== 'logged') return;
    const { entry } = event;
    if (entry.type === 'ProcessStarted') starting.add(entry.pid);
    if (entry.type === 'PortOpened' || entry.type === 'ProcessEnded') starting.delete(entry.pid);
  });
  await sandbox.host.call('openTerminal', { id: terminal, columns: 80, rows: 24 });

  return async (line) => {
    await sandbox.host.call('type', { id: terminal, data: line });
    // A call that comes after the keys is answered after them: what was shown until here is only the typed line.
    await sandbox.host.call('log', {});
    shown = '';
    await sandbox.host.call('type', { id: terminal, data: '\r' });
    while (!endsWithPrompt.test(shown) || starting.size > 0) await wait(1);
    if (line.trimEnd().endsWith('&')) for (let turn = 0; turn < SAYS_SO; turn++) await sandbox.host.call('log', {});
    return shown.replace(prompt, '').replaceAll('\r', '').slice(1);
  };
}
