cd ~/seats
gh pr list
gh pr checkout 3
bash build.sh
bash test.sh
git switch ci/gate
git add .github
git commit -m 'Build and test every pull request'
git push -u origin ci/gate
gh pr create --title 'Build and test every pull request' --body 'The first gate.'
gh pr checks --watch
gh pr merge --squash --delete-branch
gh api -X PUT repos/{owner}/{repo}/branches/main/protection --input ~/gate.json
gh pr update-branch 1
gh pr checks 1 --watch
gh pr merge 1 --squash
gh pr update-branch 2
gh pr update-branch 3
gh pr checks 2 --watch
gh pr checks 3 --watch
