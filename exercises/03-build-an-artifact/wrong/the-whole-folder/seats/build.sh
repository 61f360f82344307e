#!/usr/bin/env bash
# Makes the artifact of seats in dist/: one file, named after the commit that it was made from.
set -e

npm ci --omit=dev --no-audit

mkdir -p dist
name="seats-$(git rev-parse --short HEAD).tgz"
tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -czf "dist/$name" --exclude=./.env --exclude=./.git .
echo "built dist/$name"
