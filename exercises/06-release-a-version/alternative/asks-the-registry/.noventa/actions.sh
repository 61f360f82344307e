curl -T release.sh http://registry.ventarela.test/seats/1.0.0/seats-1.0.0.tgz
bash release.sh main~2
bash release.sh main~1
bash release.sh main
cd seats
git switch changelog
git push origin HEAD
gh pr create --title "docs: three releases" --body ""
sleep 300
gh pr merge changelog --merge
