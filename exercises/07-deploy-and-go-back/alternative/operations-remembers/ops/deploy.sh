#!/usr/bin/env bash
# The version before is the last successful deploy of another version than the one that serves.
cd "$(dirname "$0")"
ssh web-1 "mkdir -p /opt/seats/releases/$1 && cd /opt/seats/releases/$1 && curl -fsS http://registry.ventarela.test/seats/$1/seats-$1.tgz | tar -xz && echo $1 > VERSION"
# What versions need of this machine is in the script too.
ssh web-1 "echo CURRENCY=units > /etc/seats.env"
if bash switch.sh "$1"; then
  ./record.sh deploy "$1" succeeded
else
  ./record.sh deploy "$1" failed
  exit 1
fi
