import type { Tty } from '../tty.ts';

/**
 * What a person types for a command of the shell that reads its standard input from the terminal. Undefined when it does not read.
 * `read` takes a line; the others take all up to Ctrl+D, and `cat` shows each line again as it comes.
 * @param attached whether the command writes to the terminal
 */
export async function typedFor(
  tty: Tty,
  name: string,
  args: readonly string[],
  attached: boolean,
): Promise<string | undefined> {
  if (name === 'read') {
    return typedForRead(tty, args);
  }
  if (!readsInput(name, args)) return undefined;
  let text = '';
  for (;;) {
    const line = await tty.readLine();
    if (name === 'cat' && args.length === 0 && attached) tty.write(line.replaceAll('\n', '\r\n'));
    else text += line;
    if (!line.endsWith('\n')) return text;
  }
}

/** `read`'s options that are about typing: a question, a secret, so many characters. */
async function typedForRead(tty: Tty, args: readonly string[]): Promise<string | undefined> {
  let prompt = '';
  let characters = 0;
  let isSilent = false;
  for (let at = 0; args[at]?.startsWith('-'); at++) {
    const [, letters = '', last = '', attached = ''] =
      /^-([a-z]*?)([pnNutda]?)([^a-z].*|\d*)$/.exec(args[at] ?? '') ?? [];
    if (letters.includes('s')) isSilent = true;
    if (last === '') continue;
    const value = attached === '' ? (args[++at] ?? '') : attached;
    if (last === 'u') return undefined;
    if (last === 'p') prompt = value;
    if (last === 'n' || last === 'N') characters = Number(value) || 0;
  }
  if (characters === 0) return tty.readLine({ prompt, isSilent });
  tty.write(prompt);
  let text = '';
  while (text.length < characters) {
    const key = await tty.readKey();
    if (key === undefined || key.key === 'end-of-input') return text;
    if (key.key === 'enter') return `${text}\n`;
    if (key.key !== 'text') continue;
    text += key.text;
    if (!isSilent) tty.write(key.text);
  }
  return text;
}

/** How many words of a command stand before the files that it reads: with no more than those it reads its input. */
const wordsBeforeFiles: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'base64 cat cut fold head jq mapfile md5sum nl paste readarray rev sha1sum sha256sum sort tac tail tee tr uniq wc xargs'
      .split(' ')
      .map((name) => [name, 0]),
  ),
  awk: 1,
  grep: 1,
  jq: 1,
  sed: 1,
};

/** Programs that read their input whatever words they are given. */
const always: readonly string[] = ['tr', 'tee', 'xargs', 'mapfile', 'readarray'];

/** Options of each that take the next word. */
const withValue: Readonly<Record<string, string>> = {
  awk: 'Fvf',
  base64: 'w',
  cut: 'bcdf',
  fold: 'w',
  grep: 'ABCmef',
  head: 'nc',
  jq: 'f',
  nl: 'bdfhilnsvw',
  paste: 'd',
  sed: 'ef',
  sort: 'kotST',
  tail: 'ncs',
  uniq: 'fsw',
};

/** Options with which a program or a pattern is given, that no word before the files is then. */
const programIn: Readonly<Record<string, string>> = { awk: 'f', grep: 'ef', jq: 'f', sed: 'ef' };

function readsInput(name: string, args: readonly string[]): boolean {
  if (!Object.hasOwn(wordsBeforeFiles, name)) return false;
  if (always.includes(name) || args.at(-1) === '-') return true;
  if (['--version', '--help'].includes(args[0] ?? '')) return false;
  const isOneOf = (options = '', arg = ''): boolean => /^-\w$/.test(arg) && options.includes(arg.slice(1));
  const files = args.filter((arg, index) => !arg.startsWith('-') && !isOneOf(withValue[name], args[index - 1]));
  const before = args.some((arg) => isOneOf(programIn[name], arg)) ? 0 : (wordsBeforeFiles[name] ?? 0);
  return files.length <= before && !(name === 'grep' && args.some((arg) => /^-\w*[rR]/.test(arg)));
}
