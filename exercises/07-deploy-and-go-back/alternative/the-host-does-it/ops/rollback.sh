#!/usr/bin/env bash
cd "$(dirname "$0")"
before=$(ssh web-1 "bash -s" <<'END'
set -eu
conf=/etc/nginx/conf.d/seats.conf
if grep -q 127.0.0.1:8081 $conf; then old=8081 new=8082; else old=8082 new=8081; fi
basename $(readlink /opt/seats/$new)
systemctl start seats@$new
if ! curl -fsS --retry 5 --retry-connrefused --retry-delay 1 localhost:$new/trips > /dev/null; then
  systemctl stop seats@$new
  exit 1
fi
sed -i "s/$old/$new/" $conf
systemctl reload nginx
systemctl stop seats@$old
END
) || { ./record.sh rollback "$before" failed; exit 1; }
./record.sh rollback "$before" succeeded
