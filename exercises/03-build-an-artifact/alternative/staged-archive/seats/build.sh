#!/bin/bash
# Builds from what the last commit holds, in a folder of its own.
set -e

commit=$(git rev-parse --short HEAD)
stage=$(mktemp -d)
git archive HEAD app.mjs trips.json package.json package-lock.json | tar -x -C "$stage"
(cd "$stage" && npm ci --omit=dev --no-audit --silent && rm package-lock.json)

rm -rf dist && mkdir dist
find "$stage" -exec touch -d "$(git log -1 --format=%cI)" {} +
tar -c --sort=name --owner=0 --group=0 --numeric-owner -C "$stage" . | gzip -n > "dist/seats-$commit.tgz"
rm -rf "$stage"
