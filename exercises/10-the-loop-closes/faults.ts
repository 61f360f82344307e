// Version 1.3.0, and what is wrong with it: one of these, by the seed of the day. Each harms some buyers and leaves the others alone.
import { quote } from './company.ts';

/** The files of 1.3.0 that may be spoilt, as they should be: how long a trip takes, what it costs, and the stops of a held seat. */
export const good: Readonly<Record<string, string>> = {
  'duration.mjs': `const minutesOf = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Minutes that a trip takes. Some arrive after midnight. */
export function duration({ leaves, arrives }) {
  const minutes = (minutesOf(arrives) - minutesOf(leaves) + 1440) % 1440;
  if (minutes < 0) throw new RangeError(\`a trip takes \${minutes} minutes\`);
  return minutes;
}
`,
  'fares.json': `{
  "Alba": { "base": 4 },
  "Molinos": { "base": 3 },
  "Puerto": { "base": 5 },
  "Sierra": { "base": 6 }
}
`,
  'holds.mjs': `import { trips } from './search.mjs';

/** Keeps seats for a buyer: the status and what to say. */
export function hold({ trip: id, seats = 1 }) {
  const trip = trips.find((one) => one.id === id);
  if (trip === undefined) return [404, { error: 'no such trip' }];
  if (seats > trip.seats) return [409, { error: 'not enough seats' }];
  const stops = trip.stops ?? [];
  return [201, { trip: id, seats, stops: stops.length }];
}
`,
};

/** All that 1.3.0 changed, without a fault. */
export const feature: Readonly<Record<string, string>> = {
  ...good,
  'fares.mjs': `import { readFileSync } from 'node:fs';
import { duration } from './duration.mjs';

const fares = JSON.parse(readFileSync(new URL('./fares.json', import.meta.url), 'utf8'));

/** A trip as buyers see it, with what it costs: what the town asks, and 5 for each hour begun. */
export function offer(trip) {
  const minutes = duration(trip);
  return { ...trip, minutes, fare: fares[trip.to].base + 5 * Math.ceil(minutes / 60) };
}
`,
  'search.mjs': `import { readFileSync } from 'node:fs';
import { offer } from './fares.mjs';

export const trips = JSON.parse(readFileSync(new URL('./trips.json', import.meta.url), 'utf8'));

/** The trips that a search asks for: \`from\` and \`to\` are towns, each may be left out. */
export function search(query) {
  const from = query.get('from');
  const to = query.get('to');
  return trips.filter((trip) => (from === null || trip.from === from) && (to === null || trip.to === to)).map(offer);
}
`,
  'test/offer.test.mjs': `import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hold } from '../holds.mjs';
import { search } from '../search.mjs';

test('a trip tells how long it takes and what it costs', () => {
  const [trip] = search(new URLSearchParams('from=Alba&to=Puerto'));
  assert.equal(trip.minutes, 75);
  assert.equal(trip.fare, 15);
});

test('a held seat tells its stops', () => {
  assert.equal(hold({ trip: 'T01' })[1].stops, 1);
});
`,
};

/** The file that each fault spoils, as it was released. */
export const spoilt: readonly Readonly<Record<string, string>>[] = [
  // Trips that arrive after midnight: every search from Sierra fails.
  {
    'duration.mjs': (good['duration.mjs'] as string)
      .replace(' + 1440) % 1440', ')')
      .replace(' Some arrive after midnight.', ''),
  },
  // A name in the configuration: every search to Molinos fails.
  { 'fares.json': (good['fares.json'] as string).replace('Molinos', 'Molino') },
  // A trip without stops on the way: holding seats of T04 fails.
  {
    'holds.mjs': (good['holds.mjs'] as string)
      .replace('  const stops = trip.stops ?? [];\n', '')
      .replace('stops: stops.length', 'stops: trip.stops.length'),
  },
];

const writeIn = (files: Readonly<Record<string, string>>): string =>
  Object.entries(files)
    .map(([path, text]) => `printf %s ${quote(text)} > ${path}`)
    .join('\n');

/** A colleague brings 1.3.0 through the gate and deploys it; the seed decides which fault it has. */
export const morning = `
cat > /tmp/feature.sh <<'END_OF_FEATURE'
set -e
git clone -q https://git.ventarela.test/seats.git /tmp/nora
cd /tmp/nora
git switch -qc offer
${writeIn(feature)}
case $FAULT in
${spoilt.map((files, index) => `${index})\n${writeIn(files)}\n;;`).join('\n')}
esac
git add .
git commit -qm "Tell how long a trip takes and what it costs"
git push -q origin HEAD
gh pr create --title "Tell how long a trip takes and what it costs" --body "Asked for by Product."
END_OF_FEATURE
forge person nora 'Nora Vidal'
FAULT=$((RANDOM % ${spoilt.length}))
forge as nora "FAULT=$FAULT bash /tmp/feature.sh"
sleep 8m
forge as nora "cd /tmp/nora; gh pr merge 1 --squash"
sleep 8m
forge as nora "cd /tmp/nora; git switch -q main; git pull -q; ./release.sh 1.3.0; ./deploy.sh 1.3.0"
rm -rf /tmp/nora /tmp/feature.sh /tmp/seats.tgz /tmp/release-*
cd ~/seats
git pull -q
sleep 8m
`;
