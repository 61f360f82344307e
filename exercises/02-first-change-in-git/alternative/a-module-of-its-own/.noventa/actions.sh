cd ~/seats
PORT=9000 node app.mjs &
sleep 1
curl -s 'localhost:9000/trips?to=Alba&from=Sierra'
kill $!
git switch -c fix/from-filter
echo 'Both filters may be given at once.' >> README.md
git add app.mjs search.mjs test README.md
git commit -m 'fix: busca por salida'
git push -u origin HEAD
git switch -c chore/ignore-secrets main
printf '%s\n' '.env' node_modules > .gitignore
echo 'PAYMENTS_KEY=' > .env.example
git add .gitignore .env.example
git commit -m 'chore: ignore .env'
git push -u origin HEAD
