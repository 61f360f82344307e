cd ~/seats
printf '%s\n' '#!/usr/bin/env bash' 'node --test > test.log; code=$?' 'cat test.log' 'exit $code' > test.sh
git commit -qam 'Let the tests tell the truth'
bash test.sh
