cd ~/seats && gh pr checkout 2 && bash build.sh
git switch ci/gate
git add -A && git commit -m "Build, test on two versions, one gate" && git push -u origin HEAD
gh pr create -t "Build, test on two versions, one gate" -b "All in one check." -r quality
sleep 10m
gh pr merge --rebase
gh api --method PUT repos/ventarela/seats/branches/main/protection --input ~/gate.json
for n in 1 2 3; do gh pr update-branch $n; done
sleep 10m
gh pr review 1 --approve
gh pr merge 1 --squash --delete-branch
