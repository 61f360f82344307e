#!/usr/bin/env bash
set -euo pipefail
npm ci --only=production --no-audit

id=$(git rev-parse --short HEAD)
rm -rf dist
mkdir -p dist
git archive -o dist/seats.tar HEAD app.mjs trips.json package.json
tar -r --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -f dist/seats.tar node_modules
gzip -9nc dist/seats.tar > "dist/seats-$id.tgz"
rm dist/seats.tar
