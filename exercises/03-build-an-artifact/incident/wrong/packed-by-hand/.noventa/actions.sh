cd ~/seats
mkdir -p dist
tar -czf dist/by-hand.tgz app.mjs trips.json package.json node_modules
cleanroom run dist/by-hand.tgz
