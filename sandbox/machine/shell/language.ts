// What stands behind the doors that `language-patch.ts` opens in just-bash: how a shell begins, runs its statements, and ends.

import { resolvePath } from '../files/index.ts';
import type { Machine } from '../machine.ts';
import { endlessReads } from '../tools/devices.ts';
import { bytesOfText } from './bash-files.ts';
import { brokenPipe } from './broken-pipe.ts';
import { refusal, synopsis } from './builtin-usage.ts';
import { arrived, divert, diverted, keepLate, outletsOf, send, waitingOf } from './descriptors.ts';
import { functionText } from './function-text.ts';
import { helpText, versionText } from './help-texts.ts';
import type {
  Context,
  Interpreter,
  Language,
  Node,
  Parsed,
  ScriptResult,
  State,
  Statement,
  Trap,
} from './just-bash.ts';
import { decodedText, ExitError, parseScript } from './just-bash.ts';
import { merge, mergedBy } from './merged-output.ts';
import { arithmeticMessage, locate, located, syntaxErrorLines, syntaxProblem } from './script-errors.ts';
import { callerCommand, enableCommand, mapCallback } from './seldom-builtins.ts';
import { selectStep } from './select.ts';
import { commandText } from './source.ts';
import { test } from './test-command.ts';
import { timeReport } from './time-report.ts';
import { afterReturn, afterStatement, atExit, beforeCommand, joined, trapCommand } from './traps.ts';
import { USUAL_UMASK, umaskCommand } from './umask.ts';
import { createWaiting } from './waiting.ts';

/** How many lines before a syntax error are tried for the last statement that is whole. */
const LINES_TRIED = 200;

/** The shells that run, by pid: a script that a script starts has the pid of its job, if it is one. */
export type ShellProcesses = Map<number, State[]>;

/** Tells a signal to the shell of a process. Whether it listens to it. */
export function tellShell(shells: ShellProcesses, pid: number, signal: string): boolean {
  const state = shells.get(pid)?.at(-1);
  if (state === undefined || signal === 'KILL' || !state.traps?.has(signal)) return false;
  state.inbox?.push({ pid, signal });
  return true;
}

/** What a language needs of its shell. */
export interface Surroundings {
  /** Hears the mask with which files are made from now on. */
  setUmask(mask: number): void;
  /** Hears that a subshell of this shell has ended. @returns what is told of jobs then. */
  leaveSubshell(state: State): string;
  /** See `Language.aside`. */
  readonly aside: Language['aside'];
}

export function createLanguage(
  shells: ShellProcesses,
  { setUmask, leaveSubshell, aside }: Surroundings,
  machine: Machine,
  pause: () => Promise<void>,
): Language {
  const language: Language = {
    read(source, parse = parseScript) {
      try {
        return withWarnings(parse(source), source);
      } catch (error) {
        const problem = syntaxProblem(error, source);
        if (problem === undefined) throw error;
        return { statements: wholeStatements(source, problem.line, parse), problem };
      }
    },

    async run(context, script) {
      const { state } = context;
      const pid = state.jobPid ?? state.virtualPid;
      if (state.ends) state.startTime = machine.kernel.now();
      shells.set(pid, [...(shells.get(pid) ?? []), state]);
      const open = state.processSubstitutions?.length ?? 0;
      try {
        const ran = await ending(language.part(context, script, ''));
        const result = language.arrived(context, ran) ?? ran;
        if (!state.ends) return result;
        const ended = await atExit(context, result);
        return (state.processSubstitutions?.length ?? 0) > open ? withSubstitutions(context, ended, open) : ended;
      } catch (error) {
        throw state.ends ? await language.withLastWords(context, error) : error;
      } finally {
        shells.set(
          pid,
          (shells.get(pid) ?? []).filter((one) => one !== state),
        );
      }
    },

    async part(context, script, within) {
      const { state } = context;
      const { linesBefore } = state;
      state.linesBefore = within === '' ? 0 : state.currentLine - 1;
      try {
        const warned = warningLines(state, script.warnings);
        const ran = await context.executeScript(script);
        const result = warned === '' ? ran : { ...ran, stderr: warned + ran.stderr };
        if (script.problem === undefined) return result;
        const stderr = syntaxErrorLines(state, script.problem, within);
        // What is wrong in `[[ … ]]` ends a script without an error, and what was read into one with 2.
        const isPart = within !== '' || state.sourceDepth > 0;
        const { status = 2 } = script.problem;
        return joined(result, { stdout: '', stderr, exitCode: status === 0 && isPart ? 2 : status });
      } finally {
        state.linesBefore = linesBefore;
      }
    },

    located: ({ state }, result, command) => located(state, result, command),

    locateError({ state }, error) {
      if (!isWithMessages(error) || error.isLocated) return;
      error.stderr = locate(state, error.stderr);
      error.isLocated = true;
      if (state.merged !== true) return;
      error.stdout += error.stderr;
      error.stderr = '';
    },

    arithmeticError({ state }, error, expression, command = '') {
      if (!isWithMessages(error)) throw error;
      if (error.isReadonly) return error;
      error.stderr = `bash: ${command}${arithmeticMessage(state, error.stderr, expression)}`;
      return error;
    },

    async pipeline({ state }, { commands, pipeStderr }, run) {
      const { merged, pipe, isSeekable } = state;
      const own = { readsBefore: 0, sizes: [], endless: [] };
      let index = 0;
      let endCommand = (): void => {};
      try {
        const result = await run({
          begin() {
            endCommand();
            state.merged = pipeStderr?.[index] === true;
            state.unread = 0;
            if (index > 0) state.isSeekable = false;
            state.pipe = own;
            own.readsBefore = endlessReads(machine);
            endCommand = divert(state, [...(index > 0 ? [0] : []), ...(index < commands.length - 1 ? [1] : [])]);
            index++;
          },
          async end(ran) {
            if (index === commands.length) return ran;
            const letPass = createWaiting(machine, pause);
            // Who reads a pipe reads until nobody can write into it any more.
            while (waitingOf(state).writers.has(outletsOf(state)[1] ?? 1) && !state.signal?.aborted) await letPass();
            const told = arrived(state);
            return told === undefined ? ran : withArrived(told, ran, false);
          },
        });
        return merged === true ? merge(result, true) : result;
      } finally {
        endCommand();
        state.merged = merged;
        state.pipe = pipe;
        state.isSeekable = isSeekable;
      }
    },

    brokenPipe: ({ state }, commands, codes, input) => brokenPipe(state, commands, codes, input, endlessReads(machine)),

    async before(context, node) {
      const { state } = context;
      takeSeconds(state, machine.kernel.now());
      const told = arrived(state);
      const isShown = state.attached === true && state.suppressVerbose !== true;
      if (told !== undefined && isShown) context.hooks.write(told.stdout, false, told.stderr);
      const waiting = isShown ? undefined : told;
      state.merged = mergedBy(node.redirections, state.merged === true) && state.fileDescriptors?.has(1) !== true;
      const line = state.trapping ? undefined : firstLine(node);
      if (line !== undefined) state.currentLine = line + (state.linesBefore ?? 0);
      if (!ownMessages.has(node.type) || state.trapping) return waiting;
      state.currentNode = node;
      if (state.traps?.has('DEBUG') && node.line !== undefined) state.currentLine = node.line;
      const trapped = await beforeCommand(context);
      return waiting === undefined || trapped === undefined ? (waiting ?? trapped) : joined(waiting, trapped);
    },

    after({ state }, node, ran, before, merged) {
      const come = arrived(state);
      const own = come === undefined ? ran : withArrived(come, ran, node.type === 'SimpleCommand');
      const told = node.type === 'Subshell' ? leaveSubshell(state) : '';
      if (node.type === 'Subshell') state.currentNode = node;
      const result = told === '' ? own : { ...own, stderr: own.stderr + told };
      if (node.type === 'SimpleCommand' || node.type === 'Subshell') state.errexitSafe = false;
      // Every other compound command tells what the commands within it told, each in its line.
      const { traced = '', ...plain } = result;
      const whole = withTrace(traced, conditions.has(node.type) ? located(state, plain) : plain, merged === true);
      const all = before === undefined ? whole : joined(before, { ...whole, stdout: decodedText(whole) });
      const ended = merged === true ? merge(all) : all;
      if (state.replacedWith === undefined) return ended;
      state.replacedWith = undefined;
      throw new ExitError(ended.exitCode, decodedText(ended), ended.stderr);
    },

    outlet: ({ state }, descriptor) => outletsOf(state)[descriptor] ?? descriptor,
    bytes: bytesOfText,
    send: ({ state }, outlet, text) => send(state, outlet, text),
    divert({ state }, redirections = []) {
      const end = divert(state, diverted(redirections));
      const own = outletsOf(state);
      return (targets) => {
        end();
        if (targets !== undefined && state.waiting !== undefined && state.waiting.writers.size > 0)
          keepLate(state, own, redirections, targets, (file, text) => appendText(machine, state.cwd, file, text));
      };
    },
    divertStdout: ({ state }, isWanted) => divert(state, isWanted ? [1] : []),
    arrived({ state }, result) {
      const told = arrived(state);
      return told && withArrived(told, result, false);
    },

    async withLastWords(context, error) {
      if (context.state.signal?.aborted !== true || !isWithMessages(error)) return error;
      const { stdout, stderr } = await atExit(context, { stdout: '', stderr: '', exitCode: 0 });
      error.stdout += stdout;
      error.stderr += stderr;
      return error;
    },
    aside,
    ended: afterStatement,
    atExit: (context, result) => atExit(context, result),

    async substitute(context, body, inherited) {
      const { state } = context;
      const { options, shoptOptions, functions, traps, subshells, merged, linesBefore, currentNode } = state;
      state.linesBefore = state.currentLine - 1;
      state.merged = false;
      state.options = { ...options, errexit: options.errexit === true && shoptOptions.inherit_errexit === true };
      state.shoptOptions = { ...shoptOptions };
      state.functions = new Map(functions);
      const own: Map<string, Trap> = inherited(state);
      state.traps = own;
      state.subshells = (subshells ?? 0) + 1;
      const end = divert(state, [1]);
      try {
        return await atExit(context, await ending(context.executeScript(body)));
      } finally {
        end();
        Object.assign(state, { options, shoptOptions, functions, traps, subshells, merged, linesBefore, currentNode });
        leaveSubshell(state);
      }
    },

    fatalStatus: ({ state }) =>
      state.script?.isCommand && !state.script.isInput && !state.options.errexit && (state.subshells ?? 0) === 0
        ? 127
        : 1,

    keepsSubstitutions({ type, name, args = [], redirections = [] }) {
      if (type !== 'SimpleCommand' || typeof name !== 'object' || args.length > 0) return false;
      const into = redirections.some(({ target }) => target.parts?.some((part) => part.type === 'ProcessSubstitution'));
      return into && name?.parts[0]?.value === 'exec';
    },

    returned: afterReturn,

    trap: ({ state }, args) => trapCommand(state, args),
    select: ({ state }, args) => selectStep(state, args),

    test,
    caller: ({ state }, args) => callerCommand(state, args),
    enable: (_, args) => enableCommand(args),
    mapped: mapCallback,

    umask({ state }, args) {
      const result = umaskCommand(state, args);
      setUmask(state.umask ?? USUAL_UMASK);
      return result;
    },
    useUmask: ({ state }) => setUmask(state.umask ?? USUAL_UMASK),

    exportFunctions({ state }, names) {
      const unknown = names.find((name) => !state.functions.has(name));
      for (const name of names) if (state.functions.has(name)) state.exportedFunctions = withName(state, name);
      const stderr = unknown === undefined ? '' : `bash: export: ${unknown}: not a function\n`;
      return { stdout: '', stderr, exitCode: unknown === undefined ? 0 : 1 };
    },

    replace({ state }, { exitCode }) {
      if (state.ends) {
        state.replacedWith = exitCode;
        state.traps?.clear();
      }
    },

    now: () => machine.kernel.now(),
    timeReport: ({ state }, since, isPosix) => timeReport(state, machine.kernel.now() - since, isPosix),

    seconds({ state }) {
      const now = machine.kernel.now();
      takeSeconds(state, now);
      return String(Math.floor((now - state.startTime) / 1000));
    },

    commandText: ({ state }) => (state.currentNode === undefined ? '' : commandText(state.currentNode)),

    runFile,
    functionText,
    refusal,
    synopsis,
    helpText: (name) => helpText(name, machine.language),
    versionText,
  };
  return language;
}

function appendText({ files }: Machine, cwd: string, file: string, text: string): void {
  const path = resolvePath(cwd, file);
  if (path !== '/dev/null' && files.exists(path)) files.appendFile(path, new TextEncoder().encode(text));
}

/** What was assigned to `SECONDS` is where it counts from. */
function takeSeconds(state: State, now: number): void {
  const assigned = state.env.get('SECONDS');
  if (assigned === undefined) return;
  state.env.delete('SECONDS');
  state.startTime = now - Math.trunc(Number(assigned) || 0) * 1000;
}

/** A here-document that the end of the text ends is warned of. Source: bash 5.2, make_cmd.c. */
function withWarnings(script: Parsed, source: string): Parsed {
  if (!source.includes('<<')) return script;
  const line = source.replace(/\n$/, '').split('\n').length;
  const warnings = unterminated(script.statements).map(
    (document) =>
      `line ${line}: warning: here-document at line ${document.line} delimited by end-of-file (wanted \`${document.delimiter}')`,
  );
  return warnings.length === 0 ? script : { ...script, warnings };
}

interface HereDocument {
  readonly type: string;
  readonly delimiter: string;
  readonly line: number;
  readonly terminated?: boolean;
}

function unterminated(tree: unknown): readonly HereDocument[] {
  if (typeof tree !== 'object' || tree === null) return [];
  if ('terminated' in tree && tree.terminated === false) return [tree as HereDocument];
  return Object.values(tree).flatMap(unterminated);
}

function warningLines({ script, sourceStack }: State, warnings: readonly string[] = []): string {
  return warnings.map((words) => `${sourceStack?.[0] ?? script?.name ?? 'bash'}: ${words}\n`).join('');
}

/** What a shell has written into `>(…)` by `exec` is read there when it ends. */
async function withSubstitutions(context: Context, result: ScriptResult, open: number): Promise<ScriptResult> {
  context.state.fileDescriptors = new Map();
  const { stdout, stderr } = await context.releaseSubstitutions(open);
  const text = decodedText({ stdout, stderr, exitCode: 0, stdoutKind: 'bytes' });
  return joined(result, { stdout: text, stderr, exitCode: result.exitCode });
}

/** What has come from elsewhere stands before what a simple command wrote, and after what a compound one did. */
function withArrived(told: ScriptResult, result: ScriptResult, isBefore: boolean): ScriptResult {
  const stderr = isBefore ? told.stderr + result.stderr : result.stderr + told.stderr;
  if (told.stdout === '') return { ...result, stderr };
  const { stdoutKind: _, stdoutEncoding: __, internalOutputAccounting: ___, ...rest } = result;
  const own = decodedText(result);
  return { ...rest, stdout: isBefore ? told.stdout + own : own + told.stdout, stderr };
}

/** What was traced stands before what the command wrote. */
function withTrace(traced: string, result: ScriptResult, merged: boolean): ScriptResult {
  if (traced === '') return result;
  if (!merged) return { ...result, stderr: traced + result.stderr };
  return joined({ stdout: traced, stderr: '', exitCode: 0 }, { ...result, stdout: decodedText(result) });
}

/** The line of a compound command, where its messages and traps need it: of its end if it is redirected, else of the first within. */
function firstLine({ type, body, redirections = [] }: Node): number | undefined {
  if (type !== 'Subshell' && redirections.length === 0) return undefined;
  if (redirections[0]?.line !== undefined) return redirections[0].line;
  const first = Array.isArray(body) ? (body as readonly Statement[])[0]?.pipelines[0]?.commands[0] : undefined;
  return first && (first.line ?? firstLine({ ...first, type: 'Subshell' }));
}

/** Commands that stand for themselves in `BASH_COMMAND` and before which a DEBUG trap runs. */
const ownMessages: ReadonlySet<string> = new Set(['SimpleCommand', 'ArithmeticCommand', 'ConditionalCommand']);
const conditions: ReadonlySet<string> = new Set(['ArithmeticCommand', 'ConditionalCommand']);

function withName({ exportedFunctions = new Set() }: State, name: string): Set<string> {
  return new Set([...exportedFunctions, name]);
}

/** The statements of the lines before a syntax error, as far as they are whole. */
function wholeStatements(source: string, line: number, parse: (text: string) => Parsed): Parsed['statements'] {
  const lines = source.split('\n');
  for (let count = line - 1; count > 0 && count >= line - LINES_TRIED; count--) {
    try {
      return parse(lines.slice(0, count).join('\n')).statements;
    } catch (error) {
      if (syntaxProblem(error, source) === undefined) throw error;
    }
  }
  return [];
}

/** `exit` ends a shell with a result. */
async function ending(running: Promise<ScriptResult>): Promise<ScriptResult> {
  try {
    return await running;
  } catch (error) {
    if (error instanceof ExitError) return { stdout: error.stdout, stderr: error.stderr, exitCode: error.exitCode };
    throw error;
  }
}

function isWithMessages(
  error: unknown,
): error is { stdout: string; stderr: string; isLocated?: boolean; isReadonly?: boolean } {
  return typeof error === 'object' && error !== null && 'stderr' in error && typeof error.stderr === 'string';
}

/** Runs an executable file: by the program that its first line names, else as a script of the shell. */
async function runFile(
  shell: Interpreter,
  name: string,
  args: readonly string[],
  stdin: string,
): Promise<ScriptResult> {
  const { fs, state } = shell.ctx;
  const start = (await fs.readFile(fs.resolvePath(state.cwd, name))).slice(0, 256);
  const [, line = '/bin/bash'] = /^#! *([^\n]*)/.exec(start) ?? [];
  // A file from Windows: the program's name would end in a carriage return.
  if (line.endsWith('\r')) return notExecutable(name);
  const [program = '', ...given] = line.trim().split(/\s+/);
  const isEnv = program.endsWith('/env');
  const words = isEnv ? given.filter((word) => word !== '-S') : [program.slice(program.lastIndexOf('/') + 1), ...given];
  const [command = 'bash', ...options] = words;
  const result = await shell.runCommand(command, [...options, name, ...args], [], stdin, true);
  if (result.exitCode !== 127 || !result.stderr.endsWith(`${command}: command not found\n`)) return result;
  return isEnv
    ? { stdout: '', stderr: `/usr/bin/env: ‘${command}’: No such file or directory\n`, exitCode: 127 }
    : notExecutable(name);
}

function notExecutable(name: string): ScriptResult {
  return { stdout: '', stderr: `bash: ${name}: cannot execute: required file not found\n`, exitCode: 127 };
}
