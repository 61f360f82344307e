#!/usr/bin/env bash
node --test | tee test.log
exit "${PIPESTATUS[0]}"
