card=$(loop runs | tail -n 1 | awk '{print $2}')
sed -i "s/^order: \[/order: [$card, /; s/, $card\]/]/" plan.yaml
sed -i "/^  $card:/,\$s/services: .*/services: [web, seats, payments, mail, printer]/" plan.yaml
loop run --card "$card"
