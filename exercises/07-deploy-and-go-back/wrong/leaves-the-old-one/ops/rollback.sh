#!/usr/bin/env bash
# Takes web-1 back to the version that served before: ops/rollback.sh
# Written apart from switch.sh; that the other one still runs, nobody notices today.
set -euo pipefail
cd "$(dirname "$0")"

previous=$(ssh web-1 "cat /opt/seats/previous")
old=$(ssh web-1 "grep -o '127.0.0.1:[0-9]*' /etc/nginx/conf.d/seats.conf" | cut -d: -f2)
new=8082
if [ "$old" = 8082 ]; then new=8081; fi

ssh web-1 "ln -sfn /opt/seats/releases/$previous /opt/seats/$new && systemctl start seats@$new"
sleep 2
if ! ssh web-1 "curl -fsS localhost:$new/version | grep -q '\"$previous\"' && curl -fsS localhost:$new/trips" > /dev/null 2>&1; then
  ssh web-1 "systemctl stop seats@$new"
  bash record.sh rollback "$previous" failed
  exit 1
fi
ssh web-1 "sed -i 's/127.0.0.1:$old/127.0.0.1:$new/' /etc/nginx/conf.d/seats.conf && systemctl reload nginx"
bash record.sh rollback "$previous" succeeded
