#!/usr/bin/env bash
# Makes the artifact of seats in dist/: one file, named after the commit that it was made from.
set -euo pipefail
cd "$(dirname "$0")"

npm ci --omit=dev --no-audit

rm -rf dist
mkdir -p dist
name="seats-$(git rev-parse --short HEAD).tgz"
tar --mtime=@0 --owner=0 --group=0 --numeric-owner -czf "dist/$name" app.mjs trips.json package.json node_modules
echo "built dist/$name"
