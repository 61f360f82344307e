// `umask`: the permissions that new files and folders do not get.
import type { ScriptResult, State } from './just-bash.ts';

export const USUAL_UMASK = 0o022;

/** The built-in command `umask`: shows the mask, or sets it from an octal number or from clauses such as `u=rwx,go=`. */
export function umaskCommand(state: State, args: readonly string[]): ScriptResult {
  const mask = state.umask ?? USUAL_UMASK;
  const [word] = args.filter((arg) => !/^-[Sp]+$/.test(arg));
  if (word === undefined) {
    const shown = args.some((arg) => arg.includes('S')) ? clauses(mask) : mask.toString(8).padStart(4, '0');
    return { stdout: `${args.some((arg) => arg.includes('p')) ? 'umask ' : ''}${shown}\n`, stderr: '', exitCode: 0 };
  }
  const next = /^\d+$/.test(word) ? octal(word) : symbolic(word, mask);
  if (typeof next === 'string') return { stdout: '', stderr: `bash: umask: ${next}\n`, exitCode: 1 };
  state.umask = next;
  return { stdout: '', stderr: '', exitCode: 0 };
}

function octal(word: string): number | string {
  const mask = Number.parseInt(word, 8);
  return /^[0-7]+$/.test(word) && mask <= 0o777 ? mask : `${word}: octal number out of range`;
}

const who: Readonly<Record<string, number>> = { u: 0o700, g: 0o070, o: 0o007, a: 0o777 };
const what: Readonly<Record<string, number>> = { r: 0o444, w: 0o222, x: 0o111 };

/** A clause tells what is allowed; the mask is what is not. */
function symbolic(word: string, mask: number): number | string {
  let allowed = 0o777 & ~mask;
  for (const clause of word.split(',')) {
    const [, people = '', operator, rights = ''] = /^([ugoa]*)([=+-])([rwx]*)$/.exec(clause) ?? [];
    if (operator === undefined)
      return `\`${clause.replace(/^[ugoa]+/, '').slice(0, 1)}': invalid symbolic mode operator`;
    const concerned = [...(people === '' ? 'a' : people)].reduce((bits, letter) => bits | (who[letter] ?? 0), 0);
    const bits = [...rights].reduce((sum, letter) => sum | (what[letter] ?? 0), 0) & concerned;
    if (operator === '=') allowed = (allowed & ~concerned) | bits;
    else allowed = operator === '+' ? allowed | bits : allowed & ~bits;
  }
  return 0o777 & ~allowed;
}

function clauses(mask: number): string {
  return (['u', 'g', 'o'] as const)
    .map((letter) => {
      const rights = [...'rwx'].filter((right) => ((what[right] ?? 0) & (who[letter] ?? 0) & ~mask) !== 0);
      return `${letter}=${rights.join('')}`;
    })
    .join(',');
}
