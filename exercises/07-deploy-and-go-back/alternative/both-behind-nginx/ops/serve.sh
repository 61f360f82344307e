#!/usr/bin/env bash
# The new one proves itself on a port of its own, as a process without systemd. Then both ports take it over, one after the other,
# while nginx leaves out the one that is away: ops/serve.sh VERSION
set -euo pipefail
release=/opt/seats/releases/$1
ssh web-1 "cd $release && set -a; [ -f /etc/seats.env ] && . /etc/seats.env; PORT=8090 nohup node app.mjs > /tmp/trial.log 2>&1 & echo \$! > /tmp/trial.pid"
sleep 2
ok=yes
ssh web-1 "curl -fsS localhost:8090/trips > /dev/null && curl -fsS localhost:8090/version" | grep -q "\"$1\"" || ok=no
ssh web-1 'kill $(cat /tmp/trial.pid)' 2> /dev/null || true
[ $ok = yes ] || exit 1

cat > /tmp/seats.conf <<'END'
upstream seats {
  server 127.0.0.1:8081;
  server 127.0.0.1:8082;
}
server {
  listen 80;
  location / { proxy_pass http://seats; }
}
END
for port in 8082 8081; do
  ssh web-1 "ln -sfn $release /opt/seats/$port && systemctl restart seats@$port"
  sleep 2
  ssh web-1 "curl -fsS localhost:$port/version" | grep -q "\"$1\""
  if [ $port = 8082 ]; then
    scp -q /tmp/seats.conf web-1:/etc/nginx/conf.d/seats.conf
    ssh web-1 "systemctl reload nginx"
  fi
done
