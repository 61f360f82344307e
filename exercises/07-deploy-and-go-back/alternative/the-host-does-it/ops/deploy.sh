#!/usr/bin/env bash
# The whole deploy is one script on web-1; the link of the port that does not serve says where to go back to.
cd "$(dirname "$0")"
ssh web-1 "bash -s $1" <<'END'
set -eu
version=$1
conf=/etc/nginx/conf.d/seats.conf
if grep -q 127.0.0.1:8081 $conf; then old=8081 new=8082; else old=8082 new=8081; fi
before=$(readlink /opt/seats/$new || true)
# What serves already is not deployed again: the other port keeps the one before.
if [ "$(readlink /opt/seats/$old)" = /opt/seats/releases/$version ]; then exit 0; fi

curl -fsS "http://registry.ventarela.test/seats/$version/seats-$version.tgz" -o /tmp/seats.tgz
mkdir -p /opt/seats/releases/$version
tar -xzf /tmp/seats.tgz -C /opt/seats/releases/$version
echo $version > /opt/seats/releases/$version/VERSION
ln -sfn /opt/seats/releases/$version /opt/seats/$new
systemctl restart seats@$new

tries=0
until curl -fsS localhost:$new/version 2>/dev/null | grep -q $version && curl -fs localhost:$new/trips > /dev/null; do
  tries=$((tries + 1))
  if [ $tries -ge 8 ]; then
    systemctl stop seats@$new
    if [ -n "$before" ]; then ln -sfn $before /opt/seats/$new; fi
    exit 1
  fi
  sleep 0.5
done

sed "s/$old/$new/" $conf > /tmp/seats.conf
cp /tmp/seats.conf $conf
systemctl reload nginx
systemctl stop seats@$old
END
if [ $? -eq 0 ]; then ./record.sh deploy "$1" succeeded; else ./record.sh deploy "$1" failed; exit 1; fi
