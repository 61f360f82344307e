#!/usr/bin/env bash
node --test | tee test.log
grep -q 'fail 0' test.log
