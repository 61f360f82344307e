#!/usr/bin/env bash
set -o pipefail
node --test test/search.test.mjs | tee test.log
