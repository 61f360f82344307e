#!/usr/bin/env bash
# Takes a version of seats to web-1: ops/deploy.sh 1.0.1
cd "$(dirname "$0")"
version=$1

ssh web-1 "systemctl stop seats@8081"

curl -fsS -o /tmp/seats.tgz "http://registry.ventarela.test/seats/$version/seats-$version.tgz" || exit 1
scp -q /tmp/seats.tgz web-1:/tmp/
ssh web-1 "mkdir -p /opt/seats/releases/$version && tar -xzf /tmp/seats.tgz -C /opt/seats/releases/$version"
ssh web-1 "echo $version > /opt/seats/releases/$version/VERSION"
ssh web-1 "ln -sfn /opt/seats/releases/$version /opt/seats/8081"

ssh web-1 "systemctl start seats@8081"
echo "seats $version is deployed"
