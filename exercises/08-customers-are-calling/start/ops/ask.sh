#!/usr/bin/env bash
# Asks the metrics of a day that was replayed: ops/ask.sh FILE FROM TO [STEP [DAY]]
#   ops/ask.sh latency.promql 14:30 15:30
#   ops/ask.sh queue.promql 15:00 15:20 1m
set -euo pipefail
day=${5:-friday-1700}
date=$(tail -n 1 "production/$day/minutes.csv" | cut -dT -f1)
curl -fsS -G "http://$day.ventarela.test:9090/api/v1/query_range" \
  --data-urlencode "query=$(cat "$1")" \
  -d "start=${date}T$2:00Z" -d "end=${date}T$3:00Z" -d "step=${4:-5m}" |
  jq -r '.data.result[].values[] | "\(.[0] | strftime("%H:%M"))  \(.[1] | tonumber * 1000 | round / 1000)"'
