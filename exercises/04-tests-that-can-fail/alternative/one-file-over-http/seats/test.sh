#!/bin/bash
node --test test/ > test.log
code=$?
cat test.log
exit "$code"
