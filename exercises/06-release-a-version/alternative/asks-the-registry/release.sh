#!/usr/bin/env bash
set -eo pipefail
registry=http://registry.ventarela.test/seats
commit=$(git -C seats rev-parse "$1")
die() { echo "$*" >&2; exit 1; }

git -C seats fetch -q
git -C seats branch -r --contains "$commit" | grep -q 'origin/main$' || die "$commit: not on main"
cd seats
run=$(gh run list -c "$commit" -e push --json databaseId,conclusion -q 'map(select(.conclusion == "success"))[0].databaseId')
[[ -n $run && $run != null ]] || die "$commit: not tested"

previous=$(curl -sf $registry | jq -r '.[-1].version')
since=$(git describe --tags --abbrev=0 "$commit")
[ "$since" = "v$previous" ] || die "$previous does not come before $commit"
version=$(git log --format='%s%n%b' "$since..$commit" | bash ../next-version.sh "$previous") || { echo "nothing to release"; exit 0; }

rm -rf /tmp/artifact
gh run download "$run" -D /tmp/artifact
file=$(find /tmp/artifact -name '*.tgz')
code=$(curl -s -o /tmp/said -w '%{http_code}' -X PUT --data-binary "@$file" $registry/$version/seats-$version.tgz)
if [ "$code" != 201 ]; then cat /tmp/said; die "refused with $code"; fi

git tag "v$version" "$commit"
git push -q --tags
git switch -q changelog 2> /dev/null || git switch -q -c changelog --no-track origin/main
{
  head -n 1 CHANGELOG.md
  printf '\n[%s] (%s)\n-------------\n\n' "$version" "${commit:0:7}"
  for one in $(git rev-list "$since..$commit"); do
    card=$(git log -1 --format=%b "$one" | sed -n 's/^Card: //p')
    echo "- $(git log -1 --format=%s "$one" | sed 's/^[a-z]*[^:]*: //'), card $card"
  done
  tail -n +2 CHANGELOG.md
} > /tmp/changelog
cp /tmp/changelog CHANGELOG.md
git commit -qam "docs: write down $version"
git switch -q main
