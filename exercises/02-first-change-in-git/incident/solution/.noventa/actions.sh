cd ~/seats
git reset -q main
git add README.md
git commit -qm 'Say when the last coach leaves'
git push -q -u origin docs/last-coach
