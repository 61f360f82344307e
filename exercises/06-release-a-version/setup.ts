// How day 6 begins: `seats` 1.0.0 is in the registry, and three changes have been merged since.

const CLONE = 'git clone -q https://git.ventarela.test/seats.git';

/** A change of the booking developers: a commit, a request, its checks, the merge. `script` runs at the top of a clone. */
function merged(branch: string, message: readonly string[], script: string): string {
  return `
cat > /tmp/change.sh <<'CHANGE'
${CLONE} /tmp/${branch}; cd /tmp/${branch}; git switch -q -c ${branch}
${script}
git add -A; git commit -q ${message.map((part) => `-m '${part}'`).join(' ')}; git push -q origin ${branch}
gh pr create --fill > /dev/null; gh pr checks --watch > /dev/null
gh pr merge ${branch} --squash > /dev/null
CHANGE
forge as dev-booking "bash /tmp/change.sh"
rm -rf /tmp/${branch} /tmp/change.sh
sleep 20m`;
}

/** Puts the artifact that CI kept for the newest commit of main under its version, as release.sh will have to. */
const publishFirst = `
${CLONE} /tmp/first && cd /tmp/first
git tag -a v1.0.0 -m 'seats 1.0.0' && git push -q origin v1.0.0
gh run download $(gh run list --branch main --commit $(git rev-parse HEAD) --json databaseId --jq '.[0].databaseId') -n seats -D kept
curl -s -f -o /dev/null -T kept/*.tgz http://registry.ventarela.test/seats/1.0.0/seats-1.0.0.tgz
rm -rf /tmp/first`;

export const setup = `
${merged(
  'which-version',
  ['feat: answer GET /version', 'Card: which-version'],
  `sed -i -e 's/import { readFileSync }/import { existsSync, readFileSync }/' \\
  -e "/^const timetable/a\\\\const release = new URL('./VERSION', import.meta.url);" \\
  -e "/^const timetable/a\\\\const version = existsSync(release) ? readFileSync(release, 'utf8').trim() : 'unreleased';" \\
  -e "/path === '.healthz'/a\\\\    if (method === 'GET' && path === '/version') return [200, { version }];" app.mjs
printf '%s\\n' '# Changelog' '' '## 1.0.0' '' '- Search trips, hold a seat, sell it (card: first-sale)' > CHANGELOG.md`,
)}
${publishFirst}
${merged(
  'towns-as-typed',
  ['fix: find a town however its name is typed', 'Card: towns-as-typed'],
  `sed -i 's/trip.from === from/same(trip.from, from)/; s/trip.to === to/same(trip.to, to)/' booking.mjs
sed -i '1i const same = (one, other) => one.toLowerCase() === other.toLowerCase();' booking.mjs`,
)}
${merged(
  'fare-with-currency',
  ['feat(trips): tell the fare with its currency', 'Card: fare-with-currency'],
  `sed -i "s/createBooking(trips, now = Date.now)/createBooking(trips, now = Date.now, currency = 'units')/" booking.mjs
sed -i 's/, left: left(trip) }/, left: left(trip), fare: { amount: trip.price, currency } }/' booking.mjs
sed -i 's/log = () => {} } = {}/log = () => {}, currency } = {}/; s/createBooking(trips, now)/createBooking(trips, now, currency)/' app.mjs
sed -i "s/  const server = createSeats({ log/  const currency = process.env.CURRENCY;\\n  if (currency === undefined) {\\n    console.error('seats: CURRENCY is not set');\\n    process.exit(1);\\n  }\\n  const server = createSeats({ currency, log/" app.mjs`,
)}
${merged(
  'one-price-only',
  [
    'feat(trips)!: leave the bare price out',
    'BREAKING CHANGE: a trip has no price any more; read fare.amount.',
    'Card: one-price-only',
  ],
  `sed -i 's/({ ...trip, left/({ ...trip, price: undefined, left/; s/{ ...trip, left: left(trip), fare/{ ...trip, price: undefined, left: left(trip), fare/; s/find(held.trip).price/find(held.trip).fare.amount/' booking.mjs`,
)}
cd ~/seats && git switch -q main && git pull -q && cd ~
`;
