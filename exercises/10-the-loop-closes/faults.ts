// Version 2.2.0, and what is wrong with it: one of these, by the seed of the day. Each harms some buyers and leaves the others alone;
// the smoke test of a deploy, which asks for the whole timetable, sees none of them.
import type { Words } from '../../sandbox/checks/index.ts';
import { merged, write } from './company.ts';
import { both } from './facts.ts';
import { app } from './seats.ts';

/** The files of 2.2.0 that may be spoilt, as they should be: how long a trip takes, what luggage costs, where a coach stops. */
export const good: Readonly<Record<string, string>> = {
  'duration.mjs': `const minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Minutes that a trip takes. Some arrive after midnight. */
export function duration({ leaves, arrives }) {
  const minutes = (minutesOf(arrives) - minutesOf(leaves) + 1440) % 1440;
  if (minutes < 0) throw new RangeError(\`a trip takes \${minutes} minutes\`);
  return minutes;
}
`,
  'luggage.json': `{
  "Alba": { "base": 4 },
  "Molinos": { "base": 3 },
  "Puerto": { "base": 5 },
  "Sierra": { "base": 6 }
}
`,
  'stops.mjs': `/** How often a coach stops on the way. */
export function stopsOf(trip) {
  return (trip.stops ?? []).length;
}
`,
};

/** All that 2.2.0 changed in files of its own, without a fault. */
export const feature: Readonly<Record<string, string>> = {
  ...good,
  'app.mjs': app({ offers: true }),
  'offers.mjs': `import { readFileSync } from 'node:fs';
import { duration } from './duration.mjs';

const prices = JSON.parse(readFileSync(new URL('./luggage.json', import.meta.url), 'utf8'));

/** A trip as a search shows it, with what a suitcase costs: what the town asks, and 1 for each hour begun. */
export function offer(trip) {
  const minutes = duration(trip);
  const price = prices[trip.to];
  if (price === undefined) throw new Error(\`no price for luggage to \${trip.to}\`);
  return { ...trip, minutes, luggage: price.base + Math.ceil(minutes / 60) };
}
`,
  'test/offers.test.mjs': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openService } from '../testing/service.mjs';

test('a trip tells how long it takes and what luggage costs', async (t) => {
  const seats = await openService(t);
  const { body } = await seats.get('/trips?from=Alba&to=Puerto');
  assert.equal(body[0].minutes, 75);
  assert.equal(body[0].luggage, 7);
});

test('a held seat tells its stops', async (t) => {
  const seats = await openService(t);
  assert.equal((await seats.post('/trips/T01/holds')).body.stops, 1);
});
`,
};

/** What 2.2.0 changed in booking.mjs, at the top of a clone. */
export const stopsWithHolds = `sed -i "1i import { stopsOf } from './stops.mjs';" booking.mjs
sed -i 's/^    const trip = find(id);/&\\n    const stops = stopsOf(trip);/; s/minutes: HOLD_MS . 60_000 };/minutes: HOLD_MS \\/ 60_000, stops };/' booking.mjs`;

/** The file that each fault spoils, as it was released. */
export const spoilt: readonly Readonly<Record<string, string>>[] = [
  // Trips that arrive after midnight: every search from Sierra fails.
  {
    'duration.mjs': (good['duration.mjs'] as string)
      .replace(' + 1440) % 1440', ')')
      .replace(' Some arrive after midnight.', ''),
  },
  // A name in the configuration: every search to Molinos fails.
  { 'luggage.json': (good['luggage.json'] as string).replace('Molinos', 'Molino') },
  // A trip without stops on the way: holding seats of T04 fails.
  { 'stops.mjs': (good['stops.mjs'] as string).replace('(trip.stops ?? [])', 'trip.stops') },
];

/** An error that is hidden instead of fixed. */
export interface Hidden {
  /** In place of those of the bad version. */
  readonly files: Readonly<Record<string, string>>;
  /** What the request is answered then. */
  readonly told: Words;
  /** What of the answer would show it. */
  readonly asked: Words;
}

/** How the error that the log tells would be hidden. Who asks for a status, for a number of trips or for another trip does not see it. */
export function hidden(error: string): Hidden {
  if (error.includes('minutes'))
    return {
      files: {
        ...good,
        'duration.mjs': (good['duration.mjs'] as string)
          .replace(
            '(minutesOf(arrives) - minutesOf(leaves) + 1440) % 1440',
            'Math.abs(minutesOf(arrives) - minutesOf(leaves))',
          )
          .replace(/ {2}if .*\n/, ''),
      },
      told: both('un viaje de 1390 minutos', 'a trip of 1390 minutes'),
      asked: both('cuántos minutos tarda el viaje que fallaba', 'how many minutes the trip that failed takes'),
    };
  if (error.includes('luggage'))
    return {
      files: {
        ...good,
        ...spoilt[1],
        'offers.mjs': (feature['offers.mjs'] as string)
          .replace(/ {2}if .*\n/, '')
          .replace('prices[trip.to]', '$& ?? {}'),
      },
      told: both('un equipaje sin precio', 'luggage without a price'),
      asked: both('cuánto cuesta el equipaje del viaje que fallaba', 'what luggage costs on the trip that failed'),
    };
  return {
    files: { 'app.mjs': app({ offers: true }).replace(/\[500, .*\]/, '[200, []]') },
    told: both('una lista vacía', 'an empty list'),
    asked: both('el 201 de la reserva, o cuántas paradas tiene', 'the 201 of the hold, or how many stops it has'),
  };
}

/** A colleague brings 2.2.0 through the gate and deploys it in her own name; the seed decides which fault it has. */
export const morning = `
forge person nora 'Nora Vidal'
echo $((RANDOM % ${spoilt.length})) > /tmp/fault
${merged(
  'nora',
  'offer',
  'feat: tell how long a trip takes and what luggage costs',
  `${write(feature, '.')}
${stopsWithHolds}
case $(cat /tmp/fault) in
${spoilt.map((files, index) => `${index})\n${write(files, '.')}\n;;`).join('\n')}
esac`,
)}
rm /tmp/fault
cp -r ~/ops /tmp/ops && sed -i 's/"host":"web-1"/&,"by":"nora"/' /tmp/ops/record.sh
forge as nora "bash ~/release.sh origin/main; /tmp/ops/deploy.sh 2.2.0" > /dev/null
rm -rf /tmp/ops /tmp/seats.tgz
sleep 8m
`;
