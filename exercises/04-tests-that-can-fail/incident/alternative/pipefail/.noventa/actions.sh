cd ~/seats
printf '%s\n' 'set -o pipefail' 'node --test | tee test.log' > test.sh
