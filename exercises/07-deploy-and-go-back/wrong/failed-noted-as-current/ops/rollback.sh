#!/usr/bin/env bash
# Takes web-1 back to the version that served before: ops/rollback.sh
set -euo pipefail
cd "$(dirname "$0")"

previous=$(ssh web-1 "cat /opt/seats/previous")

if curl -fsS http://web-1/version | grep -q "\"$previous\""; then
  echo "seats $previous serves already: nothing changed"
  exit
fi

if ! bash switch.sh "$previous"; then
  ssh web-1 "echo $previous > /opt/seats/current"
  bash record.sh rollback "$previous" failed
  exit 1
fi

ssh web-1 "echo $previous > /opt/seats/current"
bash record.sh rollback "$previous" succeeded
echo "seats $previous serves again"
