// `trap`: what a shell does when it ends, when a command fails, before a command, and when a signal comes.
import type { Context, ScriptResult, State, Statement, Trap } from './just-bash.ts';
import { decodedText, ExitError } from './just-bash.ts';
import { errorPrefix } from './script-errors.ts';
import { deathNotice, endsProcess, signalName, signalNumbers, signalTable } from './signals.ts';

const pseudo: readonly string[] = ['EXIT', 'DEBUG', 'ERR', 'RETURN'];

/** The commands of a shell that fail for themselves; of other compound commands an inner one has failed. */
const inner: ReadonlySet<string> = new Set(['Group', 'If', 'For', 'CStyleFor', 'While', 'Until', 'Case']);

/** The built-in command `trap`. */
export function trapCommand(state: State, args: readonly string[]): ScriptResult {
  const traps = state.traps ?? new Map<string, Trap>();
  state.traps = traps;
  const [first, ...rest] = args[0] === '--' ? args.slice(1) : args;
  if (first === undefined || first === '-p') return answer(listing(state, rest));
  if (first === '-l') return answer(signalTable());
  const [action, names] = rest.length === 0 ? ['-', [first]] : [first, rest];
  let stderr = '';
  for (const word of names) {
    const name = trapName(word);
    if (name === undefined) stderr += `${errorPrefix(state)}trap: ${word}: invalid signal specification\n`;
    else if (action === '-') traps.delete(name);
    else traps.set(name, { action, depth: state.callDepth });
  }
  return { stdout: '', stderr, exitCode: stderr === '' ? 0 : 1 };
}

function answer(stdout: string): ScriptResult {
  return { stdout, stderr: '', exitCode: 0 };
}

/** The name by which a trap is kept: `EXIT`, `ERR`, `INT`. */
function trapName(word: string): string | undefined {
  const upper = word.toUpperCase();
  if (word === '0') return 'EXIT';
  return pseudo.includes(upper) ? upper : signalName(word);
}

function listing(state: State, words: readonly string[]): string {
  const wanted = words.map(trapName);
  return ['EXIT', ...signalNumbers.keys(), 'DEBUG', 'ERR', 'RETURN']
    .filter((name) => words.length === 0 || wanted.includes(name))
    .flatMap((name) => {
      const trap = state.traps?.get(name);
      if (trap === undefined) return [];
      return [`trap -- '${trap.action.replaceAll("'", "'\\''")}' ${pseudo.includes(name) ? name : `SIG${name}`}\n`];
    })
    .join('');
}

/** Runs the action of a trap; `$?` is afterwards what it was. */
async function runAction(context: Context, action: string): Promise<ScriptResult> {
  const { state } = context;
  const [exitCode, line] = [state.lastExitCode, state.currentLine];
  state.trapping = true;
  try {
    return await context.executeScript(context.hooks.language.read(action));
  } finally {
    state.trapping = false;
    state.lastExitCode = exitCode;
    state.currentLine = line;
    state.env.set('?', String(exitCode));
  }
}

/** A shell that ends with `result` runs its trap on EXIT. */
export async function atExit(context: Context, result: ScriptResult): Promise<ScriptResult> {
  if (context.state.signal?.aborted) return lastWords(context, result);
  const trap = context.state.traps?.get('EXIT');
  if (trap === undefined) return result;
  context.state.traps?.delete('EXIT');
  if (context.state.isKilled !== true) {
    context.state.lastExitCode = result.exitCode;
    context.state.env.set('?', String(result.exitCode));
  }
  try {
    const { stdout, stderr } = await runAction(context, trap.action);
    return joined(result, { stdout, stderr, exitCode: result.exitCode });
  } catch (error) {
    if (error instanceof ExitError) return joined(result, error);
    throw error;
  }
}

/** A shell that is ended from outside runs its trap on that signal, and that on EXIT; of KILL it hears nothing. */
async function lastWords(context: Context, result: ScriptResult): Promise<ScriptResult> {
  const { state, hooks } = context;
  const signal = (hooks.killedBy?.() ?? 'SIGINT').slice(3);
  const action = state.traps?.get(signal)?.action ?? '';
  if (signal === 'KILL' || (action === '' && !state.traps?.has('EXIT'))) return result;
  state.traps?.delete(signal);
  state.isKilled = true;
  const { stdout, stderr } = await hooks.language.aside(context, hooks.language.read(action));
  return joined(result, { stdout, stderr, exitCode: result.exitCode });
}

/** What two commands wrote, one after the other; the status is that of the second. */
export function joined(first: ScriptResult, { stdout, stderr, exitCode }: ScriptResult): ScriptResult {
  const { stdoutKind: _, stdoutEncoding: __, internalOutputAccounting: ___, ...rest } = first;
  return { ...rest, stdout: decodedText(first) + stdout, stderr: first.stderr + stderr, exitCode };
}

/** Before a command: the trap on DEBUG. */
export function beforeCommand(context: Context): Promise<ScriptResult> | undefined {
  const { state } = context;
  const trap = state.traps?.get('DEBUG');
  if (trap === undefined || state.trapping || !reaches(state, trap.depth, state.options.functrace)) return undefined;
  return runAction(context, trap.action);
}

/** After a statement: the trap on ERR when it failed, and what signals have come in the meantime. */
export async function afterStatement(
  context: Context,
  statement: Statement,
  failed: boolean,
): Promise<ScriptResult | undefined> {
  const { state } = context;
  const { notice = '', lastExitCode: exitCode } = state;
  state.notice = '';
  // Of who does not end a pipeline, or is in a substitution, nothing is told.
  const isLast = exitCode > 128 || statement.pipelines.length > 1;
  const isTold = notice !== '' && isLast && !context.substitutionDepth;
  let result: ScriptResult | undefined = isTold ? { stdout: '', stderr: notice, exitCode } : undefined;
  const trap = state.traps?.get('ERR');
  if (failed && trap !== undefined && !state.trapping && reaches(state, trap.depth, state.options.errtrace)) {
    const last = statement.pipelines.at(-1)?.commands ?? [];
    if (last.length > 1 || !inner.has(last[0]?.type ?? '')) {
      const told = await runAction(context, trap.action);
      result = result === undefined ? told : joined(result, told);
    }
  }
  if ((state.inbox?.length ?? 0) === 0 || state.trapping) return result;
  const isMine = isWhole(state) ? () => true : ({ pid }: { pid: number }) => pid === state.bashPid;
  const mine = state.inbox?.filter(isMine) ?? [];
  state.inbox = state.inbox?.filter((one) => !mine.includes(one));
  for (const { signal } of mine) {
    const signalled = await hear(context, signal);
    result = result === undefined ? signalled : signalled && joined(result, signalled);
  }
  return result;
}

/** After a function: the trap on RETURN that was set in it. */
export async function afterReturn(context: Context, result: ScriptResult): Promise<ScriptResult> {
  const { state } = context;
  const trap = state.traps?.get('RETURN');
  const isHere = trap?.depth === state.callDepth || (state.callDepth === 0 && (trap?.depth ?? 0) < 0);
  if (trap === undefined || state.trapping || (!isHere && !state.options.functrace)) return result;
  state.lastExitCode = result.exitCode;
  state.env.set('?', String(result.exitCode));
  const told = await runAction(context, trap.action);
  // What is called later is another function than the one that set it.
  if (state.traps?.get('RETURN') === trap) state.traps.set('RETURN', { ...trap, depth: state.callDepth - 1 });
  return joined(result, { ...told, exitCode: result.exitCode });
}

/** A trap of a shell is one of its functions too only if the option says so. */
function reaches(state: State, depth: number, inherited: boolean | undefined): boolean {
  return inherited === true || state.callDepth <= depth;
}

/** Signals to a process do not come to the subshells within it. */
function isWhole(state: State): boolean {
  return state.jobPid !== undefined || state.bashPid === state.virtualPid;
}

/** @throws ExitError when nobody listens to the signal and it ends the shell. */
async function hear(context: Context, signal: string): Promise<ScriptResult | undefined> {
  const trap = signal === 'KILL' ? undefined : context.state.traps?.get(signal);
  if (trap?.action === '') return undefined;
  if (trap !== undefined) return runAction(context, trap.action);
  if (!endsProcess(signal)) return undefined;
  if (signal === 'KILL') context.state.traps?.clear();
  const isSubshell = !isWhole(context.state);
  context.state.isKilled = true;
  if (!isSubshell) context.state.endedBy?.(signal);
  throw new ExitError(128 + (signalNumbers.get(signal) ?? 0), '', isSubshell ? deathNotice(signal) : '');
}
