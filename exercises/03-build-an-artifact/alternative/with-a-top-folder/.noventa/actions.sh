cd ~/seats
bash build.sh
cleanroom run dist/*.tgz || true
npm install bitacora
echo '*.tgz' >> .gitignore
git add .
git commit -m "Build"
git push
bash build.sh
