// What bash's built-in commands say of options that they do not have. Source: bash 5.2, builtins/*.def and `internal_getopt`.
import type { ScriptResult } from './just-bash.ts';

const declaring = '[-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]';
const reading =
  '[-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]';
const mapping = '[-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]';

/** Letters of options, those that take a value with a colon after them; and the synopsis without the name. */
const builtins: ReadonlyMap<string, readonly [options: string, synopsis: string]> = new Map([
  ['cd', ['LPe@', '[-L|[-P [-e]] [-@]] [dir]']],
  ['pwd', ['LPW', '[-LP]']],
  ['read', ['ersa:d:i:n:N:p:t:u:', reading]],
  ['mapfile', ['d:n:O:s:tu:C:c:', mapping]],
  ['readarray', ['d:n:O:s:tu:C:c:', mapping]],
  ['type', ['afptP', '[-afptP] name [name ...]']],
  ['export', ['fnp', '[-fn] [name[=value] ...] or export -p']],
  ['readonly', ['aAfp', '[-aAf] [name[=value] ...] or readonly -p']],
  ['unset', ['fnv', '[-f] [-v] [-n] [name ...]']],
  ['declare', ['aAfFgiIlnprtux', declaring]],
  ['typeset', ['aAfFgiIlnprtux', declaring.replace('declare', 'typeset')]],
  ['local', ['aAfFgiIlnprtux', '[option] name[=value] ...']],
  ['alias', ['p', '[-p] [name[=value] ... ]']],
  ['unalias', ['a', '[-a] name [name ...]']],
  ['hash', ['lrp:dt', '[-lr] [-p pathname] [-dt] [name ...]']],
  ['wait', ['fnp:', '[-fn] [-p var] [id ...]']],
  ['jobs', ['lnprsx', '[-lnprs] [jobspec ...] or jobs -x command [args]']],
  ['disown', ['ahr', '[-h] [-ar] [jobspec ... | pid ...]']],
  ['fg', ['', '[job_spec]']],
  ['bg', ['', '[job_spec ...]']],
  ['exec', ['cla:', '[-cl] [-a name] [command [argument ...]] [redirection ...]']],
  ['trap', ['lp', '[-lp] [[arg] signal_spec ...]']],
  ['command', ['pvV', '[-pVv] command [arg ...]']],
  ['shopt', ['pqsuo', '[-pqsu] [-o] [optname ...]']],
  ['umask', ['pS', '[-p] [-S] [mode]']],
  ['printf', ['v:', '[-v var] format [arguments]']],
  ['eval', ['', '[arg ...]']],
  ['source', ['', 'filename [arguments]']],
  ['.', ['', 'filename [arguments]']],
]);

/** Every built-in command of bash, in its order. */
export const builtinNames: readonly string[] =
  '. : [ alias bg bind break builtin caller cd command compgen complete compopt continue declare dirs disown echo enable eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return set shift shopt source suspend test times trap true type typeset ulimit umask unalias unset wait'.split(
    ' ',
  );

/** `cd [-L|[-P [-e]] [-@]] [dir]` */
export function synopsis(name: string): string | undefined {
  const known = builtins.get(name);
  return known && `${name} ${known[1]}`;
}

/** The refusal of a built-in command for its arguments; undefined when it takes them. */
export function refusal(name: string, args: readonly string[]): ScriptResult | undefined {
  if (name === 'getopts' && args.length < 2) return refused('', name, 'optstring name [arg ...]');
  const [options, synopsis] = builtins.get(name) ?? [];
  if (options === undefined || synopsis === undefined) return undefined;
  if (args.length === 0 && (name === 'source' || name === '.'))
    return refused(`bash: ${name}: filename argument required\n`, name, synopsis);
  const wrong = wrongOption(name, options, args);
  if (wrong === undefined) return undefined;
  const problem = wrong.isWithoutValue ? 'option requires an argument' : 'invalid option';
  return refused(`bash: ${name}: -${wrong.letter}: ${problem}\n`, name, synopsis);
}

function refused(problem: string, name: string, synopsis: string): ScriptResult {
  return { stdout: '', stderr: `${problem}${name}: usage: ${name} ${synopsis}\n`, exitCode: 2 };
}

function wrongOption(
  name: string,
  options: string,
  args: readonly string[],
): { readonly letter: string; readonly isWithoutValue: boolean } | undefined {
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (word === '--' || word === '-' || !/^[-+]/.test(word)) return undefined;
    if (word.startsWith('+') && !/^(?:declare|typeset|local)$/.test(name)) return undefined;
    if (word.startsWith('+')) continue;
    for (const [place, letter] of [...word.slice(1)].entries()) {
      const at = options.indexOf(letter);
      if (at === -1 || letter === ':') return { letter, isWithoutValue: false };
      if (options[at + 1] !== ':') continue;
      const isLast = place === word.length - 2;
      if (isLast && args[index + 1] === undefined) return { letter, isWithoutValue: true };
      if (isLast) index++;
      break;
    }
  }
  return undefined;
}
