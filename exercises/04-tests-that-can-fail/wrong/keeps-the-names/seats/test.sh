#!/usr/bin/env bash
set -o pipefail
node --test | grep -E '✖|ℹ' | tee test.log
