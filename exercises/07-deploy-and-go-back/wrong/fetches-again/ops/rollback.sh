#!/usr/bin/env bash
# Takes web-1 back to the version that served before: ops/rollback.sh
# The registry has every version, so it comes from there again.
set -euo pipefail
cd "$(dirname "$0")"

previous=$(ssh web-1 "cat /opt/seats/previous")
curl -fsS -o /tmp/seats.tgz "http://registry.ventarela.test/seats/$previous/seats-$previous.tgz"
scp -q /tmp/seats.tgz web-1:/tmp/
ssh web-1 "mkdir -p /opt/seats/releases/$previous && tar -xzf /tmp/seats.tgz -C /opt/seats/releases/$previous"
ssh web-1 "echo $previous > /opt/seats/releases/$previous/VERSION"

if ! bash switch.sh "$previous"; then
  bash record.sh rollback "$previous" failed
  exit 1
fi

bash record.sh rollback "$previous" succeeded
echo "seats $previous serves again"
