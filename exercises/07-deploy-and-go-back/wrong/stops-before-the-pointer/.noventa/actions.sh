ops/deploy.sh 1.0.1
ssh web-1 "echo CURRENCY=units > /etc/seats.env"
ops/deploy.sh 1.1.0
