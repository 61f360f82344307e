import { statementText } from './function-text.ts';
import type { Node, Statement } from './just-bash.ts';

/** A statement as `jobs` shows it, without its `&`: as in a function, but what follows one another stays on its line. */
export function sourceOf({ pipelines, operators }: Statement): string {
  return statementText({ pipelines: pipelines.map((one) => ({ ...one, negated: false })), operators }, 0)
    .replaceAll(/;\n *(?!(?:do|done|fi|else|esac)\b|;;|\})/g, '; ')
    .replaceAll(/\{ \n +/g, '{ ')
    .replaceAll(/&?\n *\}/g, (end) => (end.startsWith('&') ? '& }' : '; }'));
}

/** A command as `BASH_COMMAND` shows it. */
export function commandText(command: Node): string {
  return sourceOf({ pipelines: [{ commands: [command], negated: false }], operators: [], background: false });
}
