#!/usr/bin/env bash
set -o pipefail
node --test --test-name-pattern=trips | tee test.log
