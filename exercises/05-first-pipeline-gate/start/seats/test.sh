#!/usr/bin/env bash
# Runs all tests; its exit code is theirs.
set -euo pipefail
cd "$(dirname "$0")"

node --test test/
