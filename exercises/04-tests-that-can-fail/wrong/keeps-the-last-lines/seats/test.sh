#!/usr/bin/env bash
set -o pipefail
node --test | tail -5 | tee test.log
