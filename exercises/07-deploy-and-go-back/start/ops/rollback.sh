#!/usr/bin/env bash
# Takes web-1 back to the version that served before: ops/rollback.sh
cd "$(dirname "$0")"

echo "rollback.sh is still empty" >&2
exit 1
