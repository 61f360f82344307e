cd ~/seats
printf '{"required_status_checks":{"strict":true,"contexts":["build","test"]},"enforce_admins":false,"required_pull_request_reviews":null,"restrictions":null}' > ~/again.json
gh api -X PUT repos/{owner}/{repo}/branches/main/protection --input ~/again.json
