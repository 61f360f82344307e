// Built-in commands that are seldom typed: `caller`, `enable`, and what `mapfile -C` calls.
import { builtinNames } from './builtin-usage.ts';
import type { Context, ScriptResult, State } from './just-bash.ts';
import { quote } from './quote.ts';
import { joined } from './traps.ts';

/** `caller`: from where a function was called; with a number, who called that many calls further out. */
export function callerCommand(state: State, [depth]: readonly string[]): ScriptResult {
  const { callLineStack = [], funcNameStack = [], sourceStack = [], callDepth, sourceDepth } = state;
  if (depth !== undefined && !/^\d+$/.test(depth))
    return refused(`caller: ${depth}: invalid number\ncaller: usage: caller [expr]`, 2);
  const at = Number(depth ?? 0);
  const line = callLineStack[at];
  if (line === undefined || callDepth + sourceDepth <= at) return refused('', 1);
  if (depth === undefined) return answer(`${line} ${sourceStack[1] ?? 'NULL'}\n`);
  const name = funcNameStack[at + 1];
  return name === undefined ? refused('', 1) : answer(`${line} ${name} ${sourceStack[at + 1] ?? ''}\n`);
}

/** `enable` lists the built-in commands; none of them can be put out of use here. */
export function enableCommand(args: readonly string[]): ScriptResult {
  const option = args.find((arg) => /^-[^pas]/.test(arg));
  if (option !== undefined) return refused(`enable: '${option}' is not part of this sandbox`, 1);
  const names = args.filter((arg) => !arg.startsWith('-'));
  if (names.length === 0) return answer(builtinNames.map((name) => `enable ${name}\n`).join(''));
  const unknown = names.find((name) => !builtinNames.includes(name));
  return unknown === undefined ? answer('') : refused(`enable: ${unknown}: not a shell builtin`, 1);
}

/** Calls what `-C` names with the index and the text of every `-c`-th line (5000th where it is not said). */
export async function mapCallback(
  context: Context,
  args: readonly string[],
  result: ScriptResult,
): Promise<ScriptResult> {
  const given = (option: string): string | undefined =>
    args.includes(option) ? args[args.indexOf(option) + 1] : undefined;
  const last = args.at(-1) ?? '';
  const name = args.length > 0 && !last.startsWith('-') && !/^-[dnsuOcC]$/.test(args.at(-2) ?? '') ? last : 'MAPFILE';
  const every = Number(given('-c') ?? 5000);
  let all = result;
  for (const [index, line] of context.state.arrays?.get(name)?.elements ?? []) {
    if ((Number(index) - Number(given('-O') ?? 0) + 1) % every !== 0) continue;
    const call = context.hooks.language.read(`${given('-C')} ${index} ${quote(line)}`);
    all = joined(all, { ...(await context.executeScript(call)), exitCode: 0 });
  }
  return all;
}

function answer(stdout: string): ScriptResult {
  return { stdout, stderr: '', exitCode: 0 };
}

function refused(words: string, exitCode: number): ScriptResult {
  return { stdout: '', stderr: words === '' ? '' : `bash: ${words}\n`, exitCode };
}
