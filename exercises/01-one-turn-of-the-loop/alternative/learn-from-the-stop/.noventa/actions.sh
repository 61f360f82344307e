loop predict --card refund-button --stops-at deploy
loop run --card refund-button
sed -i 's/      - seats/      - seats\n      - payments/' plan.yaml
loop run --card refund-button
loop predict --card ticket-by-email --stops-at none
loop run --card ticket-by-email
loop run --card group-booking
sed -i '/^order:/,$d' plan.yaml
echo 'order: []' >> plan.yaml
