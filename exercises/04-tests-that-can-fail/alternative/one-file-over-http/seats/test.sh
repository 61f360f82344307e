#!/bin/bash
node --test > test.log
code=$?
cat test.log
exit "$code"
