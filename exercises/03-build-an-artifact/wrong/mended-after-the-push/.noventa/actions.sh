cd ~/seats
git show HEAD:build.sh > /tmp/first.sh
bash /tmp/first.sh
cleanroom run dist/seats.tgz
npm install --no-audit bitacora
echo dist/ >> .gitignore
cp build.sh /tmp/mended.sh
cat > build.sh <<'END'
#!/usr/bin/env bash
npm install --no-audit

mkdir -p dist
tar -czf dist/seats.tgz app.mjs trips.json package.json node_modules
END
git add build.sh package.json package-lock.json .gitignore
git commit -qm "Build one artifact a commit, from the lock file"
git push -q origin build/artifact
cp /tmp/mended.sh build.sh
bash build.sh
cleanroom run dist/*.tgz
