#!/usr/bin/env bash
cd "$(dirname "$0")"
serving=$(curl -fsS http://web-1/version | jq -r .version)
before=$(curl -fsS http://events.ventarela.test/deploys |
  jq -r --arg serving "$serving" 'map(select(.result == "succeeded" and .version != $serving)) | last | .version')
bash switch.sh "$before" || { ./record.sh rollback "$before" failed; exit 1; }
./record.sh rollback "$before" succeeded
