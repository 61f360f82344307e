#!/bin/bash
cd "$(dirname "$0")"
before=$(ssh web-1 "tail -n 1 /opt/seats/history")
bash serve.sh "$before" || { ./record.sh rollback "$before" failed; exit 1; }
./record.sh rollback "$before" succeeded
