import { byteText, defineTool, fromByteText, tryInput } from '../tool.ts';

/** GNU cat. */
export const cat = defineTool({
  name: 'cat',
  summary: { es: 'muestra el contenido de archivos', en: 'shows what is in files' },
  synopsis: '[OPTION]... [FILE]...',
  options: 'A|show-all b|number-nonblank e E|show-ends n|number s|squeeze-blank t T|show-tabs u v|show-nonprinting',
  run(given, io) {
    let failed = false;
    const pieces: Uint8Array[] = [];
    for (const name of given.operands.length === 0 ? ['-'] : given.operands) {
      const bytes = tryInput('cat', name, io);
      if (bytes === undefined) failed = true;
      else if (given.order.length === 0) io.stdout(bytes);
      else pieces.push(bytes);
    }
    if (given.order.length === 0) return failed ? 1 : 0;
    const text = pieces.map(byteText).join('');
    const lines = text.split(/(?<=\n)/);
    const out: string[] = [];
    let number = 0;
    let wasBlank = false;
    for (const line of text === '' ? [] : lines) {
      const isBlank = line === '\n';
      if (given.has('s') && isBlank && wasBlank) continue;
      wasBlank = isBlank;
      if (given.has('b') ? !isBlank : given.has('n')) out.push(`${String(++number).padStart(6)}\t`);
      const ended = line.endsWith('\n');
      let shown = ended ? line.slice(0, -1) : line;
      if (given.has('A', 'e', 't', 'v')) shown = visible(shown);
      if (given.has('A', 't', 'T')) shown = shown.replaceAll('\t', '^I');
      out.push(shown + (ended ? (given.has('A', 'e', 'E') ? '$\n' : '\n') : ''));
    }
    io.stdout(fromByteText(out.join('')));
    return failed ? 1 : 0;
  },
});

/** Control characters as `^X`, bytes over 127 as `M-x`; tabs stay. */
function visible(text: string): string {
  return text.replace(/[^\t\x20-\x7e]/g, (letter) => {
    const code = letter.charCodeAt(0);
    const low = code & 127;
    const shown = low < 32 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? '^?' : String.fromCharCode(low);
    return code > 127 ? `M-${shown}` : shown;
  });
}
