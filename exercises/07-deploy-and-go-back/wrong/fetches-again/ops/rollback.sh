#!/usr/bin/env bash
# Takes web-1 back to the version that served before: ops/rollback.sh
# As fresh as the registry has it; where that is away, what lies on web-1 will do.
set -euo pipefail
cd "$(dirname "$0")"

previous=$(ssh web-1 "cat /opt/seats/previous")

if curl -fsS http://web-1/version | grep -q "\"$previous\""; then
  echo "seats $previous serves already: nothing changed"
  exit
fi

ssh web-1 "curl -fsS http://registry.ventarela.test/seats/$previous/seats-$previous.tgz | tar -xz -C /opt/seats/releases/$previous" || true

if ! bash switch.sh "$previous"; then
  bash record.sh rollback "$previous" failed
  exit 1
fi

bash record.sh rollback "$previous" succeeded
echo "seats $previous serves again"
