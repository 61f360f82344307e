loop predict --card bigger-letters --stops-at none
loop run --card bigger-letters
loop predict --card refund-button --stops-at none
loop run --card refund-button
loop predict --card ticket-by-email --reaches monitor
loop run --card ticket-by-email
loop predict --card group-booking --stops-at none
loop run --card group-booking
sed -i 's/services: \[seats\]$/services: [seats, mail]/' plan.yaml
