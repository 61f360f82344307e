#!/usr/bin/env bash
# Lets a release that is on web-1 serve: ops/switch.sh 1.0.1
# It starts beside what serves, and is asked where buyers ask; where it does not work, the pointer goes back at once.
set -euo pipefail
version=$1

old=$(ssh web-1 "grep -o '127.0.0.1:[0-9]*' /etc/nginx/conf.d/seats.conf" | cut -d: -f2)
new=8082
if [ "$old" = 8082 ]; then new=8081; fi

ssh web-1 "ln -sfn /opt/seats/releases/$version /opt/seats/$new && systemctl restart seats@$new"

conf=/etc/nginx/conf.d/seats.conf
sleep 2
if ! ssh web-1 "sed -i 's/127.0.0.1:$old/127.0.0.1:$new/' $conf && systemctl reload nginx
  curl -fs localhost/version | grep -q '\"$version\"' && curl -fs localhost/trips > /dev/null ||
  { sed -i 's/127.0.0.1:$new/127.0.0.1:$old/' $conf && systemctl reload nginx; false; }"; then
  ssh web-1 "systemctl stop seats@$new"
  exit 1
fi
sleep 1
ssh web-1 "systemctl stop seats@$old"
