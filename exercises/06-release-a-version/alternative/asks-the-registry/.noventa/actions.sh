curl -T release.sh http://registry.ventarela.test/seats/1.0.0/seats-1.0.0.tgz
bash release.sh main~2
bash release.sh main~1
bash release.sh main
cd seats
git switch changelog
echo 'However you type it.' >> README.md
git commit -qam 'docs: find a town however its name is typed'
git push origin HEAD
gh pr create --title "docs: three releases" --body ""
sleep 300
gh pr merge changelog --merge
