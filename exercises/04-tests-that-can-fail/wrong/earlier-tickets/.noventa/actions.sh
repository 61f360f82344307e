cd ~/seats
bash test.sh
echo $?
sed -i 's/return trips$/trips/' booking.mjs
bash test.sh
echo $?
git restore booking.mjs
rm -f /tmp/tickets.txt
git add test test.sh
git commit -qm "Test searching, holding and selling"
git push -q -u origin test/booking
