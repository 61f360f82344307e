cd ~/seats
bash test.sh
echo $?
rm -f tickets.txt
git add test test.sh
git commit -qm "Test searching, holding and selling"
git push -q -u origin test/booking
