cd ~ && prodsim run slow-payment --seed 3 --json > /tmp/slow.json
line=$(grep '"status":500' logs/seats.jsonl | tail -1)
echo "town: $(echo "$line" | jq -r .town | tr 'A-Z' 'a-z')" > answer.yaml
echo "version: v$(echo "$line" | jq -r .version)" >> answer.yaml
