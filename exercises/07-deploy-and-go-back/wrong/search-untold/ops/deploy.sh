#!/usr/bin/env bash
# Takes a version of seats to web-1: ops/deploy.sh 1.0.1
set -euo pipefail
cd "$(dirname "$0")"
version=$1

serving=$(curl -fsS http://web-1/version | jq -r .version)

curl -fsS -o /tmp/seats.tgz "http://registry.ventarela.test/seats/$version/seats-$version.tgz"
scp -q /tmp/seats.tgz web-1:/tmp/
ssh web-1 "mkdir -p /opt/seats/releases/$version && tar -xzf /tmp/seats.tgz -C /opt/seats/releases/$version"
ssh web-1 "echo $version > /opt/seats/releases/$version/VERSION"

code=0
bash switch.sh "$version" || code=$?
if [ "$code" = 3 ]; then exit 3; fi
if [ "$code" != 0 ]; then
  bash record.sh deploy "$version" failed
  echo "seats $version does not work; $serving goes on serving" >&2
  exit 1
fi

# Deploying what serves already changes nothing about where to go back to.
if [ "$serving" != "$version" ]; then ssh web-1 "echo $serving > /opt/seats/previous"; fi
bash record.sh deploy "$version" succeeded
echo "seats $version is deployed"
