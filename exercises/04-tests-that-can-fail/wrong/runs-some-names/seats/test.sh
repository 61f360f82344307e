#!/usr/bin/env bash
set -o pipefail
node --test --test-name-pattern=seat | tee test.log
