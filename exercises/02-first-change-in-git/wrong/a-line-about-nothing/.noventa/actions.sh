cd ~/seats
node app.mjs > /tmp/seats.log &
sleep 1
curl -s 'localhost:8080/trips?from=Sierra'
kill %1
git switch -c fix/from-filter
git add app.mjs
git commit -m 'Filter trips by the town they leave from'
git push -u origin fix/from-filter
git switch main
git switch -c chore/ignore-secrets
printf '.env\nnode_modules/\n' > .gitignore
printf '%s\n' 'Git does not see `.env`.' 'Ask Nora about Sierra.' >> README.md
git add .gitignore README.md
git commit -m 'Keep secrets and dependencies out of git'
git push -u origin chore/ignore-secrets
