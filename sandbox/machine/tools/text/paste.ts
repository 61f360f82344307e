import { operandPath } from '../../files/index.ts';
import { byteText, byteWord, defineTool, fromByteText, linesOf, ToolEnd, tryInput } from '../tool.ts';

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  '\\': '\\',
  '0': '',
  b: '\b',
  f: '\f',
  r: '\r',
  v: '\v',
};

/** GNU paste: lines of several files side by side, or of each file in one line. */
export const paste = defineTool({
  name: 'paste',
  summary: { es: 'une líneas de varios archivos', en: 'joins lines of several files' },
  synopsis: '[OPTION]... [FILE]...',
  options: 's|serial d|delimiters= z|zero-terminated',
  run(given, io) {
    const end = given.has('z') ? '\0' : '\n';
    const list = byteWord(given.value('d') ?? '\t');
    if (/(?:^|[^\\])(?:\\\\)*\\$/.test(list))
      throw new ToolEnd(`delimiter list ends with an unescaped backslash: ${given.value('d')}`);
    const found = [...list.matchAll(/\\([\s\S])|[\s\S]/g)].map(([whole, letter]) =>
      letter === undefined ? whole : (escapes[letter] ?? letter),
    );
    const delimiters = found.length === 0 ? [''] : found;
    const names = given.operands.length === 0 ? ['-'] : given.operands;
    const standard: string[] = [...linesOf(byteText(io.stdin), end).lines];
    let failed = false;
    const inputs: string[][] = [];
    for (const name of names) {
      const bytes = name === '-' ? undefined : tryInput('paste', name, io);
      const isFolder = bytes === undefined && name !== '-' && io.machine.files.exists(operandPath(io.cwd, name));
      if (isFolder) failed = true;
      if (bytes !== undefined || isFolder) inputs.push([...linesOf(byteText(bytes ?? new Uint8Array()), end).lines]);
      else if (name === '-') inputs.push(standard);
      else if (given.has('s')) failed = true;
      else return 1;
    }
    const joined = (cells: readonly string[]): string =>
      cells
        .map((cell, index) => cell + (index === cells.length - 1 ? '' : delimiters[index % delimiters.length]))
        .join('');
    const out: string[] = [];
    if (given.has('s')) for (const lines of inputs) out.push(joined(lines.splice(0)) + end);
    else
      while (inputs.some(({ length }) => length > 0))
        out.push(joined(inputs.map((lines) => lines.shift() ?? '')) + end);
    io.stdout(fromByteText(out.join('')));
    return failed ? 1 : 0;
  },
});
