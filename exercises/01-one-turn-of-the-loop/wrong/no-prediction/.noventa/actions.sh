loop run --card bigger-letters
loop run --card refund-button
loop run --card ticket-by-email
loop run --card group-booking
