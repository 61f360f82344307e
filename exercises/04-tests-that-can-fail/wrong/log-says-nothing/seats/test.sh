#!/usr/bin/env bash
node --test > /dev/null; code=$?
echo "code $code" > test.log
exit $code
