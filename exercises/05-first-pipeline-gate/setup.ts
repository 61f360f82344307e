// How day 5 begins: what the booking developers merged of day 4, with nothing in front of main, and three requests of other roles.

/** A pull request of a role, as a script that role runs: a branch of its own with one commit. */
function propose(login: string, branch: string, title: string, body: string, change: string): string {
  return `forge as ${login} "
git clone -q https://git.ventarela.test/seats.git /tmp/${branch}; cd /tmp/${branch}; git switch -q -c ${branch}
${change}
git add -A; git commit -q -m '${title}'; git push -q origin ${branch}
gh pr create --title '${title}' --body '${body}'"
rm -rf /tmp/${branch}
sleep 7m`;
}

/**
 * `start/seats` holds what is new since day 4: the build of day 3, which now takes `booking.mjs` along and looks whether the program can
 * be read; the log as a declared dependency (the router of day 3 went when booking came); a service that ends when it is told to.
 */
export const setup = `
set -e
cp -r ~/seats /tmp/theirs
forge as dev-booking 'set -e
git clone -q https://git.ventarela.test/seats.git /tmp/work && cd /tmp/work
git merge -q --no-edit origin/test/booking
cd ../theirs && cp app.mjs build.sh package.json package-lock.json README.md ../work && cd ../work
echo dist/ >> .gitignore && chmod +x build.sh test.sh
git add . && git commit -q -m "Build one artifact a commit, and log requests" && git push -q origin main'
rm -rf /tmp/theirs /tmp/work
forge person dev-web "Equipo de web"
forge person quality "Calidad"
forge reviewer seats quality 5 approve "Reads well."
${propose(
  'dev-booking',
  'minutes-of-a-hold',
  'Say with each hold how long it lasts',
  'Kiosks show a countdown while the passenger pays.',
  `sed -i 's/trip: id, until: now() + HOLD_MS };/trip: id, until: now() + HOLD_MS, minutes: HOLD_MS \\/ 60_000 };/' booking.mjs`,
)}
${propose(
  'dev-web',
  'dates-of-a-trip',
  'Write dates with the package dias',
  'Every page writes them in its own way.',
  `sed -i 's/^  .dependencies.: {/&\\n    \\"dias\\": \\"^1.0.0\\",/' package.json
sed -i \\"2i import { day } from 'dias';\\" app.mjs`,
)}
${propose(
  'dev-web',
  'both-ways',
  'Find trips that arrive in the town as well',
  'Fewer clicks to plan the way back.',
  `sed -i 's/trip.from === from)/trip.from === from || trip.to === from)/' booking.mjs`,
)}
cd ~/seats
git fetch -q && git switch -q -f main && git reset -q --hard origin/main
git switch -q -c ci/gate
`;
