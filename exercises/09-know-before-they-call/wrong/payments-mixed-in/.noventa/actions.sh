prodsim run slow-payment > /dev/null
jq -r 'select(.status == 500) | [.version, .town] | @tsv' logs/seats.jsonl | sort | uniq -c | sort -rn | head -1 | while read -r count version town; do printf 'version: %s\ntown: %s\n' "$version" "$town"; done > answer.yaml
