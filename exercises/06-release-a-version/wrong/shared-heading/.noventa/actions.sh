curl -s http://registry.ventarela.test/seats
curl -sS -T ~/seats/README.md http://registry.ventarela.test/seats/1.0.0/seats-1.0.0.tgz
git -C seats log --oneline v1.0.0..main
for commit in $(git -C seats rev-list --reverse v1.0.0..main); do bash release.sh $commit; done
cd seats
git switch -c docs/changelog
sed -i '/^## 1.0.1$/d; s/^## 1.1.0$/## 1.1.0 and 1.0.1/' CHANGELOG.md
git commit -am 'docs: write down three releases'
git push -u origin docs/changelog
gh pr create --fill
gh pr checks --watch
gh pr merge --squash --delete-branch
