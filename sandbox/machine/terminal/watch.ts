import type { Command, CommandIO } from '../command.ts';
import type { Tty } from '../tty.ts';
import { layOut, linesOf } from './pages.ts';
import { widthOf } from './width.ts';
import { noTerminalWords } from './words.ts';

const usage =
  'Usage:\n watch [options] command\n\nOptions:\n  -n, --interval <secs>  seconds to wait between updates\n  -t, --no-title         turn off header\n';

/** procps' shortest interval, and the longest that a person waits in front of the screen, however much simulated time it is. */
const SHORTEST = 0.1;
const LONGEST_REST = 1000;

/** `watch`: runs a command again and again until Ctrl+C. Between two runs the machine's clock goes on by the interval. */
export const watch: Command = {
  name: 'watch',
  summary: { es: 'repite una orden y muestra su salida', en: 'repeats a command and shows its output' },
  async run(args, io) {
    const asked = readOptions(args);
    if ('problem' in asked) {
      io.stderr(asked.problem);
      return 1;
    }
    const { tty, run } = io;
    if (!io.isTerminal || tty === undefined || run === undefined) {
      io.stderr(`${noTerminalWords[io.machine.language]}\n`);
      return 1;
    }
    tty.write('\x1b[?1049h');
    while (!io.signal.aborted) {
      const { stdout, stderr } = await run({ words: asked.line });
      if (io.signal.aborted) break;
      draw(
        tty,
        asked.hasTitle ? await title(asked.line, asked.seconds, io) : [],
        `${new TextDecoder().decode(stdout)}${stderr}`,
      );
      await tty.rest(Math.min(asked.seconds * 1000, LONGEST_REST));
      if (!io.signal.aborted) await run({ words: ['sleep', String(asked.seconds)] });
    }
    tty.write('\x1b[?1049l');
    return 130;
  },
};

function draw(tty: Tty, head: readonly string[], text: string): void {
  const { rows } = layOut(linesOf(text), tty.columns, false);
  tty.write(`\x1b[H\x1b[J${[...head, ...rows].slice(0, tty.rows).join('\x1b[0m\r\n')}`);
}

async function title(line: string, seconds: number, { machine, tty, run }: CommandIO): Promise<readonly string[]> {
  const columns = tty?.columns ?? 80;
  const date = await run?.({ words: ['date', '+%a %b %e %H:%M:%S %Y'] });
  const left = `Every ${seconds.toFixed(1)}s: ${line}`;
  const right = `${machine.hostname}: ${new TextDecoder().decode(date?.stdout).trim()}`;
  const gap = columns - widthOf(left) - widthOf(right);
  return [gap > 0 ? `${left}${' '.repeat(gap)}${right}` : left.slice(0, columns), ''];
}

type Asked =
  | { readonly line: string; readonly seconds: number; readonly hasTitle: boolean }
  | { readonly problem: string };

function readOptions(args: readonly string[]): Asked {
  let seconds = 2;
  let hasTitle = true;
  let at = 0;
  for (; args[at]?.startsWith('-'); at++) {
    const arg = args[at] as string;
    const [, attached] = /^(?:-n|--interval=)(.+)$/.exec(arg) ?? [];
    if (arg === '-t' || arg === '--no-title') hasTitle = false;
    else if (arg === '-n' || arg === '--interval' || attached !== undefined) {
      const text = attached ?? args[++at] ?? '';
      if (!/^\d*[.,]?\d+$/.test(text)) return { problem: `watch: failed to parse argument: '${text}'\n` };
      seconds = Math.max(SHORTEST, Number(text.replace(',', '.')));
    } else return { problem: `watch: '${arg}' is not part of this sandbox\n` };
  }
  const line = args.slice(at).join(' ');
  return line === '' ? { problem: usage } : { line, seconds, hasTitle };
}
