#!/usr/bin/env bash
# Lets a release that is on web-1 serve: ops/switch.sh 1.0.1
# It starts beside what serves, proves itself, and only then do buyers reach it.
set -euo pipefail
version=$1

old=$(ssh web-1 "grep -o '127.0.0.1:[0-9]*' /etc/nginx/conf.d/seats.conf" | cut -d: -f2)
new=8082
if [ "$old" = 8082 ]; then new=8081; fi

ssh web-1 "ln -sfn /opt/seats/releases/$version /opt/seats/$new && systemctl restart seats@$new"

cannot_search() {
  ssh web-1 "systemctl stop seats@$new"
  echo "seats $version cannot search" >&2
  exit 3
}

proves_itself() {
  for try in 1 2 3 4 5; do
    sleep 1
    if ssh web-1 "curl -fsS localhost:$new/version | grep -q '\"$version\"'" 2> /dev/null; then
      ssh web-1 "curl -fsS localhost:$new/trips" > /dev/null 2>&1 || cannot_search
      return 0
    fi
  done
  return 1
}

if ! proves_itself; then
  ssh web-1 "journalctl -u seats@$new -n 6 -o cat; systemctl stop seats@$new" >&2
  exit 1
fi

ssh web-1 "sed -i 's/127.0.0.1:$old/127.0.0.1:$new/' /etc/nginx/conf.d/seats.conf && nginx -t -q && systemctl reload nginx"
sleep 1
ssh web-1 "systemctl stop seats@$old"
