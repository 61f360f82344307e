#!/usr/bin/env bash
# Takes a version of seats to web-1: ops/deploy.sh 1.0.1
set -euo pipefail
cd "$(dirname "$0")"
version=$1

serving=$(ssh web-1 "cat /opt/seats/current 2> /dev/null || cat /opt/seats/8081/VERSION")

curl -fsS -o /tmp/seats.tgz "http://registry.ventarela.test/seats/$version/seats-$version.tgz"
scp -q /tmp/seats.tgz web-1:/tmp/
ssh web-1 "mkdir -p /opt/seats/releases/$version && tar -xzf /tmp/seats.tgz -C /opt/seats/releases/$version"
ssh web-1 "echo $version > /opt/seats/releases/$version/VERSION"

if ! bash switch.sh "$version"; then
  bash record.sh deploy "$version" failed
  echo "seats $version does not work; $serving goes on serving" >&2
  exit 1
fi

# Deploying what serves already changes nothing about where to go back to.
if [ "$serving" != "$version" ]; then ssh web-1 "echo $serving > /opt/seats/previous; echo $version > /opt/seats/current"; fi
bash record.sh deploy "$version" succeeded
echo "seats $version is deployed"
