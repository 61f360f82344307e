cd ~/seats
bash test.sh
echo $?
git add test test.sh
git commit -qm "Test searching, holding and selling"
git push -q -u origin test/booking
