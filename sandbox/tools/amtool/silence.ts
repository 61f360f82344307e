import type { CommandIO } from '../../machine/index.ts';
import {
  ConfigProblem,
  expireSilence,
  formatMatcher,
  type Matcher,
  matchesAll,
  parseMatcher,
  type Silence,
} from '../../telemetry/alerting/index.ts';
import { createLabels } from '../../telemetry/labels.ts';
import { formatTime, parseDuration, parseTime } from '../../telemetry/time/index.ts';
import { AmtoolStop, type Given } from './flags.ts';
import { change, type Place } from './place.ts';
import { dateOf, table } from './table.ts';

/** `amtool silence add`: prints the id of the new silence. */
export function addSilence(place: Place, { flags, words }: Given, io: CommandIO): number {
  const { kernel } = io.machine;
  const matchers = matchersOf(words);
  if (matchers.length === 0) throw new AmtoolStop('no matchers specified');
  const now = kernel.now();
  const startsAt = flags.start === undefined ? now : timeOf(flags.start);
  const endsAt = flags.end === undefined ? startsAt + lengthOf(flags.duration ?? '1h') : timeOf(flags.end);
  if (startsAt > endsAt) throw new AmtoolStop('silence cannot start after it ends');
  const comment = flags.comment ?? '';
  if (comment === '') throw new AmtoolStop('comment required by config');
  if (endsAt <= now)
    throw new AmtoolStop(
      "[POST /silences][400] postSilencesBadRequest  invalid silence: end time can't be in the past",
    );
  const createdBy = flags.author ?? io.env.USER ?? '';
  const id = uuid(() => kernel.random('silences').next());
  const silence: Silence = {
    id,
    matchers,
    startsAt: Math.max(startsAt, now),
    endsAt,
    updatedAt: now,
    createdBy,
    comment,
  };
  change(place, io, (state) => ({ ...state, silences: [...state.silences, silence] }));
  kernel.record({
    type: 'SilenceAdded',
    silence: id,
    matchers: textOf(silence),
    until: endsAt,
    by: createdBy,
    comment,
  });
  io.stdout(`${id}\n`);
  return 0;
}

/** `amtool silence query` (also without `query`). */
export function querySilences(place: Place, { flags, words }: Given, io: CommandIO): number {
  const now = io.machine.kernel.now();
  const filter = matchersOf(words);
  const within = flags.within === undefined ? 0 : (parseDuration(flags.within) ?? Number.NaN);
  if (Number.isNaN(within)) throw new AmtoolStop(`time: invalid duration "${flags.within}"`);
  const isExpired = flags.expired !== undefined;
  const shown = place.state.alertmanager.silences
    .filter(({ endsAt }) => (isExpired ? endsAt <= now : endsAt > now))
    .filter(({ endsAt }) => within === 0 || (isExpired ? endsAt >= now - within : endsAt <= now + within))
    .filter(({ createdBy }) => flags['created-by'] === undefined || createdBy === flags['created-by'])
    .filter(({ id }) => flags.id === undefined || id === flags.id)
    .filter(({ matchers }) => matchesAll(filter, createLabels(matchers.map(({ name, value }) => [name, value]))))
    .toSorted((a, b) => a.endsAt - b.endsAt);
  if (flags.quiet !== undefined) {
    for (const { id } of shown) io.stdout(`${id}\n`);
    return 0;
  }
  const rows = shown.map((one) => [one.id, textOf(one), dateOf(formatTime(one.endsAt)), one.createdBy, one.comment]);
  io.stdout(table([['ID', 'Matchers', 'Ends At', 'Created By', 'Comment'], ...rows]));
  return 0;
}

/** `amtool silence expire ID…` */
export function expireSilences(place: Place, { words }: Given, io: CommandIO): number {
  const { kernel } = io.machine;
  if (words.length === 0) throw new AmtoolStop('no silence IDs specified');
  for (const id of words) {
    if (!place.state.alertmanager.silences.some((silence) => silence.id === id))
      throw new AmtoolStop('[DELETE /silence/{silenceID}][404] deleteSilenceNotFound ');
    change(place, io, (state) => ({
      ...state,
      silences: state.silences.map((one) => (one.id === id ? expireSilence(one, kernel.now()) : one)),
    }));
    kernel.record({ type: 'SilenceExpired', silence: id, by: io.env.USER ?? '' });
  }
  return 0;
}

/** Words as matchers; a first one without a sign names the alert. */
export function matchersOf(words: readonly string[]): readonly Matcher[] {
  try {
    return words.map((word, index) => {
      const isName = index === 0 && !/^\s*[a-zA-Z_:][a-zA-Z0-9_:]*\s*(?:=~|=|!=|!~)/.test(word);
      return parseMatcher(isName ? `alertname=${JSON.stringify(word)}` : word);
    });
  } catch (error) {
    if (error instanceof ConfigProblem) throw new AmtoolStop(error.message);
    throw error;
  }
}

function textOf({ matchers }: Silence): string {
  return matchers.map(formatMatcher).join(' ');
}

function timeOf(text: string): number {
  const ms = parseTime(text);
  if (ms !== undefined) return ms;
  throw new AmtoolStop(`parsing time "${text}" as "2006-01-02T15:04:05Z07:00": cannot parse "${text}" as "2006"`);
}

function lengthOf(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new AmtoolStop(`not a valid duration string: "${text}"`);
  if (ms === 0) throw new AmtoolStop('silence duration must be greater than 0');
  return ms;
}

/** A random UUID (RFC 9562, version 4) from the sandbox's chance. */
function uuid(next: () => number): string {
  const digit = (): string => Math.floor(next() * 16).toString(16);
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) =>
    place === 'x' ? digit() : '89ab'.charAt(Math.floor(next() * 4)),
  );
}
