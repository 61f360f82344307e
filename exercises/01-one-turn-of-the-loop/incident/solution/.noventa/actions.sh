card=$(loop runs | tail -n 1 | awk '{print $2}')
case $card in
  refund-button) services='seats, payments' ;;
  ticket-by-email) services='seats, mail' ;;
  kiosk-receipt) services='seats, payments, printer' ;;
  seat-map) services='web, seats' ;;
  group-booking) services='web, seats, payments, mail' ;;
esac
printf 'order: [%s]\ncards:\n  %s:\n    asked_by: support\n    services: [%s]\n' "$card" "$card" "$services" > plan.yaml
loop run --card "$card"
