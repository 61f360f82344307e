#!/usr/bin/env bash
# release.sh COMMIT: releases what CI built and tested for a commit of main.
set -euo pipefail
cd ~/seats
registry=http://registry.ventarela.test/seats

git fetch -q --tags origin
commit=$(git rev-parse --verify "$1^{commit}")

# 1. Refuse a commit that is not on origin/main, that a version holds already, or that has no green run on main.
if ! git merge-base --is-ancestor "$commit" origin/main; then
  echo "release: $1 is not on main" >&2
  exit 1
fi
if [ -n "$(git tag --contains "$commit" --list 'v*')" ]; then
  echo "release: a version holds $1 already" >&2
  exit 1
fi
run=$(gh run list --branch main --commit "$commit" --status success --json databaseId --jq '.[0].databaseId')
if [ -z "$run" ]; then
  echo "release: $1 has no green run on main" >&2
  exit 1
fi

# 2. The version: the newest tag that the commit holds, and the messages since.
last=$(git tag --merged "$commit" --list 'v*' --sort=-v:refname | head -1)
version=$(git log --format=%B "$last..$commit" | bash ~/next-version.sh "${last#v}")

# 3. Publish the artifact of that run. Stop if the registry refuses.
folder=$(mktemp -d)
gh run download --name seats --dir "$folder"
if ! curl -sS --fail-with-body -T "$folder"/*.tgz "$registry/$version/seats-$version.tgz"; then
  echo "release: the registry refuses $version" >&2
  exit 1
fi

# 4. Tag the commit and push the tag.
git tag -a "v$version" -m "seats $version" "$commit"
git push -q origin "v$version"

# 5. Add the entry to CHANGELOG.md, right below its title, newest first: a heading with the version, and below it each change and its card.
entry=$(mktemp)
{
  printf '# Changelog\n\n## %s\n\n' "$version"
  git log --format='- %s (card: %(trailers:key=Card,valueonly,separator=%x2C))' "$last..$commit"
  tail -n +2 CHANGELOG.md
} > "$entry"
cp "$entry" CHANGELOG.md
echo "released $version"
