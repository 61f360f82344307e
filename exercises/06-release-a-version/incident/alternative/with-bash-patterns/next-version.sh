#!/usr/bin/env bash
# next-version.sh VERSION: reads commit messages and prints the version that comes after VERSION.
set -euo pipefail

IFS=. read -r major minor patch <<< "$1"
strongest=0
raise() { if (( $1 > strongest )); then strongest=$1; fi; }
while IFS= read -r line; do
  case $line in
    'BREAKING CHANGE:'* | 'BREAKING-CHANGE:'*) raise 3 ;;
  esac
  head=${line%%:*}
  [ "$head" != "$line" ] || continue
  case $head in
    *' '*) ;;
    *!) raise 3 ;;
    feat | 'feat('*')') raise 2 ;;
    fix | 'fix('*')') raise 1 ;;
  esac
done

case $strongest in
  3) echo "$((major + 1)).0.0" ;;
  2) echo "$major.$((minor + 1)).0" ;;
  1) echo "$major.$minor.$((patch + 1))" ;;
  *) echo "next-version: nothing to release" >&2; exit 1 ;;
esac
