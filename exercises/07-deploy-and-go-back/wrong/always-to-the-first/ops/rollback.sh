#!/usr/bin/env bash
# Takes web-1 back to the version that served before: ops/rollback.sh
set -euo pipefail
cd "$(dirname "$0")"

serving=$(curl -fsS http://web-1/version | jq -r .version)
previous=1.0.0

if ! bash switch.sh "$previous"; then
  bash record.sh rollback "$previous" failed
  exit 1
fi

ssh web-1 "echo $serving > /opt/seats/previous"
bash record.sh rollback "$previous" succeeded
echo "seats $previous serves again"
