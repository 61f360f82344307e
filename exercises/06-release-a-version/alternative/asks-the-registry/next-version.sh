#!/usr/bin/env bash
set -euo pipefail
major=${1%%.*}
rest=${1#*.}
minor=${rest%%.*}
patch=${rest#*.}
kind=none
while IFS= read -r line; do
  if [[ $line =~ ^[a-z]+(\([^\)]*\))?!: ]]; then kind=major; fi
  case $line in
    BREAKING\ CHANGE:* | BREAKING-CHANGE:*) kind=major ;;
    feat:* | feat\(*\):*) [ "$kind" = major ] || kind=minor ;;
    fix:* | fix\(*\):*) [ "$kind" != none ] || kind=patch ;;
  esac
done
case $kind in
  major) echo "$((major + 1)).0.0" ;;
  minor) echo "$major.$((minor + 1)).0" ;;
  patch) echo "$major.$minor.$((patch + 1))" ;;
  none) exit 3 ;;
esac
