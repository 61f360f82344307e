import type { Command, CommandIO, Words } from '../../machine/index.ts';

/** Told to the person: where the files of the team do not say what is needed. */
export class LoopProblem extends Error {
  readonly words: Words;

  constructor(problem: Words) {
    super(problem.en);
    this.words = problem;
  }
}

/** A command over the team's files: what stands in their way is told in the reader's language, with exit code 1. */
export function teamCommand(
  command: Omit<Command, 'run'>,
  dispatch: (args: readonly string[], io: CommandIO) => number,
): Command {
  return {
    ...command,
    run(args, io) {
      try {
        return dispatch(args, io);
      } catch (error) {
        if (!(error instanceof LoopProblem)) throw error;
        io.stderr(`${command.name}: ${error.words[io.machine.language]}\n`);
        return 1;
      }
    },
  };
}
