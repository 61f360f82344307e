#!/usr/bin/env bash
set -o pipefail
node --test | tee test.log
echo "tests done"
