// `nohup`: a command that goes on when the terminal is closed, which here nothing is.
import type { CommandContext, ScriptResult } from './just-bash.ts';
import { quote } from './quote.ts';

export const nohup = {
  name: 'nohup',
  async execute([program, ...args]: readonly string[], context: CommandContext): Promise<ScriptResult> {
    if (program === undefined) {
      return {
        stdout: '',
        stderr: "nohup: missing operand\nTry 'nohup --help' for more information.\n",
        exitCode: 125,
      };
    }
    const ended = await context.execWithInheritedStdin([program, ...args].map(quote).join(' '), {
      rawScript: true,
      replaceEnv: true,
      env: { ...context.exportedEnv },
      cwd: context.cwd,
      signal: context.signal,
      state: {
        script: undefined,
        merged: context.shell.state.merged,
        attached: context.attached,
        functions: new Map(),
      },
    });
    if (ended.exitCode !== 127 || ended.stderr !== `bash: ${program}: command not found\n`) return ended;
    return { ...ended, stderr: `nohup: failed to run command '${program}': No such file or directory\n` };
  },
};
