cd ~/seats
printf '%s\n' 'set -e' 'node --test | tee test.log' > test.sh
bash test.sh
