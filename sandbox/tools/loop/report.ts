import type { CommandIO } from '../../machine/index.ts';
import { parseDuration } from '../../telemetry/time/index.ts';
import { LoopProblem } from './problem.ts';
import { words } from './words.ts';

/**
 * `loop report --lead-time 47m --recovery-time 18m`: files what somebody has worked out of their own change. Whether it is right is
 * for a check to say, which has the log (`judgeReport`).
 */
export function report(io: CommandIO, options: ReadonlyMap<string, string>): number {
  const { kernel, language } = io.machine;
  const [leadTimeMinutes, recoveryTimeMinutes] = (['lead-time', 'recovery-time'] as const).map((name) =>
    minutesOf(name, options.get(name)),
  ) as [number, number];
  kernel.record({ type: 'DeliveryReported', leadTimeMinutes, recoveryTimeMinutes });
  io.stdout(`${words.reported(leadTimeMinutes, recoveryTimeMinutes)[language]}\n`);
  return 0;
}

/** Minutes of `47m` or `1h5m`. @throws LoopProblem */
function minutesOf(name: string, text: string | undefined): number {
  if (text === undefined) throw new LoopProblem(words.needsTime(name));
  const ms = parseDuration(text);
  if (ms === undefined) throw new LoopProblem(words.noTime(name, text));
  return ms / 60_000;
}
