cd ~/seats
git show HEAD:build.sh > /tmp/first.sh
bash /tmp/first.sh
cleanroom run dist/seats.tgz
npm install --no-audit bitacora
echo dist/ >> .gitignore
git add build.sh package.json package-lock.json .gitignore
git commit -qm "Build one artifact a commit, from the lock file"
git push -q origin build/artifact
bash build.sh
cleanroom run dist/*.tgz
