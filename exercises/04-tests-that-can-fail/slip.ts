import { failed } from '../../sandbox/checks/index.ts';
import { words } from './words.ts';

/** What keeps a file of tests from asking anything: node cannot read it, or a name or a file that it uses is not there. */
export function slipIn({ said }: { readonly said: string }) {
  const unread = /\/seats\/(\S+):(\d+)\n(?:.*\n){1,4}(SyntaxError: .+)/.exec(said);
  const [, unknown = '', inFile = '', atLine = ''] =
    /(ReferenceError: .+)\n +at .*\/seats\/(\S+):(\d+):/.exec(said) ?? [];
  const [, module = '', from = ''] =
    /Cannot find module '.*?\/seats\/(\S+)' imported from .*?\/seats\/(\S+)/.exec(said) ?? [];
  const [file, line, error] = unread?.slice(1) ?? (unknown === '' ? [from, '', ''] : [inFile, atLine, unknown]);
  if (file === undefined || file === '') return undefined;
  return failed({
    expected: words('pruebas que node puede ejecutar', 'tests that node can run'),
    found:
      module === '' || error !== ''
        ? words(`${file}: ${error?.slice(0, 100)}`, `${file}: ${error?.slice(0, 100)}`)
        : words(`${file} importa \`${module}\`, que no existe`, `${file} imports \`${module}\`, which is not there`),
    where: { file: `seats/${file}`, ...(line === '' ? {} : { line: Number(line) }) },
    next:
      unread === null || error?.includes('requested module')
        ? words(
            `Mira los \`import\` de ese archivo y cómo está escrito ese nombre. \`node --test ${file}\` lo muestra.`,
            `Look at the \`import\` lines of that file, and at how that name is spelt. \`node --test ${file}\` shows it.`,
          )
        : words(
            `Mira esa línea y las de antes: suele faltar o sobrar un paréntesis, una llave o una coma. \`node --test ${file}\` la muestra.`,
            `Look at that line and those before it: often a bracket, a brace or a comma is missing, or one too many. \`node --test ${file}\` shows it.`,
          ),
  });
}
