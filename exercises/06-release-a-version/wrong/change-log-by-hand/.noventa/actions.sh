curl -s http://registry.ventarela.test/seats
curl -sS -T ~/seats/README.md http://registry.ventarela.test/seats/1.0.0/seats-1.0.0.tgz
git -C seats log --oneline v1.0.0..main
for commit in $(git -C seats rev-list --reverse v1.0.0..main); do bash release.sh $commit; done
cd seats
sed -i "1r /dev/stdin" CHANGELOG.md <<'END'

## 2.0.0

- A trip has no bare price (card: one-price-only)

## 1.1.0

- The fare with its currency (card: fare-with-currency)

## 1.0.1

- Towns as they are typed (card: towns-as-typed)
END
git switch -c docs/changelog
git commit -am 'docs: write down three releases'
git push -u origin docs/changelog
gh pr create --fill
gh pr checks --watch
gh pr merge --squash --delete-branch
