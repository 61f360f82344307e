cd ~/seats
bash test.sh
echo $?
sed -i 's/return trips$/trips/' booking.mjs
bash test.sh
echo $?
git restore booking.mjs
git add test test.sh
echo 'ask about refunds' > notes.txt
git add notes.txt
git commit -qm "Test searching, holding and selling"
git push -q -u origin test/booking
