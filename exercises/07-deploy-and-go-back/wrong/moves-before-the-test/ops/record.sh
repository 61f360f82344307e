#!/usr/bin/env bash
# Tells operations what happened: ops/record.sh ACTION VERSION RESULT
#   ACTION   deploy or rollback
#   VERSION  the one that should serve now
#   RESULT   succeeded or failed
printf '{"service":"seats","host":"web-1","action":"%s","version":"%s","result":"%s"}' "$1" "$2" "$3" |
  curl -sS --fail-with-body --json @- http://events.ventarela.test/deploys
