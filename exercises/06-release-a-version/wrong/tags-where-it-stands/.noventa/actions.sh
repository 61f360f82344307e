curl -s http://registry.ventarela.test/seats
curl -sS -T ~/seats/README.md http://registry.ventarela.test/seats/1.0.0/seats-1.0.0.tgz
git -C seats log --oneline v1.0.0..main
for commit in $(git -C seats rev-list --reverse v1.0.0..main); do
  bash release.sh $commit
  (cd seats && tag=$(git tag --sort=-v:refname | head -1) && git tag -f -a $tag -m 'moved by hand' $commit && git push -f origin $tag)
done
cd seats
git switch -c docs/changelog
git commit -am 'docs: write down three releases'
git push -u origin docs/changelog
gh pr create --fill
gh pr checks --watch
gh pr merge --squash --delete-branch
