#!/bin/bash
cd "$(dirname "$0")"
mkdir -p /tmp/release
curl -fsS "http://registry.ventarela.test/seats/$1/seats-$1.tgz" | tar -xz -C /tmp/release || exit 1
echo "$1" > /tmp/release/VERSION
ssh web-1 "rm -rf /opt/seats/releases/$1"
scp -rq /tmp/release "web-1:/opt/seats/releases/$1" || exit 1
result=succeeded
before=$(ssh web-1 "basename \$(readlink /opt/seats/8081)")
bash serve.sh "$1" || result=failed
./record.sh deploy "$1" $result
[ $result = succeeded ] || exit 2
[ "$before" = "$1" ] || ssh web-1 "echo $before >> /opt/seats/history"
