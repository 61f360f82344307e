#!/usr/bin/env bash
# Makes the artifact of seats in dist/: one file, named after the commit that it was made from.
cd "$(dirname "$0")"

npm ci --omit=dev --no-audit || exit 1

rm -rf dist
mkdir -p dist stage
cp -r app.mjs trips.json package.json node_modules stage/
name="seats-$(git rev-parse --short HEAD).tgz"
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -czf "dist/$name" -C stage . || exit 1
rm -rf stage
echo "built dist/$name"
