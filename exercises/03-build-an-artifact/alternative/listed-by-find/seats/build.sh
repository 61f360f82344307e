#!/usr/bin/env bash
# Makes the artifact of seats in dist/: one file, named after the commit that it was made from.
set -euo pipefail
cd "$(dirname "$0")"

npm ci --omit=dev --no-audit

rm -rf dist
mkdir -p dist
name="seats-$(git rev-parse --short HEAD).tgz"
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
find app.mjs trips.json package.json node_modules -print0 | LC_ALL=C sort -z |
  tar --no-recursion --null -T - --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -czf "dist/$name"
echo "built dist/$name"
