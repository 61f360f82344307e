#!/usr/bin/env bash
# Runs all tests and keeps what they said in test.log; its exit code is theirs.
set -euo pipefail
cd "$(dirname "$0")"

node --test | tee test.log
