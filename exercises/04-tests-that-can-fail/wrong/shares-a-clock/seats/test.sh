#!/usr/bin/env bash
# Runs the tests and keeps what they said in test.log. Ends as they end.
set -o pipefail
node --test | tee test.log
