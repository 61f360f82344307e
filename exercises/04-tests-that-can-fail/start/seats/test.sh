#!/usr/bin/env bash
# Runs the tests and keeps what they said in test.log.
node --test | tee test.log
