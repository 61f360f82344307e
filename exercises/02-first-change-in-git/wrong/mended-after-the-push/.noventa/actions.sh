cd ~/seats
node app.mjs > /tmp/seats.log &
sleep 1
curl -s 'localhost:8080/trips?from=Sierra'
kill %1
cp app.mjs /tmp/mended.mjs
git restore app.mjs
git switch -c chore/ignore-secrets
printf '.env\nnode_modules/\n' > .gitignore
git add .gitignore
git commit -m 'Keep secrets and dependencies out of git'
git push -u origin chore/ignore-secrets
git switch main
git switch -c fix/from-filter
sed 's/from === null || //' /tmp/mended.mjs > app.mjs
git add app.mjs
git commit -m 'Filter trips by the town they leave from'
git push -u origin fix/from-filter
cp /tmp/mended.mjs app.mjs
