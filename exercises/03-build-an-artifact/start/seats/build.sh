#!/usr/bin/env bash
# Makes the artifact of seats in dist/. Half written.

npm install --no-audit

rm -rf dist
mkdir -p dist
date > build-info.txt
tar -czf dist/seats.tgz app.mjs trips.json build-info.txt
echo "built dist/seats.tgz"
