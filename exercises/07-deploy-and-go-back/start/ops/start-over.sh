#!/usr/bin/env bash
# Makes web-1 what it was before it was first deployed by script: seats 1.0.0 on port 8081, nothing else. For practice only.
ssh web-1 'bash -s' <<'END'
systemctl stop seats@8081 seats@8082
rm -rf /opt/seats /etc/seats.env
mkdir -p /opt/seats/releases/1.0.0
curl -fsS http://registry.ventarela.test/seats/1.0.0/seats-1.0.0.tgz | tar -xz -C /opt/seats/releases/1.0.0
echo 1.0.0 > /opt/seats/releases/1.0.0/VERSION
ln -s /opt/seats/releases/1.0.0 /opt/seats/8081
sed -i 's/127.0.0.1:[0-9]*/127.0.0.1:8081/' /etc/nginx/conf.d/seats.conf
systemctl start seats@8081
sleep 2
systemctl reload nginx
: > /var/log/nginx/error.log
END
curl -sS http://web-1/version
