// `less` and `more`: text, a page at a time.
import type { Command, CommandIO } from '../command.ts';
import { resolvePath } from '../files/index.ts';
import { type PagerOptions, pageThrough } from './pager.ts';

/** Options of the real tools that are how it is here anyway, or that have their meaning here. */
const known = /^-[FRXSNiIMmgKrnseQ]+$/;

function viewer(name: 'less' | 'more', summary: Command['summary']): Command {
  return {
    name,
    summary,
    async run(args, io) {
      const flags = args.filter((arg) => arg.startsWith('-') && arg !== '-');
      const unknown = flags.find((flag) => !known.test(flag));
      if (unknown !== undefined) {
        io.stderr(`${name}: '${unknown}' is not part of this sandbox\n`);
        return 1;
      }
      const paths = args.filter((arg) => !flags.includes(arg));
      if (paths.length === 0 && io.stdin.length === 0 && io.tty !== undefined) {
        io.stderr(
          name === 'less'
            ? 'Missing filename ("less --help" for help)\n'
            : "more: bad usage\nTry 'more --help' for more information.\n",
        );
        return name === 'less' ? 0 : 1;
      }
      const has = (letter: string): boolean => flags.some((flag) => flag.includes(letter));
      let exitCode = 0;
      for (const path of paths.length === 0 ? ['-'] : paths) {
        const text = textOf(path, io);
        // Into a pipe more names each file.
        if (text !== undefined && name === 'more' && path !== '-' && !io.isTerminal)
          io.stdout(`::::::::::::::\n${path}\n::::::::::::::\n`);
        if (text === undefined) exitCode = 1;
        else
          await view(numbered(text, has('N')), io, { quitsIfShort: has('F') && name === 'less', ...optionsOf(path) });
      }
      return exitCode;

      function optionsOf(path: string): PagerOptions {
        return {
          language: io.machine.language,
          chop: has('S'),
          leavesAtEnd: name === 'more',
          staysOnScreen: name === 'more' || has('X'),
          ...(path === '-' ? {} : { name: path }),
        };
      }
    },
  };
}

async function view(text: string, io: CommandIO, options: PagerOptions & { quitsIfShort: boolean }): Promise<void> {
  const { tty } = io;
  const isShort = tty !== undefined && text.split('\n').length < tty.rows;
  const goesOn = isShort && (options.quitsIfShort || options.leavesAtEnd === true);
  if (!io.isTerminal || tty === undefined || goesOn) io.stdout(text);
  else await pageThrough(text, tty, options);
}

/** Undefined when it cannot be read, which has been told then. */
function textOf(path: string, io: CommandIO): string | undefined {
  if (path === '-') return new TextDecoder().decode(io.stdin);
  const { files } = io.machine;
  const absolute = resolvePath(io.cwd, path);
  if (!files.exists(absolute)) io.stderr(`${path}: No such file or directory\n`);
  else if (files.stat(absolute).type === 'directory') io.stderr(`${path} is a directory\n`);
  else return files.readText(absolute);
  return undefined;
}

function numbered(text: string, isWanted: boolean): string {
  if (!isWanted) return text;
  const lines = text.replace(/\n$/, '').split('\n');
  return `${lines.map((line, index) => `${String(index + 1).padStart(7)} ${line}`).join('\n')}\n`;
}

export const less = viewer('less', { es: 'muestra un texto página a página', en: 'shows a text page by page' });
export const more = viewer('more', { es: 'muestra un texto página a página', en: 'shows a text page by page' });
