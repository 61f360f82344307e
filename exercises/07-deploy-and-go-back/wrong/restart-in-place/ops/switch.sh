#!/usr/bin/env bash
# Tries the release on another port, then restarts the one service in its place.
set -euo pipefail
version=$1
ssh web-1 "ln -sfn /opt/seats/releases/$version /opt/seats/8082 && systemctl start seats@8082"
ok=no
for try in 1 2 3 4; do
  sleep 1
  if ssh web-1 "curl -fs localhost:8082/version | grep -q '\"$version\"' && curl -fs localhost:8082/trips" > /dev/null; then ok=yes; break; fi
done
ssh web-1 "systemctl stop seats@8082"
[ $ok = yes ] || exit 1
ssh web-1 "ln -sfn /opt/seats/releases/$version /opt/seats/8081 && systemctl restart seats@8081"
sleep 1
