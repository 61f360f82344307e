cd ~/seats
git diff --name-only --cached main > /tmp/added.txt
grep -v README.md /tmp/added.txt | xargs git rm -q --cached
git commit -q --amend -m 'Say when the last coach leaves' 2>/dev/null
if test "$(git log --oneline main..HEAD | wc -l)" -eq 0; then git reset -q origin/main; git add README.md; git commit -qm 'Say when the last coach leaves'; fi
git push -q -u origin docs/last-coach
