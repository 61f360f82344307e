ops/deploy.sh 1.0.1
ops/deploy.sh 1.1.0
