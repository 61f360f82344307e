cd ~/seats
bash test.sh
echo $?
sed -i 's/return trips$/trips/' booking.mjs
bash test.sh
echo $?
git restore booking.mjs
git add test test.sh
echo 'ask about refunds' > notes.md
git add notes.md
git commit -qm "Test searching, holding and selling"
git push -q -u origin test/booking
