#!/usr/bin/env bash
cd "$(dirname "$0")"
ssh web-1 "bash -s" <<'END' || exit 1
set -eu
conf=/etc/nginx/conf.d/seats.conf
if grep -q 127.0.0.1:8081 $conf; then old=8081 new=8082; else old=8082 new=8081; fi
systemctl start seats@$new
curl -fsS --retry 5 --retry-connrefused --retry-delay 1 localhost:$new/trips > /dev/null
sed -i "s/$old/$new/" $conf
systemctl reload nginx
systemctl stop seats@$old
END
./record.sh rollback "$(curl -s http://web-1/version | jq -r .version)" succeeded
