#!/usr/bin/env bash
# Takes web-1 back to the version that served before: ops/rollback.sh
# Going back is a deploy of the version before.
set -euo pipefail
cd "$(dirname "$0")"

previous=$(ssh web-1 "cat /opt/seats/previous")
if ! bash deploy.sh "$previous"; then
  bash record.sh rollback "$previous" failed
  exit 1
fi
bash record.sh rollback "$previous" succeeded
