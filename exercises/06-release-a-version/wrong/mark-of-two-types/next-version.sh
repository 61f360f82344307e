#!/usr/bin/env bash
# next-version.sh VERSION: reads commit messages and prints the version that comes after VERSION.
set -euo pipefail

IFS=. read -r major minor patch <<< "$1"
messages=$(cat)

if grep -qE '^(feat|fix)(\([^)]*\))?!:|^BREAKING[ -]CHANGE:' <<< "$messages"; then
  major=$((major + 1))
  minor=0
  patch=0
elif grep -qE '^feat(\([^)]*\))?:' <<< "$messages"; then
  minor=$((minor + 1))
  patch=0
elif grep -qE '^fix(\([^)]*\))?:' <<< "$messages"; then
  patch=$((patch + 1))
else
  echo "next-version: nothing to release" >&2
  exit 1
fi

echo "$major.$minor.$patch"
