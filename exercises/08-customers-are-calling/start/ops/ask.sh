#!/usr/bin/env bash
# Asks the metrics of a day that was replayed: ops/ask.sh FILE FROM TO [STEP [DAY]]
#   ops/ask.sh latency.promql 14:30 15:30
#   ops/ask.sh queue.promql 15:00 15:20 1m
set -euo pipefail
# In the language of the terminal.
say() { case ${LANG:-} in es*) echo "ask.sh: $1" ;; *) echo "ask.sh: $2" ;; esac; }
if [ $# -lt 3 ]; then
  say "uso: ops/ask.sh ARCHIVO DESDE HASTA [PASO [DÍA]]" "usage: ops/ask.sh FILE FROM TO [STEP [DAY]]" >&2
  exit 2
fi
day=${5:-friday-1700}
if [ ! -e "production/$day/minutes.csv" ]; then
  say "antes: prodsim run $day" "first: prodsim run $day" >&2
  exit 1
fi
date=$(tail -n 1 "production/$day/minutes.csv" | cut -dT -f1)
curl -sS -G "http://$day.ventarela.test:9090/api/v1/query_range" \
  --data-urlencode "query=$(cat "$1")" \
  -d "start=${date}T$2:00Z" -d "end=${date}T$3:00Z" -d "step=${4:-5m}" |
  jq -r --arg none "$(say "ninguna serie" "no series")" 'if .status == "error" then "\(.error)\n" | halt_error
    elif .data.result == [] then "\($none)\n" | halt_error
    else .data.result[].values[] | "\(.[0] | strftime("%H:%M"))  \(.[1] | tonumber * 1000 | round / 1000)" end'
