cd ~/seats
git stash -q
bash build.sh
cleanroom run dist/seats.tgz
git stash pop -q
npm i bitacora@1
printf 'dist\n' >> .gitignore
git commit -qam 'Declare bitacora; build from the commit'
git push -q
bash build.sh
