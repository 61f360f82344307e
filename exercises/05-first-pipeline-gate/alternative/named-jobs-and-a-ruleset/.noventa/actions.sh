cd seats
cp ../examples/timetable.yml .github/workflows/
git checkout both-ways
./build.sh && ./test.sh
git checkout ci/gate
git add .
git commit -qm "Two jobs with names of their own"
git push -q -u origin ci/gate
gh pr create --fill
sleep 120
gh pr merge 4 --merge
gh api -X POST repos/{owner}/{repo}/rulesets --input ../gate.json
gh pr close 2
gh pr reopen 2
gh pr checkout 3
git fetch -q origin
git merge -q --no-edit origin/main
git push -q
gh pr update-branch 1
sleep 300
gh pr merge 1 --merge
