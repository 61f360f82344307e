cd ~/seats
node app.mjs > /tmp/seats.log &
sleep 1
curl -s 'localhost:8080/trips?from=Sierra'
kill %1
cp app.mjs /tmp/mended.mjs
git restore app.mjs
git switch -c feat/healthz-trips
sed -i "s/{ status: 'ok' }/{ status: 'ok', trips: trips.length }/" app.mjs
git commit -am 'Say in /healthz how many trips are loaded'
git push -u origin feat/healthz-trips
git switch -c fix/from-filter
sed "s/{ status: 'ok' }/{ status: 'ok', trips: trips.length }/" /tmp/mended.mjs > app.mjs
git reset --soft main
git add app.mjs
git commit -m 'Filter trips by the town they leave from'
git push -u origin fix/from-filter
git switch main
git switch -c chore/ignore-secrets
printf '.env\nnode_modules/\n' > .gitignore
git add .gitignore
git commit -m 'Keep secrets and dependencies out of git'
git push -u origin chore/ignore-secrets
