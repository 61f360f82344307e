// `loop`: one card goes once round the eight stages of a miniature Ventarela.
import type { LoggedEvent } from '../../kernel/index.ts';
import type { CommandIO } from '../../machine/index.ts';
import { handedOver, isStage, received, stages } from '../../world/loop/index.ts';
import { cardIds, readCards } from './files.ts';
import { LoopProblem, teamCommand } from './problem.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { predictionOf, tell } from './tell.ts';
import { duration, stageNames, things, words } from './words.ts';

export const loop = teamCommand(
  {
    name: 'loop',
    summary: { es: 'da una vuelta al ciclo con una tarjeta', en: 'sends one card round the loop' },
    complete(before, _start, { machine }) {
      if (before.length === 0) return ['predict', 'report', 'run', 'runs', 'show', 'stages'];
      const last = before.at(-1);
      if (last === '--card') return cardIds(machine);
      if (last === '--stops-at') return [...stages, 'none'];
      if (last === '--reaches') return ['monitor'];
      if (last === 'show') return endedRuns(machine.kernel.log.entries()).map(({ run: name }) => name);
      if (before[0] === 'report') return ['--lead-time', '--recovery-time'];
      return before[0] === 'predict' ? ['--card', '--reaches', '--stops-at'] : before[0] === 'run' ? ['--card'] : [];
    },
  },
  dispatch,
);

function dispatch([name, ...rest]: readonly string[], io: CommandIO): number {
  const { language } = io.machine;
  if (name === undefined || name === 'help' || name === '--help' || rest.includes('--help')) {
    io.stdout(`${words.usage[language]}\n`);
    return name === undefined ? 2 : 0;
  }
  if (name === 'stages') return showStages(io);
  if (name === 'runs') return showRuns(io);
  if (name === 'show') return show(io, rest[0] ?? '');
  if (name === 'predict') return predict(io, optionsOf(rest, ['card', 'stops-at', 'reaches']));
  if (name === 'report') return report(io, optionsOf(rest, ['lead-time', 'recovery-time']));
  if (name === 'run') return run(io, cardOf(optionsOf(rest, ['card'])));
  io.stderr(`loop: ${words.unknownCommand('loop', name)[language]}\n`);
  return 2;
}

/** `--card x` and `--card=x` → name and value. */
function optionsOf(args: readonly string[], known: readonly string[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] as string;
    const [, name, inline] = /^--([a-z-]+)(?:=(.*))?$/.exec(arg) ?? [];
    if (!arg.startsWith('-') && known.includes('card') && !options.has('card')) throw new LoopProblem(words.needsCard);
    if (name === undefined || !known.includes(name)) throw new LoopProblem(words.unknownCommand('loop', arg));
    options.set(name, inline ?? args[++at] ?? '');
  }
  return options;
}

function cardOf(options: ReadonlyMap<string, string>): string {
  const id = options.get('card');
  if (id === undefined || id === '') throw new LoopProblem(words.needsCard);
  return id;
}

function predict(io: CommandIO, options: ReadonlyMap<string, string>): number {
  const { kernel, language } = io.machine;
  const card = cardOf(options);
  const reaches = options.get('reaches');
  if (reaches !== undefined && reaches !== 'monitor') throw new LoopProblem(words.onlyMonitor(reaches));
  const stage = options.get('stops-at') ?? (reaches === undefined ? undefined : 'none');
  if (!readCards(io.machine).some(({ id }) => id === card)) throw new LoopProblem(words.noSuchCard(card));
  if (stage === undefined || stage === '') throw new LoopProblem(words.needsStage);
  if (stage !== 'none' && !isStage(stage)) throw new LoopProblem(words.noSuchStage(stage, stages.join(', ')));
  if (kernel.log.entries().some((entry) => entry.type === 'RunStarted' && entry.card === card))
    throw new LoopProblem(words.alreadyRun);
  kernel.record({ type: 'PredictionSaved', card, prediction: stage });
  io.stdout(`${words.saved(card, stage)[language]}\n`);
  return 0;
}

function showStages(io: CommandIO): number {
  const { language } = io.machine;
  const thing = (id: string): string => things[id]?.[language] ?? id;
  for (const [index, stage] of stages.entries()) {
    io.stdout(
      `${index + 1}  ${stage.padEnd(8)} ${stageNames[stage][language]}\n             ${thing(received(stage))} → ${thing(handedOver[stage])}\n`,
    );
  }
  return 0;
}

function showRuns(io: CommandIO): number {
  const { kernel, language } = io.machine;
  const ended = endedRuns(kernel.log.entries());
  for (const { run: name, card, leadTimeMinutes, stops } of ended) {
    io.stdout(`${name.padEnd(4)} ${card.padEnd(18)} ${words.arrived(duration(leadTimeMinutes), stops)[language]}\n`);
  }
  if (ended.length === 0) io.stdout(`${words.noRuns[language]}\n`);
  return 0;
}

/** `loop show R1`: a run as it was told when it ended. */
function show(io: CommandIO, name: string): number {
  const log = io.machine.kernel.log.entries();
  const ended = endedRuns(log).find((entry) => entry.run === name);
  if (ended === undefined) throw new LoopProblem(words.noSuchRun(name));
  const events = log.filter((entry) => 'run' in entry && entry.run === name);
  io.stdout(tell(events, io, undefined, predictionOf(log, name, ended.card)));
  return 0;
}

function endedRuns(log: readonly LoggedEvent[]): readonly (LoggedEvent & { readonly type: 'RunEnded' })[] {
  return log.flatMap((entry) => (entry.type === 'RunEnded' ? [entry] : []));
}
