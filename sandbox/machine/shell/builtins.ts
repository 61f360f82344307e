// Commands of the shell itself that just-bash lacks, or has otherwise than bash.
import type { AbortSignal, Command } from '../command.ts';
import { goOnce } from '../go-on.ts';
import type { Machine } from '../machine.ts';
import { helpOf, versionLine } from '../tools/tool.ts';
import { milliseconds } from './duration.ts';

export function shellCommands(
  machine: Machine,
  history: () => readonly string[],
  pause: () => Promise<void>,
): readonly Command[] {
  const { kernel } = machine;

  /** Moves the clock from one event to the next, so that what runs in the background does its part at its time. */
  async function letTimePass(delay: number, signal: AbortSignal): Promise<void> {
    const end = kernel.now() + delay;
    machine.asleep += 1;
    do {
      await pause();
      await pause();
      await goOnce(machine, end);
    } while (kernel.now() < end && !signal.aborted);
    machine.asleep -= 1;
    await pause();
  }

  const help = {
    name: 'sleep',
    summary: {
      es: 'espera; el reloj de la máquina avanza de golpe',
      en: 'waits; the machine’s clock goes forward at once',
    },
    synopsis: 'NUMBER[smhd]...',
    options: '',
  };
  const sleep: Command = {
    name: help.name,
    summary: help.summary,
    async run(args, io) {
      if (args[0] === '--help') {
        io.stdout(helpOf(help, io));
        return 0;
      }
      if (args[0] === '--version') {
        io.stdout(`${versionLine('sleep')}\n`);
        return 0;
      }
      const option = /^-(.)/.exec(args[0] ?? '')?.[1];
      if (option !== undefined && args[0] !== '--') {
        const problem = option === '-' ? `unrecognized option '${args[0]}'` : `invalid option -- '${option}'`;
        io.stderr(`sleep: ${problem}\nTry 'sleep --help' for more information.\n`);
        return 1;
      }
      const delays = args.map(milliseconds);
      const wrong = args[delays.indexOf(undefined)];
      if (args.length === 0 || wrong !== undefined) {
        const problem = args.length === 0 ? 'missing operand' : `invalid time interval ‘${wrong}’`;
        io.stderr(`sleep: ${problem}\nTry 'sleep --help' for more information.\n`);
        return 1;
      }
      const delay = delays.reduce<number>((sum, one) => sum + (one ?? 0), 0);
      if (io.pid === undefined && machine.pace === undefined) {
        await letTimePass(delay, io.signal);
        return io.signal.aborted ? 130 : 0;
      }
      // In the background, and on a host, the clock is not this command's to move.
      await new Promise<void>((resolve) => {
        const cancel = kernel.schedule(delay, resolve);
        io.signal.addEventListener('abort', () => {
          cancel();
          resolve();
        });
      });
      return io.signal.aborted ? (io.pid === undefined ? 130 : 143) : 0;
    },
  };

  const historyCommand: Command = {
    name: 'history',
    summary: { es: 'las líneas escritas hasta ahora', en: 'the lines typed so far' },
    run([count = '', ...more], io) {
      if (more.length > 0 || !/^\d*$/.test(count)) {
        io.stderr(`bash: history: '${[count, ...more].join(' ')}' is not part of this sandbox\n`);
        return 1;
      }
      const lines = history().map((line, index) => `${String(index + 1).padStart(5)}  ${line}\n`);
      io.stdout(lines.slice(count === '' ? 0 : -Number(count)).join(''));
      return 0;
    },
  };

  const ulimit: Command = {
    name: 'ulimit',
    summary: { es: 'los límites de los procesos', en: 'the limits of processes' },
    run(args, io) {
      const limits: Readonly<Record<string, string>> = { c: '0', n: '1024' };
      const [option = '-f', value] = args.filter((arg) => arg !== '-S' && arg !== '-H');
      if (value !== undefined || !/^-[cdflmnstuv]$/.test(option)) {
        io.stderr(`bash: ulimit: '${args.join(' ')}' is not part of this sandbox\n`);
        return 1;
      }
      io.stdout(`${limits[option.slice(1)] ?? 'unlimited'}\n`);
      return 0;
    },
  };

  return [sleep, ulimit, historyCommand];
}
