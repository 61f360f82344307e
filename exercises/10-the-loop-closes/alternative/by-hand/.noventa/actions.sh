cd ~/seats
# Back by name, and looking at the channel as a file.
./deploy.sh 1.2.0 rollback
grep FIRING /srv/messages.jsonl
failed=$(grep '\\"level\\":\\"error\\"' /srv/loki/production.jsonl | head -1 | jq -r '.line | fromjson | .error')
gh issue create --title "BuyersGetErrors: 1.3.0" --body "Some requests are answered with 500." > /dev/null
gh issue comment 2 --body "The log of 1.3.0 says: $failed"
git checkout -qb fix/buyers
git add -A
git commit -qm "Answer for every trip of the timetable" -m "Closes #2"
git push -qu origin fix/buyers
gh pr create --fill > /dev/null
sleep 5m
gh pr merge --merge --delete-branch > /dev/null
sleep 5m
./release.sh 1.4.0 > /dev/null && ./deploy.sh 1.4.0
sleep 8m
commit=$(gh pr view 3 --json commits --jq '.commits[0].committedDate')
at() { inbox operations | grep -F "$1" | "$2" -1 | cut -d' ' -f1; }
between() { echo "$(( ($(date -d "$2" +%s) - $(date -d "$1" +%s)) / 60 ))m$(( ($(date -d "$2" +%s) - $(date -d "$1" +%s)) % 60 ))s"; }
loop report --lead-time "$(between "$commit" "$(at '[DEPLOY] seats 1.4.0' tail)")" --recovery-time "$(between "$(at '[FIRING' head)" "$(at '[RESOLVED' head)")"
