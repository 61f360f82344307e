cd ~/seats
cd ../panel
tar -czf /tmp/panel.tgz app.mjs package.json node_modules
cleanroom run /tmp/panel.tgz
cd ../seats
npm install --no-audit bitacora
echo dist/ >> .gitignore
git add build.sh package.json package-lock.json .gitignore
git commit -qm "Build one artifact a commit, from the lock file"
git push -q origin build/artifact
bash build.sh
