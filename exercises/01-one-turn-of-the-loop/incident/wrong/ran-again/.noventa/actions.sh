card=$(loop runs | tail -n 1 | awk '{print $2}')
loop run --card "$card"
