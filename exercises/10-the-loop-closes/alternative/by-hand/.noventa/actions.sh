cd ~/seats
# Back by name, and looking at the channel as a file.
~/ops/deploy.sh 2.1.0
grep FIRING /srv/messages.jsonl
failed=$(grep '\\"level\\":\\"error\\"' /srv/loki/production.jsonl | head -1 | jq -r '.line | fromjson | .error')
gh issue create --title "BuyersGetErrors: 2.2.0" --body "Some requests are answered with 500." > /dev/null
gh issue comment 12 --body "The log of 2.2.0 says: $failed"
git checkout -qb fix/buyers
# CI in other words, which sees the same.
sed -i 's/bash test.sh/node --test/' .github/workflows/ci.yml
git add -A
git commit -qm "fix: answer for every trip of the timetable" -m "Closes #12"
git push -qu origin fix/buyers
gh pr create --fill > /dev/null
sleep 5m
gh pr merge --merge --delete-branch > /dev/null
sleep 5m
bash ~/release.sh origin/main > /dev/null && ~/ops/deploy.sh 2.2.1
sleep 8m
commit=$(gh pr view 13 --json commits --jq '.commits[0].committedDate')
at() { inbox operations | grep -F "$1" | "$2" -1 | cut -d' ' -f1; }
between() { echo "$(( ($(date -d "$2" +%s) - $(date -d "$1" +%s)) / 60 ))m$(( ($(date -d "$2" +%s) - $(date -d "$1" +%s)) % 60 ))s"; }
loop report --lead-time "$(between "$commit" "$(at '[DEPLOY] seats 2.2.1' tail)")" --recovery-time "$(between "$(at '[FIRING' head)" "$(at '[RESOLVED' head)")"
