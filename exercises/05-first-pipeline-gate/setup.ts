// How day 5 begins: `seats` on the forge with nothing in front of main, and three requests of other roles.

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

export const setup = `
git config --global user.name "Equipo de reservas" && git config --global user.email reservas@ventarela.test
git config --global init.defaultBranch main
git init -q --bare -b main /srv/git/seats.git
cd ~/seats && chmod +x build.sh test.sh && git init -q
git add . && git reset -q .github && git commit -q -m "Search trips, hold a seat, sell it"
git remote add origin https://git.ventarela.test/seats.git
git push -q -u origin main
git config --global user.name "Aprendiz" && git config --global user.email aprendiz@ventarela.test
forge person dev-booking "Equipo de reservas"
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
cd ~/seats && git switch -q -c ci/gate && cd ~
`;
